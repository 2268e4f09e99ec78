"""Reads an MP4: which tracks it has, how long and how large it is (ISO/IEC 14496-12, 14496-14 and 14496-15)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from broadsheet.mediabank.films.measured import (
    MOST_PARTS,
    Blank,
    Measured,
    cut_off,
    measured,
    no_film,
    other_data,
    other_pictures,
    other_sound,
)

MOST_MOOV = 16 * 2**20
BRANDS = {b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV"}
H264 = (b"avc1", b"avc3")
AAC = (0x40, 0x66, 0x67, 0x68)
"""ObjectTypeIndication of AAC in MPEG-4 and MPEG-2 (ISO/IEC 14496-1, table 5)."""
WORDS = (b"text", b"sbtl", b"subt", b"clcp", b"tmcd", b"hint")
"""Handlers of tracks that hold neither pictures nor sound nor what nobody should know."""
PRIVATE = (b"udta", b"meta", b"uuid", b"free", b"skip", b"wide")
"""Boxes in which cameras and programs write who they are and where they were, and what was deleted from a file."""


@dataclass(frozen=True)
class Box:
    """A box: its type, where its header begins, where its content begins and where it ends."""

    kind: bytes
    start: int
    content: int
    end: int


def read_mp4(file: IO[bytes], size: int) -> Measured:
    """What an MP4 of `size` bytes says of itself; Refused if it is none, is cut off, or is not for every browser."""
    top = list(_top_boxes(file, size))
    _refuse_other_brand(file, top[0])
    moov = next((box for box in top if box.kind == b"moov"), None)
    if moov is None or not any(box.kind == b"mdat" for box in top):
        raise cut_off()
    if moov.end - moov.start > MOST_MOOV:
        raise no_film()
    file.seek(moov.start)
    movie = Movie(file.read(moov.end - moov.start), moov)
    movie.refuse_what_ends_behind(size)
    blanks = [_blank(box) for box in top if box.kind in PRIVATE]
    return measured("mp4", movie.milliseconds, movie.size, [*blanks, *movie.blanks])


def _top_boxes(file: IO[bytes], size: int) -> Iterator[Box]:
    at = 0
    for _number in range(MOST_PARTS):
        if at >= size:
            return
        file.seek(at)
        box = _box(file.read(16), 0, at, size)
        if box is None:
            raise cut_off() if at else no_film()
        yield box
        at = box.end
    raise no_film()


def _box(data: bytes, at: int, offset: int, end: int) -> Box | None:
    """The box whose header stands at `at` in `data`, which lies at `offset` in the file; None if it is not whole."""
    if at + 8 > len(data):
        return None
    length, kind = struct.unpack_from(">I4s", data, at)
    header = 8
    if length == 1:
        if at + 16 > len(data):
            return None
        (length,), header = struct.unpack_from(">Q", data, at + 8), 16
    start = offset + at
    length = length or end - start
    if length < header or start + length > end:
        return None
    return Box(kind, start, start + header, start + length)


def _refuse_other_brand(file: IO[bytes], first: Box) -> None:
    """What begins with something else than `ftyp`, or names no brand of MP4, is something else."""
    if first.kind != b"ftyp" or first.end - first.start > 4096:
        raise no_film()
    file.seek(first.content)
    data = file.read(first.end - first.content)
    brands = {data[at : at + 4] for at in (0, *range(8, len(data) - 3, 4))}
    if not brands & BRANDS:
        raise no_film()


def _blank(box: Box) -> Blank:
    length = box.end - box.start
    if box.content - box.start == 16:
        return Blank(box.start, length, struct.pack(">I4sQ", 1, b"free", length))
    return Blank(box.start, length, struct.pack(">I4s", length, b"free"))


class Movie:
    """The box `moov`, in memory: the movie's header and its tracks."""

    def __init__(self, data: bytes, moov: Box) -> None:
        self._data, self._offset = data, moov.start
        self.blanks: list[Blank] = []
        try:
            self._read(moov)
        except (struct.error, IndexError, ZeroDivisionError):
            raise no_film() from None

    def _read(self, moov: Box) -> None:
        inside = self._inside(moov)
        self.blanks += [_blank(box) for box in inside if box.kind in PRIVATE]
        self.milliseconds = self._length(_only(inside, b"mvhd"))
        if not self.milliseconds:
            self.milliseconds = self._length_of_pieces(inside)
        self.size = (0, 0)
        self._last_chunk = 0
        for track in (box for box in inside if box.kind == b"trak"):
            self._read_track(self._inside(track))
        if self.size == (0, 0):
            raise no_film()

    def refuse_what_ends_behind(self, size: int) -> None:
        """A file whose last pictures would lie behind its end was cut off."""
        if self._last_chunk >= size:
            raise cut_off()

    def _read_track(self, track: list[Box]) -> None:
        self.blanks += [_blank(box) for box in track if box.kind in PRIVATE]
        media = self._inside(_only(track, b"mdia"))
        self.blanks += [_blank(box) for box in media if box.kind in PRIVATE]
        handler = self._bytes(_only(media, b"hdlr"), 8, 4)
        table = self._inside(_only(self._inside(_only(media, b"minf")), b"stbl"))
        if handler == b"vide":
            self._read_pictures(_only(track, b"tkhd"), _only(table, b"stsd"))
        elif handler == b"soun":
            self._refuse_other_sound(_only(table, b"stsd"))
        elif handler not in WORDS:
            raise other_data()
        self._last_chunk = max(self._last_chunk, self._last_chunk_of(table))

    def _read_pictures(self, header: Box, descriptions: Box) -> None:
        codec = self._bytes(descriptions, 12, 4)
        if codec not in H264:
            raise other_pictures(_name(codec))
        version = self._bytes(header, 0, 1)[0]
        matrix = 52 if version else 40
        a, _b, _u, _c, d = struct.unpack(">5i", self._bytes(header, matrix, 20))
        wide, high = (side >> 16 for side in struct.unpack(">II", self._bytes(header, matrix + 36, 8)))
        if not wide or not high:
            wide, high = struct.unpack(">HH", self._bytes(descriptions, 8 + 32, 4))
        if self.size == (0, 0):
            self.size = (high, wide) if a == d == 0 else (wide, high)

    def _refuse_other_sound(self, descriptions: Box) -> None:
        codec = self._bytes(descriptions, 12, 4)
        if codec != b"mp4a":
            raise other_sound(_name(codec))
        entry = self._bytes(descriptions, 8, min(512, descriptions.end - descriptions.content - 8))
        at = entry.find(b"esds")
        found = _object_type(entry[at + 8 :]) if at >= 0 else -1
        if found not in AAC:
            raise other_sound("MP3" if found in (0x69, 0x6B) else "mp4a")

    def _last_chunk_of(self, table: list[Box]) -> int:
        """Where the last piece of a track begins in the file; 0 for one in fragments."""
        for box in table:
            if box.kind in (b"stco", b"co64"):
                letter, width = ("I", 4) if box.kind == b"stco" else ("Q", 8)
                (count,) = struct.unpack(">I", self._bytes(box, 4, 4))
                pieces = struct.iter_unpack(f">{letter}", self._bytes(box, 8, count * width))
                return max((place for (place,) in pieces), default=0)
        return 0

    def _length(self, header: Box) -> float:
        """Milliseconds, as the movie's header says."""
        if self._bytes(header, 0, 1)[0]:
            scale, length = struct.unpack(">IQ", self._bytes(header, 20, 12))
        else:
            scale, length = struct.unpack(">II", self._bytes(header, 12, 8))
        self._scale = scale
        return float(length * 1000 / scale)

    def _length_of_pieces(self, inside: list[Box]) -> float:
        """The same for a film in pieces, whose length stands in a place of its own."""
        pieces = [box for part in inside if part.kind == b"mvex" for box in self._inside(part) if box.kind == b"mehd"]
        for box in pieces:
            version = self._bytes(box, 0, 1)[0]
            (length,) = (
                struct.unpack(">Q", self._bytes(box, 4, 8)) if version else struct.unpack(">I", self._bytes(box, 4, 4))
            )
            return float(length * 1000 / self._scale)
        return 0.0

    def _inside(self, parent: Box) -> list[Box]:
        """The boxes that stand in a box; all of them are whole."""
        found, at = [], parent.content
        while at < parent.end:
            box = _box(self._data, at - self._offset, self._offset, parent.end)
            if box is None:
                if parent.end - at < 8 and not any(self._data[at - self._offset : parent.end - self._offset]):
                    break  # QuickTime ends lists with four zeros
                raise no_film()
            found.append(box)
            at = box.end
        return found

    def _bytes(self, box: Box, at: int, length: int) -> bytes:
        """Bytes of a box's content; struct.error where it is shorter."""
        start = box.content + at
        if start + length > box.end:
            raise struct.error
        return self._data[start - self._offset : start - self._offset + length]


def _only(boxes: list[Box], kind: bytes) -> Box:
    for box in boxes:
        if box.kind == kind:
            return box
    raise no_film()


def _object_type(data: bytes) -> int:
    """Which codec an elementary stream has, by its descriptors (ISO/IEC 14496-1, 7.2.6); -1 where that is not said."""
    if data[:1] != b"\x03":
        return -1
    at = _behind_length(data, 1)
    flags = data[at + 2]
    at += 3
    if flags & 0x80:
        at += 2
    if flags & 0x40:
        at += 1 + data[at]
    if flags & 0x20:
        at += 2
    return data[_behind_length(data, at + 1)] if data[at : at + 1] == b"\x04" else -1


def _behind_length(data: bytes, at: int) -> int:
    for _byte in range(4):
        at += 1
        if not data[at - 1] & 0x80:
            break
    return at


def _name(codec: bytes) -> str:
    names = {b"hvc1": "H.265", b"hev1": "H.265", b"av01": "AV1", b"vp09": "VP9", b"mp4v": "MPEG-4 Part 2"}
    return names.get(codec) or "".join(chr(byte) if 0x20 < byte < 0x7F else "?" for byte in codec)
