"""What comes in as a film, and what of it goes out."""

import io
import random
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from broadsheet.foundation.refusals import Refused
from broadsheet.mediabank import demo
from broadsheet.mediabank.films import files
from broadsheet.mediabank.films.files import check_captions, check_film, keep_captions, keep_film, measure
from tests.films import ON_ITS_SIDE, SECRET, VTT, box, element, mp4, track, webm


def measured(data: bytes) -> tuple[str, int, int, int]:
    found = measure(io.BytesIO(data))
    return found.ending, found.milliseconds, found.width, found.height


def refused(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        measure(io.BytesIO(data))
    assert caught.value.sentence.endswith((".", "needed."))
    return caught.value.code


WORDS = track(b"sbtl", box(b"tx3g", bytes(38)))
PLACES = track(b"meta", box(b"mebx", bytes(38)))
READ = [
    ("an MP4", mp4(), ("mp4", 2000, 1280, 720)),
    ("one with a long header", mp4(version=1), ("mp4", 2000, 1280, 720)),
    ("one with sound", mp4(sound=b"aac"), ("mp4", 2000, 1280, 720)),
    ("one with words", mp4(further=WORDS), ("mp4", 2000, 1280, 720)),
    ("one that a telephone took upright", mp4(matrix=ON_ITS_SIDE), ("mp4", 2000, 720, 1280)),
    ("one of another brand of MP4", mp4(brand=b"mp42"), ("mp4", 2000, 1280, 720)),
    ("a WebM", webm(), ("webm", 2000, 1280, 720)),
    ("one with sound", webm(sound=b"A_OPUS", pictures=b"V_AV1"), ("webm", 2000, 1280, 720)),
    ("one that is shown in another size", webm(size=(1440, 1080), shown=(1920, 1080)), ("webm", 2000, 1920, 1080)),
]
REFUSED = [
    ("nothing", b"", "film.unreadable"),
    ("a picture", b"\xff\xd8\xff\xe0" + bytes(100), "film.unreadable"),
    ("a page", b"<!doctype html><script>alert(1)</script>", "film.unreadable"),
    ("a film of QuickTime", mp4(brand=b"qt  "), "film.unreadable"),
    ("a film without pictures", mp4(codec=b"avc1").replace(b"vide", b"sbtl"), "film.unreadable"),
    ("H.265", mp4(codec=b"hvc1"), "film.pictures"),
    ("MP3", mp4(sound=b"mp3"), "film.sound"),
    ("another sound", mp4(sound=b"ac-3"), "film.sound"),
    ("a track of places", mp4(further=PLACES), "film.data"),
    ("no length", mp4(milliseconds=0), "film.no-length"),
    ("a length of a month", mp4(milliseconds=30 * 24 * 3600 * 1000), "film.no-length"),
    ("no size", mp4(size=(0, 0)), "film.unreadable"),
    ("pictures behind the end", mp4(last_chunk=10**9), "film.cut-off"),
    ("a header without pictures", box(b"ftyp", b"isom", bytes(8)), "film.cut-off"),
    ("Matroska", webm(doctype=b"matroska"), "film.unreadable"),
    ("H.264 in a WebM", webm(pictures=b"V_MPEG4/ISO/AVC"), "film.pictures"),
    ("AAC in a WebM", webm(sound=b"A_AAC"), "film.sound"),
    ("a live recording", webm(milliseconds=None, endless=True), "film.no-length"),
    ("places in a WebM", webm(further=element(0xAE, element(0x83, b"\x21"))), "film.data"),
]


@pytest.mark.parametrize(("name", "data", "found"), READ, ids=[f"{row[0]}-{row[2][0]}" for row in READ])
def test_a_film_says_how_long_and_how_large_it_is(name: str, data: bytes, found: tuple[str, int, int, int]) -> None:
    assert measured(data) == found


@pytest.mark.parametrize(("name", "data", "code"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_browsers_do_not_show_is_refused(name: str, data: bytes, code: str) -> None:
    assert refused(data) == code


@pytest.mark.parametrize("data", [mp4(sound=b"aac"), webm(sound=b"A_OPUS")], ids=["mp4", "webm"])
def test_a_film_that_is_cut_off_anywhere_is_refused(data: bytes) -> None:
    for end in range(len(data)):
        assert refused(data[:end]) in ("film.unreadable", "film.cut-off"), end


def test_a_film_that_is_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_FILM_BYTES", 1000)
    assert refused(mp4(word=b"x" * 1000)) == "film.too-large"


@pytest.mark.parametrize("data", [mp4(sound=b"aac"), webm(sound=b"A_OPUS")], ids=["mp4", "webm"])
def test_no_damage_makes_more_than_a_refusal(data: bytes) -> None:
    chance = random.Random(20261130)
    for _number in range(3000):
        broken = bytearray(data)
        for _byte in range(chance.randint(1, 6)):
            broken[chance.randrange(len(broken))] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
        try:
            measure(io.BytesIO(bytes(broken)))
        except Refused:
            continue


def test_a_file_of_nothing_but_empty_boxes_keeps_nobody_waiting() -> None:
    began = time.process_time()
    assert refused(box(b"ftyp", b"isom", bytes(8)) + box(b"free") * 200_000) == "film.unreadable"
    assert time.process_time() - began < 3


@pytest.mark.parametrize("data", [mp4(), webm()], ids=["mp4", "webm"])
def test_what_cameras_say_of_the_place_is_not_kept_and_everything_else_is(data: bytes, media: Path) -> None:
    name = keep_film(io.BytesIO(data), measure(io.BytesIO(data)))
    kept = (media / name).read_bytes()
    assert SECRET in data
    assert SECRET not in kept
    assert len(kept) == len(data)
    assert b"frames" in kept
    assert measured(kept) == measured(data)


def test_a_file_is_blanked_alike_whatever_pieces_it_is_read_in(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = mp4() + box(b"uuid", SECRET * 30) + box(b"free")
    whole = keep_film(io.BytesIO(data), measure(io.BytesIO(data)))
    for piece in (1, 7, 64):
        monkeypatch.setattr(files, "PIECE", piece)
        assert keep_film(io.BytesIO(data), measure(io.BytesIO(data))) == whole


def test_a_films_name_is_made_of_its_bytes(media: Path) -> None:
    names = [keep_film(io.BytesIO(data), measure(io.BytesIO(data))) for data in (mp4(), mp4(), mp4(word=b"others"))]
    assert names[0] == names[1] != names[2]
    assert names[0].startswith("films/")
    assert sorted(path.suffix for path in media.rglob("*") if path.is_file()) == [".mp4", ".mp4"]


def test_captions_are_kept_in_utf_8_with_plain_line_ends(media: Path) -> None:
    name = keep_captions(io.BytesIO(b"\xef\xbb\xbf" + VTT.replace(b"\n", b"\r\n")))
    assert (media / name).read_bytes() == VTT
    assert keep_captions(io.BytesIO(VTT)) == name


class _Field:
    """A file as a form's field has it while it is checked."""

    def __init__(self, content: bytes, size: int | None = None, committed: bool = False) -> None:
        self.file = ContentFile(content)
        self.size, self._committed = len(content) if size is None else size, committed


def test_what_is_wrong_is_said_beside_the_field() -> None:
    check_film(_Field(mp4()))
    check_captions(_Field(VTT))
    for check, content, words in ((check_film, b"x", "no film"), (check_captions, b"x", "WEBVTT")):
        with pytest.raises(ValidationError, match=words):
            check(_Field(content))
    with pytest.raises(ValidationError, match="larger than 200 MB"):
        check_film(_Field(b"", 200 * 2**20 + 1))


def test_a_file_that_was_checked_before_is_not_read_again() -> None:
    stored: Any = _Field(b"", committed=True)
    stored.file = None
    check_film(stored)


def test_the_demos_film_is_small_and_begins_with_what_a_browser_needs() -> None:
    for path in demo.FILMS.glob("*.mp4"):
        data = path.read_bytes()
        ending, milliseconds, width, height = measured(data)
        assert (ending, width, height) == ("mp4", 1280, 720)
        assert 20_000 <= milliseconds <= 40_000
        assert len(data) <= 2_500_000
        assert data.index(b"moov") < data.index(b"mdat")
