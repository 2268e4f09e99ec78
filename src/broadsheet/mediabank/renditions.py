"""Which renditions a picture has, and their addresses, which pages name before there is a file."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from broadsheet.mediabank.files import Size

FOLDER = "renditions"
WIDTHS = (320, 480, 640, 960, 1280, 1920)
# A strip of 1,920 px in width is no higher than this: WebP ends at 16,383 px, and AVIF takes 20 bytes a pixel.
HIGHEST = 8_000
NAME = re.compile(r"(?P<hash>(?P<folder>[0-9a-f]{2})[0-9a-f]{22})-(?P<width>[1-9][0-9]{0,3})\.(?P<ending>[a-z]{3,4})")


@dataclass(frozen=True)
class Source:
    """What renditions are made of: the names of a picture's files within the media; the original's size, upright."""

    original: str
    shown: str
    width: int
    height: int


@dataclass(frozen=True)
class Rendition:
    """A picture in one width (px) and one format (by the ending of its file)."""

    source: Source
    width: int
    ending: str

    @property
    def size(self) -> Size:
        return self.width, height_at(self.width, self.source.width, self.source.height)

    @property
    def name(self) -> str:
        """The name within the media; it follows from that of the shown file, and thereby from the picture's bytes."""
        return name_of(self.source.shown, self.width, self.ending)


@dataclass(frozen=True)
class Asked:
    """What an address asks for; whether there is such a picture, and whether it has this width, is not known yet."""

    hash: str
    width: int
    ending: str

    @property
    def shown(self) -> tuple[str, ...]:
        """The names that the shown file may have; only a picture with transparency is shown as PNG."""
        endings = {"jpg": ("jpg",), "png": ("png",)}.get(self.ending, ("jpg", "png"))
        return tuple(f"pictures/{self.hash[:2]}/{self.hash}.{ending}" for ending in endings)


def asked_by(name: str) -> Asked | None:
    """What a name behind /media/renditions/ asks for; None for one that no rendition can have."""
    folder, _slash, file = name.partition("/")
    found = NAME.fullmatch(file)
    if found is None or found["folder"] != folder or found["ending"] not in ("avif", "webp", "jpg", "png"):
        return None
    return Asked(found["hash"], int(found["width"]), found["ending"])


def endings_of(shown: str) -> tuple[str, str, str]:
    """The endings of a picture's formats, the smallest first; the last is the one that every browser shows."""
    return "avif", "webp", "png" if shown.endswith(".png") else "jpg"


def widths_of(width: int, height: int) -> tuple[int, ...]:
    """The widths for an original of this size, the smallest first: never wider than itself, the largest included."""
    largest = max(1, min(WIDTHS[-1], width, HIGHEST * width // height))
    return (*(step for step in WIDTHS if step < largest), largest)


def height_at(width: int, original_width: int, original_height: int) -> int:
    """The height that belongs to a width."""
    return max(1, min(HIGHEST, round(original_height * width / original_width)))


def name_of(shown: str, width: int, ending: str) -> str:
    """The name of a rendition within the media."""
    stem = PurePosixPath(shown).stem
    return f"{FOLDER}/{stem[:2]}/{stem}-{width}.{ending}"


@functools.lru_cache(maxsize=4096)  # a picture stands on many pages, and this follows from its file and its size
def srcset_of(shown: str, size: Size, ending: str) -> str:
    """All widths in one format, by the ending of its files, as a srcset wants them; `size` is that of the original."""
    return ", ".join(f"/media/{name_of(shown, width, ending)} {width}w" for width in widths_of(*size))


def renditions_of(source: Source) -> Iterator[Rendition]:
    """All that there are of a picture, the widest first."""
    for width in reversed(widths_of(source.width, source.height)):
        for ending in endings_of(source.shown):
            yield Rendition(source, width, ending)
