"""An arrangement of a front as a value: what editors hand in, what is read back, and what stands by default."""

from dataclasses import dataclass
from datetime import datetime

from broadsheet.editions.reads import SectionValue
from broadsheet.fronts.models import Look, Rule
from broadsheet.stories.models import Kind
from broadsheet.stories.reads import PAGE


@dataclass(frozen=True)
class PinPlan:
    """A story that stands first, until a moment or until it is unpinned."""

    story_id: int
    until: datetime | None = None


@dataclass(frozen=True)
class ContainerPlan:
    """A container: how it looks, at most how many stories, the rule that fills it, and what is pinned in it.

    `section_id` is of the rules section and briefs, `topic_id` of the rule topic, `kinds` of the rule kinds.
    """

    look: str
    rule: str
    most: int
    title: str = ""
    section_id: int | None = None
    topic_id: int | None = None
    kinds: tuple[str, ...] = ()
    pins: tuple[PinPlan, ...] = ()


Plan = tuple[ContainerPlan, ...]
LOOKS_OF_SECTIONS = (Look.GRID, Look.GRID, Look.LIST)


def default_plan(sections: tuple[SectionValue, ...], section_id: int | None) -> Plan:
    """How a front stands that nobody has arranged; `sections` are those of its edition, in their order."""
    return _of_section(section_id) if section_id else _of_edition(sections)


def _of_section(section_id: int) -> Plan:
    lead = ContainerPlan(Look.LEAD, Rule.SECTION, 4, section_id=section_id)
    return lead, ContainerPlan(Look.GRID, Rule.SECTION, PAGE - lead.most, section_id=section_id)


def _of_edition(sections: tuple[SectionValue, ...]) -> Plan:
    """The lead, the sections in turn with opinion and pictures between them, and at the end what is newest."""
    by_section = []
    for number, one in enumerate(sections):
        look = LOOKS_OF_SECTIONS[number % len(LOOKS_OF_SECTIONS)]
        if one.slug != "opinion":
            by_section.append(ContainerPlan(look, Rule.SECTION, 6 if look == Look.LIST else 4, section_id=one.id))
    return (
        ContainerPlan(Look.LEAD, Rule.EDITION, 7),
        *by_section[:2],
        ContainerPlan(Look.OPINION, Rule.KINDS, 4, kinds=(Kind.OPINION,)),
        *by_section[2:4],
        ContainerPlan(Look.PICTURES, Rule.KINDS, 4, kinds=(Kind.GALLERY, Kind.VIDEO)),
        *by_section[4:],
        ContainerPlan(Look.RECENT, Rule.EDITION, 12),
    )
