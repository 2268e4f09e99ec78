"""What happened is told after the commit, to all who asked; a listener that fails stops no other."""

import logging
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction

from broadsheet.foundation import events
from broadsheet.foundation.events import announce, on, run_after_commit


@dataclass(frozen=True)
class Happened:
    number: int


@dataclass(frozen=True)
class HappenedMore(Happened):
    pass


@pytest.fixture(autouse=True)
def no_listeners_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_listeners", defaultdict(list))


@pytest.fixture
def heard() -> list[Any]:
    """What a listener heard."""
    got: list[Any] = []
    on(Happened)(got.append)
    return got


@pytest.mark.database
def test_listeners_hear_after_the_commit_and_not_before(
    db: None, heard: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            announce(Happened(1))
            assert heard == []
        assert heard == []
        announce(Happened(2))
    assert heard == [Happened(1), Happened(2)]


@pytest.mark.database
def test_nothing_is_heard_of_what_was_rolled_back(
    db: None, heard: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            announce(Happened(1))
            transaction.set_rollback(True)
        announce(Happened(2))
    assert heard == [Happened(2)]


@pytest.mark.database
def test_a_listener_that_fails_stops_no_other_and_is_logged(
    db: None, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    order: list[str] = []

    def before(event: Happened) -> None:
        order.append("before")

    def failing(event: Happened) -> None:
        order.append("failing")
        raise RuntimeError("a listener's own error")

    def after(event: Happened) -> None:
        order.append("after")

    for listener in (before, failing, after):
        on(Happened)(listener)
    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        announce(Happened(1))
        run_after_commit(lambda: order.append("another step"))
    assert order == ["before", "failing", "after", "another step"]
    assert "a side effect after the commit failed" in caplog.text
    assert "a listener's own error" in caplog.text


@pytest.mark.database
def test_an_error_in_a_step_is_not_the_callers(
    db: None, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    done: list[int] = []

    def fail() -> None:
        raise RuntimeError("no")

    with django_capture_on_commit_callbacks(execute=True):
        run_after_commit(fail)
        run_after_commit(lambda: done.append(1))
    assert done == [1]
    assert len(caplog.records) == 1


@pytest.mark.database
def test_a_listener_that_is_registered_twice_hears_once_and_only_its_own_type(
    db: None, heard: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    listener = events._listeners[Happened][0]
    assert on(Happened)(listener) is listener
    with django_capture_on_commit_callbacks(execute=True):
        announce(HappenedMore(1))
        announce(Happened(2))
    assert heard == [Happened(2)]


@pytest.mark.database
def test_a_listener_may_announce_what_follows(
    db: None, heard: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    def follow(event: HappenedMore) -> None:
        announce(Happened(event.number + 1))

    on(HappenedMore)(follow)
    with django_capture_on_commit_callbacks(execute=True):
        announce(HappenedMore(1))
    assert heard == [Happened(2)]
