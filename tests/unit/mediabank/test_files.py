"""What comes in as a picture: read or refused in a sentence; what pages show of it bears nothing but the picture."""

import io
import struct
import tempfile
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from broadsheet.foundation.refusals import Refused
from broadsheet.mediabank.files import LONGEST_SIDE, MOST_BYTES, MOST_PIXELS, make_shown_file

SECRET = b"kanareika"
WORD = SECRET.decode()
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def picture(
    mode: str = "RGB", size: tuple[int, int] = (64, 48), colour: Any = None, kind: str = "JPEG", **more: Any
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour if colour is not None else 0).save(out, kind, **more)
    return out.getvalue()


def shown(content: bytes) -> Image.Image:
    made = make_shown_file(io.BytesIO(content))
    image = Image.open(io.BytesIO(made.content))
    image.load()
    assert (made.width, made.height) == image.size
    assert made.name.endswith(".png" if image.format == "PNG" else ".jpg")
    return image


def png_header(width: int, height: int) -> bytes:
    """A picture that says that it is this large, and holds nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


def gif() -> bytes:
    return picture(mode="P", kind="GIF")


SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
)
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n%%EOF\n"
UNREADABLE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "words": lambda: b"This is no picture." * 99,
    "a page": lambda: b"<!doctype html><script>alert(1)</script>",
    "a cut JPEG": lambda: picture(size=(800, 600), colour="teal")[:-200],
    "the head of a JPEG": lambda: picture()[:30],
    "a cut PNG": lambda: picture(kind="PNG", size=(300, 300))[:-40],
    "a damaged PNG": lambda: picture(kind="PNG").replace(b"IDAT", b"IDAX"),
    "a cut WebP": lambda: picture(kind="WEBP", size=(300, 300), lossless=True, colour="teal")[:40],
    "a cut AVIF": lambda: picture(kind="AVIF", size=(300, 300))[:-30],
    "a damaged AVIF": lambda: picture(kind="AVIF")[:-20] + b"\xff" * 20,
    "an AVIF without a picture": lambda: picture(kind="AVIF").replace(b"pitm", b"xxxx"),
    "a GIF called .jpg": gif,
    "an SVG called .jpg": lambda: SVG,
    "a BMP": lambda: picture(kind="BMP"),
    "a TIFF": lambda: picture(kind="TIFF"),
    "an EPS, which a program would run": lambda: EPS,
    "a PDF": lambda: picture(kind="PDF"),
    "an icon": lambda: picture(kind="ICO"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_picture_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refusal:
        make_shown_file(io.BytesIO(UNREADABLE[name]()))
    assert refusal.value.code == "picture.unreadable"
    assert refusal.value.sentence.startswith("The file is no ")
    assert refusal.value.what_is_safe == "Nothing was added."


BOMBS = [(30_000, 30_000), (13_000, 13_000), (11_000, 11_000), (MOST_PIXELS + 1, 1), (2**31 - 1, 2**31 - 1)]


@pytest.mark.parametrize("size", BOMBS, ids=str)
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(Refused) as refusal:
        make_shown_file(io.BytesIO(png_header(*size)))
    assert refusal.value.code == "picture.too-many-pixels"
    assert refusal.value.sentence == "The picture has more than 120 megapixels."


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(picture())
        file.truncate(MOST_BYTES + 1)
        with pytest.raises(Refused) as refusal:
            make_shown_file(file)
        assert refusal.value.sentence == "The file is larger than 60 MB."
        file.truncate(MOST_BYTES)
        assert make_shown_file(file).width == 64


MODES = [
    ("L", "JPEG", 200, (200, 200, 200)),
    ("CMYK", "JPEG", (0, 0, 0, 0), (255, 255, 255)),
    ("CMYK", "JPEG", (0, 255, 255, 0), (255, 0, 0)),
    ("1", "PNG", 1, (255, 255, 255)),
    ("P", "PNG", 0, None),
    ("I;16", "PNG", 0x8000, (128, 128, 128)),
    ("RGB", "PNG", (200, 100, 50), (200, 100, 50)),
    ("RGB", "WEBP", (200, 100, 50), (200, 100, 50)),
    ("RGB", "AVIF", (200, 100, 50), (200, 100, 50)),
]


@pytest.mark.parametrize(
    "profile", [None, SRGB, b"no profile at all"], ids=["", "with a profile", "with a broken profile"]
)
@pytest.mark.parametrize(("mode", "kind", "colour", "wanted"), MODES)
def test_every_kind_of_picture_keeps_its_colours(
    mode: str, kind: str, colour: Any, wanted: tuple[int, ...] | None, profile: bytes | None
) -> None:
    more: dict[str, Any] = {"icc_profile": profile} if profile else {}
    content = picture(mode=mode, kind=kind, colour=colour, **more)
    image = shown(content)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (64, 48))
    if wanted:
        found = image.getpixel((20, 20))
        assert isinstance(found, tuple)
        assert all(abs(one - other) <= 6 for one, other in zip(found, wanted, strict=True)), found


TRANSPARENT: dict[str, Callable[[], bytes]] = {
    "PNG": lambda: picture(mode="RGBA", colour=(200, 100, 50, 0), kind="PNG"),
    "PNG with a profile": lambda: picture(mode="RGBA", colour=(200, 100, 50, 0), kind="PNG", icc_profile=SRGB),
    "grey PNG": lambda: picture(mode="LA", colour=(200, 0), kind="PNG"),
    "grey PNG with a profile": lambda: picture(mode="LA", colour=(200, 0), kind="PNG", icc_profile=SRGB),
    "PNG with a palette": lambda: picture(mode="P", colour=0, kind="PNG", transparency=0),
    "PNG with a palette and a profile": lambda: picture(mode="P", kind="PNG", transparency=0, icc_profile=SRGB),
    "WebP with a profile": lambda: picture(mode="RGBA", colour=(200, 100, 50, 0), kind="WEBP", icc_profile=SRGB),
    "AVIF with a profile": lambda: picture(mode="RGBA", colour=(200, 100, 50, 0), kind="AVIF", icc_profile=SRGB),
}


@pytest.mark.parametrize("name", TRANSPARENT)
def test_a_transparent_picture_stays_transparent(name: str) -> None:
    image = shown(TRANSPARENT[name]())
    assert (image.format, image.mode) == ("PNG", "RGBA")
    assert image.getpixel((20, 20))[3] == 0  # type: ignore[index]


UPRIGHT_AS_STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def turned(orientation: int) -> bytes:
    """Upright: 60 x 40, its upper left quarter red, the rest blue; stored as a camera would that was held otherwise."""
    upright = Image.new("RGB", (60, 40), "blue")
    upright.paste("red", (0, 0, 30, 20))
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = UPRIGHT_AS_STORED[orientation]
    out = io.BytesIO()
    (upright.transpose(stored) if stored is not None else upright).save(out, "JPEG", exif=exif, quality=95)
    return out.getvalue()


@pytest.mark.parametrize("orientation", UPRIGHT_AS_STORED)
def test_a_picture_stands_upright(orientation: int) -> None:
    image = shown(turned(orientation))
    assert image.size == (60, 40)
    corners = [image.getpixel(place) for place in ((5, 5), (55, 5), (5, 35), (55, 35))]
    assert [corner[0] > 128 for corner in corners if isinstance(corner, tuple)] == [True, False, False, False]
    assert image.getexif().get(0x0112) is None


@pytest.mark.parametrize("damage", [b"MM]*", b"XXXX", b"II\0\0"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_whose_camera_says_nonsense_is_shown_as_it_lies(kind: str, damage: bytes) -> None:
    content = picture(kind=kind, exif=b"Exif\0\0" + damage + b"\0\0\0\x08\0\0\0\0")
    assert shown(content).size == (64, 48)


SIZES = [
    ((3200, 1600), (1600, 800)),
    ((1000, 4000), (400, 1600)),
    ((1600, 1600), (1600, 1600)),
    ((1601, 10), (1600, 10)),
    ((4000, 1), (1600, 1)),
    ((1, 1), (1, 1)),
]


@pytest.mark.parametrize(("size", "wanted"), SIZES, ids=str)
def test_the_longer_side_is_at_most_1600(size: tuple[int, int], wanted: tuple[int, int]) -> None:
    assert LONGEST_SIDE == 1600
    assert shown(picture(size=size)).size == wanted


def told() -> Image.Exif:
    """Where the picture was taken, and by whom."""
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = exif[0x8298] = WORD
    exif.get_ifd(0x8825).update({1: "N", 2: (56.0, 57.0, 4.0), 3: "E", 4: (24.0, 6.0, 5.0), 29: WORD})
    exif.get_ifd(0x8769)[0x9286] = SECRET
    return exif


def png_words() -> PngInfo:
    words = PngInfo()
    words.add_text("Comment", WORD)
    words.add_itxt("XML:com.adobe.xmp", f"<x>{WORD}</x>")
    return words


TELLING: dict[str, Callable[[], bytes]] = {
    "JPEG without a profile": lambda: picture(exif=told(), comment=SECRET),
    "JPEG": lambda: picture(exif=told(), comment=SECRET, xmp=SECRET, icc_profile=SRGB + SECRET, dpi=(300, 300)),
    "PNG": lambda: picture(kind="PNG", exif=told(), pnginfo=png_words(), dpi=(300, 300), icc_profile=SRGB + SECRET),
    "transparent PNG": lambda: picture(
        mode="RGBA", kind="PNG", exif=told(), pnginfo=png_words(), icc_profile=SRGB + SECRET, dpi=(300, 300)
    ),
    "PNG with a palette": lambda: picture(
        mode="P", kind="PNG", transparency=0, exif=told(), pnginfo=png_words(), icc_profile=SRGB + SECRET
    ),
    "WebP": lambda: picture(kind="WEBP", exif=told(), xmp=SECRET, icc_profile=SRGB + SECRET),
    "AVIF": lambda: picture(kind="AVIF", exif=told(), xmp=SECRET),
}


@pytest.mark.parametrize("name", TELLING)
def test_what_pages_show_tells_nothing_of_place_and_person(name: str) -> None:
    before = TELLING[name]()
    assert before.count(SECRET) >= 2, "the test's own picture tells"
    made = make_shown_file(io.BytesIO(before))
    assert SECRET not in made.content
    assert b"Exif" not in made.content
    image = Image.open(io.BytesIO(made.content))
    image.load()
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}


def test_the_name_is_a_hash_of_the_bytes() -> None:
    one, same = (make_shown_file(io.BytesIO(picture(colour="teal"))) for _ in range(2))
    other = make_shown_file(io.BytesIO(picture(colour="red")))
    assert one == same
    assert one.name != other.name
    assert len(one.name.partition(".")[0]) == 24


def test_a_profile_is_applied_and_not_only_dropped() -> None:
    """A profile in which red and blue have changed places makes a red picture blue."""
    turned_around = SRGB.replace(b"rXYZ", b"####").replace(b"bXYZ", b"rXYZ").replace(b"####", b"bXYZ")
    for kind, mode in (("JPEG", "RGB"), ("PNG", "RGB"), ("PNG", "RGBA")):
        red, *_rest = shown(picture(mode, colour="red", kind=kind, icc_profile=turned_around)).getpixel((5, 5))  # type: ignore[misc]
        assert red < 60, (kind, mode)
