"""What comes in as a picture, and the file that pages show of it."""

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from broadsheet.foundation.refusals import Refused

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
MOST_BYTES = 60 * 2**20
MOST_PIXELS = 120_000_000
LONGEST_SIDE = 1600


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
    image = _in_srgb(ImageOps.exif_transpose(image)).convert("RGBA" if transparent else "RGB")
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
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise _refusal(
            "picture.unreadable",
            _("The file is no whole picture that can be read (JPEG, PNG, WebP, AVIF)."),
        ) from None
    return image


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if not profile:
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image
    return converted if converted is not None else image


def _too_many_pixels() -> Refused:
    return _refusal("picture.too-many-pixels", _("The picture has more than %d megapixels.") % (MOST_PIXELS // 10**6))


def _refusal(code: str, sentence: str) -> Refused:
    return Refused(code, sentence, _("Nothing was added."))
