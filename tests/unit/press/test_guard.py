"""While a public page is made, no query runs outside a keyed read."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.translation import gettext_lazy

from broadsheet.editions.models import Edition
from broadsheet.press.guard import UnkeyedQuery
from broadsheet.press.pages import public_page
from broadsheet.press.render import current_render, keyed, not_rendering, reading, rendering

pytestmark = pytest.mark.database


def make_page(make: Callable[[], object], method: str = "get") -> Any:
    """A public page that does this."""

    @public_page
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(str(make()))

    return view(getattr(RequestFactory(), method)("/"))


def raw_query() -> object:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM editions_edition")
        return cursor.fetchone()


def query_that_escaped() -> object:
    with reading("editions"):
        escaped = Edition.objects.all()
    return list(escaped)


def query_after_a_failed_read() -> object:
    with pytest.raises(ZeroDivisionError), reading("editions"):
        _ = 1 / 0
    return Edition.objects.count()


UNKEYED = {
    "a query": lambda: Edition.objects.count(),
    "a raw query": raw_query,
    "a query that escaped its read": query_that_escaped,
    "rows one by one": lambda: list(Edition.objects.iterator()),
    "a query after a read that failed": query_after_a_failed_read,
}


@pytest.mark.parametrize("name", UNKEYED)
def test_an_unkeyed_query_stops_the_page_where_reads_are_strict(db: None, settings: LazySettings, name: str) -> None:
    settings.STRICT_READS = True
    with pytest.raises(UnkeyedQuery, match="editions_edition"):
        make_page(UNKEYED[name])


@pytest.mark.parametrize("name", UNKEYED)
def test_an_unkeyed_query_is_reported_where_reads_are_not_strict(
    db: None, settings: LazySettings, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    settings.STRICT_READS = False
    with caplog.at_level(logging.ERROR, "broadsheet.press.guard"):
        assert make_page(UNKEYED[name]).status_code == 200
    assert [record.name for record in caplog.records] == ["broadsheet.press.guard"]
    assert "a query outside a keyed read while a public page was made: SELECT" in caplog.text


def test_a_query_in_a_keyed_read_goes_through_and_its_keys_go_to_the_response(db: None) -> None:
    def read_twice() -> object:
        with reading("editions", "a:1") as name_more:
            name_more("b:2")
            return raw_query(), raw_query()

    response = make_page(read_twice)
    assert response.press_keys == {"editions", "a:1", "b:2"}
    assert response.press_queries == 2


def test_the_guard_is_off_where_no_page_is_made(db: None, settings: LazySettings) -> None:
    settings.STRICT_READS = True
    assert Edition.objects.count() == 0
    with rendering():
        with not_rendering():
            assert Edition.objects.count() == 0
        with pytest.raises(UnkeyedQuery):
            Edition.objects.count()
    assert current_render() is None


def test_a_render_is_not_inherited_by_a_thread() -> None:
    seen: list[object] = ["unset"]
    with rendering():
        thread = Thread(target=lambda: seen.__setitem__(0, current_render()))
        thread.start()
        thread.join()
    assert seen == [None]


def test_a_public_page_is_only_read(db: None) -> None:
    def nothing() -> str:
        return "x"

    page = make_page(nothing)
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-cache"
    assert not page.cookies
    assert make_page(nothing, "head").status_code == 200
    for method in ("post", "put", "delete", "patch"):
        assert make_page(nothing, method).status_code == 405


@dataclass(frozen=True)
class Frozen:
    name: str
    parts: Any = ()


@dataclass
class Loose:
    name: str = ""


@dataclass(frozen=True)
class HoldsAList:
    parts: list[int] = field(default_factory=list)


FROZEN: list[Any] = [None, 1, "x", b"x", 1.5, True, (), (1, ("x", None)), frozenset({1}), Frozen("x", (Frozen("y"),))]
NOT_FROZEN: dict[str, Callable[[], Any]] = {
    "a model": lambda: Edition(name="x"),
    "a queryset": lambda: Edition.objects.all(),
    "values of a queryset": lambda: Edition.objects.values_list("pk", flat=True),
    "a list": lambda: [1],
    "an empty list": lambda: [],
    "a dictionary": lambda: {"a": 1},
    "a set": lambda: {1},
    "a generator": lambda: (number for number in (1, 2)),
    "a lazy text": lambda: gettext_lazy("News"),
    "a loose dataclass": Loose,
    "a frozen dataclass that holds a list": HoldsAList,
    "a tuple of models": lambda: (Edition(name="x"),),
    "a value with a queryset in it": lambda: Frozen("x", Edition.objects.all()),
    "a function": lambda: len,
    "a class": lambda: Frozen,
}


@pytest.mark.parametrize("value", FROZEN, ids=repr)
def test_a_keyed_read_returns_what_is_frozen(value: Any) -> None:
    assert keyed(lambda: ["k"])(lambda: value)() == value


@pytest.mark.parametrize("name", NOT_FROZEN)
@pytest.mark.parametrize("is_page", [True, False], ids=["in a page", "elsewhere"])
def test_a_keyed_read_that_returns_what_is_not_frozen_is_an_error(name: str, is_page: bool) -> None:
    read = keyed(lambda: ["k"])(NOT_FROZEN[name])
    if is_page:
        with rendering(), pytest.raises(TypeError, match="not frozen"):
            read()
    else:
        with pytest.raises(TypeError, match="not frozen"):
            read()


def test_a_question_is_asked_once_a_page_and_anew_in_the_next() -> None:
    asked: list[tuple[int, str]] = []

    @keyed(lambda number, word="": [f"n:{number}"])
    def read(number: int, word: str = "") -> str:
        asked.append((number, word))
        return f"{number}{word}"

    for _ in range(2):
        with rendering() as render:
            assert [read(1), read(1), read(2), read(1, word="x"), read(1)] == ["1", "1", "2", "1x", "1"]
            assert render.keys == {"n:1", "n:2"}
            assert render.open_reads == 0
    assert asked == [(1, ""), (2, ""), (1, "x")] * 2
    read(1)
    read(1)
    assert len(asked) == 8


def test_a_read_that_fails_is_asked_again() -> None:
    tries: list[int] = []

    @keyed(lambda: ["k"])
    def read() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("no")
        return len(tries)

    with rendering() as render:
        with pytest.raises(ValueError, match="no"):
            read()
        assert read() == 2
        assert render.open_reads == 0
