"""Renditions on the disk: made once, by one process while others wait, and removed with their picture."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image

from broadsheet.mediabank.files import Size, read_picture
from broadsheet.mediabank.renditions import FOLDER, Rendition, Source, renditions_of

# AVIF at speed 6 takes ten times as long for a tenth fewer bytes.
FORMATS: dict[str, tuple[str, dict[str, Any]]] = {
    "avif": ("AVIF", {"quality": 55, "speed": 9}),
    "webp": ("WEBP", {"quality": 78}),
    "jpg": ("JPEG", {"quality": 80, "progressive": True, "optimize": True}),
    "png": ("PNG", {}),
}
# At most so many pictures are worked on at a time at the request of readers, whatever they ask for.
PLACES = min(4, os.cpu_count() or 1)
PATIENCE = 4.0


class Busy(Exception):
    """Too many renditions are being made just now; the same request will be answered a little later."""


def path_of(rendition: Rendition) -> Path:
    """Where its file lies, or will."""
    return Path(settings.MEDIA_ROOT) / rendition.name


def ready(rendition: Rendition) -> Path:
    """The rendition's file, made now if it was never asked for.

    Raises FileNotFoundError where the original is gone, Refused where it cannot be read, Busy after four seconds.
    """
    path = path_of(rendition)
    if path.is_file():
        return path
    with _place(rendition.source):
        if not path.is_file():
            _write(_image(rendition), rendition)
    return path


def make_missing(source: Source) -> int:
    """Make those of a picture's renditions that are not there yet; returns how many. The original is read once."""
    missing = [rendition for rendition in renditions_of(source) if not path_of(rendition).is_file()]
    made = 0
    for image in _images(source, [rendition.size for rendition in missing]):
        for rendition in (one for one in missing if one.size == image.size):
            with _place(source):
                if not path_of(rendition).is_file():
                    _write(image, rendition)
                    made += 1
    return made


def remove_renditions(shown: str) -> None:
    """Remove all renditions of a shown file; after the original is gone, so that none is made behind our back."""
    stem = PurePosixPath(shown).stem
    with _place_of(stem):
        for path in (Path(settings.MEDIA_ROOT) / FOLDER / stem[:2]).glob(f"{stem}-*"):
            path.unlink(missing_ok=True)


def _image(rendition: Rendition) -> Image.Image:
    for image in _images(rendition.source, [rendition.size]):
        if image.size == rendition.size:
            return image
    raise LookupError(rendition.name)


def _images(source: Source, sizes: list[Size]) -> Iterator[Image.Image]:
    """The picture in all its sizes down to the smallest that is wanted, each made from the one before."""
    steps = sorted({one.size for one in renditions_of(source)}, reverse=True)
    wanted = [size for size in steps if size >= min(sizes)] if sizes else []
    image = None
    for size in wanted:
        image = _read(source, size) if image is None else image.resize(size, Image.Resampling.LANCZOS)
        yield image


def _read(source: Source, size: Size) -> Image.Image:
    with default_storage.open(source.original) as file:
        image, _real = read_picture(file, lambda *_: size)
    mode = "RGBA" if source.shown.endswith(".png") else "RGB"
    return image if image.mode == mode else image.convert(mode)


def _write(image: Image.Image, rendition: Rendition) -> None:
    """Write the file beside its place, then put it there, whole; what a dead process left behind is overwritten."""
    if not default_storage.exists(rendition.source.original):
        raise FileNotFoundError(rendition.source.original)
    path = path_of(rendition)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.part")
    kind, options = FORMATS[rendition.ending]
    with unfinished.open("wb") as file:
        image.save(file, kind, **options)
        file.flush()
        os.fsync(file.fileno())
    unfinished.chmod(0o644)
    unfinished.replace(path)


def _place(source: Source) -> Any:
    return _place_of(PurePosixPath(source.shown).stem)


@contextmanager
def _place_of(stem: str) -> Iterator[None]:
    """Hold one of the few places where renditions are made; a picture has always the same.

    So nothing is made twice, and the number of lock files is fixed: one for each picture would have to be removed,
    and a lock that is removed while somebody waits for it holds nothing. The system lets go of a dead process's lock.
    """
    folder: Path = settings.HOME.run
    folder.mkdir(parents=True, exist_ok=True)
    lock = folder / f"renditions-{int(stem[:8], 16) % PLACES}.lock"
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _wait_for(descriptor)
        yield
    finally:
        os.close(descriptor)


def _wait_for(descriptor: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise Busy from None
            time.sleep(0.02)
