"""In whose time the desk says when something happened: that of the person, or of the edition that they work for."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from broadsheet.design.words import as_moment, as_time
from broadsheet.editions.access import Person
from broadsheet.editions.times import zone_of
from broadsheet.foundation.clock import now


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
