"""In whose time the desk says when something happened: that of the person, or of the edition that they work for."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from broadsheet.design.words import as_moment, as_time
from broadsheet.editions.access import Person, roles_of
from broadsheet.editions.reads import all_editions
from broadsheet.foundation.clock import now


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


def moment_for(person: Person, moment: datetime | None) -> str:
    """Day and time for a person, today's without the day; nothing for no moment."""
    if moment is None:
        return ""
    zone, language = zone_of(person), get_language() or "en"
    is_today = moment.astimezone(ZoneInfo(zone)).date() == now().astimezone(ZoneInfo(zone)).date()
    return as_time(moment, language, zone) if is_today else as_moment(moment, language, zone)


def when(person: Person, moment: datetime | None) -> dict[str, Any]:
    """A moment as templates show it: its words, and the moment itself for machines."""
    return {"words": moment_for(person, moment), "iso": moment.isoformat(timespec="seconds") if moment else ""}
