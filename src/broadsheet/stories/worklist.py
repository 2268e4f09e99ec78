"""A page of the desk's list of stories: which stories, and what is said of each.

Pages follow each other by what stands at their ends, never by a number, and nothing is counted: a page reads as far
in an index as it takes to fill it. Words are sought in the index of words (`desk_index`), newest first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Revision

from broadsheet.design.words import as_short_moment
from broadsheet.editions.access import Person
from broadsheet.editions.reads import all_editions, all_sections
from broadsheet.foundation.clock import now
from broadsheet.index.reads import newest
from broadsheet.people.models import PersonText
from broadsheet.press.prepared import without_index
from broadsheet.stories.access import DESK, READERS_OF, may, visible_to
from broadsheet.stories.filters import Asked
from broadsheet.stories.marks import KIND, reads_all, visible_marks
from broadsheet.stories.models import Byline, Kind, ListingCount, State, Story

SIZE = 30
ON_THE_DESK = [state.value for state, audiences in READERS_OF.items() if DESK in audiences]
LOOKED_AT, TURNS = 300, 10
"""Entries of the index that are looked at in a turn, and turns: where times are asked for beside words, few may fit."""
COLUMNS = (
    "headline", "state", "kind", "section", "edition", "begun_by", "address", "published_at", "touched_at",
    "due_at", "embargo_until", "go_live_at", "live", "latest_revision", "has_unpublished_changes",
)  # fmt: skip


@dataclass(frozen=True)
class StoryLine:
    """A story as the list shows it; `edit` is empty for whoever may not change it, `when` says what time that is."""

    id: int
    headline: str
    edit: str
    see: str
    section: str
    kind: str
    state: str
    state_word: str
    is_changed: bool
    bylines: str
    edition: str
    edition_id: int
    touched: str
    when: str
    when_word: str


@dataclass(frozen=True)
class StoryPage:
    """Ids in their order, and how the pages beside it begin; "" where there is none."""

    ids: tuple[int, ...]
    older: str = ""
    newer: str = ""


def page_for(who: Person, asked: Asked, at: str, *, size: int = SIZE) -> StoryPage:
    """A page of the stories that a person may read and asks for, those touched last first.

    `at` is "", or `older` or `newer` of another page; anything else is understood as "".
    """
    if asked.words:
        return _by_words(who, asked, at, size)
    back, moment, story = _read_mark(at)
    stories = Story.objects.filter(asked.condition() & readable(who))
    if moment is not None:
        stories = stories.filter(_beyond(moment, story, back=back))
    order = ("touched_at", "pk") if back else ("-touched_at", "-pk")
    rows = list(stories.order_by(*order).values_list("touched_at", "pk")[: size + 1])
    is_more = len(rows) > size
    rows = rows[:size][::-1] if back else rows[:size]
    if not rows:
        return StoryPage(())
    return StoryPage(
        tuple(pk for _touched, pk in rows),
        older=_mark("b", *rows[-1]) if is_more or back else "",
        newer=_mark("a", *rows[0]) if (is_more if back else moment is not None) else "",
    )


def readable(who: Person) -> Q:
    """What a person may read, as a condition that lets no index in but that of the order."""
    if reads_all(who):
        return without_index(Q(state__in=ON_THE_DESK))  # the same rule, shorter: it is asked of every row that is read
    return without_index(visible_to(who, now()))


def readable_among(who: Person, ids: list[int]) -> list[Story]:
    """Those of these stories that a person may read, each once, in this order."""
    known = {story.pk: story for story in Story.objects.filter(visible_to(who, now()), pk__in=ids)}
    return [known[one] for one in dict.fromkeys(ids) if one in known]


def _by_words(who: Person, asked: Asked, at: str, size: int) -> StoryPage:
    condition = asked.condition(beside_all=True) & readable(who)
    since, until = asked.span() if asked.when == "touched" else (None, None)
    marks = [group for group in (visible_marks(who), *asked.marks()) if group]
    below = int(at[1:]) if at[:1] == "p" and at[1:].isdigit() and len(at) < 20 else None
    ids: list[int] = []
    for turn in range(TURNS):
        most = LOOKED_AT if turn else size + 20
        found = newest(asked.words, marks, apart=KIND, below=below, since=since, until=until, most=most)
        fit = set(Story.objects.filter(condition, pk__in=[pk for _place, pk in found]).values_list("pk", flat=True))
        for place, pk in found:
            if len(ids) == size:
                return StoryPage(tuple(ids), older=f"p{below}")
            below = place
            if pk in fit and pk not in ids:
                ids.append(pk)
        if len(found) < most:
            return StoryPage(tuple(ids))
    return StoryPage(tuple(ids), older=f"p{below}")


def _beyond(moment: datetime, story: int, *, back: bool) -> Q:
    side = "gt" if back else "lt"
    at_once = Q(**{f"touched_at__{side}": moment}) | Q(touched_at=moment) & Q(**{f"pk__{side}": story})
    return Q(**{f"touched_at__{side}e": moment}) & at_once


def _mark(side: str, moment: datetime, story: int) -> str:
    return f"{side}{round(moment.timestamp() * 1_000_000)}-{story}"


def _read_mark(text: str) -> tuple[bool, datetime | None, int]:
    """Whether it leads back, and where it begins."""
    micros, _minus, story = text[1:].partition("-")
    if text[:1] not in ("a", "b") or not (_is_number(micros, 17) and _is_number(story, 18)):
        return False, None, 0
    return text[0] == "a", datetime.fromtimestamp(int(micros) / 1_000_000, UTC), int(story)


def _is_number(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= most


def lines_of(who: Person, ids: Iterable[int], language: str) -> list[StoryLine]:
    """What the list says of these stories, in their order."""
    wanted = list(ids)
    stories = {story.pk: story for story in Story.objects.filter(pk__in=wanted).only(*COLUMNS)}
    names = _Names(list(stories.values()), language)
    return [names.line(who, stories[pk]) for pk in wanted if pk in stories]


def stories_in(kind: str, ids: Sequence[int]) -> dict[int, int]:
    """How many published stories of all editions stand in these lists of a kind, for the desk."""
    found: dict[int, int] = {}
    for list_id, stories in ListingCount.objects.filter(list_kind=kind, list_id__in=ids).values_list(
        "list_id", "stories"
    ):
        found[list_id] = found.get(list_id, 0) + stories
    return found


class _Names:
    """All that the lines of a page name, asked for at once."""

    def __init__(self, stories: list[Story], language: str) -> None:
        self.language = language
        self.editions = {edition.id: edition for edition in all_editions()}
        self.sections = {section.id: section.name.text for section in all_sections(language)}
        revisions = Revision.objects.filter(pk__in=[story.latest_revision_id for story in stories])
        self.titles = dict(revisions.values_list("pk", "object_str"))
        self.goes_out = {int(pk): moment for pk, moment in _coming(stories)}
        self.bylines = _bylines(stories, language)

    def line(self, who: Person, story: Story) -> StoryLine:
        reads = may(who, "story.read", story)
        edition = self.editions[story.edition_id]
        latest = self.titles.get(story.latest_revision_id) if reads else None
        when_word, when = self._when(story)
        return StoryLine(
            id=story.pk,
            headline=latest or str(story),
            edit=reverse("wagtailsnippets_stories_story:edit", args=[story.pk])
            if may(who, "story.edit", story)
            else "",
            see=edition.canonical(story.address) if story.live else "",
            section=self.sections.get(story.section_id, ""),
            kind=str(Kind(story.kind).label),
            state=story.state,
            state_word=str(State(story.state).label),
            is_changed=bool(story.live and story.has_unpublished_changes and reads),
            bylines=self.bylines.get(story.pk, ""),
            edition=edition.short_name,
            edition_id=edition.id,
            touched=as_short_moment(story.touched_at, self.language, edition.zone),
            when=as_short_moment(when, self.language, edition.zone) if when else "",
            when_word=when_word,
        )

    def _when(self, story: Story) -> tuple[str, datetime | None]:
        if story.pk in self.goes_out:
            return _("goes out"), self.goes_out[story.pk]
        if story.live:
            return _("published"), story.published_at
        if story.due_at:
            return _("due"), story.due_at
        return (_("was published"), story.published_at) if story.published_at else ("", None)


def _coming(stories: list[Story]) -> Any:
    """When the next scheduled version of each goes out."""
    ids = [str(story.pk) for story in stories]
    waiting = Revision.objects.filter(
        base_content_type=_content_type(), object_id__in=ids, approved_go_live_at__isnull=False
    )
    return waiting.values_list("object_id", "approved_go_live_at")


def _content_type() -> Any:
    return ContentType.objects.get_for_model(Story)


def _bylines(stories: list[Story], language: str) -> dict[int, str]:
    rows = list(
        Byline.objects.filter(story_id__in=[story.pk for story in stories])
        .order_by("sort_order", "pk")
        .values_list("story_id", "person_id")
    )
    names: dict[int, str] = {}
    texts = PersonText.objects.filter(person_id__in={person for _story, person in rows}).order_by("language")
    for person, code, name in texts.values_list("person_id", "language", "name"):
        if code == language or person not in names:
            names[person] = name
    found: dict[int, list[str]] = {}
    for story, person in rows:
        found.setdefault(story, []).append(names.get(person, ""))
    return {story: ", ".join(filter(None, people)) for story, people in found.items()}
