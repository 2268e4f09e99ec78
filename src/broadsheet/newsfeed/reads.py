"""Reads of the newsfeed, each with its keys."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from broadsheet.editions.reads import EditionValue, SectionValue, all_sections
from broadsheet.foundation.clock import now
from broadsheet.mediabank.reads import PictureValue, pictures
from broadsheet.newsfeed.access import seen_by_readers
from broadsheet.newsfeed.models import Brief, FeedDay, FeedItem, ItemKind
from broadsheet.press.keys import Key, declare
from broadsheet.press.prepared import Prepared, Unindexed
from broadsheet.press.render import keyed, reading
from broadsheet.stories.access import NOBODY, visible_to
from broadsheet.stories.models import Kind, Story
from broadsheet.stories.reads import cards, read_mark, write_mark
from broadsheet.stories.values import Card

PAGE = 40
LISTED = ("kind", "story_id", "brief_id", "edition_id", "published_at", "day")

KEYS = declare(
    Key("newsfeed:{edition_id}", on=FeedItem, columns=LISTED),
    Key("newsfeed-day:{edition_id}:{day}", on=FeedItem, columns=LISTED),
    Key("newsfeed-days:{edition_id}", on=FeedDay),
    Key("brief:{id}", on=Brief, columns=("edition_id", "section_id", "text", "picture_id", "withdrawn_at")),
    Key("briefs:{edition_id}", on=Brief, columns=("edition_id", "section_id", "published_at", "withdrawn_at")),
)


class FeedRow(NamedTuple):
    """An item with the columns of what it stands for; the others are None."""

    id: int
    kind: str
    story_id: int | None
    brief_id: int | None
    published_at: datetime
    day: date
    card_headline: str
    headline: str
    story_kind: str
    address: str
    story_section_id: int | None
    text: str
    brief_section_id: int | None
    is_seen: bool


@dataclass(frozen=True)
class Item:
    """A story or a brief in the newsfeed: its headline or its text, and the address within its edition."""

    id: int
    kind: str
    text: str
    address: str
    section: SectionValue | None
    published_at: datetime
    day: date
    is_video: bool = False
    is_live: bool = False


@dataclass(frozen=True)
class FeedPage:
    """A page of the newsfeed, newest first; `older` is the mark at which the next one begins, empty at the end."""

    items: tuple[Item, ...]
    older: str


@dataclass(frozen=True)
class BriefValue:
    """A brief with all that its page shows."""

    id: int
    text: str
    title: str
    address: str
    section: SectionValue | None
    picture: PictureValue | None
    published_at: datetime


@dataclass(frozen=True)
class BriefLine:
    """A brief in a strip: its text, when it came, and the address within its edition."""

    id: int
    text: str
    published_at: datetime

    @property
    def address(self) -> str:
        return f"/newsfeed/{self.id}/"


@dataclass(frozen=True)
class DayPage:
    """A day's stories, newest first, and the days before and after it that have stories too."""

    day: date
    cards: tuple[Card, ...]
    earlier: date | None
    later: date | None


def _feed(edition_id: Any, when: Any) -> QuerySet[FeedItem, Any]:
    """The items of an edition with what they stand for, the newest first, stories and briefs together."""
    story = Story.objects.filter(visible_to(NOBODY, when), pk=OuterRef("story_id"))
    brief = Brief.objects.filter(seen_by_readers(when), pk=OuterRef("brief_id"))
    rows = FeedItem.objects.filter(edition_id=edition_id).order_by("-published_at", "-id")
    return rows.annotate(is_seen=Exists(story) | Exists(brief)).values_list(
        "id", "kind", "story_id", "brief_id", "published_at", "day",
        "story__card_headline", "story__headline", "story__kind", "story__address", "story__section_id",
        "brief__text", "brief__section_id", "is_seen",
    )  # fmt: skip


_newest = Prepared(lambda edition_id, when, limit: _feed(edition_id, when)[:limit])
_older = Prepared(
    lambda edition_id, when, moment, item_id, limit: _feed(edition_id, when).filter(
        Q(published_at__lte=moment), Q(published_at__lt=moment) | Q(pk__lt=item_id)
    )[:limit]
)


def _briefs_of(edition_id: Any, section_id: Any, when: Any, *, of_section: bool, limit: int) -> QuerySet[Brief, Any]:
    briefs = Brief.objects.filter(seen_by_readers(when), edition_id=edition_id)
    if of_section:
        briefs = briefs.filter(section_id=section_id)
    return briefs.order_by("-published_at", "-id").values_list("pk", "text", "published_at")[:limit]


_newest_briefs = Prepared(_briefs_of)


def newest_briefs(edition: EditionValue, limit: int, section_id: int | None = None) -> tuple[BriefLine, ...]:
    """The newest briefs of an edition, or of one of its sections, at most `limit`."""
    with reading(f"briefs:{edition.id}") as also:
        rows = _newest_briefs(edition.id, section_id, now(), of_section=section_id is not None, limit=limit)
        also(*(f"brief:{row[0]}" for row in rows))
    return tuple(BriefLine(*row) for row in rows)


def latest(edition: EditionValue, limit: int) -> tuple[Item, ...]:
    """The newest items of an edition, at most `limit`."""
    with reading(f"newsfeed:{edition.id}") as also:
        rows = _rows(_newest(edition.id, now(), limit=limit))
        also(*_keys(rows))
    return _items(edition, rows)


def feed_page(edition: EditionValue, before: str = "") -> FeedPage:
    """Forty items of an edition by keyset: the newest, or those before a mark of an earlier page, else ValueError."""
    with reading(f"newsfeed:{edition.id}") as also:
        if before:
            found = _rows(_older(edition.id, now(), *read_mark(before), limit=PAGE + 1))
        else:
            found = _rows(_newest(edition.id, now(), limit=PAGE + 1))
        shown = found[:PAGE]
        also(*_keys(shown))
    older = write_mark(shown[-1].published_at, shown[-1].id) if len(found) > PAGE else ""
    return FeedPage(items=_items(edition, shown), older=older)


def day_page(edition: EditionValue, day: date) -> DayPage:
    """The stories that an edition published on a day of its own calendar."""
    with reading(f"newsfeed-day:{edition.id}:{day:%Y-%m-%d}"):
        rows = FeedItem.objects.filter(edition_id=edition.id, day=day, kind=ItemKind.STORY)
        ids = tuple(rows.order_by(Unindexed(F("published_at")).desc(), "-id").values_list("story_id", flat=True))
    found = cards(edition, tuple(story_id for story_id in ids if story_id))
    earlier, later = _days_around(edition.id, day) if found else (None, None)
    return DayPage(day=day, cards=found, earlier=earlier, later=later)


@keyed(lambda edition_id, day: [f"newsfeed-days:{edition_id}"])
def _days_around(edition_id: int, day: date) -> tuple[date | None, date | None]:
    days = FeedDay.objects.filter(edition_id=edition_id).values_list("day", flat=True)
    return days.filter(day__lt=day).order_by("-day").first(), days.filter(day__gt=day).order_by("day").first()


@keyed(lambda brief_id: [f"brief:{brief_id}"])
def was_withdrawn(brief_id: int) -> bool:
    """Whether there was a brief with this id that readers saw, and see no more."""
    return Brief.objects.filter(pk=brief_id, withdrawn_at__isnull=False).exists()


def brief_page(edition: EditionValue, brief_id: int) -> BriefValue | None:
    """The brief with all that its page shows; None where readers of this edition may not see it."""
    with reading(f"brief:{brief_id}"):
        briefs = Brief.objects.filter(seen_by_readers(now()), pk=brief_id, edition_id=edition.id)
        brief: Brief | None = briefs.first()
    if brief is None:
        return None
    found = pictures((brief.picture_id,), edition.language) if brief.picture_id else ()
    return BriefValue(
        id=brief.pk,
        text=brief.text,
        title=str(brief),
        address=brief.address,
        section=next((one for one in all_sections(edition.language) if one.id == brief.section_id), None),
        picture=found[0] if found else None,
        published_at=brief.published_at,
    )


def _rows(found: list[tuple[Any, ...]]) -> list[FeedRow]:
    return [FeedRow(*row) for row in found]


def _keys(rows: list[FeedRow]) -> list[str]:
    return [f"card:{row.story_id}" if row.story_id else f"brief:{row.brief_id}" for row in rows]


def _items(edition: EditionValue, rows: list[FeedRow]) -> tuple[Item, ...]:
    """What the rows stand for, as far as readers may see it now, in their order."""
    sections = {section.id: section for section in all_sections(edition.language)}
    return tuple(_item(row, sections) for row in rows if row.is_seen)


def _item(row: FeedRow, sections: dict[int, SectionValue]) -> Item:
    if row.story_id is None:
        section, address = sections.get(row.brief_section_id or 0), f"/newsfeed/{row.brief_id}/"
        return Item(row.id, row.kind, row.text, address, section, row.published_at, row.day)
    return Item(
        id=row.id,
        kind=row.kind,
        text=row.card_headline or row.headline,
        address=row.address,
        section=sections.get(row.story_section_id or 0),
        published_at=row.published_at,
        day=row.day,
        is_video=row.story_kind == Kind.VIDEO,
        is_live=row.story_kind == Kind.LIVE,
    )
