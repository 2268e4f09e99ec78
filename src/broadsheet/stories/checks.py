"""What a story must have before it is published: an ordered list of small checks."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from broadsheet.foundation.refusals import Refused
from broadsheet.foundation.slugs import to_slug
from broadsheet.stories.models import Kind, Story

Check = Callable[[Story, datetime], str]


def headline_stands(story: Story, when: datetime) -> str:
    """A headline has a letter or a figure in it, and is not held together by separators at its ends."""
    if not any(character.isalnum() for character in story.headline):
        return _("The story has no headline.")
    return ""


def headline_is_whole(story: Story, when: datetime) -> str:
    if story.headline.strip() != story.headline.strip(" |–—-·:/•,;"):
        return _("The headline begins or ends with a separator.")
    return ""


def section_is_chosen(story: Story, when: datetime) -> str:
    return "" if story.section_id else _("The story has no section.")


def slug_can_be_made(story: Story, when: datetime) -> str:
    if story.address or to_slug(story.slug or story.headline):
        return ""
    return _("No address can be made from the headline. Write a slug in letters a to z and digits.")


def body_is_begun(story: Story, when: datetime) -> str:
    if len(story.body) or story.standfirst.strip():
        return ""
    return _("The story has neither a standfirst nor a body.")


def videos_are_one_thing(story: Story, when: datetime) -> str:
    """A video is a film of the mediabank or a player; the desk's form says so too, a program may not have asked it."""
    videos = [block["value"] for block in story.body.get_prep_value() if block["type"] == "video"]
    if any(video.get("film") and video.get("address") for video in videos):
        return _("A video of the body is both a film and the address of a player. Keep one of them.")
    return ""


def kind_is_known(story: Story, when: datetime) -> str:
    return "" if story.kind in Kind.values else _("The story has no kind.")


def schedule_keeps_embargo(story: Story, when: datetime) -> str:
    at, embargo = story.go_live_at, story.embargo_until
    if at and embargo and embargo > when and at < embargo:
        return _("The story is scheduled before its embargo ends. Move one of the two.")
    return ""


def schedule_has_an_end_after_it(story: Story, when: datetime) -> str:
    if story.expire_at and story.expire_at <= max(when, story.go_live_at or when):
        return _("The story would end before it is published.")
    return ""


CHECKS: tuple[Check, ...] = (
    headline_stands,
    headline_is_whole,
    section_is_chosen,
    slug_can_be_made,
    body_is_begun,
    videos_are_one_thing,
    kind_is_known,
    schedule_keeps_embargo,
    schedule_has_an_end_after_it,
)


def check_before_publishing(story: Story, when: datetime) -> None:
    """Refuse with every reason at once, so that an editor sees them together."""
    sentences = [sentence for check in CHECKS if (sentence := check(story, when))]
    if sentences:
        raise Refused("story.not-ready", " ".join(sentences), _("The text is saved as a draft. Nothing was published."))
