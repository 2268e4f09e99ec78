"""What nobody would send, sent to every address of the desk by somebody who may do all: never an error of ours."""

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from typing import Any

import pytest
from django.core.signals import got_request_exception
from django.db import transaction

from tests.contracts.permissions.arguments import arguments_for
from tests.contracts.permissions.cast import Stage
from tests.contracts.permissions.forms import data_for
from tests.contracts.permissions.routes import Route, all_routes
from tests.contracts.permissions.test_words import THINGS

pytestmark = pytest.mark.django_db

# Every name that an address of the desk or its scripts asks for.
NAMES = (
    "q", "p", "page", "edition", "section", "state", "kind", "byline", "language", "of", "since", "until", "order",
    "ordering", "a", "b", "id", "ids", "month", "week", "day", "story", "window", "number", "loaded_revision_id",
    "loaded_revision_created_at", "next", "comment", "name", "role", "filter", "timestamp_from", "timestamp_to",
    "action", "user", "do", "group", "collection_id", "per_page", "is_editing", "revision_id",
    "revision_created_at", "version",
)  # fmt: skip
VALUES = (
    "", "-1", "0", "x", "9" * 30, "2026-13-45", "2026-12-01T25:00", "\0", "\ud800".encode("utf-8", "surrogatepass"),
    "٣", "' OR 1=1 --", "<script>alert(1)</script>", "🙂" * 2_000, "../../etc/passwd", "//elsewhere.example",
    "1,2,3", "[]", '{"a": [', "\r\nX-Injected: 1", "%", "NaN", "1e400",
)  # fmt: skip
IN_TURN = 1 if os.environ.get("EVERY_PAGE") else 8
"""Each address gets one in so many of the values, another address the next ones; in `make prove` each gets all."""


def addresses(stage: Stage, method: str) -> Iterator[tuple[Route, str, str]]:
    for route in all_routes().values():
        if not route.text.startswith(("desk/", "account/")) or method not in route.methods or "logout" in route.text:
            continue
        thing = next((things[0] for start, things in THINGS.items() if route.text.startswith(start)), "draft")
        yield route, route.path(arguments_for(stage, thing)), thing


def in_turn(start: int) -> Iterator[Any]:
    yield from (value for place, value in enumerate(VALUES) if (place + start) % IN_TURN == 0)


def failure(ask: Callable[[], Any]) -> str:
    """What went wrong on our side while a request was answered; empty if nothing did. Nothing stays of it."""
    raised: list[str] = []

    def note(**_what: Any) -> None:
        raised.append("".join(traceback.format_exception(sys.exception())[-2:]))

    got_request_exception.connect(note)
    with transaction.atomic():
        answer = ask()
        if answer.streaming:
            b"".join(answer.streaming_content)
        answer.close()
        transaction.set_rollback(True)
    got_request_exception.disconnect(note)
    return "\n".join(raised) or ("500" if answer.status_code >= 500 else "")


def test_no_query_makes_an_address_of_the_desk_fail(stage: Stage) -> None:
    chief, wrong, turn = stage.browser("admin"), [], count()
    for route, path, _thing in addresses(stage, "GET"):
        for value in in_turn(next(turn)):
            found = failure(partial(chief.get, path, dict.fromkeys(NAMES, value)))
            wrong += [f"{route.text} {value!r:.40}: {found}"] if found else []
    assert not wrong, "\n".join(wrong)


def forms(right: dict[str, Any], turn: int) -> Iterator[tuple[Any, dict[str, str]]]:
    """Forms with a wrong value in every field, and in one of many; one with nothing in it; what is no form at all."""
    values = [value for value in VALUES if isinstance(value, str)]
    names = [*right, *NAMES]
    yield from ((dict.fromkeys(names, value), {}) for value in in_turn(turn) if isinstance(value, str))
    for place, name in enumerate(right):
        if (place + turn) % IN_TURN == 0:
            yield {**right, name: values[(place + turn) % len(values)]}, {}
    yield {}, {}
    yield b"\xff\x00{", {"content_type": "application/json"}
    yield b"--x\r\n", {"content_type": "multipart/form-data; boundary=x"}


def test_no_form_makes_an_address_of_the_desk_fail(stage: Stage) -> None:
    chief, wrong = stage.browser("admin"), []
    for turn, (route, path, thing) in enumerate(addresses(stage, "POST")):
        for data, more in forms(data_for(route.text, stage, thing), turn):
            found = failure(partial(chief.post, path, data, **more))
            wrong += [f"{route.text} {data!r:.60}: {found}"] if found else []
    assert not wrong, "\n".join(wrong)
