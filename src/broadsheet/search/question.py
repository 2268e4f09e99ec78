"""What a reader asks: the words and, if they like, a section and days; whatever is wrong with it in sentences."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from broadsheet.editions.reads import SectionValue

LONGEST = 300
PAGES = 10
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
NUMBER = re.compile(r"[1-9][0-9]?", re.ASCII)
INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\ufffd\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
EARLIEST, LATEST = date(1600, 1, 1), date(2999, 12, 31)


@dataclass(frozen=True)
class Question:
    """A question as it was understood; `first` and `last` are days of the edition, both included."""

    words: str = ""
    section: SectionValue | None = None
    first: date | None = None
    last: date | None = None
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for more than words."""
        return bool(self.section or self.first or self.last)

    def query(self, page: int = 1, *, narrowed: bool = True) -> str:
        """The part of an address after the question mark that asks this; for another page, or for the words alone."""
        parts = {"q": self.words}
        if narrowed:
            parts["section"] = self.section.slug if self.section else ""
            parts["from"] = self.first.isoformat() if self.first else ""
            parts["to"] = self.last.isoformat() if self.last else ""
        if page > 1:
            parts["page"] = str(page)
        return urlencode({name: value for name, value in parts.items() if value})

    def span(self, zone: str) -> tuple[datetime | None, datetime | None]:
        """The first moment of the days, and the first after them."""
        return (_midnight(self.first, zone), _midnight(self.last + timedelta(days=1) if self.last else None, zone))


def understand(values: Mapping[str, str], sections: tuple[SectionValue, ...]) -> tuple[Question, tuple[str, ...]]:
    """The question that the form's values ask, and a sentence on each thing in it that is wrong."""
    wrong: list[str] = []
    question = Question(
        words=" ".join(INVISIBLE.sub(" ", values.get("q", "")).split())[:LONGEST],
        section=_section(values.get("section", ""), sections, wrong),
        first=_day(values.get("from", ""), wrong),
        last=_day(values.get("to", ""), wrong),
        page=_page(values.get("page", ""), wrong),
    )
    if question.first and question.last and question.first > question.last:
        wrong.append(_("The first day lies after the last. Choose them anew."))
    return question, tuple(dict.fromkeys(wrong))


def _section(slug: str, sections: tuple[SectionValue, ...], wrong: list[str]) -> SectionValue | None:
    found = next((section for section in sections if section.slug == slug), None)
    if slug and found is None:
        wrong.append(_("There is no such section. Choose one of the list."))
    return found


def _day(text: str, wrong: list[str]) -> date | None:
    text = text.strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= LATEST:
        wrong.append(_("One of the days is none. Write them as year, month and day, such as 2026-11-23."))
        return None
    return day


def _page(text: str, wrong: list[str]) -> int:
    if not text:
        return 1
    if not NUMBER.fullmatch(text) or int(text) > PAGES:
        wrong.append(_("There are ten pages of results at most. If what you seek is not there, add a word or days."))
        return 1
    return int(text)


def _midnight(day: date | None, zone: str) -> datetime | None:
    return datetime.combine(day, time(), ZoneInfo(zone)) if day else None
