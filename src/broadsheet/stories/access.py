"""What anybody may read and change of stories: one table, in SQL and in Python."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import Http404

from broadsheet.accounts.models import User
from broadsheet.accounts.roles import roles_with
from broadsheet.editions.access import Person, forbidden, has_right, roles_of
from broadsheet.stories.models import Aside, ErrorReport, SavedFilter, State, Story

NOBODY = AnonymousUser()
ALL_STORIES, NO_STORIES = Q(pk__gt=0), Q(pk__in=())


@dataclass(frozen=True)
class Audience:
    """Some people's claim on stories: the same rule twice, as a query and as a predicate.

    `query` returns None for a person who has no such claim on any story.
    """

    query: Callable[[Person, datetime], Q | None]
    holds: Callable[[Person, datetime, Story], bool]


def _desk_query(who: Person, when: datetime) -> Q | None:
    return _reach_of(who, "story.read")


def _reach_of(who: Person, right: str) -> Q | None:
    """The stories on which a person holds a right by role; None if there can be none."""
    query: Q | None = None
    for given in roles_of(who):
        if given.role in roles_with(right):
            reach = ALL_STORIES if given.edition_id is None else Q(edition_id=given.edition_id)
            if given.section_id is not None:
                reach &= Q(section_id=given.section_id) | Q(section_id=None)
            query = reach if query is None else query | reach
    return query


def _desk_holds(who: Person, when: datetime, story: Story) -> bool:
    return has_right(who, "story.read", edition_id=story.edition_id, section_ids=story.section_ids)


def _is_at_work(who: Person) -> bool:
    return isinstance(who, User) and bool(roles_of(who))


EVERYBODY = Audience(
    query=lambda who, when: Q(published_at__lte=when),
    holds=lambda who, when, story: story.published_at is not None and story.published_at <= when,
)
AUTHOR = Audience(
    query=lambda who, when: Q(begun_by_id=who.pk) if _is_at_work(who) else None,
    holds=lambda who, when, story: _is_at_work(who) and story.begun_by_id == who.pk,
)
DESK = Audience(query=_desk_query, holds=_desk_holds)

# The table. A state that is missing here is read by nobody.
READERS_OF: dict[State, tuple[Audience, ...]] = {
    State.PUBLISHED: (EVERYBODY, AUTHOR, DESK),
    State.DRAFT:     (AUTHOR, DESK),
    State.SCHEDULED: (AUTHOR, DESK),
    State.EMBARGOED: (AUTHOR, DESK),
    State.WITHDRAWN: (AUTHOR, DESK),
    State.DELETED:   (),
}  # fmt: skip


def visible_to(who: Person, when: datetime) -> Q:
    """A condition on stories: those that this person may read at this moment."""
    claims = {audience: audience.query(who, when) for audience in (EVERYBODY, AUTHOR, DESK)}
    visible: Q | None = None
    for state, audiences in READERS_OF.items():
        for claim in (claims[audience] for audience in audiences):
            if claim is not None:
                visible = Q(state=state) & claim if visible is None else visible | Q(state=state) & claim
    return NO_STORIES if visible is None else visible


def is_visible_to(who: Person, when: datetime, story: Story) -> bool:
    """The same rule on one story."""
    return any(audience.holds(who, when, story) for audience in READERS_OF.get(State(story.state), ()))


def may(who: Person, right: str, story: Story) -> bool:
    """Whether a person holds a right on a story: by role, or as the one who began it, while it is not published.

    What is yet without a section may be changed by whoever holds the right in the edition. A deleted story is there for
    nothing but to be brought back, by whoever may delete it.
    """
    if (story.state == State.DELETED) != (right == "story.restore"):
        return False
    if has_right(who, right, edition_id=story.edition_id, section_ids=story.section_ids):
        return True
    is_own = story.begun_by_id is not None and story.begun_by_id == who.pk
    if right == "story.read":
        return is_own and _is_at_work(who)
    if right in ("story.edit", "story.delete", "story.restore"):
        return is_own and not story.address and has_right(who, "story.write", edition_id=story.edition_id)
    return False


def access_story(person: Person, story_id: int, right: str, *, for_update: bool = False) -> Story:
    """The story, if the person holds the right on it.

    Raises Http404 where there is none or the person may not even know of it, Refused where they may only read it.
    """
    stories = Story.objects.select_for_update() if for_update else Story.objects.all()
    story: Story | None = stories.filter(pk=story_id).first()
    if story is None or not may(person, "story.read", story):
        raise Http404
    if not may(person, right, story):
        raise forbidden()
    return story


def access_deleted_story(person: Person, story_id: int, *, for_update: bool = False) -> Story:
    """The deleted story, if the person may bring it back; Http404 where there is none or they may not know of it."""
    stories = Story.objects.select_for_update() if for_update else Story.objects.all()
    story: Story | None = stories.filter(pk=story_id, state=State.DELETED).first()
    if story is None or not may(person, "story.restore", story):
        raise Http404
    return story


def story_begun_by(person: Person, key: UUID | None) -> Story | None:
    """The story that this very person began under a key and may still edit; None if there is none."""
    if key is None or not isinstance(person, User):
        return None
    story: Story | None = Story.objects.filter(begun_key=key, begun_by=person).first()
    return story if story is not None and may(person, "story.edit", story) else None


def access_aside(person: Person, aside_id: int, *, for_update: bool = False) -> Aside:
    """A text that was set aside, for whoever may edit its story; Http404 where there is none or they may not know."""
    asides = Aside.objects.select_for_update() if for_update else Aside.objects.all()
    aside: Aside | None = asides.filter(pk=aside_id).first()
    if aside is None:
        raise Http404
    access_story(person, aside.story_id, "story.edit")
    return aside


def restorable_by(person: Person) -> Q:
    """A condition on stories: the deleted ones that this person may bring back, if `may` says so of each."""
    own = Q(begun_by_id=person.pk) if _is_at_work(person) else NO_STORIES
    return Q(state=State.DELETED) & (own | (_reach_of(person, "story.restore") or NO_STORIES))


def access_filter(person: Person, filter_id: int) -> SavedFilter:
    """The saved filter, if the person may delete it; Refused for a shared one of others, Http404 for any other."""
    kept: SavedFilter | None = SavedFilter.objects.filter(pk=filter_id).first()
    is_own = kept is not None and kept.owner_id == person.pk and has_right(person, "desk.enter")
    if kept is None or not (is_own or (kept.is_shared and has_right(person, "desk.enter"))):
        raise Http404
    if not is_own and not has_right(person, "section.edit"):
        raise forbidden()
    return kept


def access_visible_story(person: Person, story_id: int, when: datetime) -> Story:
    """The story as it is now, if the person may read that; Http404 where there is none or they may not know of it."""
    story: Story | None = Story.objects.filter(visible_to(person, when), pk=story_id).first()
    if story is None:
        raise Http404
    return story


def access_report(person: Person, report_id: int, right: str, *, for_update: bool = False) -> ErrorReport:
    """A reader's report of an error, if the person holds the right on its story; else as `access_story`."""
    reports = ErrorReport.objects.select_related("story", "answered_by")
    if for_update:
        reports = reports.select_for_update(of=("self",))
    report = reports.filter(pk=report_id).first()
    if report is None:
        raise Http404
    access_story(person, report.story_id, right)
    return report
