"""Reads a WebM: which tracks it has, how long and how large it is (RFC 8794, RFC 9559)."""

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

MOST_HEADER = 8 * 2**20
EBML, DOCTYPE, SEGMENT, CLUSTER, INFO, TRACKS = 0x1A45DFA3, 0x4282, 0x18538067, 0x1F43B675, 0x1549A966, 0x1654AE6B
SCALE, LENGTH, ENTRY, KIND, CODEC, VIDEO = 0x2AD7B1, 0x4489, 0xAE, 0x83, 0x86, 0xE0
WIDE, HIGH, SHOWN_WIDE, SHOWN_HIGH, UNIT = 0xB0, 0xBA, 0x54B0, 0x54BA, 0x54B2
PRIVATE = (0x1254C367, 0x1941A469, 0xEC)
"""Tags, attachments, and what was deleted: what programs write of themselves and of the place."""
PICTURES, SOUND = ("V_VP8", "V_VP9", "V_AV1"), ("A_OPUS", "A_VORBIS")
A_VIDEO, A_SOUND, A_SUBTITLE = 1, 2, 0x11


@dataclass(frozen=True)
class Element:
    """An element: its id, where it begins, where its content begins, and where it ends; -1 where that is unknown."""

    id: int
    start: int
    content: int
    end: int


def read_webm(file: IO[bytes], size: int) -> Measured:
    """What a WebM of `size` bytes says of itself; Refused if it is none, is cut off, or is not for every browser."""
    head, segment = _head_and_segment(file, size)
    if _text(_fields(_read(file, head)), DOCTYPE) != "webm":
        raise no_film()
    info: dict[int, bytes] = {}
    size_of_pictures, blanks, seen = (0, 0), [], False
    for part in _parts(file, segment, size):
        if part.id == INFO:
            info = _fields(_read(file, part))
        elif part.id == TRACKS:
            size_of_pictures = _size(_read(file, part))
        elif part.id in PRIVATE:
            blanks.append(_blank(part))
        seen = seen or part.id == CLUSTER
    if not info or not seen or size_of_pictures == (0, 0):
        raise cut_off()
    scale = _number(info, SCALE) or 1_000_000
    return measured("webm", _float(info, LENGTH) * scale / 1e6, size_of_pictures, blanks)


def _head_and_segment(file: IO[bytes], size: int) -> tuple[Element, Element]:
    head = _element(file, 0, size)
    if head is None or head.id != EBML or head.end < 0:
        raise no_film()
    segment = _element(file, head.end, size)
    if segment is None:
        raise cut_off()
    if segment.id != SEGMENT:
        raise no_film()
    return head, segment


def _parts(file: IO[bytes], segment: Element, size: int) -> Iterator[Element]:
    """The parts of the segment. One without an end stands in a live recording only, and that says no length."""
    at, end = segment.content, segment.end if segment.end >= 0 else size
    for _number_of_part in range(MOST_PARTS):
        if at >= end:
            return
        part = _element(file, at, end)
        if part is None:
            raise cut_off()
        yield part
        if part.end < 0:
            return
        at = part.end
    raise no_film()


def _element(file: IO[bytes], at: int, end: int) -> Element | None:
    file.seek(at)
    data = file.read(12)
    found = _header(data, 0)
    if found is None:
        return None
    identity, length, header = found
    if length < 0:
        return Element(identity, at, at + header, -1)
    return Element(identity, at, at + header, at + header + length) if at + header + length <= end else None


def _header(data: bytes, at: int) -> tuple[int, int, int] | None:
    """The id of the element that begins here, the length of its content (-1: unknown) and that of its header."""
    if at >= len(data) or not data[at]:
        return None
    wide = 9 - data[at].bit_length()
    behind = at + wide
    if wide > 4 or behind >= len(data) or not data[behind]:
        return None
    long = 9 - data[behind].bit_length()
    if behind + long > len(data):
        return None
    value = int.from_bytes(data[behind : behind + long], "big") - (1 << 7 * long)
    unknown = value == (1 << 7 * long) - 1
    return int.from_bytes(data[at:behind], "big"), -1 if unknown else value, wide + long


def _read(file: IO[bytes], element: Element) -> bytes:
    if not 0 <= element.end - element.content <= MOST_HEADER:
        raise no_film()
    file.seek(element.content)
    return file.read(element.end - element.content)


def _children(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        found = _header(data, at)
        if found is None or found[1] < 0 or at + found[2] + found[1] > len(data):
            raise no_film()
        identity, length, header = found
        yield identity, data[at + header : at + header + length]
        at += header + length


def _fields(data: bytes) -> dict[int, bytes]:
    return dict(_children(data))


def _size(tracks: bytes) -> tuple[int, int]:
    """The size of the pictures; Refused where a track holds what browsers do not show, or what nobody should know."""
    size = (0, 0)
    for identity, data in _children(tracks):
        if identity != ENTRY:
            continue
        track = _fields(data)
        kind, codec = _number(track, KIND), _text(track, CODEC)
        if kind == A_VIDEO:
            if codec not in PICTURES:
                raise other_pictures(codec.removeprefix("V_")[:24])
            size = size if size != (0, 0) else _shown_size(_fields(track.get(VIDEO, b"")))
        elif kind == A_SOUND:
            if codec not in SOUND:
                raise other_sound(codec.removeprefix("A_")[:24])
        elif kind != A_SUBTITLE:
            raise other_data()
    return size


def _shown_size(video: dict[int, bytes]) -> tuple[int, int]:
    wide, high = _number(video, WIDE), _number(video, HIGH)
    if _number(video, UNIT):
        return wide, high
    return _number(video, SHOWN_WIDE) or wide, _number(video, SHOWN_HIGH) or high


def _blank(part: Element) -> Blank:
    """An element of the same length that says nothing (RFC 8794, section 11.3.2)."""
    if part.end < 0:
        raise cut_off()
    length = part.end - part.start
    if length - 2 < 0x7F:
        return Blank(part.start, length, bytes((0xEC, 0x80 | (length - 2))))
    return Blank(part.start, length, b"\xec\x01" + (length - 9).to_bytes(7, "big"))


def _number(fields: dict[int, bytes], identity: int) -> int:
    return int.from_bytes(fields.get(identity, b"")[:8], "big")


def _text(fields: dict[int, bytes], identity: int) -> str:
    return fields.get(identity, b"").rstrip(b"\0").decode("ascii", "replace")


def _float(fields: dict[int, bytes], identity: int) -> float:
    data = fields.get(identity, b"")
    if len(data) not in (4, 8):
        return 0.0
    value: float = struct.unpack(">f" if len(data) == 4 else ">d", data)[0]
    return value
