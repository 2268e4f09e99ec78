"""What comes in as a picture, and the file that pages show of it."""

import hashlib
import io
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile

from broadsheet.foundation.refusals import Refused
from broadsheet.mediabank.uploads import MOST_BYTES, too_large

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
# Telephones put further pictures behind the one that is seen (a depth map, a brighter one), in JPEG only.
MAY_HOLD_MORE = ("JPEG", "MPO")
MOST_PIXELS = 120_000_000
# These are unpacked several times over, at 16 bytes a pixel and more: 120 megapixels took 1.9 GB.
MOST_PIXELS_OF = {"WEBP": 50_000_000, "AVIF": 50_000_000}
LONGEST_SIDE = 1600
# EXIF's orientation -> what turns the picture upright.
TURNS: dict[object, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
LYING = (Image.Transpose.TRANSPOSE, Image.Transpose.TRANSVERSE, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270)
Size = tuple[int, int]


@dataclass(frozen=True)
class ShownFile:
    """A picture as pages show it: a JPEG or, with transparency, a PNG without any metadata, in sRGB.

    Beside its own size stands that of the original, turned upright.
    """

    name: str
    content: bytes
    width: int
    height: int
    original_width: int
    original_height: int


def make_shown_file(file: IO[bytes]) -> ShownFile:
    """The file that pages show, at most 1,600 px on its longer side; refuses what is no picture or too large."""
    file.seek(0, io.SEEK_END)
    if file.tell() > MOST_BYTES:
        raise _refusal("picture.too-large", too_large())
    image, real = read_picture(file, _within_longest_side)
    out = io.BytesIO()
    if image.mode == "RGBA":
        image.save(out, "PNG", optimize=True)
    else:
        image.save(out, "JPEG", quality=84, progressive=True, optimize=True)
    content = out.getvalue()
    ending = "png" if image.mode == "RGBA" else "jpg"
    name = f"{hashlib.sha256(content).hexdigest()[:24]}.{ending}"
    return ShownFile(name, content, *image.size, *real)


def read_picture(file: IO[bytes], fit: Callable[[int, int], Size]) -> tuple[Image.Image, Size]:
    """A picture upright, in sRGB (RGB or RGBA), without metadata; and the size that it has in the file, upright.

    `fit` says from that size how large it is wanted, never larger. It is made small before anything else is done to
    it, a JPEG while it is unpacked, so that a large one does not stand in memory several times.
    """
    with _only_whole_pictures():
        image = _open(file)
        turn = _turn(image)
        lies = turn in LYING
        real = (image.height, image.width) if lies else image.size
        width, height = fit(*real)
        wanted = (height, width) if lies else (width, height)
        image.draft("RGB", wanted)
        image.load()
    mode = "RGBA" if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info else "RGB"
    image = _for_profile(image, mode)
    if image.size != wanted:
        image = image.resize(wanted, Image.Resampling.LANCZOS, reducing_gap=3.0)
    image = _as(_in_srgb(image), mode)
    if turn is not None:
        image = image.transpose(turn)
    image.info.clear()  # comments and profiles that stand here are written by Pillow without being asked
    return image, real


def _within_longest_side(width: int, height: int) -> Size:
    scale = min(1.0, LONGEST_SIDE / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


@contextmanager
def _only_whole_pictures() -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            yield
    except Image.DecompressionBombError:
        raise _too_many_pixels(MOST_PIXELS) from None
    except (UnidentifiedImageError, OSError, RuntimeError, SyntaxError, ValueError):  # RuntimeError: AVIF
        raise _refusal(
            "picture.unreadable",
            _("The file is no whole picture that can be read (JPEG, PNG, WebP, AVIF)."),
        ) from None


def _open(file: IO[bytes]) -> Image.Image:
    """The picture, unpacked unless it is a JPEG; what is too large or moves is refused before."""
    file.seek(0)
    image = Image.open(file, formats=FORMATS)
    most = MOST_PIXELS_OF.get(str(image.format), MOST_PIXELS)
    if image.width * image.height > most:
        raise _too_many_pixels(most)
    frames = getattr(image, "n_frames", 1)
    if frames > 1 and image.format not in MAY_HOLD_MORE:
        sentence = ngettext(
            "The file is a moving picture of %d frame. Pictures here stand still.",
            "The file is a moving picture of %d frames. Pictures here stand still.",
            frames,
        )
        raise _refusal("picture.moving", sentence % frames)
    if not isinstance(image, JpegImageFile):
        image.load()
    return image


def _turn(image: Image.Image) -> Image.Transpose | None:
    """What turns it upright, as the camera says; nothing where what the camera says cannot be read.

    Pillow's own exif_transpose would also write the camera's words anew, which we drop, and fails on damaged ones.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            return TURNS.get(image.getexif().get(ExifTags.Base.Orientation))
    except (SyntaxError, ValueError):
        return None


def _for_profile(image: Image.Image, mode: str) -> Image.Image:
    """As its profile speaks of it: grey and CMYK stay, palettes become colours, 16 bits become 8."""
    if image.mode.startswith("I"):
        profile = image.info.get("icc_profile")
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
        image.info["icc_profile"] = profile
        return image
    return image if image.mode in ("L", "CMYK") and mode == "RGB" else _as(image, mode)


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if not profile:
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return image
    return converted if converted is not None else image


def _as(image: Image.Image, mode: str) -> Image.Image:
    """In this mode; Pillow would copy one that has it already."""
    return image if image.mode == mode else image.convert(mode)


def _too_many_pixels(most: int) -> Refused:
    return _refusal("picture.too-many-pixels", _("The picture has more than %d megapixels.") % (most // 10**6))


def _refusal(code: str, sentence: str) -> Refused:
    return Refused(code, sentence, _("Nothing was added."))
