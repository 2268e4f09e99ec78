"""Moments as the desk says them: in the language of whoever works there, and in the zone that is theirs now."""

from datetime import datetime

from django.utils import timezone, translation

from broadsheet.design.words import as_date, as_moment


def desk_moment(moment: datetime) -> str:
    """Day and time, such as “23 November 2026, 14:05”."""
    return as_moment(moment, _language(), timezone.get_current_timezone_name())


def desk_day(moment: datetime) -> str:
    """The day, such as “23 November 2026”."""
    return as_date(moment, _language(), timezone.get_current_timezone_name())


def _language() -> str:
    return translation.get_language() or "en"
