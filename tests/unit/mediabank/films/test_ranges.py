"""A file that goes out whole or in part, as RFC 9110 has it."""

from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from broadsheet.mediabank.films import ranges

CONTENT = bytes(range(100))
TAG = '"abc"'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "abc.mp4"
    path.write_bytes(CONTENT)
    return path


def ask(file: Path, method: str = "GET", **headers: str) -> tuple[HttpResponse, bytes]:
    request = RequestFactory(headers=headers).generic(method, "/media/films/ab/abc.mp4")
    answer = ranges.answer(request, file, "video/mp4", "public, max-age=31536000, immutable")
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    close(answer)
    return answer, body


def close(answer: HttpResponse) -> None:
    """Close the file as a server would, which would tell the database too that a request is over."""
    for closer in answer._resource_closers:
        closer()


PARTS = [
    ("bytes=0-", (0, 99)), ("bytes=0-0", (0, 0)), ("bytes=10-19", (10, 19)), ("bytes=90-", (90, 99)),
    ("bytes=90-1000", (90, 99)), ("bytes=-1", (99, 99)), ("bytes=-10", (90, 99)), ("bytes=-1000", (0, 99)),
    ("bytes= 5-6 ", (5, 6)),
]  # fmt: skip
WHOLE = [
    "", "bytes=", "bytes=-", "bytes=a-b", "bytes=9-5", "items=0-1", "bytes=0-1,5-6", "bytes=1", "0-1",
    "bytes=1-" + "9" * 30,
]  # fmt: skip
NONE = ["bytes=100-", "bytes=100-200", "bytes=-0", f"bytes={'9' * 18}-"]


@pytest.mark.parametrize(("asked", "part"), PARTS)
def test_a_part_is_sent_as_a_part(file: Path, asked: str, part: tuple[int, int]) -> None:
    answer, body = ask(file, Range=asked)
    first, last = part
    assert (answer.status_code, body) == (206, CONTENT[first : last + 1])
    assert answer["Content-Range"] == f"bytes {first}-{last}/100"
    assert answer["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize("asked", WHOLE)
def test_what_names_no_part_gets_the_whole(file: Path, asked: str) -> None:
    answer, body = ask(file, Range=asked)
    assert (answer.status_code, body) == (200, CONTENT)
    assert "Content-Range" not in answer
    assert answer["Content-Length"] == "100"


@pytest.mark.parametrize("asked", NONE)
def test_what_lies_behind_the_end_is_said_with_the_size(file: Path, asked: str) -> None:
    answer, body = ask(file, Range=asked)
    assert (answer.status_code, body, answer["Content-Range"]) == (416, b"", "bytes */100")


@pytest.mark.parametrize(("tag", "status"), [(TAG, 206), ('"other"', 200), ("W/" + TAG, 200), ("Mon, 1 Jan", 200)])
def test_a_part_is_sent_only_of_the_file_that_the_reader_has_begun(file: Path, tag: str, status: int) -> None:
    answer, _body = ask(file, Range="bytes=0-9", **{"If-Range": tag})
    assert answer.status_code == status


@pytest.mark.parametrize("asked", ["", "bytes=0-9", "bytes=200-"])
def test_head_says_what_the_whole_is_and_sends_nothing(file: Path, asked: str) -> None:
    answer, body = ask(file, "HEAD", Range=asked)
    assert (answer.status_code, body) == (200, b"")
    assert (answer["Content-Length"], answer["Accept-Ranges"], answer["Content-Type"]) == ("100", "bytes", "video/mp4")


@pytest.mark.parametrize(("tags", "status"), [(TAG, 304), (f'"x", W/{TAG}', 304), ("*", 304), ('"x"', 200)])
def test_who_has_the_file_gets_it_no_second_time(file: Path, tags: str, status: int) -> None:
    answer, _body = ask(file, **{"If-None-Match": tags})
    assert (answer.status_code, answer["ETag"]) == (status, TAG)


def test_every_answer_says_that_it_never_changes(file: Path) -> None:
    for asked in ("", "bytes=0-1", "bytes=100-"):
        answer, _body = ask(file, Range=asked)
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_large_file_goes_out_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "abc.mp4"
    path.write_bytes(bytes(200_000))
    request = RequestFactory(headers={"Range": "bytes=1-199998"}).get("/")
    answer = ranges.answer(request, path, "video/mp4", "private")
    pieces = list(answer.streaming_content)  # type: ignore[attr-defined]
    close(answer)
    assert max(map(len, pieces)) <= ranges.PIECE
    assert sum(map(len, pieces)) == 199_998


def test_a_file_that_is_gone_is_missed(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        ranges.answer(RequestFactory().get("/"), tmp_path / "abc.mp4", "video/mp4", "private")
