"""What an arrangement and a breaking line must keep: small checks, each with the sentence of its refusal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from broadsheet.editions.models import Section, Topic
from broadsheet.foundation.refusals import Refused
from broadsheet.fronts.models import LONGEST_LINE, MOST_STORIES, Look, Rule
from broadsheet.fronts.plans import ContainerPlan, Plan
from broadsheet.stories.access import NOBODY, visible_to
from broadsheet.stories.models import Kind, Story

LONGEST_TIME = timedelta(days=1)
MOST_CONTAINERS = 30
MOST_PINS = 12


@dataclass(frozen=True)
class Asked:
    """An arrangement for a front, at a moment."""

    plan: Plan
    section_id: int | None
    moment: datetime


Check = Callable[[Asked], Iterator[str]]


def is_not_too_long(asked: Asked) -> Iterator[str]:
    if len(asked.plan) > MOST_CONTAINERS:
        yield _("A front holds at most %(most)d containers.") % {"most": MOST_CONTAINERS}


def looks_are_known(asked: Asked) -> Iterator[str]:
    for one in asked.plan:
        if one.look not in Look.values or one.rule not in Rule.values:
            yield _("There is no such look or rule.")


def numbers_are_sensible(asked: Asked) -> Iterator[str]:
    if any(not 1 <= one.most <= MOST_STORIES for one in asked.plan):
        yield _("A container holds between 1 and 30 stories.")


def rules_are_whole(asked: Asked) -> Iterator[str]:
    for one in asked.plan:
        sentence = _what_rule_lacks(one)
        if sentence:
            yield sentence


def _what_rule_lacks(one: ContainerPlan) -> str:
    if one.rule == Rule.SECTION and one.section_id is None:
        return _("A container that is filled from a section needs the section.")
    if one.rule == Rule.TOPIC and one.topic_id is None:
        return _("A container that is filled from a topic needs the topic.")
    if one.rule == Rule.KINDS and not one.kinds:
        return _("A container that is filled by kinds needs at least one kind.")
    if one.rule == Rule.KINDS and not set(one.kinds) <= set(Kind.values):
        return _("There is no such kind of story.")
    if one.rule == Rule.BRIEFS and one.look != Look.BRIEF:
        return _("Briefs of the newsfeed are shown by the look “in brief” alone.")
    return ""


def sections_and_topics_exist(asked: Asked) -> Iterator[str]:
    sections = {one.section_id for one in asked.plan} - {None}
    topics = {one.topic_id for one in asked.plan} - {None}
    there = Section.objects.filter(pk__in=sections).count(), Topic.objects.filter(pk__in=topics).count()
    if there != (len(sections), len(topics)):
        yield _("A section or topic that was chosen is there no more.")


def briefs_stand_once(asked: Asked) -> Iterator[str]:
    of_briefs = [one for one in asked.plan if one.rule == Rule.BRIEFS]
    if len(of_briefs) > 1:
        yield _("A front has one container with briefs of the newsfeed.")
    if any(one.pins for one in of_briefs):
        yield _("Stories cannot be pinned among briefs. Pin them in another container.")


def last_holds_the_newest(asked: Asked) -> Iterator[str]:
    """Between a front and its list of older stories none may be lost: the last container takes what is left."""
    last = asked.plan[-1]
    if asked.section_id is None and last.rule != Rule.EDITION:
        yield _("The last container shows the newest of the edition, so that readers find every story. Move it there.")
    if asked.section_id is not None and (last.rule, last.section_id) != (Rule.SECTION, asked.section_id):
        yield _("The last container shows the newest of this section, so that readers find every story. Move it there.")


def pins_stand_once(asked: Asked) -> Iterator[str]:
    pinned = [pin.story_id for one in asked.plan for pin in one.pins]
    if len(pinned) != len(set(pinned)):
        yield _("A story is pinned twice on this front. Leave it in one place.")
    if any(len(one.pins) > MOST_PINS for one in asked.plan):
        yield _("At most %(most)d stories are pinned in one container.") % {"most": MOST_PINS}


def pins_end_later(asked: Asked) -> Iterator[str]:
    if any(pin.until and pin.until <= asked.moment for one in asked.plan for pin in one.pins):
        yield _("The end of a pin lies in the past. Take the pin away, or choose a later end.")


CHECKS: tuple[Check, ...] = (
    is_not_too_long,
    looks_are_known,
    numbers_are_sensible,
    rules_are_whole,
    sections_and_topics_exist,
    briefs_stand_once,
    last_holds_the_newest,
    pins_stand_once,
    pins_end_later,
)


def check_arrangement(plan: Plan, section_id: int | None, moment: datetime) -> None:
    """Refuse an arrangement with every reason there is; none at all is the way back to the default."""
    if not plan:
        return
    asked = Asked(plan, section_id, moment)
    sentences = list(dict.fromkeys(sentence for check in CHECKS for sentence in check(asked)))
    if sentences:
        raise Refused("front.not-ready", " ".join(sentences), _("The front stands as it did."))


def check_line(line: str, edition_id: int, story_id: int | None, until: datetime, moment: datetime) -> None:
    """Refuse a breaking line that cannot be shown, with every reason there is."""
    sentences = []
    if not any(char.isalnum() for char in line):
        sentences.append(_("The line has no text."))
    if len(line) > LONGEST_LINE:
        sentences.append(
            _("The line has at most %(most)d characters; this one has %(have)d.")
            % {"most": LONGEST_LINE, "have": len(line)}
        )
    if not moment < until <= moment + LONGEST_TIME:
        sentences.append(_("The line ends later than now, and at most a day from now."))
    seen = Story.objects.filter(visible_to(NOBODY, moment), edition_id=edition_id)
    if story_id is not None and not seen.filter(pk=story_id).exists():
        sentences.append(_("The line leads to a published story of this edition. Choose another, or none."))
    if sentences:
        raise Refused("breaking.not-ready", " ".join(sentences), _("Readers see no change."))


def plain(text: str) -> str:
    """The text in one line, without characters that are not seen."""
    return " ".join("".join(char for char in text if char.isprintable() or char.isspace()).split())
