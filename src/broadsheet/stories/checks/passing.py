"""Passing warnings: whoever publishes at the desk is told of them, and what they pass is written in the story's log."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from broadsheet.accounts.models import User
from broadsheet.editions.access import Person
from broadsheet.foundation.clock import now
from broadsheet.foundation.refusals import Refused
from broadsheet.stories.access import access_story
from broadsheet.stories.checks import Finding, errors_of, warnings_of
from broadsheet.stories.models import Story

NOT_PASSED = "story.warnings"
"""The code of the refusal."""
PASSED = "broadsheet.pass_warning"
"""The action in the log: one entry for each check that warned, with its code and sentences."""


@dataclass(frozen=True)
class Passing:
    """The warnings of one revision, and the codes of those that its publisher has seen and passes."""

    warnings: tuple[Finding, ...] = ()
    passed: frozenset[str] = frozenset()


NOBODY_ASKED = Passing()


def ask_for_passing(by: Person, revision: Revision, passed: frozenset[str] | None) -> Passing:
    """The warnings of a revision that a person publishes at the desk; none where no person is asked (None).

    It comes before the transaction that publishes: dictionaries may have to be loaded, and nobody waits for that.
    """
    if passed is None:
        return NOBODY_ASKED
    kept = access_story(by, int(revision.object_id), "story.publish")
    return Passing(tuple(warnings_of(kept.with_content_json(revision.content), now())), passed)


def refuse_or_log(passing: Passing, story: Story, revision: Revision, by: Person | None) -> None:
    """Refuse if a warning was not passed; else write each into the story's log. A step of publishing."""
    sentences: dict[str, list[str]] = defaultdict(list)
    for finding in passing.warnings:
        sentences[finding.code].append(finding.sentence)
    if sentences.keys() - passing.passed:
        open_ones = [finding.sentence for finding in passing.warnings if finding.code not in passing.passed]
        raise Refused(NOT_PASSED, " ".join(open_ones), _("The text is saved as a draft. Nothing was published."))
    for code, told in sentences.items():
        user = by if isinstance(by, User) else None
        log(instance=story, action=PASSED, user=user, revision=revision, data={"code": code, "sentences": told})


def findings_of(story: Story) -> list[Finding]:
    """What stands in the way of publishing this version, errors first; as the desk shows it."""
    moment = now()
    return [*errors_of(story, moment), *warnings_of(story, moment)]
