"""An arrangement in words, a line for each container and pin: so two editors' arrangements are laid side by side."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from broadsheet.design.words import as_moment
from broadsheet.editions.access import Person
from broadsheet.editions.models import Section, Topic
from broadsheet.foundation.clock import now
from broadsheet.fronts.models import Look, Rule
from broadsheet.fronts.plans import ContainerPlan, Plan
from broadsheet.stories.access import visible_to
from broadsheet.stories.models import Kind, Story


def plan_in_words(plan: Plan, reader: Person, language: str, zone: str) -> str:
    """The arrangement as lines; a pinned story is named to those who may read it."""
    ids = {pin.story_id for one in plan for pin in one.pins}
    stories = {story.pk: str(story) for story in Story.objects.filter(visible_to(reader, now()), pk__in=ids)}
    sections = Section.objects.prefetch_related("names").in_bulk([one.section_id for one in plan if one.section_id])
    topics = Topic.objects.prefetch_related("names").in_bulk([one.topic_id for one in plan if one.topic_id])
    lines = []
    for one in plan:
        lines.append(_container(one, sections.get(one.section_id or 0), topics.get(one.topic_id or 0)))
        lines.extend(f"– {line}" for line in _pins(one, stories, language, zone))
    return "\n".join(lines)


def _container(one: ContainerPlan, section: Section | None, topic: Topic | None) -> str:
    look = str(Look(one.look).label).partition(":")[0] if one.look in Look.values else one.look
    rule = str(Rule(one.rule).label) if one.rule in Rule.values else one.rule
    kinds = ", ".join(str(Kind(kind).label) for kind in one.kinds if kind in Kind.values)
    facts = (one.title, rule, str(section or topic or "") or kinds, str(one.most))
    return f"{look}: " + " · ".join(fact for fact in facts if fact)


def _pins(one: ContainerPlan, stories: dict[int, str], language: str, zone: str) -> Iterator[str]:
    for pin in one.pins:
        name = stories.get(pin.story_id) or f"{Story._meta.verbose_name} {pin.story_id}"
        yield f"{name}, {_until(pin.until, language, zone)}" if pin.until else name


def _until(moment: datetime, language: str, zone: str) -> str:
    return _("until %(moment)s") % {"moment": as_moment(moment, language, zone)}
