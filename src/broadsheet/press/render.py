"""A render, and the keyed reads that feed it."""

import functools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from operator import attrgetter
from typing import Any, ParamSpec, TypeVar

from markupsafe import Markup

P = ParamSpec("P")
Result = TypeVar("Result")


@dataclass
class Render:
    """One making of a public page: the keys that its reads named, what they returned, how many are open just now.

    A page is made in one snapshot, so a keyed read that is asked twice for the same answers from `answers`.
    """

    keys: set[str] = field(default_factory=set)
    answers: dict[Any, Any] = field(default_factory=dict)
    open_reads: int = 0
    queries: int = 0


_current: ContextVar[Render | None] = ContextVar("render", default=None)


def current_render() -> Render | None:
    """The render under way in this context; None elsewhere (on the desk, in an action, in another thread)."""
    return _current.get()


@contextmanager
def rendering() -> Iterator[Render]:
    """Make a public page in this block: every query in it must stand in a keyed read."""
    render = Render()
    token = _current.set(render)
    try:
        yield render
    finally:
        _current.reset(token)


@contextmanager
def not_rendering() -> Iterator[None]:
    """Step out of the render, for what is no part of the page (the edge's own book-keeping)."""
    token = _current.set(None)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def reading(*keys: str) -> Iterator[Callable[..., None]]:
    """Open a keyed read: queries in the block depend on these keys; the yielded function names more of them."""
    render = _current.get()
    if render is None:
        yield _name_nothing
        return
    render.keys.update(keys)
    render.open_reads += 1
    try:
        yield lambda *more: render.keys.update(more)
    finally:
        render.open_reads -= 1


def _name_nothing(*_: str) -> None:
    pass


def keyed(name_keys: Callable[P, Iterable[str]]) -> Callable[[Callable[P, Result]], Callable[P, Result]]:
    """Make a function a keyed read: `name_keys` gets the same arguments and returns the keys.

    What the read returns must be finished and frozen (see `is_frozen`); anything else raises TypeError, because a
    lazy value would query later, outside of any read.
    """

    def decorate(read: Callable[P, Result]) -> Callable[P, Result]:
        @functools.wraps(read)
        def keyed_read(*args: P.args, **kwargs: P.kwargs) -> Result:
            render = _current.get()
            question = (read, args, tuple(sorted(kwargs.items())))
            if render is not None and question in render.answers:
                return render.answers[question]  # type: ignore[no-any-return]
            with reading(*name_keys(*args, **kwargs)):
                result = read(*args, **kwargs)
            if not is_frozen(result):
                # Only its type is named: to write a queryset out would be a query.
                kind = f"{type(result).__module__}.{type(result).__qualname__}"
                raise TypeError(f"{read.__module__}.{read.__name__} returned a value that is not frozen: {kind}")
            if render is not None:
                render.answers[question] = result
            return result

        return keyed_read

    return decorate


def remember(read: Callable[..., Result], *args: Any, answer: Result) -> None:
    """Let a keyed read answer with what another one found beside its own, in one query; that one names its keys."""
    render = _current.get()
    if render is not None:
        render.answers[read.__wrapped__, args, ()] = answer  # type: ignore[attr-defined]


PLAIN = (str, int, float, bool, type(None), bytes, date, datetime, Decimal, Enum, Markup)
# Most values are of exactly these types; every value of every read is looked at, so this is asked first.
PLAIN_TYPES = frozenset(PLAIN)


def is_frozen(value: Any) -> bool:
    """Whether a value is finished: plain, or a tuple, frozenset or frozen dataclass of such values."""
    if isinstance(value, PLAIN):
        return True
    if isinstance(value, tuple | frozenset):
        parts: Iterable[Any] = value
    else:
        kind: Any = type(value)
        read_fields = _fields_if_frozen(kind)
        if read_fields is None:
            return False
        parts = read_fields(value)
    for part in parts:  # noqa: SIM110 - all() with a generator takes twice as long
        if type(part) not in PLAIN_TYPES and not is_frozen(part):
            return False
    return True


@functools.cache
def _fields_if_frozen(kind: Any) -> Callable[[Any], Iterable[Any]] | None:
    """What reads the fields of a frozen dataclass; None for any other type."""
    parameters = getattr(kind, "__dataclass_params__", None)
    if not parameters or not parameters.frozen:
        return None
    names = [part.name for part in fields(kind)]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: [getattr(value, name) for name in names]
