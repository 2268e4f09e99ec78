"""What a story must have before it is published."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from broadsheet.foundation.slugs import to_slug
from broadsheet.stories.checks.findings import Finding, Version
from broadsheet.stories.models import Kind


def headline_stands(version: Version) -> Iterator[Finding]:
    """A headline has a letter or a figure in it."""
    if not any(character.isalnum() for character in version.story.headline):
        yield _error("no-headline", _("The story has no headline."), _("Write one."), "headline")


def headline_is_whole(version: Version) -> Iterator[Finding]:
    """A headline is not held together by separators at its ends."""
    headline = version.story.headline
    if headline.strip() != headline.strip(" |–—-·:/•,;"):
        sentence = _("The headline begins or ends with a separator.")
        yield _error("separator", sentence, _("Take it away."), "headline")


def section_is_chosen(version: Version) -> Iterator[Finding]:
    """A story belongs to a section, in which its address lies."""
    if not version.story.section_id:
        yield _error("no-section", _("The story has no section."), _("Choose one."), "section")


def slug_can_be_made(version: Version) -> Iterator[Finding]:
    """An address can be made of the slug or the headline."""
    story = version.story
    if not story.address and not to_slug(story.slug or story.headline):
        sentence = _("No address can be made from the headline.")
        yield _error("no-slug", sentence, _("Write a slug in letters a to z and digits."), "slug")


def body_is_begun(version: Version) -> Iterator[Finding]:
    """There is something to read."""
    if not version.blocks and not version.story.standfirst.strip():
        sentence = _("The story has neither a standfirst nor a body.")
        yield _error("no-text", sentence, _("Write one of the two."), "standfirst")


def videos_are_one_thing(version: Version) -> Iterator[Finding]:
    """A video is a film of the mediabank or a player elsewhere, not both.

    The desk's form says so too; a program may not have asked it.
    """
    for block in version.blocks:
        if block.kind == "video" and block.value.get("film") and block.value.get("address"):
            sentence = _("A video of the body is both a film and the address of a player.")
            yield _error("two-videos", sentence, _("Keep one of them."), block.id)


def kind_is_known(version: Version) -> Iterator[Finding]:
    """The kind is one of those that there are."""
    if version.story.kind not in Kind.values:
        yield _error("no-kind", _("The story has no kind."), _("Choose one."), "kind")


def schedule_keeps_embargo(version: Version) -> Iterator[Finding]:
    """A story does not come to its readers before its embargo ends."""
    at, embargo = version.story.go_live_at, version.story.embargo_until
    if at and embargo and embargo > version.when and at < embargo:
        sentence = _("The story is scheduled before its embargo ends.")
        yield _error("before-embargo", sentence, _("Move one of the two."), "embargo_until")


def schedule_has_an_end_after_it(version: Version) -> Iterator[Finding]:
    """A story does not go before it comes."""
    story, when = version.story, version.when
    if story.expire_at and story.expire_at <= max(when, story.go_live_at or when):
        sentence = _("The story would end before it is published.")
        yield _error("ends-too-early", sentence, _("Move its end, or take it away."), "expire_at")


def _error(code: str, sentence: str, fix: str, place: str) -> Finding:
    return Finding(code, "error", sentence, fix, place)
