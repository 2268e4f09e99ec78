"""Files that somebody made in order to harm: each is refused with a sentence, or read in bounded memory."""

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from broadsheet.foundation.refusals import Refused
from broadsheet.mediabank.files import MOST_BYTES, MOST_PIXELS_OF, make_shown_file
from tests.homes import ROOT, clean_environment
from tests.unit.mediabank.test_files import SVG, gif, picture, png_header

# Says what became of a file, and how many MB more were used at most than before it was opened.
READ = """
import resource, sys
from django.conf import settings
settings.configure(USE_I18N=False)
from broadsheet.foundation.refusals import Refused
from broadsheet.mediabank.files import make_shown_file
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with open(sys.argv[1], "rb") as file:
    try:
        shown = make_shown_file(file)
        print(f"{shown.original_width} x {shown.original_height}")
    except Refused as refusal:
        print(refusal.sentence)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def moving(kind: str, frames: int = 5000) -> bytes:
    out = io.BytesIO()
    first, *more = (Image.new("RGB", (32, 24), (number % 256, number // 256 * 9, 0)) for number in range(frames))
    options = {"WEBP": {"method": 0}, "AVIF": {"speed": 10}, "PNG": {}}[kind]
    first.save(out, kind, save_all=True, append_images=more, duration=20, **options)
    return out.getvalue()


def huge(kind: str, mode: str = "RGB", side: int = 10_900, **options: object) -> bytes:
    """Many pixels in few bytes."""
    return picture(mode=mode, size=(side, side), kind=kind, **options)


NOT_WHOLE = "The file is no whole picture that can be read (JPEG, PNG, WebP, AVIF)."
MOVES = "The file is a moving picture of {} frames. Pictures here stand still."
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a PNG bomb": (lambda: png_header(30_000, 30_000), "The picture has more than 120 megapixels."),
    "a cut-off JPEG": (lambda: picture(size=(3000, 2000), colour="teal")[:-2000], NOT_WHOLE),
    "a GIF called .jpg": (gif, NOT_WHOLE),
    "an SVG called .jpg": (lambda: SVG, NOT_WHOLE),
    "an AVIF of 5,000 frames": (lambda: moving("AVIF"), MOVES.format(5000)),
    "a PNG of 12 frames": (lambda: moving("PNG", 12), MOVES.format(12)),
    "a WebP of too many pixels": (lambda: huge("WEBP", side=7100), "The picture has more than 50 megapixels."),
    "an AVIF of too many pixels": (
        lambda: huge("AVIF", side=7100, speed=10),
        "The picture has more than 50 megapixels.",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_do_harm_is_refused_with_a_sentence(name: str) -> None:
    make, sentence = REFUSED[name]
    with pytest.raises(Refused) as refusal:
        make_shown_file(io.BytesIO(make()))
    assert refusal.value.sentence == sentence
    assert refusal.value.what_is_safe == "Nothing was added."


def test_a_webp_of_thousands_of_frames_is_refused_with_a_sentence() -> None:
    """Of frames that are alike WebP keeps one, so that fewer are counted."""
    with pytest.raises(Refused, match=r"a moving picture of [0-9]+ frames\. Pictures here stand still\."):
        make_shown_file(io.BytesIO(moving("WEBP")))


def test_a_telephones_jpeg_with_a_second_picture_behind_the_first_is_no_moving_picture() -> None:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(
        out, "MPO", save_all=True, append_images=[Image.new("RGB", (32, 24), "grey")]
    )
    with Image.open(io.BytesIO(out.getvalue())) as image:
        assert (image.format, getattr(image, "n_frames", 1)) == ("MPO", 2)
    assert make_shown_file(io.BytesIO(out.getvalue())).width == 64


BOUNDED: dict[str, tuple[Callable[[], bytes], str, int]] = {
    "a PNG bomb": (lambda: png_header(30_000, 30_000), "The picture has more than 120 megapixels.", 20),
    "an AVIF of 5,000 frames": (lambda: moving("AVIF"), MOVES.format(5000), 40),
    "a JPEG of 119 megapixels": (lambda: huge("JPEG"), "10900 x 10900", 100),
    "a progressive JPEG of 119 megapixels": (lambda: huge("JPEG", progressive=True), "10900 x 10900", 500),
    "a PNG of 119 megapixels": (lambda: huge("PNG"), "10900 x 10900", 700),
    "a transparent PNG of 119 megapixels": (lambda: huge("PNG", "RGBA"), "10900 x 10900", 1200),
    "a WebP of 49 megapixels": (lambda: huge("WEBP", side=7000), "7000 x 7000", 900),
    "an AVIF of 49 megapixels": (lambda: huge("AVIF", side=7000, speed=10), "7000 x 7000", 600),
    "a strip one pixel wide": (lambda: picture(size=(1, 60_000)), "1 x 60000", 20),
    "a tall one, 1:10": (lambda: picture(size=(3000, 30_000)), "3000 x 30000", 100),
}


@pytest.mark.parametrize("name", BOUNDED)
def test_a_file_takes_no_more_memory_than_its_pixels_must(name: str, tmp_path: Path) -> None:
    make, answer, most = BOUNDED[name]
    file = tmp_path / "file"
    file.write_bytes(make())
    _read(file, answer, most)


def test_a_file_of_200_mb_is_refused_without_being_read(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(picture())
    with file.open("r+b") as opened:
        opened.truncate(200 * 2**20)
    _read(file, f"The file is larger than {MOST_BYTES // 2**20} MB.", 5)


def _read(file: Path, answer: str, most: int) -> None:
    """Read it in a process of its own, and hold its memory (MB) against what is allowed."""
    environment = clean_environment(file.parent / "home")
    ended = subprocess.run(
        [sys.executable, "-c", READ, str(file)],
        env=environment, cwd=ROOT, text=True, capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    said, used = ended.stdout.splitlines()
    assert said == answer
    assert int(used) <= most


def test_only_what_is_unpacked_more_than_once_has_a_limit_of_its_own() -> None:
    assert MOST_PIXELS_OF == {"WEBP": 50_000_000, "AVIF": 50_000_000}
