"""What comes in as a picture, and the file that pages show of it."""

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError

from broadsheet.foundation.refusals import Refused

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
MOST_BYTES = 60 * 2**20
MOST_PIXELS = 120_000_000
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


@dataclass(frozen=True)
class ShownFile:
    """A picture as pages show it: a JPEG or, with transparency, a PNG without any metadata, in sRGB."""

    name: str
    content: bytes
    width: int
    height: int


def make_shown_file(file: IO[bytes]) -> ShownFile:
    """The file that pages show, at most 1,600 px on its longer side; refuses what is no picture or too large."""
    file.seek(0, io.SEEK_END)
    if file.tell() > MOST_BYTES:
        raise _refusal("picture.too-large", _("The file is larger than %d MB.") % (MOST_BYTES // 2**20))
    image = _open(file)
    transparent = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    mode = "RGBA" if transparent else "RGB"
    image = _in_srgb(_for_profile(_upright(image), mode)).convert(mode)
    image.info.clear()  # comments and profiles that stand here are written by Pillow without being asked
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    if transparent:
        image.save(out, "PNG", optimize=True)
    else:
        image.save(out, "JPEG", quality=84, progressive=True, optimize=True)
    content = out.getvalue()
    ending = "png" if transparent else "jpg"
    return ShownFile(f"{hashlib.sha256(content).hexdigest()[:24]}.{ending}", content, image.width, image.height)


def _open(file: IO[bytes]) -> Image.Image:
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(file, formats=FORMATS)
            if image.width * image.height > MOST_PIXELS:
                raise _too_many_pixels()
            image.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))
            image.load()
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except (UnidentifiedImageError, OSError, RuntimeError, SyntaxError, ValueError):  # RuntimeError: AVIF
        raise _refusal(
            "picture.unreadable",
            _("The file is no whole picture that can be read (JPEG, PNG, WebP, AVIF)."),
        ) from None
    return image


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the camera says; as it lies in the file where what the camera says cannot be read.

    Pillow's own exif_transpose would also write the camera's words anew, which we drop, and fails on damaged ones.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            turn = TURNS.get(image.getexif().get(ExifTags.Base.Orientation))
    except (SyntaxError, ValueError):
        return image
    return image if turn is None else image.transpose(turn)


def _for_profile(image: Image.Image, mode: str) -> Image.Image:
    """As its profile speaks of it: grey and CMYK stay, palettes become colours, 16 bits become 8."""
    if image.mode.startswith("I"):
        profile = image.info.get("icc_profile")
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
        image.info["icc_profile"] = profile
        return image
    return image if image.mode in ("L", "CMYK") and mode == "RGB" else image.convert(mode)


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


def _too_many_pixels() -> Refused:
    return _refusal("picture.too-many-pixels", _("The picture has more than %d megapixels.") % (MOST_PIXELS // 10**6))


def _refusal(code: str, sentence: str) -> Refused:
    return Refused(code, sentence, _("Nothing was added."))
