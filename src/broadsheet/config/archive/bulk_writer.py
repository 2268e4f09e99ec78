"""Writes pieces as published stories, many in one transaction: the rows that publishing each by its action would leave.

Left out is what only tells how a story came to be: revisions and the desk's log (whoever edits such a story at the desk
begins its first revision); and what the search knows of them, which a job makes as for every story that it lacks.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from broadsheet.config.archive.names import Named
from broadsheet.config.archive.piece import Ground, Piece
from broadsheet.config.archive.tables import Row, Table, as_stored
from broadsheet.editions.models import Edition, Topic, TopicName
from broadsheet.foundation.clock import now
from broadsheet.foundation.events import announce
from broadsheet.foundation.slugs import to_slug
from broadsheet.mediabank.models import PictureUse
from broadsheet.newsfeed.models import FeedItem, ItemKind
from broadsheet.people.finding import words_of
from broadsheet.people.models import Person, PersonText, PersonUse, PersonWord
from broadsheet.stories.addresses import path_of
from broadsheet.stories.events import StoryPublished
from broadsheet.stories.models import (
    KIND_NUMBERS,
    Address,
    Byline,
    Kind,
    Listing,
    ListKind,
    State,
    Story,
    StoryReference,
)
from broadsheet.stories.segments import References, references_of, to_segments_of_clean

COUNT_UP = (
    'INSERT INTO "stories_listingcount" ("list_kind", "list_id", "edition_id", "stories") VALUES (%s, %s, %s, %s) '
    'ON CONFLICT ("list_kind", "list_id", "edition_id") '
    'DO UPDATE SET "stories" = "stories_listingcount"."stories" + excluded."stories"'
)
ADD_DAY = 'INSERT INTO "newsfeed_feedday" ("edition_id", "day") VALUES (%s, %s) ON CONFLICT DO NOTHING'


@transaction.atomic
def add_topics(wanted: Sequence[Named]) -> None:
    """Add those of these topics that there are not yet."""
    there = set(Topic.objects.values_list("slug", flat=True))
    for named in wanted:
        if named.slug not in there:
            topic = Topic.objects.create(slug=named.slug)
            TopicName.objects.create(topic=topic, language="en", name=named.name, description=named.text)


@transaction.atomic
def add_people(wanted: Sequence[Named]) -> None:
    """Add those of these people that there are not yet."""
    there = set(Person.objects.values_list("slug", flat=True))
    for named in wanted:
        if named.slug not in there:
            person = Person.objects.create(slug=named.slug, writes=named.writes)
            PersonText.objects.create(person=person, language="en", name=named.name, role=named.text)
            PersonWord.objects.bulk_create(PersonWord(person=person, word=word) for word in words_of(named.name))


class StoryWriter:
    """Writes batches of pieces on one ground."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.zone = ground, ZoneInfo(ground.zone)
        self.tables: dict[Any, Table] = {
            model: Table(model)
            for model in (
                Story, Address, Byline, Listing, FeedItem, StoryReference, PictureUse, PersonUse,
                Story.topics.through, Story.further_sections.through,
            )
        }  # fmt: skip

    def prepare(self, pieces: Sequence[Piece]) -> "list[tuple[Piece, Row, References]]":
        """What can be made of the pieces before the transaction: each with its story's row and what it names."""
        return [(piece, *self._row(piece)) for piece in pieces]

    @transaction.atomic
    def write(self, prepared: "Sequence[tuple[Piece, Row, References]]") -> list[tuple[int, str]]:
        """Publish them in one transaction; returns the id and address of each."""
        Edition.objects.select_for_update().get(pk=self.ground.edition)  # as a publication does, for the addresses
        paths = self._free_paths([piece for piece, _row, _named in prepared])
        ids = self.tables[Story].next_ids(len(prepared))
        moment = as_stored(now())
        for (_piece, row, _named), story_id, path in zip(prepared, ids, paths, strict=True):
            row |= {"id": story_id, "address": path, "slug": path.rsplit("/", 2)[1], "begun_at": moment}
        self.tables[Story].add(row for _piece, row, _named in prepared)
        for model, make in ROWS.items():
            self.tables[model].add(row for part in prepared for row in make(*part))
        days = [self._day(piece) for piece, _row, _named in prepared]
        self.tables[FeedItem].add(
            _feed_item(row, day) for (_piece, row, _named), day in zip(prepared, days, strict=True)
        )
        with connection.cursor() as cursor:
            cursor.executemany(ADD_DAY, [(self.ground.edition, day) for day in sorted(set(days))])
        self._count_up(row for part in prepared for row in _listings(*part))
        for story_id in ids:
            announce(StoryPublished(story_id=story_id, edition_id=self.ground.edition, is_first=True))
        return list(zip(ids, paths, strict=True))

    def _row(self, piece: Piece) -> tuple[Row, References]:
        segments = to_segments_of_clean(piece.body)
        named = references_of(segments)
        named["people"].update(piece.bylines)
        named["pictures"].update([piece.lead_picture] if piece.lead_picture else [])
        row = {
            "edition_id": self.ground.edition,
            "kind": piece.kind,
            "section_id": piece.section[0],
            "headline": piece.headline,
            "standfirst": piece.standfirst,
            "dateline": piece.dateline,
            "lead_picture_id": piece.lead_picture,
            "body": as_stored(piece.body),
            "body_segments": as_stored(segments),
            "byline_ids": as_stored(list(piece.bylines)),
            "topic_ids": as_stored(sorted(piece.topics)),
            "counterpart_key": as_stored(piece.key),
            "state": State.PUBLISHED.value,
            "live": True,
            "has_unpublished_changes": False,
            "begun_by_id": self.ground.begun_by,
            **dict.fromkeys(
                ("published_at", "changed_at", "touched_at", "first_published_at", "last_published_at"),
                as_stored(piece.moment),
            ),
        }
        return row, named

    def _free_paths(self, pieces: Sequence[Piece]) -> list[str]:
        """An address for each piece that no story of the edition has or had."""
        taken: set[str] = set()
        found = [self._path(piece, 1) for piece in pieces]
        in_use = set(
            Address.objects.filter(edition_id=self.ground.edition, path__in=found).values_list("path", flat=True)
        )
        for place, piece in enumerate(pieces):
            if found[place] in taken or found[place] in in_use:
                found[place] = next(path for path in self._later_paths(piece) if path not in taken)
            taken.add(found[place])
        return found

    def _later_paths(self, piece: Piece) -> Iterator[str]:
        for attempt in count(2):
            path = self._path(piece, attempt)
            if not Address.objects.filter(edition_id=self.ground.edition, path=path).exists():
                yield path

    def _day(self, piece: Piece) -> date:
        """The edition's own day of its publication."""
        return piece.moment.astimezone(self.zone).date()

    def _path(self, piece: Piece, attempt: int) -> str:
        return path_of(piece.section[1], piece.moment.astimezone(self.zone), to_slug(piece.headline), attempt)

    def _count_up(self, listings: Iterable[Row]) -> None:
        counts = Counter((row["list_kind"], row["list_id"], row["edition_id"]) for row in listings)
        with connection.cursor() as cursor:
            cursor.executemany(COUNT_UP, [(*which, more) for which, more in sorted(counts.items())])


def _listings(piece: Piece, row: Row, named: References) -> Iterator[Row]:
    common = {"edition_id": row["edition_id"], "story_id": row["id"], "published_at": row["published_at"]}
    places = [
        (ListKind.EDITION.value, row["edition_id"]),
        (ListKind.KIND.value, KIND_NUMBERS[Kind(piece.kind)]),
        *((ListKind.SECTION.value, section) for section in (piece.section[0], *piece.further)),
        *((ListKind.TOPIC.value, topic) for topic in piece.topics),
        *((ListKind.PERSON.value, person) for person in named["people"]),
    ]
    for kind, list_id in sorted(places):
        yield {**common, "list_kind": kind, "list_id": list_id}


def _feed_item(row: Row, day: date) -> Row:
    return {
        "kind": ItemKind.STORY.value, "story_id": row["id"], "edition_id": row["edition_id"],
        "section_id": row["section_id"], "published_at": row["published_at"], "day": day.isoformat(),
    }  # fmt: skip


def _picture_uses(piece: Piece, row: Row, named: References) -> Iterator[Row]:
    for picture in sorted(named["pictures"]):
        yield {
            "picture_id": picture, "used_by": "story", "used_by_id": row["id"], "edition_id": row["edition_id"],
            "is_public": True, "title": piece.headline, "address": row["address"],
        }  # fmt: skip


def _person_uses(piece: Piece, row: Row, named: References) -> Iterator[Row]:
    for person in sorted(named["people"]):
        yield {"person_id": person, "used_by": "story", "used_by_id": row["id"], "is_public": True}


# Beside the story's own row: which rows of which tables.
ROWS: dict[Any, Any] = {
    Address: lambda piece, row, named: [
        {"edition_id": row["edition_id"], "path": row["address"], "story_id": row["id"], "added_at": row["begun_at"]}
    ],
    Byline: lambda piece, row, named: [
        {"story_id": row["id"], "person_id": person, "sort_order": order} for order, person in enumerate(piece.bylines)
    ],
    Story.topics.through: lambda piece, row, named: [
        {"story_id": row["id"], "topic_id": topic} for topic in piece.topics
    ],
    Story.further_sections.through: lambda piece, row, named: [
        {"story_id": row["id"], "section_id": section} for section in piece.further
    ],
    Listing: _listings,
    StoryReference: lambda piece, row, named: [
        {"story_id": row["id"], "target_id": target} for target in sorted(named["stories"])
    ],
    PictureUse: _picture_uses,
    PersonUse: _person_uses,
}
