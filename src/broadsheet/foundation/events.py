"""What happened, told to the rooms that asked to hear of it, after the change is committed."""

import logging
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction

logger = logging.getLogger("broadsheet.events")

Event = TypeVar("Event")
_listeners: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def on(event_type: type[Event]) -> Callable[[Callable[[Event], None]], Callable[[Event], None]]:
    """Register a function to be called with each event of exactly this type; registering it twice changes nothing."""

    def register(listener: Callable[[Event], None]) -> Callable[[Event], None]:
        if listener not in _listeners[event_type]:
            _listeners[event_type].append(listener)
        return listener

    return register


def announce(event: object) -> None:
    """Call the listeners of the event's type once the present transaction is committed, and not at all if it fails.

    A listener that raises is logged with its name, and the ones after it are still called.
    """
    run_after_commit(lambda: _call_listeners(event))


def run_after_commit(step: Callable[[], None]) -> None:
    """Run a side effect after the commit; outside a transaction at once. An error in it is logged, never raised."""
    transaction.on_commit(lambda: _run_safely(step), robust=True)


def _call_listeners(event: object) -> None:
    for listener in tuple(_listeners[type(event)]):
        _run_safely(lambda listener=listener: listener(event))  # type: ignore[misc]


def _run_safely(step: Callable[[], None]) -> None:
    try:
        step()
    except Exception:
        logger.exception("a side effect after the commit failed")
