"""Somebody who edits a story at a desk, as a browser asks: opens it, has it saved while typing, publishes it.

The forms of both desks are read from their own pages, and sent as the scripts of each send them. Nothing but the
application's own work is measured: what a browser does lies outside.
"""

import io
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import cycle
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

Fields = list[tuple[str, str]]
WORDS = ("Again", "Today", "Here", "There", "Once", "Always")
"""Each change of the text puts another of these to the end of the first paragraph."""


@dataclass
class Answer:
    """What came back, and what it took: seconds on the clock, seconds of this process, queries."""

    status: int
    headers: dict[str, str]
    body: bytes
    wall: float
    work: float


@dataclass
class Browser:
    """Sends requests to this process's own application, keeps cookies and adds up what its requests took."""

    app: Any
    cookies: SimpleCookie = field(default_factory=SimpleCookie)
    wall: float = 0.0
    work: float = 0.0

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, b"", "", "text/html,*/*;q=0.8")

    def post(self, path: str, fields: Fields, accept: str) -> Answer:
        edge = "----of-a-benchmark"
        parts = (
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in fields
        )
        body = f"{''.join(parts)}--{edge}--\r\n".encode()
        return self._ask("POST", path, body, f"multipart/form-data; boundary={edge}", accept)

    def _ask(self, method: str, path: str, body: bytes, kind: str, accept: str) -> Answer:
        split, said = urlsplit(path), io.BytesIO(body)
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": split.path, "QUERY_STRING": split.query, "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost",
            "REMOTE_ADDR": "127.0.0.1", "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": said,
            "wsgi.errors": sys.stderr, "wsgi.multithread": False, "wsgi.multiprocess": True, "wsgi.run_once": False,
            "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body)), "HTTP_ACCEPT": accept,
            "HTTP_COOKIE": "; ".join(f"{name}={one.coded_value}" for name, one in self.cookies.items()),
            "HTTP_X_CSRFTOKEN": self.cookies["csrftoken"].value,
        }  # fmt: skip
        began: list[Any] = []
        wall, work = time.perf_counter(), time.process_time()
        answer = self.app(environ, lambda status, headers, *_: began.extend((status, headers)))
        text = b"".join(answer)
        answer.close()
        wall, work = time.perf_counter() - wall, time.process_time() - work
        self.wall, self.work = self.wall + wall, self.work + work
        for name, value in began[1]:
            if name == "Set-Cookie":
                self.cookies.load(value)
        return Answer(int(began[0][:3]), dict(began[1]), text, wall, work)


class AtTheDesk:
    """A person in the editor of a story; `overwrites` says that an autosave names the revision that it overwrites."""

    def __init__(self, person: Any, editor: str, *, overwrites: bool) -> None:
        from django.conf import settings
        from django.core.wsgi import get_wsgi_application
        from django.test import Client

        client = Client(HTTP_HOST="localhost")
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
        self.browser = Browser(get_wsgi_application())
        self.browser.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.browser.cookies["csrftoken"] = "a" * 32
        self.editor, self.overwrites = editor, overwrites
        self.fields: dict[str, str] = {}
        self.many: Fields = []
        self.seen: dict[str, str] = {}
        self.number = 0
        self.words: Iterator[str] = cycle(WORDS)

    def open(self) -> Answer:
        """The editor's page, whole."""
        page = self.browser.get(self.editor)
        assert page.status == 200, page
        return page

    def read(self, page: Answer) -> dict[str, Any]:
        """Take the form from a page; returns which blocks can be written in it, and how many of each are."""
        document = BeautifulSoup(page.body, "html.parser")
        form = document.select_one("form[data-edit-form]")
        assert form is not None
        body = form.select_one("[data-w-block-data-value]")
        assert body is not None
        blocks = json.loads(str(body["data-w-block-arguments-value"]))[0]
        sent = [*fields_of(form), *fields_of_blocks("body", blocks)]
        self.fields = dict(sent)
        self.many = [(name, text) for name, text in sent if self.fields[name] != text]
        own = ("loaded_revision_id", "loaded_revision_created_at")
        self.seen = {name: self.fields.pop(name) for name in own if name in self.fields}
        self.number = 0
        self.paragraph = next(f"body-{place}-value" for place, one in enumerate(blocks) if one["type"] == "paragraph")
        self.text = self.fields[self.paragraph]
        kinds = Counter(map(_kind, _typed(json.loads(str(body["data-w-block-data-value"])))))
        return {"kinds": dict(kinds), "blocks": dict(Counter(one["type"] for one in blocks))}

    def autosave(self) -> Answer:
        """The form, saved as the editor's script does it while somebody writes: with another word in a paragraph."""
        self._write()
        self.number += 1
        more = {**self.seen, "number": str(self.number)} if not self.overwrites else self.seen
        saved = self.browser.post(self.editor, self._form(more), "application/json")
        said = json.loads(saved.body) if saved.headers["Content-Type"].startswith("application/json") else {}
        assert saved.status == 200, saved
        assert said.get("success"), saved
        self.seen = {
            "loaded_revision_id": said["revision_id"],
            "loaded_revision_created_at": said["revision_created_at"],
        }
        if self.overwrites:
            self.seen["overwrite_revision_id"] = said["revision_id"]
        self.fields |= {name: str(text) for name, text in said["field_updates"].items()}
        self.revision = said["revision_id"]
        return saved

    def publish(self) -> Answer:
        """All that it takes to publish another text: the form, and the page of warnings where there is one."""
        self._write()
        more = {**self.seen, "action-publish": "action-publish"}
        answer = self.browser.post(self.editor, self._form(more), "text/html")
        assert answer.status == 302, answer
        if "/before-publishing/" in answer.headers["Location"]:
            address = answer.headers["Location"]
            form = BeautifulSoup(self.browser.get(address).body, "html.parser").select_one(
                "main form, form[method=post]"
            )
            assert form is not None
            answer = self.browser.post(address, fields_of(form), "text/html")
        assert answer.status == 302, answer
        # What is refused leads back to the editor or to the warnings; what is done, to the list.
        assert answer.headers["Location"] != self.editor, answer.headers
        assert "/before-" not in answer.headers["Location"], answer.headers
        return answer

    def _write(self) -> None:
        """Another word at the end of the first paragraph, as its editor writes it: Draft.js's raw content."""
        content = json.loads(self.text)
        content["blocks"][0]["text"] += f" {next(self.words)}."
        self.fields[self.paragraph] = json.dumps(content)

    def _form(self, more: dict[str, Any]) -> Fields:
        return [*self.many, *((name, str(text)) for name, text in {**self.fields, **more}.items())]


def fields_of(form: Tag) -> Fields:
    """What a browser would send of a form as it came."""
    found: Fields = []
    for one in form.select("input[name], textarea[name], select[name]"):
        kind, name = one.get("type", ""), str(one["name"])
        if one.find_parent("template") or one.has_attr("disabled") or kind in ("submit", "button", "file"):
            continue
        if kind in ("checkbox", "radio") and not one.has_attr("checked"):
            continue
        if one.name == "select":
            chosen = one.select("option[selected]") or one.select("option")[:1]
            found += [(name, str(option.get("value", ""))) for option in chosen]
        elif one.name == "textarea":
            found.append((name, one.text.removeprefix("\n")))
        else:
            found.append((name, str(one.get("value", "on" if kind in ("checkbox", "radio") else ""))))
    return found


def fields_of_blocks(name: str, blocks: list[dict[str, Any]]) -> Fields:
    """What the scripts of both desks send of a body."""
    found = [(f"{name}-count", str(len(blocks)))]
    for place, block in enumerate(blocks):
        start = f"{name}-{place}"
        found += [(f"{start}-{part}", str(block.get(part) or "")) for part in ("type", "id")]
        found += [(f"{start}-deleted", ""), (f"{start}-order", str(place))]
        value = block["value"]
        if block["type"] == "quote":
            found += [(f"{start}-value-{part}", _plain(one)) for part, one in value.items()]
        else:
            found.append((f"{start}-value", _plain(value)))
    return found


def _plain(value: Any) -> str:
    """A field's value as it is sent: of something chosen its number."""
    return str(value.get("id", "") if isinstance(value, dict) else "" if value is None else value)


def _kind(block: dict[str, Any]) -> str:
    name = block["_args"][0]
    return f"{block['_type']} {name}" if isinstance(name, str) else str(block["_type"])


def _typed(value: Any) -> Iterator[dict[str, Any]]:
    """The blocks that a script makes, whole or within others."""
    if isinstance(value, dict):
        if "Block" in str(value.get("_type", "")):
            yield value
        for one in value.values():
            yield from _typed(one)
    elif isinstance(value, list):
        for one in value:
            yield from _typed(one)


def answer(desk: AtTheDesk) -> None:
    """Until the input ends: do what a line says, and say what it took."""
    from django.db import connection

    queries: list[str] = []

    def note(execute: Any, sql: str, *what: Any) -> Any:
        queries.append(sql)
        return execute(sql, *what)

    for line in sys.stdin:
        what = line.strip()
        browser = desk.browser
        browser.wall = browser.work = 0.0
        queries.clear()
        if what.startswith("count "):
            with connection.execute_wrapper(note):
                found = getattr(desk, what.removeprefix("count "))()
        else:
            found = getattr(desk, what)()
        said = {"wall": browser.wall, "work": browser.work, "bytes": len(found.body), "queries": len(queries)}
        if what.endswith("open"):
            said |= desk.read(found)
        print(f"desk: {json.dumps(said)}", flush=True)
