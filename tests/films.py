"""Small films for tests, written box by box: what is in them is said by what a test asks for."""

import struct

VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nThe cranes stand still.\n"
UPRIGHT = (0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
ON_ITS_SIDE = (0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000)
SECRET = b"+56.9460+024.1059/"
"""Where a camera says that it was."""


def box(kind: bytes, *content: bytes) -> bytes:
    """A box of an MP4."""
    inside = b"".join(content)
    return struct.pack(">I4s", 8 + len(inside), kind) + inside


def mp4(
    *,
    brand: bytes = b"isom",
    milliseconds: int = 2000,
    size: tuple[int, int] = (1280, 720),
    matrix: tuple[int, ...] = UPRIGHT,
    codec: bytes = b"avc1",
    sound: bytes = b"",
    further: bytes = b"",
    last_chunk: int = 0,
    version: int = 0,
    word: bytes = b"frames",
) -> bytes:
    """An MP4 of one picture track, with sound if a codec for it is given; `word` stands where its pictures would."""
    begin = box(b"ftyp", brand, struct.pack(">I", 512), b"mp41" if brand == b"isom" else brand)
    head = struct.pack(">B3xQQIQ" if version else ">B3xIIII", version, 0, 0, 1000, milliseconds)
    tracks = [_pictures(codec, size, matrix, last_chunk, version)]
    tracks += [_sound(sound)] if sound else []
    private = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(SECRET), 0x15C7), SECRET))
    moov = box(b"moov", box(b"mvhd", head, bytes(80)), *tracks, further, private)
    return begin + moov + box(b"mdat", word)


def _pictures(codec: bytes, size: tuple[int, int], matrix: tuple[int, ...], last_chunk: int, version: int) -> bytes:
    before = bytes(48 if version else 36)
    header = struct.pack(">B3x", version) + before
    header += struct.pack(">9i", *matrix) + struct.pack(">II", size[0] << 16, size[1] << 16)
    entry = box(codec, bytes(6), struct.pack(">H", 1), bytes(16), struct.pack(">HH", *size), bytes(50))
    return track(b"vide", entry, header=header, last_chunk=last_chunk)


def _sound(codec: bytes) -> bytes:
    """A track of sound; for "mp3" and "aac" it is mp4a, which holds either."""
    kind = {b"aac": 0x40, b"mp3": 0x6B}.get(codec)
    described = b"\x04\x80\x80\x80\x11" + bytes((kind or 0,)) + bytes(16)
    descriptor = b"\x03\x80\x80\x80" + bytes((3 + len(described),)) + bytes(3) + described
    name = b"mp4a" if kind else codec
    return track(b"soun", box(name, bytes(6), struct.pack(">H", 1), bytes(20), box(b"esds", bytes(4), descriptor)))


def track(handler: bytes, entry: bytes, *, header: bytes = bytes(84), last_chunk: int = 0) -> bytes:
    """A track with one description of what it holds."""
    table = box(
        b"stbl",
        box(b"stsd", struct.pack(">II", 0, 1), entry),
        box(b"stco", struct.pack(">III", 0, 1, last_chunk)),
    )
    media = box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(13)), box(b"minf", table))
    return box(b"trak", box(b"tkhd", header), media)


def element(identity: int, content: bytes, *, unknown: bool = False) -> bytes:
    """An element of a WebM, with a length of eight bytes."""
    name = identity.to_bytes((identity.bit_length() + 7) // 8, "big")
    return name + (b"\x01" + b"\xff" * 7 if unknown else b"\x01" + len(content).to_bytes(7, "big")) + content


def webm(
    *,
    doctype: bytes = b"webm",
    milliseconds: float | None = 2000,
    size: tuple[int, int] = (1280, 720),
    shown: tuple[int, int] | None = None,
    pictures: bytes = b"V_VP9",
    sound: bytes = b"",
    further: bytes = b"",
    endless: bool = False,
    word: bytes = b"frames",
) -> bytes:
    """A WebM of one picture track."""
    sides = element(0xB0, struct.pack(">H", size[0])) + element(0xBA, struct.pack(">H", size[1]))
    if shown:
        sides += element(0x54B0, struct.pack(">H", shown[0])) + element(0x54BA, struct.pack(">H", shown[1]))
    tracks = element(0xAE, element(0x83, b"\x01") + element(0x86, pictures) + element(0xE0, sides))
    tracks += element(0xAE, element(0x83, b"\x02") + element(0x86, sound)) if sound else b""
    info = element(0x2AD7B1, (1_000_000).to_bytes(3, "big"))
    info += element(0x4489, struct.pack(">d", milliseconds)) if milliseconds is not None else b""
    parts = element(0x1549A966, info) + element(0x1654AE6B, tracks + further)
    parts += element(0x1254C367, SECRET) + element(0x1F43B675, word)
    head = element(0x1A45DFA3, element(0x4282, doctype))
    return head + element(0x18538067, parts, unknown=endless)
