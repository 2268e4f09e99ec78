"""Moments as the desk says them: in the language of whoever works there, and in the zone of what they work on.

That is the edition's where a page is about one story or front, else the person's own, or that of the first edition that
they work for. Wagtail's own zone, which is UTC for whoever has chosen none, is asked only outside of requests.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from broadsheet.design.words import as_date, as_moment
from broadsheet.editions.access import Person, roles_of
from broadsheet.editions.reads import all_editions

_ZONE: ContextVar[Callable[[], str]] = ContextVar("zone", default=timezone.get_current_timezone_name)


def zone_of(person: Person) -> str:
    """The zone that a person chose, or that of the first edition that they work for."""
    chosen = getattr(getattr(person, "wagtail_userprofile", None), "current_time_zone", "")
    if chosen:
        return str(chosen)
    kept: str | None = getattr(person, "_zone", None)
    if kept is None:
        mine = [given.edition_id for given in roles_of(person) if given.edition_id is not None]
        kept = next((edition.zone for edition in all_editions() if not mine or edition.id in mine), "UTC")
        person._zone = kept  # type: ignore[union-attr]
    return kept


@contextmanager
def in_zone(zone: str) -> Iterator[None]:
    """Say moments, and read those of forms, in a zone such as “Europe/Lisbon”."""
    token = _ZONE.set(lambda: zone)
    try:
        with timezone.override(ZoneInfo(zone)):
            yield
    finally:
        _ZONE.reset(token)


@contextmanager
def in_zone_of(person: Person) -> Iterator[None]:
    """Say moments in a person's zone, which is not asked for before one is said."""
    token = _ZONE.set(lambda: zone_of(person))
    try:
        yield
    finally:
        _ZONE.reset(token)


def desk_moment(moment: datetime) -> str:
    """Day and time, such as “23 November 2026, 14:05”."""
    return as_moment(moment, _language(), _ZONE.get()())


def desk_day(moment: datetime) -> str:
    """The day, such as “23 November 2026”."""
    return as_date(moment, _language(), _ZONE.get()())


def _language() -> str:
    return translation.get_language() or "en"
