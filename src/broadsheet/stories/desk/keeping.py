"""What the editor's script needs so that nothing is lost: its words, and the text from which a writer set out."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from broadsheet.stories.models import Story
from broadsheet.stories.seen import Seen

LARGEST_BASE = 4 * 2**20
"""Characters of a content that a window sends back."""


def keeping_words() -> dict[str, str]:
    """The sentences of the script, in the language of whoever works there."""
    return {
        "offline": _("No connection. Your text is safe in this browser and is sent as soon as there is one."),
        "unreachable": _("The desk does not answer. Your text is safe in this browser and is sent again and again."),
        "unsafe": _("The desk does not answer, and this browser keeps nothing. Copy your text before you close it."),
        "loggedOut": _("You were logged out. Your text is safe in this browser."),
        "logIn": _("Log in again"),
        "otherPerson": _("Somebody else is logged in now. Log in as yourself to save this text."),
        "compare": _("Compare the two texts"),
        "changed": _("Somebody else saved this story."),
        "showIt": _("Show it"),
        "invalid": _("Something in the form is not right yet; the rest is safe in this browser."),
        "gone": _("This story was deleted. Your text is safe in this browser."),
        "bringBack": _("Bring it back"),
        "notBack": _("You may not bring this story back. Ask an editor to; your text is safe in this browser."),
        "found": _("This browser has words of this story that had not reached the desk yet."),
        "drop": _("Throw them away"),
        "sent": _("Words that had not reached the desk were saved: %s"),
        "tooLarge": _("The text is too large to be saved. Take something out of it; it is safe in this browser."),
    }


def base_in(data: Mapping[str, str], story: Story, seen: Seen | None) -> dict[str, Any] | None:
    """The content of the revision from which a window set out: as it was sent along, or as it still is; else None."""
    sent = data.get("base", "")
    if sent and len(sent) <= LARGEST_BASE:
        try:
            content = json.loads(sent)
        except ValueError:
            content = None
        if isinstance(content, dict) and str(content.get("pk")) == str(story.pk):
            return content
    if seen is None:
        return None
    revision = story.revisions.filter(pk=seen.revision_id).first()
    is_as_seen = revision is not None and revision.created_at.isoformat() == seen.saved_at
    return dict(revision.content) if is_as_seen else None
