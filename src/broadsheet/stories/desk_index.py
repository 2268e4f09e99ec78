"""What the desk finds of a story: the words that are being worked on, and where it belongs. No reader asks for it.

A published story that is being changed has a second entry with the words that everybody reads: who may not read the
changes must not learn from a search which words they hold.
"""

from collections.abc import Iterator

from django.db.models import QuerySet
from wagtail.models import Revision

from broadsheet.foundation.clock import now
from broadsheet.index import actions as index
from broadsheet.index.places import mark
from broadsheet.index.reads import holds
from broadsheet.index.sources import Source, declare
from broadsheet.index.values import NewEntry
from broadsheet.stories.indexing import words_of
from broadsheet.stories.marks import KIND, READ_BY_ALL
from broadsheet.stories.models import KIND_NUMBERS, Byline, Kind, State, Story
from broadsheet.stories.segments import Segments, to_segments


def set_on_desk(at_hand: Story, revision: Revision | None = None, *, is_draft: bool = False) -> None:
    """Let the desk find a story as it is being worked on, and say that it was touched now.

    `at_hand` is the version that was made of `revision`, if that is given and is the latest; else the latest is read.
    `is_draft` says that nothing was done but to save one: what everybody reads has not changed.
    """
    Story.objects.filter(pk=at_hand.pk).update(touched_at=now())
    row = Story.objects.select_related("edition").get(pk=at_hand.pk)
    is_latest = revision is not None and revision.pk == row.latest_revision_id
    _put(row, at_hand if is_latest else _latest(row), is_draft=is_draft)


def take_from_desk(story_id: int) -> None:
    """Let the desk find a story no more."""
    index.remove(KIND, story_id)
    index.remove(READ_BY_ALL, story_id)


def _latest(row: Story) -> Story:
    revision = row.latest_revision
    return row if revision is None else row.with_content_json(revision.content)


def _put(row: Story, version: Story, *, is_draft: bool = False) -> None:
    marks = tuple(_marks(row))
    public = (mark(KIND, "public"),)
    body = words_of(row.body_segments if row.live and version is row else _segments_of(version))
    is_public = row.live and not row.has_unpublished_changes
    _put_entry(KIND, row, version, body, marks + (public if is_public else ()))
    if row.live and not is_public:
        if is_draft and holds(READ_BY_ALL, row.pk):
            return
        _put_entry(READ_BY_ALL, row, row, words_of(row.body_segments), marks + public)
    else:
        index.remove(READ_BY_ALL, row.pk)


def _segments_of(version: Story) -> Segments:
    return to_segments(list(version.body.get_prep_value()))


def _put_entry(kind: str, row: Story, version: Story, body: str, marks: tuple[str, ...]) -> None:
    more = (version.lead_caption, version.dateline, version.card_headline)
    index.put(
        NewEntry(
            kind=kind,
            id=row.pk,
            edition_id=row.edition_id,
            section_id=row.section_id or 0,
            language=row.edition.language,
            published_at=row.touched_at,
            title=version.headline,
            standfirst=version.standfirst,
            text="\n".join(part for part in (body, *more) if part),
            marks=marks,
            keeps_text=False,
            apart=KIND,
        )
    )


def _marks(row: Story) -> Iterator[str]:
    section = row.section_id or 0
    yield mark(KIND)
    yield mark(KIND, "edition", row.edition_id)
    yield mark(KIND, "section", section)
    yield mark(KIND, "edition", row.edition_id, "section", section)
    yield mark(KIND, "state", row.state)
    yield mark(KIND, "kind", KIND_NUMBERS[Kind(row.kind)])
    if row.begun_by_id:
        yield mark(KIND, "by", row.begun_by_id)
    for person in Byline.objects.filter(story=row).values_list("person_id", flat=True):
        yield mark(KIND, "person", person)


def _put_anew(story_id: int) -> None:
    row = Story.objects.select_related("edition").filter(pk=story_id).exclude(state=State.DELETED).first()
    if row is None:
        take_from_desk(story_id)
    else:
        _put(row, _latest(row))


SOURCE = declare(
    Source(
        kind=KIND,
        wanted=lambda: set(Story.objects.exclude(state=State.DELETED).values_list("pk", flat=True)),
        put_anew=_put_anew,
    )
)


def _forget_public(story_id: int) -> None:
    if not _is_being_changed().filter(pk=story_id).exists():
        index.remove(READ_BY_ALL, story_id)
    else:
        _put_anew(story_id)


def _is_being_changed() -> QuerySet[Story]:
    stories: QuerySet[Story] = Story.objects.filter(live=True, has_unpublished_changes=True)
    return stories


declare(
    Source(
        kind=READ_BY_ALL,
        wanted=lambda: set(_is_being_changed().values_list("pk", flat=True)),
        put_anew=_forget_public,
    )
)
