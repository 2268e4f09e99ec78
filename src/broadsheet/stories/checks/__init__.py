"""What a story is checked for before it is published: two ordered lists of small checks, errors and warnings.

Errors stop a publication. Warnings can be passed by whoever publishes at the desk, and their passing is logged.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from broadsheet.foundation.refusals import Refused
from broadsheet.stories.checks.findings import Check, Finding, Version
from broadsheet.stories.checks.headline import headline_fits_a_card, headline_is_new_this_week
from broadsheet.stories.checks.links import links_lead_somewhere
from broadsheet.stories.checks.needed import (
    body_is_begun,
    headline_is_whole,
    headline_stands,
    kind_is_known,
    schedule_has_an_end_after_it,
    schedule_keeps_embargo,
    section_is_chosen,
    slug_can_be_made,
    videos_are_one_thing,
)
from broadsheet.stories.checks.pictures import lead_picture_is_chosen, pictures_have_a_licence, pictures_have_alt_text
from broadsheet.stories.checks.quotes import quotations_are_attributed, quotes_have_a_speaker
from broadsheet.stories.checks.spelling import words_are_spelt
from broadsheet.stories.models import Story

__all__ = ["ERRORS", "WARNINGS", "Finding", "check_before_publishing", "errors_of", "warnings_of"]

ERRORS: tuple[Check, ...] = (
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

WARNINGS: tuple[Check, ...] = (
    lead_picture_is_chosen,
    pictures_have_alt_text,
    pictures_have_a_licence,
    headline_fits_a_card,
    headline_is_new_this_week,
    quotes_have_a_speaker,
    quotations_are_attributed,
    links_lead_somewhere,
    words_are_spelt,
)


def errors_of(story: Story, when: datetime) -> list[Finding]:
    """What stops the publication of this version, in the order of the checks."""
    return _found(ERRORS, Version(story, when))


def warnings_of(story: Story, when: datetime) -> list[Finding]:
    """What may be wrong with this version, in the order of the checks; it takes longer, and asks no network."""
    return _found(WARNINGS, Version(story, when))


def check_before_publishing(story: Story, when: datetime) -> None:
    """Refuse with every reason at once, so that an editor sees them together."""
    found = errors_of(story, when)
    if found:
        reasons = " ".join(f"{finding.sentence} {finding.fix}" for finding in found)
        raise Refused("story.not-ready", reasons, _("The text is saved as a draft. Nothing was published."))


def _found(checks: tuple[Check, ...], version: Version) -> list[Finding]:
    return [finding for check in checks for finding in check(version)]
