"""Every write on stories: one verb, one transaction, one event."""

import json
import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from broadsheet.editions.access import Person, forbidden, require_right
from broadsheet.editions.actions import begin_merging
from broadsheet.editions.versions import refuse_changed_since
from broadsheet.foundation.clock import now
from broadsheet.foundation.refusals import Refused
from broadsheet.jobs.actions import run_at, run_soon
from broadsheet.mail.actions import queue_mail
from broadsheet.stories import kept_reports, slots
from broadsheet.stories.access import (
    access_aside,
    access_deleted_story,
    access_filter,
    access_report,
    access_story,
)
from broadsheet.stories.cards import refuse_cards_of_unreadable
from broadsheet.stories.checks.passing import ask_for_passing
from broadsheet.stories.desk_index import set_on_desk, take_from_desk
from broadsheet.stories.kept_filters import keep_filter
from broadsheet.stories.models import KEPT_ACROSS_REVISIONS, Address, Aside, SavedFilter, State, Story
from broadsheet.stories.publishing import as_user, constraints_refuse, due_jobs, publish_or_schedule, withdraw
from broadsheet.stories.remark_threads import write_threads
from broadsheet.stories.seen import Seen, comes_late, refuse_unseen, says_the_same, version_to_go_on_with
from broadsheet.stories.sent_remarks import SentRemark
from broadsheet.stories.topics import merge_part
from broadsheet.stories.uses import forget_references, record_references
from broadsheet.stories.versions.merging import merge

BEGUN, NO_VERSION = "story.begun", "story.version"
KEPT = timedelta(days=30)
"""How long a deleted draft can be brought back."""


@transaction.atomic
def begin_story(
    by: Person, story: Story, *, form: Any = None, key: uuid.UUID | None = None, seen: Seen | None = None
) -> Revision:
    """Save a new story as a draft with its first revision; `story` is not yet saved, `form` saves it if given.

    A story that was begun under the same key is there already: refused with `story.begun`, so that one is not two.
    """
    require_right(by, "story.write", edition_id=story.edition_id, section_ids=story.section_ids)
    refuse_cards_of_unreadable(story, by)
    if key is not None and Story.objects.filter(begun_key=key).exists():
        raise Refused(BEGUN, _("This story has been begun already."), _("Nothing was changed."))
    story.begun_key = key
    story.saved_from, story.saved_number = (seen.window, seen.number) if seen else ("", 0)
    story.live, story.state, story.begun_by = False, State.DRAFT, as_user(by)
    if form is not None:
        form.instance = story
        story = form.save()
    else:
        story.save()
    revision: Revision = story.save_revision(user=as_user(by), clean=False)
    log(story, "wagtail.create", user=as_user(by), revision=revision, content_changed=True, timestamp=now())
    record_references(story, revision)
    set_on_desk(story, revision)
    return revision


@transaction.atomic
def save_story(
    by: Person,
    story: Story,
    *,
    form: Any = None,
    seen: Seen | None = None,
    previous: Revision | None = None,
) -> Revision:
    """Save a draft of a story as a revision; the row itself is changed only while the story is not live.

    The right is asked for on the story as it stands and as it will stand, so that nobody moves a story out of or into
    a section or an edition of others. With `seen` it is refused (`changed-meanwhile`) if somebody saved what the window
    has not seen; what one window saves within five minutes is one revision, and what it saves unchanged makes none.
    """
    kept = access_story(by, story.pk, "story.edit", for_update=True)
    _refuse_locked(kept, by)
    if comes_late(kept, seen):
        return kept.latest_revision
    refuse_unseen(kept, seen, by=by)
    going_on = version_to_go_on_with(kept, seen, by=by)
    _refuse_other_edition(kept, story)
    if (story.section_id, story.edition_id) != (kept.section_id, kept.edition_id):
        require_right(by, "story.write", edition_id=story.edition_id, section_ids=story.section_ids)
    refuse_cards_of_unreadable(story, by)
    _keep_what_is_the_storys(kept, story)
    story.saved_from, story.saved_number = (seen.window, seen.number) if seen else ("", 0)
    if form is not None:
        form.instance = story
        story = form.save(commit=not kept.live)
    elif not kept.live:
        story.save()
    if seen is not None and previous is None and says_the_same(kept.latest_revision, story):
        return kept.latest_revision
    revision: Revision = story.save_revision(
        user=as_user(by), clean=False, overwrite_revision=going_on, previous_revision=previous
    )
    if kept.live:
        Story.objects.filter(pk=story.pk).update(saved_from=story.saved_from, saved_number=story.saved_number)
    if going_on is None:
        log(story, "wagtail.edit", user=as_user(by), revision=revision, content_changed=True, timestamp=now())
    record_references(story, revision)
    set_on_desk(story, revision, is_draft=True)
    return revision


def publish_revision(by: Person | None, revision: Revision, *, passed: frozenset[str] | None = None) -> None:
    """Publish a revision now, or schedule it where its time or its embargo has not come; all of it or nothing.

    Refuses with every reason where the story is not ready. What fails in the database is refused in the same way.
    `passed` are the codes of the warnings that a person has seen and passes; the others are refused, and the desk
    always says which. None is for programs, behind which nobody sits whom one could ask.
    """
    if by is None:
        raise forbidden()
    story_id = int(revision.object_id)
    passing = ask_for_passing(by, revision, passed)
    with constraints_refuse():
        kept = access_story(by, story_id, "story.publish", for_update=True)
        _refuse_locked(kept, by)
        publish_or_schedule(revision, kept, by, passing)


@transaction.atomic
def publish_what_is_due(story_id: int) -> bool:
    """Publish the story's scheduled revision if its time has come; returns whether it did. Twice is harmless."""
    kept = Story.objects.select_for_update().filter(pk=story_id).first()
    if kept is None:
        return False
    due = Revision.objects.for_instance(kept).filter(approved_go_live_at__lte=now()).order_by("-pk").first()
    if due is None:
        return False
    publish_or_schedule(due, kept, None)
    return True


@transaction.atomic
def withdraw_what_is_due(story_id: int) -> bool:
    """Withdraw the story if its end has come; returns whether it did."""
    story = Story.objects.select_for_update().filter(pk=story_id, live=True, expire_at__lte=now()).first()
    if story is None:
        return False
    withdraw(story, None)
    return True


@transaction.atomic
def withdraw_story(by: Person | None, story_id: int, *, version: str | None = None) -> None:
    """Take a published story from its readers; its address stays its own, its text stays on the desk."""
    if by is None:
        raise forbidden()
    story = access_story(by, story_id, "story.withdraw", for_update=True)
    refuse_changed_since(story, version, by=by)
    _refuse_locked(story, by)
    if not story.live:
        raise Refused("story.not-published", _("The story is not published."), _("Nothing was changed."))
    withdraw(story, by)


@transaction.atomic
def unschedule_story(by: Person, story_id: int, *, version: str | None = None) -> None:
    """Take a schedule back; the story is a draft again, or stays published as it is."""
    story = access_story(by, story_id, "story.publish", for_update=True)
    refuse_changed_since(story, version, by=by)
    _refuse_locked(story, by)
    story.revisions.update(approved_go_live_at=None)
    if not story.live:
        story.state = State.WITHDRAWN if story.address else State.DRAFT
        story.save(update_fields=["state"])
    record_references(story)
    set_on_desk(story)
    log(instance=story, action="wagtail.schedule.cancel", user=as_user(by))


@transaction.atomic
def delete_story(by: Person, story_id: int, *, version: str | None = None) -> None:
    """Delete a draft that was never published and that no other story refers to; it can be brought back for 30 days."""
    story = access_story(by, story_id, "story.delete", for_update=True)
    refuse_changed_since(story, version, by=by)
    _refuse_locked(story, by)
    if story.address:
        raise Refused(
            "story.was-published",
            _("A story that was published keeps its address and is not deleted. Withdraw it instead."),
            _("Nothing was changed."),
        )
    if story.referred_by.exists():
        raise Refused("story.referred", _("Other stories show a card of this one."), _("Nothing was changed."))
    story.revisions.update(approved_go_live_at=None)
    story.state, story.deleted_at, story.deleted_by = State.DELETED, now(), as_user(by)
    story.save(update_fields=["state", "deleted_at", "deleted_by"])
    run_at(due_jobs().forget_deleted, story.deleted_at + KEPT, story.pk)
    take_from_desk(story.pk)
    log(instance=story, action="broadsheet.delete", user=as_user(by))


@transaction.atomic
def restore_story(by: Person, story_id: int) -> None:
    """Bring a deleted draft back, as it was when it was deleted."""
    story = access_deleted_story(by, story_id, for_update=True)
    story.state, story.deleted_at, story.deleted_by = State.DRAFT, None, None
    story.save(update_fields=["state", "deleted_at", "deleted_by"])
    set_on_desk(story)
    log(instance=story, action="broadsheet.restore", user=as_user(by))


@transaction.atomic
def forget_deleted_story(story_id: int) -> bool:
    """Delete a draft for good that was deleted 30 days ago; returns whether it did. Twice is harmless."""
    story = Story.objects.select_for_update().filter(pk=story_id, state=State.DELETED).first()
    if story is None or story.deleted_at > now() - KEPT:
        return False
    log(instance=story, action="wagtail.delete", deleted=True)
    forget_references(story)
    take_from_desk(story.pk)
    story.delete()
    return True


@transaction.atomic
def set_aside(by: Person, story: Story, *, form: Any = None, base: dict[str, Any] | None = None) -> Aside:
    """Keep a text that was refused because somebody else had saved the story; `story` or the form holds it, unsaved.

    `base` is the content of the revision from which the writer set out, if it is known.
    """
    access_story(by, story.pk, "story.edit")
    if form is not None:
        story = form.save(commit=False)
    content = json.loads(json.dumps(story.serializable_data(), cls=DjangoJSONEncoder))
    return Aside.objects.create(story_id=story.pk, by=as_user(by), content=content, base=base, kept_at=now())


@transaction.atomic
def settle_aside(by: Person, aside_id: int, *, choices: Mapping[str, str], seen: Seen) -> Revision:
    """Save a story as it was chosen from its latest revision and a text that was set aside; both are kept as they were.

    Refused (`changed-meanwhile`) if the story was saved once more after `seen`.
    """
    aside = access_aside(by, aside_id, for_update=True)
    kept = access_story(by, aside.story_id, "story.edit", for_update=True)
    theirs = kept.latest_revision.content
    revision = save_story(by, kept.with_content_json(merge(theirs, aside.content, choices)), seen=seen)
    Aside.objects.filter(pk=aside.pk).update(settled_at=now())
    return revision


@transaction.atomic
def restore_version(by: Person, story_id: int, revision_id: int, *, version: str | None = None) -> Revision:
    """Save an earlier version of a story as its newest draft; all others stay as they are."""
    story = access_story(by, story_id, "story.edit", for_update=True)
    refuse_changed_since(story, version, by=by)
    earlier = story.revisions.filter(pk=revision_id).first()
    if earlier is None:
        raise Refused(NO_VERSION, _("There is no such version of this story."), _("Nothing was changed."))
    return save_story(by, story.with_content_json(dict(earlier.content)), previous=earlier)


@transaction.atomic
def lock_story(by: Person, story_id: int, *, locked: bool) -> None:
    """Let only this person edit the story, or let everybody edit it again."""
    story = access_story(by, story_id, "story.edit", for_update=True)
    if locked == story.locked:
        return
    story.locked, story.locked_by, story.locked_at = locked, as_user(by) if locked else None, now() if locked else None
    story.save(update_fields=["locked", "locked_by", "locked_at"])
    log(instance=story, action="wagtail.lock" if locked else "wagtail.unlock", user=as_user(by))


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


@transaction.atomic
def write_remarks(by: Person, story_id: int, sent: tuple[SentRemark, ...], *, moves: bool = True) -> None:
    """Write what is new in the comments that an editor's form sent: begun, answered, resolved; nobody else's is lost.

    `moves` says that the text was saved with them, so that where they stand in it is taken over.
    """
    story = access_story(by, story_id, "story.edit", for_update=True)
    writer = as_user(by)
    assert writer is not None
    for said in write_threads(writer, story, sent, moves=moves):
        for tell in slots.TELLS:
            tell(said)


@transaction.atomic
def merge_topics(by: Person, topic_id: int, into_id: int) -> None:
    """Begin to merge a topic into another: a job moves its stories; then it is gone, and its address leads there."""
    begin_merging(by, topic_id, into_id)
    run_soon(due_jobs().merge_topic, topic_id)


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
    return keep_filter(as_user(by), name, asked, is_shared=is_shared)


@transaction.atomic
def delete_filter(by: Person, filter_id: int) -> None:
    """Delete a filter of one's own; a shared one also if one may change sections."""
    access_filter(by, filter_id).delete()


@transaction.atomic
def report_error(*, story_id: int, headline: str, address: str, text: str, mail: str) -> None:
    """Keep what a reader reports of an error, and send it to the desk; `mail` is the reader's own address."""
    kept_reports.keep_report(story_id, text, mail)
    queue_mail(**kept_reports.mail_to_desk(headline=headline, address=address, text=text, mail=mail))


@transaction.atomic
def answer_report(by: Person, report_id: int, outcome: str, note: str = "") -> None:
    """Close a reader's report: what came of it, and why; the reader's mail address is removed some time later."""
    report = access_report(by, report_id, "story.edit", for_update=True)
    kept_reports.close_report(report, as_user(by), outcome, note)
    if report.mail:
        run_at(due_jobs().forget_reader, now() + kept_reports.READERS_ADDRESS_IS_KEPT, report.pk)


def forget_reader(report_id: int) -> bool:
    """Remove the reader's address from a report that was answered long enough ago; returns whether there was one."""
    return kept_reports.forget_reader(report_id)


def _refuse_locked(story: Story, by: Person | None) -> None:
    if story.locked and story.locked_by_id != getattr(by, "pk", None):
        raise Refused("story.locked", _("Somebody has locked this story."), _("Nothing was changed."))
