"""Every read of stories that feeds a page, with its keys."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection
from django.db.models import Q

from broadsheet.editions.reads import EditionValue, SectionValue, all_editions, all_sections, topics
from broadsheet.foundation.clock import now
from broadsheet.mediabank.reads import PictureValue, pictures
from broadsheet.people.reads import persons
from broadsheet.press.keys import Key, declare
from broadsheet.press.render import keyed, reading
from broadsheet.stories.access import NOBODY, visible_to
from broadsheet.stories.models import Address, Byline, Listing, ListingCount, ListKind, State, Story
from broadsheet.stories.resolve import resolve_segments
from broadsheet.stories.segments import references_of
from broadsheet.stories.values import Card, Counterpart, ListPage, StoryValue

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
        columns=(*SHOWN_ON_CARDS, "dateline", "lead_caption", "body_segments", "counterpart_key"),
    ),
    Key("story:{story_id}", on=Byline, columns=("person_id", "sort_order")),
    Key("story:{story_id}", on=Story.topics.through, columns=("topic_id",)),
    Key("card:{id}", on=Story, columns=SHOWN_ON_CARDS),
    Key("counterparts:{counterpart_key}", on=Story, columns=("state", "address", "edition_id")),
    Key("address:{edition_id}:{path}", on=Address),
    Key(
        "list:{list_kind}:{list_id}:{edition_id}",
        on=Listing,
        columns=("list_kind", "list_id", "edition_id", "published_at"),
    ),
    Key("list:{list_kind}:{list_id}:{edition_id}", on=ListingCount, columns=("stories",)),
)


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
    candidates = (f"/{section.slug}{found.group(1)}" for section in all_sections(edition.language))
    for candidate in candidates:
        story_id = story_at(edition.id, candidate)
        if story_id is not None and public_address(story_id):
            return candidate
    return None


def story_page(edition: EditionValue, story_id: int) -> StoryValue | None:
    """The story with all that its page shows; None where readers may not see it."""
    with reading(f"story:{story_id}"):
        story = Story.objects.filter(visible_to(NOBODY, now()), pk=story_id, edition_id=edition.id).first()
        if story is None:
            return None
        bylines = tuple(story.bylines.values_list("person_id", flat=True))
        topic_ids = tuple(story.topics.values_list("pk", flat=True))
    return story_value(edition, story, story.body_segments, bylines, topic_ids, further=_further(edition, story))


@dataclass(frozen=True)
class Further:
    """What to read after a story, by id: the most recent of its section, and the next one."""

    recent: tuple[int, ...] = ()
    next: int = 0


def _further(edition: EditionValue, story: Story) -> Further:
    section = (str(ListKind.SECTION), story.section_id or 0)
    whole = (str(ListKind.EDITION), edition.id)
    newest = newest_of(edition, ((*section, RECENT + 1), (*whole, RECENT + 2)))
    recent = tuple(story_id for story_id in newest[section] if story_id != story.pk)[:RECENT]
    others = [story_id for story_id in newest[whole] if story_id not in (*recent, story.pk)] + list(recent[:1])
    return Further(recent, others[0] if others else 0)


def story_value(
    edition: EditionValue,
    story: Story,
    segments: list[dict[str, object]],
    bylines: tuple[int, ...],
    topic_ids: tuple[int, ...],
    *,
    further: Further = Further(),
) -> StoryValue:
    """A story's row and segments as the value of its page; also used by the desk's preview."""
    related = references_of(segments)["stories"]
    shown = {card.id: card for card in cards(edition, tuple({*sorted(related), *further.recent, further.next} - {0}))}
    lead = pictures((story.lead_picture_id,), edition.language) if story.lead_picture_id else ()
    moment = now()
    return StoryValue(
        id=story.pk or 0,
        address=story.address,
        headline=story.headline,
        standfirst=story.standfirst,
        kind=story.kind,
        dateline=story.dateline,
        section=_sections(edition.language).get(story.section_id or 0),
        topics=topics(topic_ids, edition.language),
        bylines=persons(bylines, edition.language),
        picture=lead[0] if lead else None,
        lead_caption=story.lead_caption,
        segments=resolve_segments(segments, edition.language, lambda ids: tuple(shown[i] for i in ids if i in shown)),
        published_at=story.published_at or moment,
        changed_at=story.changed_at or moment,
        counterparts=counterparts(edition, story.counterpart_key.hex) if story.address else (),
        recent=tuple(shown[story_id] for story_id in further.recent if story_id in shown),
        next=shown.get(further.next),
    )


@keyed(lambda edition, key: [f"counterparts:{key}"])
def counterparts(edition: EditionValue, key: str) -> tuple[Counterpart, ...]:
    """The published versions of a story in the other editions."""
    editions = {other.id: other for other in all_editions()}
    rows = Story.objects.filter(visible_to(NOBODY, now()), counterpart_key=key).exclude(edition_id=edition.id)
    return tuple(
        Counterpart(
            language=editions[row["edition_id"]].language,
            edition_name=editions[row["edition_id"]].short_name,
            address=editions[row["edition_id"]].canonical(row["address"]),
        )
        for row in rows.order_by("edition_id").values("edition_id", "address")
    )


def cards(edition: EditionValue, ids: tuple[int, ...]) -> tuple[Card, ...]:
    """Cards of those of these stories that readers may see, in the order of the ids."""
    if not ids:
        return ()
    with reading(*(f"card:{story_id}" for story_id in ids)):
        visible = Story.objects.filter(visible_to(NOBODY, now()), pk__in=ids, edition_id=edition.id)
        rows = {story.pk: story for story in visible.only(*SHOWN_ON_CARDS)}
    found = [rows[story_id] for story_id in ids if story_id in rows]
    lead_ids = tuple(dict.fromkeys(story.lead_picture_id for story in found if story.lead_picture_id))
    leads = {picture.id: picture for picture in pictures(lead_ids, edition.language)}
    sections = _sections(edition.language)
    return tuple(_card(story, sections, leads) for story in found)


def list_page(edition: EditionValue, kind: str, list_id: int, *, before: str = "", size: int = PAGE) -> ListPage:
    """A page of a list by keyset: the `size` stories before a mark of an earlier page, else ValueError."""
    with reading(f"list:{kind}:{list_id}:{edition.id}"):
        rows = Listing.objects.filter(list_kind=kind, list_id=list_id, edition_id=edition.id)
        if before:
            moment, story_id = read_mark(before)
            rows = rows.filter(Q(published_at__lt=moment) | Q(published_at=moment, story_id__lt=story_id))
        found = list(rows.order_by("-published_at", "-story_id").values_list("story_id", "published_at")[: size + 1])
        count = ListingCount.objects.filter(list_kind=kind, list_id=list_id, edition_id=edition.id)
        total = count.values_list("stories", flat=True).first() or 0
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


def _sections(language: str) -> dict[int, SectionValue]:
    return {section.id: section for section in all_sections(language)}


def _card(story: Story, sections: dict[int, SectionValue], leads: dict[int, PictureValue]) -> Card:
    assert story.state == State.PUBLISHED
    assert story.published_at is not None
    assert story.changed_at is not None
    return Card(
        id=story.pk,
        address=story.address,
        headline=story.title_for_cards,
        standfirst=story.standfirst,
        kind=story.kind,
        section=sections.get(story.section_id or 0),
        picture=leads.get(story.lead_picture_id or 0),
        published_at=story.published_at,
        changed_at=story.changed_at,
    )
