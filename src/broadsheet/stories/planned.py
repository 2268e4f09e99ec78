"""What stands in the calendar: what goes out, what is held back or due, and how much was published on each day."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.models import Revision

from broadsheet.design.words import as_time
from broadsheet.editions.access import Person
from broadsheet.editions.reads import EditionValue, all_editions
from broadsheet.stories.models import Listing, ListKind, State, Story
from broadsheet.stories.worklist import lines_of, readable

MOST = 1000
"""Planned things, and published ones that are named, in one calendar."""


@dataclass(frozen=True)
class Item:
    """Something at a time of a day, in the time of its edition; `edit` is empty for whoever may not change it."""

    day: date
    time: str
    what: str
    what_word: str
    headline: str
    edit: str
    edition: str
    moment: datetime


@dataclass(frozen=True)
class Published:
    """How many stories an edition published on a day."""

    edition: EditionValue
    count: int


@dataclass(frozen=True)
class Planned:
    """All of a span of days: the items of each day in their order, and what was published on it."""

    items: dict[date, list[Item]]
    published: dict[date, list[Published]]


def planned(who: Person, first: date, last: date, language: str, *, named: int = 0) -> Planned:
    """What a person may read of these days, each in its edition's own zone.

    Of what was published on a day the newest `named` of each edition are items; all are counted.
    """
    editions = {edition.id: edition for edition in all_editions()}
    found = list(_coming(who, first, last)) + list(_dated(who, "due_at", "due", first, last))
    found += _dated(who, "embargo_until", "embargo", first, last)
    out, counts = _published(editions.values(), first, last, named)
    found += out
    lines = {line.id: line for line in lines_of(who, {story for story, _moment, _what in found}, language)}
    words = {"out": _("goes out"), "due": _("due"), "embargo": _("embargo ends"), "published": _("published")}
    items: dict[date, list[Item]] = {}
    for story, moment, what in found:
        line = lines.get(story)
        if line is None:
            continue
        edition = editions[line.edition_id]
        day = moment.astimezone(ZoneInfo(edition.zone)).date()
        if first <= day <= last:
            shown = as_time(moment, language, edition.zone)
            items.setdefault(day, []).append(
                Item(day, shown, what, words[what], line.headline, line.edit, edition.short_name, moment)
            )
    for rows in items.values():
        rows.sort(key=lambda item: (item.moment, item.headline))
    return Planned(items, counts)


Found = tuple[int, datetime, str]


def _span(first: date, last: date) -> tuple[datetime, datetime]:
    """A span that holds these days in every zone."""
    return (
        datetime.combine(first, time(), UTC) - timedelta(hours=15),
        datetime.combine(last + timedelta(days=1), time(), UTC) + timedelta(hours=15),
    )


def _coming(who: Person, first: date, last: date) -> Iterator[Found]:
    """Versions that are scheduled."""
    waiting = Revision.objects.filter(
        approved_go_live_at__range=_span(first, last),
        base_content_type=ContentType.objects.get_for_model(Story),
    ).order_by("approved_go_live_at")
    rows = [(int(story), moment) for story, moment in waiting.values_list("object_id", "approved_go_live_at")[:MOST]]
    known = set(
        Story.objects.filter(readable(who), pk__in={story for story, _moment in rows}).values_list("pk", flat=True)
    )
    return ((story, moment, "out") for story, moment in rows if story in known)


def _dated(who: Person, column: str, what: str, first: date, last: date) -> Iterator[Found]:
    """Stories that are not published yet and have a time in this column, read from the index of those that have one."""
    waiting = (State.DRAFT, State.SCHEDULED, State.EMBARGOED) if what == "due" else (State.DRAFT,)
    begin, end = _span(first, last)
    stories = Story.objects.filter(**{f"{column}__isnull": False, f"{column}__gte": begin, f"{column}__lt": end})
    rows = dict(stories.order_by(column).values_list("pk", column)[: MOST * 2])
    known = Story.objects.filter(readable(who), pk__in=list(rows)).values_list("pk", "state")
    return ((story, rows[story], what) for story, state in known if state in waiting)


def _published(
    editions: Iterable[EditionValue], first: date, last: date, named: int
) -> tuple[list[Found], dict[date, list[Published]]]:
    """The newest of each day, and how many there are, from the list of each edition."""
    found: list[Found] = []
    counts: dict[date, list[Published]] = {}
    for edition in editions:
        zone = ZoneInfo(edition.zone)
        begin = datetime.combine(first, time(), zone)
        end = datetime.combine(last + timedelta(days=1), time(), zone)
        listed = Listing.objects.filter(
            list_kind=ListKind.EDITION, list_id=edition.id, edition_id=edition.id, published_at__gte=begin,
            published_at__lt=end,
        ).order_by("-published_at", "-story")  # fmt: skip
        on_days: Counter[date] = Counter()
        for story, moment in listed.values_list("story_id", "published_at"):
            day = moment.astimezone(zone).date()
            on_days[day] += 1
            if on_days[day] <= named:
                found.append((story, moment, "published"))
        for day, count in on_days.items():
            counts.setdefault(day, []).append(Published(edition, count))
    return found, counts
