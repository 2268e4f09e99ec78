"""Every read of stories that feeds a page, with its keys."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from broadsheet.editions.reads import EditionValue, SectionValue, all_editions, all_sections, topics
from broadsheet.foundation.clock import now
from broadsheet.mediabank.reads import PictureValue, films, pictures
from broadsheet.people.reads import persons
from broadsheet.press.keys import Key, declare
from broadsheet.press.render import keyed, reading
from broadsheet.stories import queries
from broadsheet.stories.access import NOBODY, visible_to
from broadsheet.stories.models import Address, Listing, ListingCount, ListKind, Story
from broadsheet.stories.resolve import resolve_segments
from broadsheet.stories.segments import references_of
from broadsheet.stories.values import Card, CardRow, Counterpart, ListPage, StoryRow, StoryValue

PAGE = 20
RECENT = 4
SHOWN_ON_CARDS = (
    "state", "address", "headline", "card_headline", "standfirst", "kind", "section_id", "lead_picture_id",
    "published_at", "changed_at",
)  # fmt: skip

KEYS = declare(
    Key(
        "story:{id}",
        on=Story,
        columns=(
            *SHOWN_ON_CARDS, "dateline", "lead_caption", "body_segments", "byline_ids", "topic_ids", "counterpart_key",
        ),
    ),
    Key("card:{id}", on=Story, columns=SHOWN_ON_CARDS),
    Key("counterparts:{counterpart_key}", on=Story, columns=("state", "address", "edition_id")),
    Key("address:{edition_id}:{path}", on=Address),
    Key(
        "list:{list_kind}:{list_id}:{edition_id}",
        on=Listing,
        columns=("list_kind", "list_id", "edition_id", "published_at"),
    ),
    Key("list:{list_kind}:{list_id}:{edition_id}", on=ListingCount, columns=("stories",)),
)  # fmt: skip


@keyed(lambda edition_id, path: [f"address:{edition_id}:{path}"])
def story_at(edition_id: int, path: str) -> int | None:
    """The id of the story that has or had this address in the edition, whatever its state; None if none ever had."""
    return Address.objects.filter(edition_id=edition_id, path=path).values_list("story_id", flat=True).first()


@keyed(lambda story_id: [f"story:{story_id}"])
def public_address(story_id: int) -> str | None:
    """The canonical address of a story that readers may see now, within its edition; None if they may not."""
    visible = Story.objects.filter(visible_to(NOBODY, now()), pk=story_id)
    address: str | None = visible.values_list("address", flat=True).first()
    return address


def moved_story_at(edition: EditionValue, path: str) -> str | None:
    """The canonical address of a story that is asked for under another section than the one it was published in."""
    found = re.fullmatch(r"/[a-z0-9-]+(/\d{4}/\d{2}/\d{2}/[a-z0-9-]+/)", path)
    if found is None:
        return None
    candidates = [f"/{section.slug}{found.group(1)}" for section in all_sections(edition.language)]
    with reading(*(f"address:{edition.id}:{candidate}" for candidate in candidates)):
        rows = Address.objects.filter(edition_id=edition.id, path__in=candidates).values_list("path", "story_id")
        stories = dict(rows)
    for candidate in candidates:
        if candidate in stories and public_address(stories[candidate]):
            return candidate
    return None


def story_page(edition: EditionValue, path: str) -> StoryValue | None:
    """The story that has or had this address, with all that its page shows; None where readers may see none."""
    with reading(f"address:{edition.id}:{path}") as name:
        found = queries.STORY_AT(edition.id, path, now())
        if not found:
            return None
        row = StoryRow(*found[0])
        name(f"story:{row.id}")
    return story_value(edition, row, _further(edition, row))


@dataclass(frozen=True)
class Further:
    """What to read after a story, by id: the most recent of its section, and the next one."""

    recent: tuple[int, ...] = ()
    next: int = 0


def _further(edition: EditionValue, row: StoryRow) -> Further:
    section = (str(ListKind.SECTION), row.section_id or 0)
    whole = (str(ListKind.EDITION), edition.id)
    newest = newest_of(edition, ((*section, RECENT + 1), (*whole, RECENT + 2)))
    recent = tuple(story_id for story_id in newest[section] if story_id != row.id)[:RECENT]
    others = [story_id for story_id in newest[whole] if story_id not in (*recent, row.id)] + list(recent[:1])
    return Further(recent, others[0] if others else 0)


def story_value(edition: EditionValue, row: StoryRow, further: Further = Further()) -> StoryValue:
    """A story's row with what it names, as the value of its page; also used by the desk's preview."""
    named = references_of(row.body_segments)
    related = _card_rows(edition, tuple(sorted({*named["stories"], *further.recent, further.next} - {0})))
    leads = {row.lead_picture_id, *(card.lead_picture_id for card in related)} - {None}
    played = _by_id(films(tuple(sorted(named["films"])), edition.language))
    posters = {film.poster_id for film in played.values()}
    shown = _by_id(pictures(tuple(sorted(named["pictures"] | posters | leads)), edition.language))
    people = _by_id(persons(tuple(sorted({*named["people"], *row.byline_ids})), edition.language))
    sections = _by_id(all_sections(edition.language))
    cards = {card.id: _card(card, sections, shown) for card in related}
    return StoryValue(
        id=row.id,
        address=row.address,
        headline=row.headline,
        standfirst=row.standfirst,
        kind=row.kind,
        dateline=row.dateline,
        section=sections.get(row.section_id),
        topics=topics(tuple(row.topic_ids), edition.language),
        bylines=tuple(people[person_id] for person_id in row.byline_ids if person_id in people),
        picture=shown.get(row.lead_picture_id),
        lead_caption=row.lead_caption,
        segments=resolve_segments(row.body_segments, shown, played, people, cards),
        published_at=row.published_at or now(),
        changed_at=row.changed_at or now(),
        counterparts=counterparts(edition, row.counterpart_key) if row.address else (),
        recent=tuple(cards[story_id] for story_id in further.recent if story_id in cards),
        next=cards.get(further.next),
    )


@keyed(lambda edition, key: [f"counterparts:{key.hex}"])
def counterparts(edition: EditionValue, key: UUID) -> tuple[Counterpart, ...]:
    """The published versions of a story in the other editions."""
    editions = _by_id(all_editions())
    return tuple(
        Counterpart(
            language=editions[edition_id].language,
            edition_name=editions[edition_id].short_name,
            address=editions[edition_id].canonical(address),
        )
        for edition_id, address in queries.COUNTERPARTS(key, edition.id, now())
    )


def cards(edition: EditionValue, ids: tuple[int, ...]) -> tuple[Card, ...]:
    """Cards of those of these stories that readers may see, in the order of the ids."""
    rows = _card_rows(edition, ids)
    leads = tuple(dict.fromkeys(row.lead_picture_id for row in rows if row.lead_picture_id))
    shown = _by_id(pictures(leads, edition.language))
    sections = _by_id(all_sections(edition.language))
    return tuple(_card(row, sections, shown) for row in rows)


def _card_rows(edition: EditionValue, ids: tuple[int, ...]) -> list[CardRow]:
    if not ids:
        return []
    with reading(*(f"card:{story_id}" for story_id in ids)):
        rows = _by_id(CardRow(*row) for row in queries.CARDS(ids, edition.id, now()))
    return [rows[story_id] for story_id in ids if story_id in rows]


def list_page(edition: EditionValue, kind: str, list_id: int, *, before: str = "", size: int = PAGE) -> ListPage:
    """A page of a list by keyset: the `size` stories before a mark of an earlier page, else ValueError."""
    which = (kind, list_id, edition.id)
    with reading(f"list:{kind}:{list_id}:{edition.id}"):
        found = queries.OLDER(*which, *read_mark(before), size=size) if before else queries.NEWEST(*which, size=size)
        total = next((row[0] for row in queries.COUNT(*which)), 0)
    shown = found[:size]
    older = write_mark(shown[-1][1], shown[-1][0]) if len(found) > size else ""
    return ListPage(cards=cards(edition, tuple(row[0] for row in shown)), older=older, total=total)


def newest_of(edition: EditionValue, lists: tuple[tuple[str, int, int], ...]) -> dict[tuple[str, int], tuple[int, ...]]:
    """The ids of the newest stories of several lists, read at once; a list is its kind, its id and how many."""
    one = (
        "SELECT * FROM (SELECT list_kind, list_id, story_id FROM stories_listing WHERE list_kind = %s AND list_id = %s "
        "AND edition_id = %s ORDER BY published_at DESC, story_id DESC LIMIT %s) AS list_{}"
    )
    found: dict[tuple[str, int], list[int]] = {(kind, list_id): [] for kind, list_id, _most in lists}
    keys = [f"list:{kind}:{list_id}:{edition.id}" for kind, list_id, _most in lists]
    with reading(*keys), connection.cursor() as cursor:
        query = " UNION ALL ".join(one.format(number) for number in range(len(lists)))
        cursor.execute(query, [value for kind, list_id, most in lists for value in (kind, list_id, edition.id, most)])
        for kind, list_id, story_id in cursor.fetchall():
            found[kind, list_id].append(story_id)
    return {place: tuple(ids) for place, ids in found.items()}


def write_mark(moment: datetime, story_id: int) -> str:
    """The mark of a place in a list: microseconds since 1970 and the story's id."""
    return f"{round(moment.timestamp() * 1_000_000)}-{story_id}"


def read_mark(mark: str) -> tuple[datetime, int]:
    """The place that a mark names; raises ValueError where it names none."""
    if not re.fullmatch(r"[0-9]{1,17}-[0-9]{1,15}", mark, flags=re.ASCII):
        raise ValueError("no mark of a list")
    microseconds, story_id = mark.split("-")
    seconds, rest = divmod(int(microseconds), 1_000_000)
    try:
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest), int(story_id)
    except (OverflowError, OSError) as error:
        raise ValueError("no moment") from error


def _card(row: CardRow, sections: dict[Any, SectionValue], shown: dict[Any, PictureValue]) -> Card:
    return Card(
        id=row.id,
        address=row.address,
        headline=row.card_headline or row.headline,
        standfirst=row.standfirst,
        kind=row.kind,
        section=sections.get(row.section_id),
        picture=shown.get(row.lead_picture_id),
        published_at=row.published_at,
        changed_at=row.changed_at,
    )


def _by_id(things: Iterable[Any]) -> dict[Any, Any]:
    return {thing.id: thing for thing in things}
