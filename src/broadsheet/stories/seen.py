"""What a window of the desk has seen of a story: nobody saves over a text that they have not seen."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.log_actions import registry
from wagtail.models import Revision

from broadsheet.editions.versions import changed_meanwhile
from broadsheet.foundation.clock import now
from broadsheet.stories.keys_of_paragraphs import without_keys
from broadsheet.stories.models import Story

SPAN = timedelta(minutes=5)
"""How long autosaves of one window go into the same version; then a new one is begun, to which one can go back."""
LONGEST_NAME = 36
TEXT = {"bylines", *(field.name for field in Story._meta.get_fields() if getattr(field, "editable", False))}
TEXT -= {"id", "first_published_at"}
"""What an editor writes: the fields of a revision's content, but for what belongs to the story as a whole."""


@dataclass(frozen=True)
class Seen:
    """The revision that a window shows, with the moment at which it was saved (ISO 8601), and the window's own name.

    `number` counts what the window sends; 0 where it does not count.
    """

    revision_id: int = 0
    saved_at: str = ""
    window: str = ""
    number: int = 0

    @classmethod
    def of(cls, story: Story, window: str = "") -> "Seen":
        """What a window sees that shows the story as it is now."""
        latest = story.latest_revision
        return cls(latest.pk, latest.created_at.isoformat(), window) if latest else cls(window=window)

    @classmethod
    def in_form(cls, data: Mapping[str, str]) -> "Seen | None":
        """What a form that was sent says of it; None if it says nothing, as a program's does."""
        window, number = data.get("window", "")[:LONGEST_NAME], data.get("loaded_revision_id", "")
        if not window and not number:
            return None
        saved_at = data.get("loaded_revision_created_at", "")
        return cls(_whole(number, 18), saved_at, window, _whole(data.get("number", ""), 9))


def _whole(text: str, longest: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= longest else 0


def key_of(window: str) -> UUID | None:
    """The key of the story that a window begins: its own name, if that is a UUID."""
    try:
        return UUID(window)
    except ValueError:
        return None


def refuse_unseen(story: Story, seen: Seen | None, *, by: Any) -> None:
    """Refuse to save over a revision that the window has not seen, with who saved it and when; the row is locked.

    What the same window saved is its own, even if it never got the answer.
    """
    latest = story.latest_revision
    if seen is None or latest is None or _is_own(story, seen):
        return
    if (latest.pk, latest.created_at.isoformat()) != (seen.revision_id, seen.saved_at):
        raise changed_meanwhile(latest.user, latest.created_at, by=by)


def version_to_go_on_with(story: Story, seen: Seen | None, *, by: Any) -> Revision | None:
    """The window's own latest revision, if what it saves now may stand in its place: a young one that is not in use.

    That the window saved last does not make it the window's own: it may have saved only what was there already.
    """
    latest = story.latest_revision
    if seen is None or latest is None or not _is_own(story, seen) or latest.user_id != getattr(by, "pk", None):
        return None
    if latest.content.get("saved_from") != seen.window:
        return None
    is_in_use = latest.approved_go_live_at is not None or latest.pk == story.live_revision_id
    return None if is_in_use or not _is_young(story, latest) else latest


def comes_late(story: Story, seen: Seen | None) -> bool:
    """Whether this text of the window has been saved already, or one that was sent after it."""
    return seen is not None and _is_own(story, seen) and 0 < seen.number <= story.saved_number


def says_the_same(revision: Revision | None, story: Story) -> bool:
    """Whether a revision holds just what the story says now, but for what is no part of its text.

    The slug is none once it is fixed with the address, which the revision may be older than.
    """
    if revision is None:
        return False
    now_said = json.loads(json.dumps(story.serializable_data(), cls=DjangoJSONEncoder))
    asked = TEXT - {"slug"} if story.address else TEXT
    return all(_text(revision.content, name) == _text(now_said, name) for name in asked)


def _text(content: dict[str, Any], name: str) -> Any:
    value = content.get(name)
    if name == "body":
        return json.loads(without_keys(value or "[]"))
    return [row["person"] for row in value or ()] if name == "bylines" else value


def _is_own(story: Story, seen: Seen) -> bool:
    return bool(seen.window) and seen.window == story.saved_from


def _is_young(story: Story, revision: Revision) -> bool:
    begun = registry.get_logs_for_instance(story).filter(revision=revision).order_by("pk").values_list("timestamp")
    first = begun.first()
    return first is not None and now() - first[0] < SPAN
