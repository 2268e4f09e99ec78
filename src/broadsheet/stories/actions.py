"""Every write on stories: one verb, one transaction, one event."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from broadsheet.accounts.models import User
from broadsheet.editions.access import Person, forbidden, require_right
from broadsheet.editions.actions import begin_merging
from broadsheet.foundation.clock import now
from broadsheet.foundation.events import announce
from broadsheet.foundation.refusals import Refused
from broadsheet.jobs.actions import run_at, run_soon
from broadsheet.mail.actions import queue_mail
from broadsheet.stories.access import access_filter, access_story, visible_to
from broadsheet.stories.addresses import fix_address
from broadsheet.stories.checks import check_before_publishing
from broadsheet.stories.desk_index import set_on_desk, take_from_desk
from broadsheet.stories.events import StoryPublished, StoryScheduled, StoryWithdrawn
from broadsheet.stories.indexing import set_in_index
from broadsheet.stories.lists import places_of, set_listings
from broadsheet.stories.models import KEPT_ACROSS_REVISIONS, Address, SavedFilter, State, Story
from broadsheet.stories.named import bylines_of, topics_of
from broadsheet.stories.segments import references_of, to_segments
from broadsheet.stories.topics import merge_part
from broadsheet.stories.uses import forget_references, record_references

MOST_FILTERS = 30
"""Filters that a person keeps."""
# The columns whose change is one of substance, for "changed at".
SUBSTANCE = ("headline", "standfirst", "dateline", "lead_picture_id", "lead_caption", "body_segments", "kind")


@transaction.atomic
def begin_story(by: Person, story: Story, *, form: Any = None) -> Revision:
    """Save a new story as a draft with its first revision; `story` is not yet saved, `form` saves it if given."""
    require_right(by, "story.write", edition_id=story.edition_id, section_ids=story.section_ids)
    _refuse_cards_of_unreadable(story, by)
    story.live, story.state, story.begun_by = False, State.DRAFT, _as_user(by)
    if form is not None:
        form.instance = story
        story = form.save()
    else:
        story.save()
    revision: Revision = story.save_revision(user=_as_user(by), clean=False)
    log(instance=story, action="wagtail.create", user=_as_user(by), revision=revision, content_changed=True)
    record_references(story, revision)
    set_on_desk(story, revision)
    return revision


@transaction.atomic
def save_story(
    by: Person,
    story: Story,
    *,
    form: Any = None,
    overwrite: Revision | None = None,
    previous: Revision | None = None,
    changed: bool = True,
) -> Revision:
    """Save a draft of a story as a revision; the row itself is changed only while the story is not live.

    The right is asked for on the story as it stands and as it will stand, so that nobody moves a story out of or into
    a section or an edition of others. `overwrite` is the same person's last autosave, which is replaced.
    """
    kept = access_story(by, story.pk, "story.edit", for_update=True)
    _refuse_locked(kept, by)
    _refuse_other_edition(kept, story)
    if (story.section_id, story.edition_id) != (kept.section_id, kept.edition_id):
        require_right(by, "story.write", edition_id=story.edition_id, section_ids=story.section_ids)
    _refuse_cards_of_unreadable(story, by)
    _keep_what_is_the_storys(kept, story)
    if form is not None:
        form.instance = story
        story = form.save(commit=not kept.live)
    elif not kept.live:
        story.save()
    revision: Revision = story.save_revision(
        user=_as_user(by), clean=False, changed=changed, overwrite_revision=overwrite, previous_revision=previous
    )
    log(instance=story, action="wagtail.edit", user=_as_user(by), revision=revision, content_changed=changed)
    record_references(story, revision)
    set_on_desk(story, revision)
    return revision


def publish_revision(by: Person | None, revision: Revision) -> None:
    """Publish a revision now, or schedule it where its time or its embargo has not come; all of it or nothing.

    Refuses with every reason where the story is not ready. What fails in the database is refused in the same way.
    """
    if by is None:
        raise forbidden()
    story_id = int(revision.object_id)
    with _constraints_refuse():
        kept = access_story(by, story_id, "story.publish", for_update=True)
        _refuse_locked(kept, by)
        _publish_or_schedule(revision, kept, by)


def _publish_or_schedule(revision: Revision, kept: Story, by: Person | None) -> None:
    # Not revision.as_object(): that may begin from a story which was loaded before the row was locked.
    story = kept.with_content_json(revision.content)
    moment = now()
    check_before_publishing(story, moment)
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
    run_at(_due().publish_due, due, story.pk)
    log(instance=story, action="wagtail.publish.schedule", user=_as_user(by), revision=revision)
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
        run_at(_due().withdraw_due, story.expire_at, story.pk)
    log(instance=story, action="wagtail.publish", user=_as_user(by), revision=revision, content_changed=True)
    announce(StoryPublished(story_id=story.pk, edition_id=story.edition_id, is_first=is_first))


@transaction.atomic
def publish_what_is_due(story_id: int) -> bool:
    """Publish the story's scheduled revision if its time has come; returns whether it did. Twice is harmless."""
    kept = Story.objects.select_for_update().filter(pk=story_id).first()
    if kept is None:
        return False
    due = Revision.objects.for_instance(kept).filter(approved_go_live_at__lte=now()).order_by("-pk").first()
    if due is None:
        return False
    _publish_or_schedule(due, kept, None)
    return True


@transaction.atomic
def withdraw_what_is_due(story_id: int) -> bool:
    """Withdraw the story if its end has come; returns whether it did."""
    story = Story.objects.select_for_update().filter(pk=story_id, live=True, expire_at__lte=now()).first()
    if story is None:
        return False
    _withdraw(story, None)
    return True


@transaction.atomic
def withdraw_story(by: Person | None, story_id: int) -> None:
    """Take a published story from its readers; its address stays its own, its text stays on the desk."""
    if by is None:
        raise forbidden()
    story = access_story(by, story_id, "story.withdraw", for_update=True)
    _refuse_locked(story, by)
    if not story.live:
        raise Refused("story.not-published", _("The story is not published."), _("Nothing was changed."))
    _withdraw(story, by)


def _withdraw(story: Story, by: Person | None) -> None:
    story.live, story.state, story.has_unpublished_changes = False, State.WITHDRAWN, True
    story.live_revision = None
    story.revisions.update(approved_go_live_at=None)
    story.save()
    set_listings(story, set())
    set_in_index(story)
    record_references(story)
    set_on_desk(story)
    log(instance=story, action="wagtail.unpublish", user=_as_user(by))
    announce(StoryWithdrawn(story_id=story.pk, edition_id=story.edition_id))


@transaction.atomic
def unschedule_story(by: Person, story_id: int) -> None:
    """Take a schedule back; the story is a draft again, or stays published as it is."""
    story = access_story(by, story_id, "story.publish", for_update=True)
    _refuse_locked(story, by)
    story.revisions.update(approved_go_live_at=None)
    if not story.live:
        story.state = State.WITHDRAWN if story.address else State.DRAFT
        story.save(update_fields=["state"])
    record_references(story)
    set_on_desk(story)
    log(instance=story, action="wagtail.schedule.cancel", user=_as_user(by))


@transaction.atomic
def delete_story(by: Person, story_id: int) -> None:
    """Delete a draft that was never published and that no other story refers to."""
    story = access_story(by, story_id, "story.delete", for_update=True)
    _refuse_locked(story, by)
    if story.address:
        raise Refused(
            "story.was-published",
            _("A story that was published keeps its address and is not deleted. Withdraw it instead."),
            _("Nothing was changed."),
        )
    if story.referred_by.exists():
        raise Refused("story.referred", _("Other stories show a card of this one."), _("Nothing was changed."))
    log(instance=story, action="wagtail.delete", user=_as_user(by), deleted=True)
    forget_references(story)
    take_from_desk(story.pk)
    story.delete()


@transaction.atomic
def lock_story(by: Person, story_id: int, *, locked: bool) -> None:
    """Let only this person edit the story, or let everybody edit it again."""
    story = access_story(by, story_id, "story.edit", for_update=True)
    if locked == story.locked:
        return
    story.locked, story.locked_by, story.locked_at = locked, _as_user(by) if locked else None, now() if locked else None
    story.save(update_fields=["locked", "locked_by", "locked_at"])
    log(instance=story, action="wagtail.lock" if locked else "wagtail.unlock", user=_as_user(by))


@transaction.atomic
def link_counterpart(by: Person, story_id: int, other_id: int | None) -> None:
    """Say that a story is a version of one in another edition, or with None that it is a version of no other.

    The right to edit is asked for on the story, and on the other the right to read it: its own text is left alone.
    """
    story = access_story(by, story_id, "story.edit", for_update=True)
    _refuse_locked(story, by)
    key = uuid.uuid4() if other_id is None else access_story(by, other_id, "story.read").counterpart_key
    taken = Story.objects.filter(edition_id=story.edition_id, counterpart_key=key).exclude(pk=story.pk)
    if taken.exists():
        raise Refused("story.counterpart", _("That story has a counterpart in this edition already."))
    story.counterpart_key = key
    story.save(update_fields=["counterpart_key"])


@transaction.atomic
def add_address(by: Person, story_id: int, path: str) -> None:
    """Let a former address of a published story lead to it; `path` is within the edition and begins and ends with /."""
    story = access_story(by, story_id, "story.publish", for_update=True)
    if not path.startswith("/") or not path.endswith("/") or len(path) > 250 or not story.address:
        raise Refused("story.address", _("“%(path)s” cannot be an address of this story.") % {"path": path})
    _row, is_new = Address.objects.get_or_create(edition_id=story.edition_id, path=path, defaults={"story": story})
    if not is_new and _row.story_id != story.pk:
        raise Refused("story.address-taken", _("“%(path)s” is the address of another story.") % {"path": path})


def _keep_what_is_the_storys(kept: Story, story: Story) -> None:
    for name in KEPT_ACROSS_REVISIONS:
        if name != "edition_id" or kept.address:
            setattr(story, name, getattr(kept, name))
    if kept.address:
        story.slug = kept.slug


def _refuse_other_edition(kept: Story, story: Story) -> None:
    if kept.edition_id != story.edition_id and kept.address:
        raise Refused(
            "story.edition-fixed",
            _("A story that was published stays in its edition. Make a counterpart in the other edition instead."),
        )


def _refuse_cards_of_unreadable(story: Story, by: Person) -> None:
    """A card shows a headline on the desk: nobody adds one of a story that they may not read."""
    named = references_of(to_segments(list(story.body.get_prep_value())))["stories"]
    if story.pk:
        named -= set(story.references.values_list("target_id", flat=True))
    if named and Story.objects.filter(pk__in=named).exclude(visible_to(by, now())).exists():
        raise Refused("story.card", _("The body shows a card of a story that you may not read. Choose another for it."))


@transaction.atomic
def merge_topics(by: Person, topic_id: int, into_id: int) -> None:
    """Begin to merge a topic into another: a job moves its stories; then it is gone, and its address leads there."""
    begin_merging(by, topic_id, into_id)
    run_soon(_due().merge_topic, topic_id)


def merge_some(topic_id: int, most: int = 300) -> int:
    """Move this many stories of a topic that is being merged; with the last, it is gone. Returns how many are left.

    A story is a transaction, with a pause after it, so that nobody waits. Twice is harmless.
    """
    return merge_part(topic_id, most)


@transaction.atomic
def save_filter(by: Person, name: str, asked: dict[str, str], *, is_shared: bool = False) -> SavedFilter:
    """Keep what a person asks the list of stories under a name of theirs; the same name again replaces it.

    Whoever publishes stories may share it with the whole newsroom.
    """
    require_right(by, "desk.enter")
    if is_shared:
        require_right(by, "story.publish")
    name = " ".join(name.split())[:60]
    own = SavedFilter.objects.filter(owner_id=by.pk)
    if not name:
        raise Refused("filter.name", _("A filter needs a name."), _("Nothing was kept."))
    if own.exclude(name=name).count() >= MOST_FILTERS:
        raise Refused("filter.many", _("You have %(most)s filters. Delete one first.") % {"most": MOST_FILTERS})
    kept, _is_new = SavedFilter.objects.update_or_create(
        owner_id=by.pk, name=name, defaults={"asked": asked, "is_shared": is_shared}
    )
    return kept


@transaction.atomic
def delete_filter(by: Person, filter_id: int) -> None:
    """Delete a filter of one's own; a shared one also if one may change sections."""
    access_filter(by, filter_id).delete()


@transaction.atomic
def report_error(*, headline: str, address: str, text: str, mail: str) -> None:
    """Send the desk what a reader reports of an error in a story; `address` is the whole one, `mail` the reader's."""
    to = settings.BROADSHEET.text("mail_to_desk") or settings.BROADSHEET.text("mail_from")
    reader = mail or _("The reader left no address.")
    queue_mail(
        to=to,
        subject=_("Error reported: %(headline)s") % {"headline": " ".join(headline.split())},
        text=f"{address}\n\n{text}\n\n{reader}\n",
        reply_to=mail,
        purpose="error-report",
    )


def _refuse_locked(story: Story, by: Person | None) -> None:
    if story.locked and story.locked_by_id != getattr(by, "pk", None):
        raise Refused("story.locked", _("Somebody has locked this story."), _("Nothing was changed."))


@contextmanager
def _constraints_refuse() -> Iterator[None]:
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


def _as_user(person: Person | None) -> User | None:
    return person if isinstance(person, User) else None


def _due() -> Any:
    from broadsheet.stories import due

    return due
