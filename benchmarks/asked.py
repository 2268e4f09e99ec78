"""A WSGI application in a process of its own, asked over its standard input: `<times> <path>` a line."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.util import setup_testing_defaults

App = Callable[..., Iterable[bytes]]


def get(app: App, path: str) -> tuple[str, bytes]:
    """Status and body of a page, through the whole application."""
    environ: dict[str, Any] = {}
    setup_testing_defaults(environ)
    environ |= {"PATH_INFO": path.partition("?")[0], "QUERY_STRING": path.partition("?")[2], "HTTP_HOST": "localhost"}
    statuses: list[str] = []
    answer = app(environ, lambda status, headers, *_: statuses.append(status))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return statuses[0], body


PARTS = {
    "cards": b'class="card-words"',
    "pictures": b"<picture",
    "sources": b"<source",
    "containers": b'<section class="container',
    "items of the rail": b'<li class="feed-item',
    "list items": b"<li",
    "quotes": b"<blockquote",
    "times": b"<time",
    "links": b"<a ",
}


def parts_of(body: bytes) -> dict[str, int]:
    """How many of each part there are in a page."""
    return {name: body.count(mark) for name, mark in PARTS.items()}


def answer_questions(app: App) -> None:
    """Until the input ends: ask for a page that often; say how long that took, its size and its parts."""
    for line in sys.stdin:
        times, path = line.split()
        status, body = get(app, path)
        begin = time.process_time()
        for _time in range(int(times)):
            get(app, path)
        seconds = time.process_time() - begin
        found = {"status": status, "bytes": len(body), "seconds": seconds, "parts": parts_of(body)}
        print(json.dumps(found), flush=True)


class Asked:
    """A module that runs `answer_questions`, as a process."""

    def __init__(self, module: str, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", module], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def seconds_each(self, path: str, times: int) -> float:
        """Seconds that a page takes; it must be there."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{times} {path}\n")
        self.process.stdin.flush()
        found = json.loads(self.process.stdout.readline())
        assert found["status"].startswith("200"), (path, found)
        self.bytes, self.parts = found["bytes"], found["parts"]
        return float(found["seconds"] / times)

    def end(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(10)
