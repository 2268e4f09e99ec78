"""Dates, times and quotation marks as each language writes them."""

import functools
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.core import get_global
from babel.dates import format_date, format_datetime, format_time
from markupsafe import Markup, escape

# What is kept below follows from its arguments alone; a story's moment stands on many pages.
MARKS = {"en": ("“", "”"), "ru": ("«", "»")}


def as_date(moment: datetime, language: str, zone: str) -> str:
    """The day in a zone, such as “23 November 2026”."""
    return as_whole_day(moment.astimezone(ZoneInfo(zone)).date(), language)


def as_whole_day(day: date, language: str) -> str:
    """A day, such as “23 November 2026”."""
    return format_date(day, format="long", locale=_locale(language))


@functools.lru_cache(maxsize=4096)
def as_time(moment: datetime, language: str, zone: str) -> str:
    """The time of day in a zone, such as “14:05”."""
    return format_time(moment.astimezone(ZoneInfo(zone)).time(), format="short", locale=_locale(language))


@functools.lru_cache(maxsize=4096)
def as_moment(moment: datetime, language: str, zone: str) -> str:
    """Day and time in a zone."""
    return format_datetime(moment, format="d MMMM y, HH:mm", tzinfo=ZoneInfo(zone), locale=_locale(language))


@functools.lru_cache(maxsize=4096)
def as_short_moment(moment: datetime, language: str, zone: str) -> str:
    """Day and time in a zone for a column of a table, such as “23 Nov 2026, 14:05”."""
    return format_datetime(moment, format="d MMM y, HH:mm", tzinfo=ZoneInfo(zone), locale=_locale(language))


@functools.lru_cache(maxsize=4096)
def iso(moment: datetime, zone: str) -> str:
    """ISO 8601 with the zone's offset, to the second."""
    return moment.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")


def as_length(seconds: int) -> str:
    """How long something lasts, such as “0:34” or “1:02:03”."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def as_duration(seconds: int) -> str:
    """The same as ISO 8601 has it, such as “PT34S”."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "H"), (minutes, "M"), (rest, "S"))
    return "PT" + ("".join(f"{number}{letter}" for number, letter in parts if number) or "0S")


def beside(place: str, role: str) -> str:
    """The parts of a place that a role does not name, such as “Control room” of “Control room, Arren barrier” beside
    “Duty engineer at the Arren barrier”."""
    return ", ".join(part for part in place.split(", ") if part not in role)


def quoted(text: str, language: str) -> Markup:
    """The text between the quotation marks of its language."""
    left, right = MARKS.get(language, MARKS["en"])
    return Markup("{}{}{}").format(left, escape(text), right)


@functools.cache
def as_script(language: str) -> str:
    """The script in which a language is mostly written, as the fonts' files name it: latin or cyrillic."""
    likely = get_global("likely_subtags").get(language, language)
    return "cyrillic" if "_Cyrl" in likely else "latin"


def as_locale(language: str) -> str:
    """The language with its country, as Open Graph names it, such as “ru_RU”."""
    likely = get_global("likely_subtags").get(language, language)
    return f"{language}_{likely.rpartition('_')[2]}" if _locale(language) == language else _locale(language)


def _locale(language: str) -> str:
    return "en_GB" if language == "en" else language
