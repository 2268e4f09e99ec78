"""Renditions on the disk: each made once, whatever comes between."""

import io
import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from broadsheet.mediabank import rendition_files
from broadsheet.mediabank.rendition_files import make_missing, ready, remove_renditions
from broadsheet.mediabank.renditions import Rendition, Source, renditions_of
from tests.unit.mediabank.large_pictures import (
    HASH,
    SECRET,
    files_in,
    original,
    source_of,
)


@pytest.mark.parametrize(
    ("mode", "kind", "wanted"),
    [("RGB", "JPEG", {"AVIF", "WEBP", "JPEG"}), ("RGBA", "PNG", {"AVIF", "WEBP", "PNG"})],
)
def test_every_rendition_is_the_picture_in_its_width_and_format(
    media: Path, mode: str, kind: str, wanted: set[str]
) -> None:
    source = source_of(media, original(mode=mode, kind=kind), ending="png" if mode == "RGBA" else "jpg")
    assert make_missing(source) == 12
    found = set()
    for rendition in renditions_of(source):
        with Image.open(ready(rendition)) as image:
            image.load()
            assert image.size == (rendition.width, round(rendition.width / 2))
            above, below = (image.convert("RGB").getpixel((9, y)) for y in (9, image.height - 9))
            assert above[0] > 200 > 60 > above[2], (rendition, above)  # type: ignore[index,operator,misc]
            assert below[2] > 200 > 60 > below[0], (rendition, below)  # type: ignore[index,operator,misc]
            assert image.has_transparency_data is (mode == "RGBA")
            found.add(image.format)
            if image.format == "JPEG":
                assert image.info.get("progressive")
    assert found == wanted


def test_what_is_asked_for_is_made_alone_and_once(media: Path) -> None:
    source = source_of(media, original())
    rendition = Rendition(source, 640, "webp")
    path = ready(rendition)
    assert files_in(media) == {f"01/{HASH}-640.webp"}
    made = path.stat().st_mtime_ns
    assert ready(rendition).stat().st_mtime_ns == made
    assert path.stat().st_mode & 0o777 == 0o644


def test_the_job_makes_what_is_missing_and_running_it_again_changes_nothing(media: Path) -> None:
    source = source_of(media, original())
    path = ready(Rendition(source, 640, "webp"))
    made = path.stat().st_mtime_ns
    assert make_missing(source) == 11
    assert make_missing(source) == 0
    assert path.stat().st_mtime_ns == made
    assert len(files_in(media)) == 12


def test_a_picture_made_by_the_job_is_the_one_that_a_request_would_make(media: Path) -> None:
    first, second = (source_of(media, original(), name=name) for name in ("a", "b"))
    one = ready(Rendition(first, 320, "jpg")).read_bytes()
    remove_renditions(first.shown)
    make_missing(second)
    assert ready(Rendition(second, 320, "jpg")).read_bytes() == one


def test_a_picture_taken_sideways_stands_upright(media: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = io.BytesIO()
    with Image.open(io.BytesIO(original())) as image:
        image.transpose(Image.Transpose.ROTATE_90).save(lying, "JPEG", exif=exif)
    source = source_of(media, lying.getvalue())
    make_missing(source)
    for rendition in renditions_of(source):
        with Image.open(ready(rendition)) as image:
            assert image.size == rendition.size
            red, _green, blue = image.convert("RGB").getpixel((9, 9))  # type: ignore[misc]
            assert red > 200 > blue
            assert not image.getexif()


def test_colours_of_a_wide_gamut_become_those_of_srgb(media: Path) -> None:
    """A profile in which red and blue have changed places makes what is red blue."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    turned = profile.replace(b"rXYZ", b"####").replace(b"bXYZ", b"rXYZ").replace(b"####", b"bXYZ")
    source = source_of(media, original(icc_profile=turned))
    make_missing(source)
    for rendition in renditions_of(source):
        with Image.open(ready(rendition)) as image:
            assert image.convert("RGB").getpixel((9, 9))[0] < 60  # type: ignore[index]
            assert "icc_profile" not in image.info


def test_renditions_tell_nothing_of_place_and_person(media: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    content = original(exif=exif, comment=SECRET, xmp=SECRET)
    assert content.count(SECRET) == 3
    source = source_of(media, content)
    make_missing(source)
    for rendition in renditions_of(source):
        assert SECRET not in ready(rendition).read_bytes()


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (100, 1000), (1000, 10_000)], ids=str)
def test_a_picture_of_an_odd_shape_has_renditions_too(media: Path, size: tuple[int, int]) -> None:
    source = source_of(media, original(size), size)
    assert make_missing(source) == len(list(renditions_of(source)))
    for rendition in renditions_of(source):
        with Image.open(ready(rendition)) as image:
            assert image.size == rendition.size


def test_many_who_ask_at_once_get_the_one_file_that_is_made(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendition = Rendition(source_of(media, original()), 320, "avif")
    written = []
    write = rendition_files._write
    monkeypatch.setattr(rendition_files, "_write", lambda *args: (written.append(args), write(*args)))
    with ThreadPoolExecutor(8) as people:
        paths = set(people.map(lambda _number: ready(rendition), range(16)))
    assert (len(paths), len(written)) == (1, 1)


def _make(media: str, source: Source, answers: Any) -> None:
    from django.conf import settings

    settings.MEDIA_ROOT = media
    answers.put(make_missing(source))


def test_two_processes_make_each_file_once(media: Path) -> None:
    source = source_of(media, original())
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    both = [context.Process(target=_make, args=(str(media), source, answers)) for _ in range(2)]
    for process in both:
        process.start()
    made = [answers.get(timeout=60) for _ in both]
    for process in both:
        process.join(60)
    assert sum(made) == len(files_in(media)) == 12


def test_what_a_dead_process_left_behind_is_no_file_and_is_overwritten(media: Path) -> None:
    rendition = Rendition(source_of(media, original()), 320, "jpg")
    left = rendition_files.path_of(rendition).with_name(f"{HASH}-320.jpg.part")
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half a pic")
    with Image.open(ready(rendition)) as image:
        assert image.size == (320, 160)
    assert files_in(media) == {f"01/{HASH}-320.jpg"}


def test_an_original_that_went_while_somebody_waited_leaves_nothing_behind(media: Path) -> None:
    source = source_of(media, original())
    images = list(rendition_files._images(source, [(320, 160)]))
    (media / source.original).unlink()
    remove_renditions(source.shown)
    with pytest.raises(FileNotFoundError):
        rendition_files._write(images[-1], Rendition(source, 320, "jpg"))
    with pytest.raises(FileNotFoundError):
        ready(Rendition(source, 320, "jpg"))
    assert files_in(media) == set()
