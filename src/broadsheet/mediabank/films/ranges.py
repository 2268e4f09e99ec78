"""A file that goes out whole or in part: range requests (RFC 9110, sections 13 and 14)."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

PIECE = 64 * 1024
RANGE = re.compile(r"bytes=[ \t]*(\d*)-(\d*)[ \t]*", re.ASCII)
UNSATISFIABLE = (-1, -1)


def answer(request: HttpRequest, path: Path, content_type: str, kept: str) -> HttpResponse:
    """The file, or the one part of it that is asked for; `kept` says by whom and how long. FileNotFoundError if gone.

    The tag is the name, which holds a hash of the bytes. Several parts at once are answered with the whole.
    """
    file = path.open("rb")
    size, tag = path.stat().st_size, f'"{path.stem}"'
    headers = {
        "Cache-Control": kept, "ETag": tag, "Accept-Ranges": "bytes", "X-Content-Type-Options": "nosniff",
    }  # fmt: skip
    if _names(request.headers.get("If-None-Match", ""), tag):
        file.close()
        return HttpResponse(status=304, headers=headers)
    wanted = _wanted(request, tag, size)
    if wanted == UNSATISFIABLE:
        file.close()
        return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    first, last = wanted or (0, size - 1)
    headers["Content-Length"] = str(last - first + 1)
    if wanted:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    if request.method == "HEAD":
        file.close()
        return HttpResponse(content_type=content_type, headers=headers)
    pieces = _Pieces(file, first, last)
    status = 206 if wanted else 200
    response = StreamingHttpResponse(pieces, status=status, content_type=content_type, headers=headers)
    return response  # type: ignore[return-value]


def _wanted(request: HttpRequest, tag: str, size: int) -> tuple[int, int] | None:
    """The first and last byte that are asked for; None for all, UNSATISFIABLE for what lies behind the end."""
    asked = request.headers.get("Range", "")
    if request.method != "GET" or not asked or request.headers.get("If-Range", tag) != tag:
        return None
    found = RANGE.fullmatch(asked)
    if found is None or not (found[1] or found[2]) or max(map(len, found.groups())) > 18:
        return None
    if not found[1]:
        length = int(found[2])
        return (max(0, size - length), size - 1) if length and size else UNSATISFIABLE
    first = int(found[1])
    last = min(int(found[2]), size - 1) if found[2] else size - 1
    if found[2] and int(found[2]) < first:
        return None
    return (first, last) if first < size else UNSATISFIABLE


def _names(tags: str, tag: str) -> bool:
    return tags.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in tags.split(","))


class _Pieces:
    """The bytes from first to last, a piece at a time; the file is closed with the answer."""

    def __init__(self, file: BinaryIO, first: int, last: int) -> None:
        self._file, self._first, self._left = file, first, last - first + 1

    def __iter__(self) -> Iterator[bytes]:
        self._file.seek(self._first)
        while self._left > 0 and (piece := self._file.read(min(PIECE, self._left))):
            self._left -= len(piece)
            yield piece

    def close(self) -> None:
        """Django calls it when the answer is sent or the reader is gone."""
        self._file.close()
