"""Every read of stories that feeds a page, with its keys."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from broadsheet.editions.reads import EditionValue, SectionValue, all_editions, all_sections, topics_with_sections
from broadsheet.foundation.clock import now
from broadsheet.mediabank.reads import PictureValue, films, pictures
from broadsheet.people.reads import persons
from broadsheet.press.keys import Key, declare
from broadsheet.press.render import keyed, reading
from broadsheet.stories import queries
from broadsheet.stories.access import NOBODY, visible_to
from broadsheet.stories.models import Address, Listing, ListingCount, Story
from broadsheet.stories.resolve import resolve_segments
from broadsheet.stories.segments import references_of
from broadsheet.stories.values import Card, CardRow, Counterpart, Listed, ListPage, StoryRow, StoryValue

PAGE = 20
RECENT = 4
SHOWN_ON_CARDS = (
    "state", "address", "headline", "card_headline", "standfirst", "kind", "section_id", "lead_picture_id",
    "published_at", "changed_at", "byline_ids",
)  # fmt: skip

KEYS = declare(
    Key(
        "story:{id}",
        on=Story,
        columns=(
            *SHOWN_ON_CARDS, "dateline", "lead_caption", "body_segments", "topic_ids", "counterpart_key",
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


@keyed(lambda edition, story_id: [f"story:{story_id}"])
def named_story(edition: EditionValue, story_id: int) -> tuple[str, str] | None:
    """Headline and address of a story that the edition's readers may see now; None if they may not."""
    visible = Story.objects.filter(visible_to(NOBODY, now()), pk=story_id, edition_id=edition.id)
    found: tuple[str, str] | None = visible.values_list("headline", "address").first()
    return found


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
    return story_value(edition, row)


@dataclass(frozen=True)
class Others:
    """What a story's page shows of other stories, as rows: by id those that it names; what to read next."""

    named: dict[int, CardRow]
    counterparts: tuple[tuple[int, str], ...]
    recent: tuple[CardRow, ...]
    next: CardRow | None

    @property
    def cards(self) -> tuple[CardRow, ...]:
        """All that have a card on the page."""
        return (*self.named.values(), *self.recent, *([self.next] if self.next else []))


def _others(edition: EditionValue, row: StoryRow, named: set[int]) -> Others:
    """The other stories of a page, in one query. The next story is the newest that is not named as recent already."""
    section = row.section_id or 0
    found: dict[int, list[tuple[int, CardRow]]] = defaultdict(list)
    keys = (f"list:section:{section}:{edition.id}", f"list:edition:{edition.id}:{edition.id}")
    with reading(*keys, f"counterparts:{row.counterpart_key.hex}", *(f"card:{story_id}" for story_id in named)) as name:
        ids = tuple(sorted(named)) or (0,)
        for why, of, *columns in queries.OTHERS(ids, row.counterpart_key, section, edition.id, now(), recent=RECENT):
            found[why].append((of, CardRow(*columns)))
        listed = [card for why in (queries.OF_SECTION, queries.OF_EDITION) for _of, card in found[why]]
        name(*(f"card:{card.id}" for card in listed))
    recent = tuple(card for _of, card in found[queries.OF_SECTION] if card.id != row.id)[:RECENT]
    taken = {row.id, *(card.id for card in recent)}
    following = [card for _of, card in found[queries.OF_EDITION] if card.id not in taken] + list(recent[:1])
    return Others(
        named={card.id: card for _of, card in found[queries.NAMED]},
        counterparts=tuple(sorted((of, card.address) for of, card in found[queries.COUNTERPART])),
        recent=recent,
        next=following[0] if following else None,
    )


def story_value(edition: EditionValue, row: StoryRow) -> StoryValue:
    """A story's row with what it names, as the value of its page; also used by the desk's preview."""
    named = references_of(row.body_segments)
    others = _others(edition, row, named["stories"])
    leads = {row.lead_picture_id, *(card.lead_picture_id for card in others.cards)} - {None}
    played = _by_id(films(tuple(sorted(named["films"])), edition.language))
    posters = {film.poster_id for film in played.values()}
    shown = _by_id(pictures(tuple(sorted(named["pictures"] | posters | leads)), edition.language))
    people = _by_id(persons(tuple(sorted({*named["people"], *row.byline_ids})), edition.language))
    about = topics_with_sections(tuple(row.topic_ids), edition.language)
    sections = _by_id(all_sections(edition.language))
    cards = {card.id: _card(card, sections, shown) for card in others.cards}
    return StoryValue(
        id=row.id,
        address=row.address,
        headline=row.headline,
        standfirst=row.standfirst,
        kind=row.kind,
        dateline=row.dateline,
        section=sections.get(row.section_id),
        topics=about,
        bylines=tuple(people[person_id] for person_id in row.byline_ids if person_id in people),
        picture=shown.get(row.lead_picture_id),
        lead_caption=row.lead_caption,
        segments=resolve_segments(row.body_segments, shown, played, people, cards),
        published_at=row.published_at or now(),
        changed_at=row.changed_at or now(),
        counterparts=_counterparts(others) if row.address else (),
        recent=tuple(cards[card.id] for card in others.recent),
        next=cards[others.next.id] if others.next else None,
    )


def _counterparts(others: Others) -> tuple[Counterpart, ...]:
    """The published versions of a story in the other editions."""
    editions = _by_id(all_editions())
    return tuple(
        Counterpart(
            language=editions[edition_id].language,
            edition_name=editions[edition_id].short_name,
            address=editions[edition_id].canonical(address),
        )
        for edition_id, address in others.counterparts
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
    return {place: tuple(one.story_id for one in found) for place, found in newest_listed(edition, lists).items()}


def newest_listed(
    edition: EditionValue, lists: tuple[tuple[str, int, int], ...]
) -> dict[tuple[str, int], tuple[Listed, ...]]:
    """The same with the moment of each publication, by which several lists can be put in one order."""
    one = (
        "SELECT * FROM (SELECT list_kind, list_id, story_id, published_at FROM stories_listing WHERE list_kind = %s "
        "AND list_id = %s AND edition_id = %s ORDER BY published_at DESC, story_id DESC LIMIT %s) AS list_{}"
    )
    found: dict[tuple[str, int], list[Listed]] = {(kind, list_id): [] for kind, list_id, _most in lists}
    keys = [f"list:{kind}:{list_id}:{edition.id}" for kind, list_id, _most in lists]
    with reading(*keys), connection.cursor() as cursor:
        query = " UNION ALL ".join(one.format(number) for number in range(len(lists)))
        cursor.execute(query, [value for kind, list_id, most in lists for value in (kind, list_id, edition.id, most)])
        for kind, list_id, story_id, moment in cursor.fetchall():
            found[kind, list_id].append(Listed(_as_moment(moment), story_id))
    return {place: tuple(listed) for place, listed in found.items()}


def _as_moment(stored: datetime | str) -> datetime:
    """A moment as a cursor gives it: SQLite keeps text, in UTC and without saying so."""
    return stored if isinstance(stored, datetime) else datetime.fromisoformat(stored).replace(tzinfo=UTC)


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
        byline_ids=tuple(row.byline_ids),
    )


def _by_id(things: Iterable[Any]) -> dict[Any, Any]:
    return {thing.id: thing for thing in things}
