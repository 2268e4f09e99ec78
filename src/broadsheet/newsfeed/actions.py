"""Every write on briefs and on the newsfeed's listing: one verb, one transaction, one event."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from broadsheet.accounts.models import User
from broadsheet.editions.access import Person, require_right
from broadsheet.editions.versions import refuse_changed_since
from broadsheet.foundation.clock import now
from broadsheet.foundation.events import announce
from broadsheet.foundation.refusals import Refused
from broadsheet.mediabank.actions import set_picture_uses
from broadsheet.newsfeed.access import access_brief
from broadsheet.newsfeed.events import BriefChanged, BriefPublished, BriefWithdrawn
from broadsheet.newsfeed.lists import set_item
from broadsheet.newsfeed.models import LONGEST, Brief
from broadsheet.stories.models import Story

RIGHT = "brief.publish"


def list_story(story: Story) -> None:
    """Let a story stand in the newsfeed while readers see it; called within the transaction that publishes it."""
    set_item(story, is_seen=story.live)


@transaction.atomic
def publish_brief(by: Person, brief: Brief, *, form: Any = None) -> Brief:
    """Publish a new brief; `brief` is not yet saved, `form` saves it if given."""
    require_right(by, RIGHT, edition_id=brief.edition_id, section_ids=brief.section_ids)
    brief.text = _plain(brief.text)
    brief.published_at, brief.withdrawn_at, brief.written_by = now(), None, _as_user(by)
    brief = _saved(brief, form)
    _list(brief)
    log(instance=brief, action="wagtail.create", user=_as_user(by), content_changed=True)
    announce(BriefPublished(brief_id=brief.pk, edition_id=brief.edition_id))
    return brief


@transaction.atomic
def save_brief(by: Person, brief: Brief, *, form: Any = None, version: str | None = None) -> Brief:
    """Change a brief that readers see; the right is asked for in the section where it stands and where it will stand.

    Its edition and its time stay as they are: its address and its place in the newsfeed are its own. `version` is the
    one that the form showed: what was changed after it is not overwritten.
    """
    kept = access_brief(by, brief.pk, RIGHT, for_update=True)
    _refuse_withdrawn(kept)
    refuse_changed_since(kept, version, by=by)
    if brief.edition_id != kept.edition_id:
        raise Refused(
            "brief.edition-fixed",
            _("A brief stays in its edition. Withdraw it, and write another for the other edition."),
            _("Nothing was changed."),
        )
    require_right(by, RIGHT, edition_id=brief.edition_id, section_ids=brief.section_ids)
    brief.text = _plain(brief.text)
    brief.published_at, brief.withdrawn_at, brief.written_by = kept.published_at, None, kept.written_by
    brief = _saved(brief, form)
    _list(brief)
    log(instance=brief, action="wagtail.edit", user=_as_user(by), content_changed=True)
    announce(BriefChanged(brief_id=brief.pk, edition_id=brief.edition_id))
    return brief


@transaction.atomic
def withdraw_brief(by: Person, brief_id: int, *, version: str | None = None) -> None:
    """Take a brief from its readers; its address stays its own, its text stays on the desk."""
    brief = access_brief(by, brief_id, RIGHT, for_update=True)
    _refuse_withdrawn(brief)
    refuse_changed_since(brief, version, by=by)
    brief.withdrawn_at = now()
    brief.save(update_fields=["withdrawn_at"])
    _list(brief)
    log(instance=brief, action="wagtail.unpublish", user=_as_user(by))
    announce(BriefWithdrawn(brief_id=brief.pk, edition_id=brief.edition_id))


def _list(brief: Brief) -> None:
    """Let the newsfeed, and the page of its picture, know of a brief as long as readers see it."""
    is_seen = brief.withdrawn_at is None
    set_item(brief, is_seen=is_seen)
    pictures = {brief.picture_id} if brief.picture_id else set()
    set_picture_uses(
        used_by="brief",
        used_by_id=brief.pk,
        edition_id=brief.edition_id,
        public=pictures if is_seen else set(),
        drafted=pictures,
        title=str(brief),
        address=brief.address,
    )


def _plain(text: str) -> str:
    """The text in one line, without characters that are not seen; refuses what is empty or too long."""
    line = " ".join("".join(char for char in text if char.isprintable() or char.isspace()).split())
    if not any(char.isalnum() for char in line):
        raise Refused("brief.empty", _("The brief has no text."), _("Nothing was published."))
    if len(line) > LONGEST:
        raise Refused(
            "brief.too-long",
            _("A brief has at most %(most)d characters; this one has %(have)d. Shorten it, or begin a story.")
            % {"most": LONGEST, "have": len(line)},
            _("Nothing was published."),
        )
    return line


def _saved(brief: Brief, form: Any) -> Brief:
    if form is None:
        brief.save()
        return brief
    form.instance = brief
    saved: Brief = form.save()
    return saved


def _refuse_withdrawn(brief: Brief) -> None:
    if brief.withdrawn_at is not None:
        raise Refused("brief.withdrawn", _("The brief was withdrawn. Write a new one."), _("Nothing was changed."))


def _as_user(by: Person) -> User | None:
    return by if isinstance(by, User) else None
