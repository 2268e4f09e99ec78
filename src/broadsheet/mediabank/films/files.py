"""What comes in as a film or as its captions, and the files of it that pages play."""

import hashlib
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError

from broadsheet.foundation.refusals import Refused
from broadsheet.mediabank.films.captions import read_captions
from broadsheet.mediabank.films.measured import Blank, Measured, no_film, refusal
from broadsheet.mediabank.films.mp4 import read_mp4
from broadsheet.mediabank.films.webm import read_webm
from broadsheet.mediabank.uploads import MOST_FILM_BYTES, too_large

FILMS, CAPTIONS = "films", "captions"
PIECE = 2**20
BEGINNINGS: dict[bytes, Callable[[IO[bytes], int], Measured]] = {b"ftyp": read_mp4, b"\x1a\x45\xdf\xa3": read_webm}


def measure(file: IO[bytes]) -> Measured:
    """What a film's file says of itself; Refused where it is no film, is cut off, or is too large."""
    size = file.seek(0, io.SEEK_END)
    if size > MOST_FILM_BYTES:
        raise refusal("film.too-large", too_large(MOST_FILM_BYTES))
    file.seek(0)
    begin = file.read(8)
    read = BEGINNINGS.get(begin[4:8]) or BEGINNINGS.get(begin[:4])
    if read is None:
        raise no_film()
    return read(file, size)


def keep_film(file: IO[bytes], measured: Measured) -> str:
    """Put a film where pages play it, without what is not for readers; its name within the media, made of its bytes."""
    digest = hashlib.sha256()
    for piece in _cleaned(file, measured.blanks):
        digest.update(piece)
    name = _name(FILMS, digest.hexdigest(), measured.ending)
    _keep(name, _cleaned(file, measured.blanks))
    return name


def keep_captions(file: IO[bytes]) -> str:
    """Put captions where pages load them; their name within the media. Refused where they are not well-formed."""
    content = read_captions(file)
    name = _name(CAPTIONS, hashlib.sha256(content).hexdigest(), "vtt")
    _keep(name, iter([content]))
    return name


def check_film(file: Any) -> None:
    """A field's check: what is wrong with a film is said beside the field."""
    _check(file, measure)


def check_captions(file: Any) -> None:
    """The same for captions."""
    _check(file, read_captions)


def _check(file: Any, read: Callable[[IO[bytes]], object]) -> None:
    if getattr(file, "_committed", False):
        return
    if file.size > MOST_FILM_BYTES:  # of what was too large while it came, nothing was kept
        raise ValidationError(too_large(MOST_FILM_BYTES), code="film.too-large")
    try:
        read(file.file)
    except Refused as refused:
        raise ValidationError(refused.sentence, code=refused.code) from refused


def _name(folder: str, digest: str, ending: str) -> str:
    return f"{folder}/{digest[:2]}/{digest[:24]}.{ending}"


def _cleaned(file: IO[bytes], blanks: tuple[Blank, ...]) -> Iterator[bytes]:
    """The bytes of a file in pieces, with its blanks in their places."""
    file.seek(0)
    at, ordered = 0, sorted(blanks, key=lambda blank: blank.offset)
    while piece := file.read(PIECE):
        changed = bytearray(piece)
        for blank in ordered:
            first, last = max(blank.offset, at), min(blank.offset + blank.length, at + len(piece))
            for place in range(first, min(last, blank.offset + len(blank.begin))):
                changed[place - at] = blank.begin[place - blank.offset]
            begin = max(first, blank.offset + len(blank.begin))
            if begin < last:
                changed[begin - at : last - at] = bytes(last - begin)
        yield bytes(changed)
        at += len(piece)


def _keep(name: str, pieces: Iterator[bytes]) -> None:
    """Write the file beside its place, then put it there, whole; what a dead process left behind is overwritten."""
    path = Path(settings.MEDIA_ROOT) / name
    if path.is_file():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with unfinished.open("wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        unfinished.chmod(0o644)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
