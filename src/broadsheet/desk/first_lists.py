"""The lists of the first screen: each is a range of an index, however many stories there are."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from broadsheet.accounts.models import User
from broadsheet.desk.access import holds_role
from broadsheet.desk.models import AtWork
from broadsheet.desk.notice_words import headline_of, path_of
from broadsheet.desk.steps import name_of
from broadsheet.desk.zones import moment_for
from broadsheet.editions.access import roles_of
from broadsheet.editions.models import Edition
from broadsheet.foundation.clock import now
from broadsheet.stories.access import may
from broadsheet.stories.models import State, Story

SHOWN = 8
LOOKED_THROUGH = 100
"""Rows of a list among which those are sought that a person may read."""
LATE = timedelta(days=7)
"""How long what is overdue stays among what is due."""
HEAVY = ("body", "body_segments", "latest_revision__content")
"""Texts of many kilobytes, of which a list shows nothing."""
COMING = (State.SCHEDULED, State.EMBARGOED)


def my_drafts(person: User) -> list[dict[str, Any]]:
    """What the person began and nobody has published, the last changed first."""
    mine = Story.objects.filter(state=State.DRAFT, begun_by=person).order_by("-latest_revision")
    return [_row(story, person, _stands(story)) for story in _with_all(mine)[:SHOWN]]


def waiting_for(person: User) -> list[dict[str, Any]]:
    """What was handed to the person, or to a role that they have where the story stands; the last handed over first."""
    roles = {given.role for given in roles_of(person)}
    mine = Q(holder=person) | Q(holder=None, waits_for__in=roles)
    rows = AtWork.objects.filter(mine).select_related("story__edition", "story__latest_revision")
    rows = rows.defer(*(f"story__{name}" for name in HEAVY))
    found = (row for row in rows.order_by("-since")[:LOOKED_THROUGH] if _is_for(person, row))
    return [
        _row(row.story, person, name_of(row.word), moment_for(person, row.since))
        for row, _number in zip(found, range(SHOWN), strict=False)
    ]


def _is_for(person: User, row: AtWork) -> bool:
    has_it = row.holder_id == person.pk or holds_role(person, row.waits_for, row.story)
    return has_it and may(person, "story.read", row.story)


def due_today(person: User) -> list[dict[str, Any]]:
    """What the desk expects by the end of its edition's day and has not, the most urgent first."""
    ends = {edition.pk: _end_of_day(edition.zone) for edition in Edition.objects.all()}
    if not ends:
        return []
    due = Story.objects.filter(due_at__gt=now() - LATE, due_at__lt=max(ends.values())).order_by("due_at")
    found = (
        story
        for story in _with_all(due)[:LOOKED_THROUGH]
        if story.state in (State.DRAFT, State.WITHDRAWN)
        and story.due_at is not None
        and story.due_at < ends[story.edition_id]
        and may(person, "story.read", story)
    )
    return [_due_row(story, person) for story, _number in zip(found, range(SHOWN), strict=False)]


def _due_row(story: Story, person: User) -> dict[str, Any]:
    assert story.due_at is not None
    is_late = story.due_at < now()
    words = _("was due %(time)s") if is_late else _("due %(time)s")
    return {**_row(story, person, words % {"time": moment_for(person, story.due_at)}), "is_late": is_late}


def coming(person: User) -> list[dict[str, Any]]:
    """What goes out by itself, the next first."""
    rows = Story.objects.filter(state__in=COMING).order_by("go_live_at")
    readable = (story for story in _with_all(rows)[:LOOKED_THROUGH] if may(person, "story.read", story))
    return [
        _row(story, person, moment_for(person, _comes_at(story)))
        for story, _number in zip(readable, range(SHOWN), strict=False)
    ]


def _comes_at(story: Story) -> datetime | None:
    return max(filter(None, (story.go_live_at, story.embargo_until)), default=None)


def just_published(person: User) -> list[dict[str, Any]]:
    """What came to readers last; everybody may read that."""
    rows = Story.objects.filter(live=True).order_by("-last_published_at")
    return [
        {**_row(story, person, moment_for(person, story.last_published_at)), "title": str(story)}
        for story in _with_all(rows)[:SHOWN]
    ]


def _with_all(stories: QuerySet[Story]) -> QuerySet[Story]:
    return stories.select_related("edition", "latest_revision").defer(*HEAVY)


def _stands(story: Story) -> str:
    row: AtWork | None = AtWork.objects.filter(story=story).first()
    return name_of(row.word) if row else ""


def _row(story: Story, person: User, *facts: str) -> dict[str, Any]:
    return {
        "title": headline_of(story),
        "facts": [fact for fact in (story.edition.short_name or story.edition.name, *facts) if fact],
        "address": path_of(story, person),
        "is_late": False,
    }


def _end_of_day(zone: str) -> datetime:
    here = now().astimezone(ZoneInfo(zone))
    return (here + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def lists_for(person: User) -> Iterable[tuple[str, str, list[dict[str, Any]], str]]:
    """Each list: its name for machines and for people, its rows, and what is said where it has none."""
    yield "waiting", _("Waiting for me"), waiting_for(person), _("Nothing waits for you.")
    yield "due", _("Due today"), due_today(person), _("Nothing is due today.")
    yield "drafts", _("My drafts"), my_drafts(person), _("You have no drafts.")
    yield "coming", _("Coming"), coming(person), _("Nothing is scheduled.")
    yield "published", _("Just published"), just_published(person), _("Nothing was published yet.")
