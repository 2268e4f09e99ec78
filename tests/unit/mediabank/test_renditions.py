"""Which renditions a picture has, by the size of its original, and the addresses under which pages name them."""

import pytest

from broadsheet.editions.names import Localized
from broadsheet.mediabank.reads import PictureValue
from broadsheet.mediabank.renditions import HIGHEST, Rendition, Source, asked_by, height_at, renditions_of, widths_of

HASH = "0123456789abcdef01234567"
WIDTHS = [
    ((6000, 4000), (320, 480, 640, 960, 1280, 1920)),
    ((1921, 10), (320, 480, 640, 960, 1280, 1920)),
    ((1920, 1080), (320, 480, 640, 960, 1280, 1920)),
    ((1600, 900), (320, 480, 640, 960, 1280, 1600)),
    ((1281, 900), (320, 480, 640, 960, 1280, 1281)),
    ((1280, 900), (320, 480, 640, 960, 1280)),
    ((641, 2), (320, 480, 640, 641)),
    ((320, 200), (320,)),
    ((319, 200), (319,)),
    ((1, 1), (1,)),
    ((1, 50_000), (1,)),
    ((120_000_000, 1), (320, 480, 640, 960, 1280, 1920)),
    ((640, 6400), (320, 480, 640)),
    ((1000, 10_000), (320, 480, 640, 800)),
    ((3400, 34_000), (320, 480, 640, 800)),
    ((100, 100_000), (8,)),
]


@pytest.mark.parametrize(("size", "widths"), WIDTHS, ids=str)
def test_a_picture_has_the_widths_that_are_not_wider_than_itself(size: tuple[int, int], widths: object) -> None:
    assert widths_of(*size) == widths
    for width in widths_of(*size):
        assert 1 <= height_at(width, *size) <= HIGHEST


def value(**changes: object) -> PictureValue:
    words = Localized("words", "")
    fields = {
        "id": 7, "slug": "a-ship", "file": f"/media/pictures/01/{HASH}.jpg", "width": 1600, "height": 1067,
        "alt": words, "caption": words, "creator": "", "agency": "", "licence": "", "licence_url": "", "source": "",
        "taken": "", "focal_x": 0.5, "focal_y": 0.5, "original_width": 3000, "original_height": 2000,
    }  # fmt: skip
    return PictureValue(**{**fields, **changes})  # type: ignore[arg-type]


def test_pages_name_every_width_of_a_format() -> None:
    picture = value(original_width=700, original_height=350)
    stem = f"/media/renditions/01/{HASH}"
    assert picture.widths == (320, 480, 640, 700)
    assert picture.srcset("avif") == ", ".join(f"{stem}-{width}.avif {width}w" for width in picture.widths)
    assert picture.srcset("webp") == ", ".join(f"{stem}-{width}.webp {width}w" for width in picture.widths)
    assert picture.srcset("fallback") == ", ".join(f"{stem}-{width}.jpg {width}w" for width in picture.widths)
    with pytest.raises(KeyError):
        picture.srcset("gif")


def test_a_picture_with_transparency_falls_back_to_png() -> None:
    picture = value(file=f"/media/pictures/01/{HASH}.png")
    assert ".png 320w" in picture.srcset("fallback")
    assert picture.largest.endswith("-1280.png")


def test_others_are_shown_a_jpeg_of_at_most_1280_px() -> None:
    assert value().largest == f"/media/renditions/01/{HASH}-1280.jpg"
    assert value().largest_size == (1280, 853)
    small = value(original_width=200, original_height=100)
    assert (small.largest, small.largest_size) == (f"/media/renditions/01/{HASH}-200.jpg", (200, 100))


def test_a_picture_whose_original_was_never_measured_has_the_widths_of_its_shown_file() -> None:
    assert value(original_width=0, original_height=0).widths == (320, 480, 640, 960, 1280, 1600)


@pytest.mark.parametrize(
    ("point", "words"),
    [((0, 0), "fx0 fy0"), ((1, 1), "fx10 fy10"), ((0.42, 0.5), "fx4 fy5"), ((0.35, 0.96), "fx4 fy10")],
)
def test_the_focal_point_is_told_in_tenths(point: tuple[float, float], words: str) -> None:
    assert value(focal_x=point[0], focal_y=point[1]).focal_class == words


@pytest.mark.parametrize("ending", ["jpg", "png"])
def test_what_a_rendition_is_called_leads_back_to_its_shown_file(ending: str) -> None:
    source = Source("originals/a.jpg", f"pictures/01/{HASH}.{ending}", 3000, 2000)
    found = list(renditions_of(source))
    assert len({rendition.name for rendition in found}) == 18
    assert found[0] == Rendition(source, 1920, "avif")
    for rendition in found:
        asked = asked_by(rendition.name.removeprefix("renditions/"))
        assert asked is not None
        assert source.shown in asked.shown
        assert (asked.width, asked.ending) == (rendition.width, rendition.ending)


@pytest.mark.parametrize(
    "name",
    [
        "", "01", f"01/{HASH}", f"01/{HASH}.jpg", f"01/{HASH}-320", f"01/{HASH}-320.gif", f"01/{HASH}-320.JPG",
        f"02/{HASH}-320.jpg", f"01/{HASH}-0320.jpg", f"01/{HASH}-0.jpg", f"01/{HASH}--1.jpg", f"01/{HASH}-99999.jpg",
        f"01/{HASH}-٣٢٠.jpg", f"01/{HASH}-320.jpg\n", f"01/{HASH}-320.jpg/", f"01//{HASH}-320.jpg",
        f"../01/{HASH}-320.jpg", f"01/{HASH.upper()}-320.jpg", f"01/{HASH}-320.avif.part", "making-0.lock",
    ],
)  # fmt: skip
def test_a_name_that_no_rendition_can_have_asks_for_nothing(name: str) -> None:
    assert asked_by(name) is None
