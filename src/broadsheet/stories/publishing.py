"""How a story comes to its readers and goes from them: the steps of the actions that publish, schedule and withdraw."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from broadsheet.accounts.models import User
from broadsheet.editions.access import Person
from broadsheet.foundation.clock import now
from broadsheet.foundation.events import announce
from broadsheet.foundation.refusals import Refused
from broadsheet.jobs.actions import run_at
from broadsheet.stories.addresses import fix_address
from broadsheet.stories.checks import check_before_publishing
from broadsheet.stories.checks.passing import NOBODY_ASKED, Passing, refuse_or_log
from broadsheet.stories.desk_index import set_on_desk
from broadsheet.stories.events import StoryPublished, StoryScheduled, StoryWithdrawn
from broadsheet.stories.indexing import set_in_index
from broadsheet.stories.lists import places_of, set_listings
from broadsheet.stories.models import State, Story
from broadsheet.stories.named import bylines_of, topics_of
from broadsheet.stories.segments import to_segments
from broadsheet.stories.uses import record_references

# The columns whose change is one of substance, for "changed at".
SUBSTANCE = ("headline", "standfirst", "dateline", "lead_picture_id", "lead_caption", "body_segments", "kind")


def publish_or_schedule(revision: Revision, kept: Story, by: Person | None, passing: Passing = NOBODY_ASKED) -> None:
    """Publish a revision, or schedule it where its time or its embargo has not come; `kept` is the locked row."""
    # Not revision.as_object(): that may begin from a story which was loaded before the row was locked.
    story = kept.with_content_json(revision.content)
    moment = now()
    check_before_publishing(story, moment)
    refuse_or_log(passing, story, revision, by)
    due = max((at for at in (story.go_live_at, story.embargo_until) if at), default=moment)
    if due > moment:
        _schedule(story, revision, due, by)
    else:
        _publish(story, kept, revision, moment, by)


def _schedule(story: Story, revision: Revision, due: datetime, by: Person | None) -> None:
    story.revisions.exclude(pk=revision.pk).update(approved_go_live_at=None)
    revision.approved_go_live_at = due
    revision.save(update_fields=["approved_go_live_at"])
    if not story.live:
        embargoed = story.embargo_until is not None and story.embargo_until >= due
        story.state = State.EMBARGOED if embargoed else State.SCHEDULED
        story.has_unpublished_changes = True
        story.save()
    record_references(story, revision)
    set_on_desk(story, revision)
    run_at(due_jobs().publish_due, due, story.pk)
    log(instance=story, action="wagtail.publish.schedule", user=as_user(by), revision=revision)
    announce(StoryScheduled(story_id=story.pk, edition_id=story.edition_id, at=due.isoformat()))


def _publish(story: Story, kept: Story, revision: Revision, moment: datetime, by: Person | None) -> None:
    is_first = kept.published_at is None
    story.body_segments = to_segments(list(story.body.get_prep_value()))
    story.byline_ids, story.topic_ids = bylines_of(story), topics_of(story)
    story.published_at = kept.published_at or moment
    if is_first or not kept.live or any(getattr(story, name) != getattr(kept, name) for name in SUBSTANCE):
        story.changed_at = moment
    story.live, story.state, story.expired = True, State.PUBLISHED, False
    story.first_published_at, story.last_published_at = story.published_at, moment
    story.live_revision = revision
    story.has_unpublished_changes = not revision.is_latest_revision()
    if not story.address:
        fix_address(story, story.published_at)
    story.revisions.update(approved_go_live_at=None)
    story.save()
    set_listings(story, places_of(story))
    set_in_index(story)
    record_references(story, revision)
    set_on_desk(story, revision)
    if story.expire_at:
        run_at(due_jobs().withdraw_due, story.expire_at, story.pk)
    log(instance=story, action="wagtail.publish", user=as_user(by), revision=revision, content_changed=True)
    announce(StoryPublished(story_id=story.pk, edition_id=story.edition_id, is_first=is_first))


def withdraw(story: Story, by: Person | None) -> None:
    """Take a story from its readers; its row is locked."""
    story.live, story.state, story.has_unpublished_changes = False, State.WITHDRAWN, True
    story.live_revision = None
    story.revisions.update(approved_go_live_at=None)
    story.save()
    set_listings(story, set())
    set_in_index(story)
    record_references(story)
    set_on_desk(story)
    log(instance=story, action="wagtail.unpublish", user=as_user(by))
    announce(StoryWithdrawn(story_id=story.pk, edition_id=story.edition_id))


def as_user(person: Person | None) -> User | None:
    """The account of whoever acts; None where it is a program."""
    return person if isinstance(person, User) else None


def due_jobs() -> Any:
    """The jobs of this room, which call its actions and are called by them."""
    from broadsheet.stories import due

    return due


@contextmanager
def constraints_refuse() -> Iterator[None]:
    """A transaction in which a rule of the database becomes a refusal, and nothing is saved.

    What the database looks at only when it commits (keys of rows that are gone) is refused in the same way.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refused(
            "story.rule",
            _("The story breaks a rule of the database and was not published."),
            _("The text is saved as a draft."),
        ) from error
