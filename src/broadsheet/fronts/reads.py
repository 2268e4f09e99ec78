"""Which list an address of a front names, how editors arranged a front, and what is breaking; each with its keys."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from broadsheet.editions.models import Topic
from broadsheet.editions.names import choose
from broadsheet.editions.reads import EditionValue, SectionValue, TopicValue, all_sections, topics
from broadsheet.foundation.clock import now
from broadsheet.fronts.models import BreakingLine, Container, Front, Pin
from broadsheet.fronts.plans import ContainerPlan, PinPlan, Plan
from broadsheet.people.models import Person
from broadsheet.people.reads import PersonValue, persons
from broadsheet.press.keys import Key, declare
from broadsheet.press.prepared import Prepared
from broadsheet.press.render import reading
from broadsheet.stories.access import NOBODY, visible_to
from broadsheet.stories.models import Story

KEYS = declare(
    Key("person-at:{slug}", on=Person, columns=("slug",)),
    Key("fronts:{edition_id}", on=Front, columns=("edition_id", "section_id")),
    Key(
        "front:{front_id}",
        on=Container,
        columns=("front_id", "place", "look", "title", "most", "rule", "section_id", "topic_id", "kinds"),
    ),
    Key("front:{front_id}", on=Pin, columns=("front_id", "container_id", "place", "story_id", "until")),
    Key("breaking:{edition_id}", on=BreakingLine, columns=("edition_id", "text", "story_id", "until")),
)

OF_CONTAINERS = ("place", "look", "rule", "most", "title", "section_id", "topic_id", "kinds")
OF_PINS = ("containers__pins__id", "containers__pins__story_id", "containers__pins__until", "is_seen")
OF_TOPICS = tuple(f"containers__topic__{name}" for name in ("slug", "names__language", "names__name"))
COLUMNS = ("pk", "containers__id", *(f"containers__{name}" for name in OF_CONTAINERS), *OF_PINS, *OF_TOPICS)


@dataclass(frozen=True)
class Arranged:
    """A container as it was arranged, with those pins that readers may see now, and its topic in a page's language."""

    plan: ContainerPlan
    topic: TopicValue | None = None


@dataclass(frozen=True)
class Breaking:
    """What is breaking; the address is within the edition, empty where it leads nowhere."""

    text: str
    address: str


def section_at(slug: str, language: str) -> SectionValue | None:
    """The section with this slug."""
    return next((section for section in all_sections(language) if section.slug == slug), None)


def topic_at(slug: str, language: str) -> TopicValue | None:
    """The topic with this slug."""
    with reading("topics"):
        found = Topic.objects.filter(slug=slug).values_list("pk", flat=True).first()
    return topics((found,), language)[0] if found else None


def person_at(slug: str, language: str) -> PersonValue | None:
    """The person with this slug."""
    with reading(f"person-at:{slug}"):
        found = Person.objects.filter(slug=slug).values_list("pk", flat=True).first()
    return persons((found,), language)[0] if found else None


def _seen(story_id: str, edition_id: str, when: Any) -> Exists:
    """Whether a row names a story of its edition that readers may see at a moment."""
    stories = Story.objects.filter(visible_to(NOBODY, when), pk=OuterRef(story_id), edition_id=OuterRef(edition_id))
    return Exists(stories)


def _arranged(edition_id: Any, section_id: Any, when: Any, *, of_section: bool) -> QuerySet[Front, Any]:
    """A row for each pin and each name of the topic of each container: one query, however many there are."""
    fronts = Front.objects.filter(edition_id=edition_id)
    fronts = fronts.filter(section_id=section_id) if of_section else fronts.filter(section_id__isnull=True)
    fronts = fronts.annotate(is_seen=_seen("containers__pins__story_id", "edition_id", when))
    order = ("containers__place", "containers__id", "containers__pins__place", "containers__pins__id")
    rows: QuerySet[Front, Any] = fronts.order_by(*order).values_list(*COLUMNS)
    return rows


_ARRANGED = Prepared(_arranged)
_BREAKING = Prepared(
    lambda edition_id, when: (
        BreakingLine.objects.filter(edition_id=edition_id)
        .annotate(is_seen=_seen("story_id", "edition_id", when))
        .values_list("text", "until", "story_id", "story__address", "is_seen")
    )
)


def arranged(edition: EditionValue, section_id: int | None) -> tuple[Arranged, ...]:
    """How editors arranged a front, its containers in their order; empty where it stands as by default."""
    moment = now()
    with reading(f"fronts:{edition.id}") as name:
        rows = _ARRANGED(edition.id, section_id or 0, moment, of_section=section_id is not None)
        name(*(f"front:{row[0]}" for row in rows[:1]))
        by_container: dict[int, list[tuple[Any, ...]]] = {}
        for _front_id, container_id, *rest in rows:
            if container_id is not None:
                by_container.setdefault(container_id, []).append(tuple(rest))
        found = tuple(_container(group, edition.language, moment) for group in by_container.values())
        name(*(f"card:{pin[1]}" for group in by_container.values() for pin in _pins(group)))
        name(*{"topics" for one in found if one.topic})
    return found


def as_if_arranged(edition: EditionValue, plan: Plan) -> tuple[Arranged, ...]:
    """A plan that nobody has kept, as `arranged` would read it: with those pins that readers may see now."""
    moment = now()
    with reading():
        ids = [pin.story_id for one in plan for pin in one.pins]
        known = Story.objects.filter(visible_to(NOBODY, moment), pk__in=ids, edition_id=edition.id)
        seen = set(known.values_list("pk", flat=True))
    named = {one.id: one for one in topics(tuple(one.topic_id for one in plan if one.topic_id), edition.language)}
    found = []
    for one in plan:
        pins = (pin for pin in one.pins if pin.story_id in seen and (pin.until is None or pin.until > moment))
        found.append(Arranged(replace(one, pins=tuple(pins)), named.get(one.topic_id or 0)))
    return tuple(found)


def _pins(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Id, story, end and whether it is seen of each pin, once: a topic's names repeat them."""
    first = len(OF_CONTAINERS)
    pins = {row[first]: row[first : first + len(OF_PINS)] for row in rows if row[first] is not None}
    return list(pins.values())


def _container(rows: list[tuple[Any, ...]], language: str, moment: datetime) -> Arranged:
    fields: dict[str, Any] = dict(zip(OF_CONTAINERS, rows[0], strict=False))
    del fields["place"]
    shown = [pin for pin in _pins(rows) if pin[3] and (pin[2] is None or pin[2] > moment)]
    pins = tuple(PinPlan(story_id=pin[1], until=pin[2]) for pin in shown)
    plan = ContainerPlan(**{**fields, "kinds": tuple(fields["kinds"]), "pins": pins})
    return Arranged(plan, _topic(plan.topic_id, [row[-len(OF_TOPICS) :] for row in rows], language))


def _topic(topic_id: int | None, rows: list[tuple[Any, ...]], language: str) -> TopicValue | None:
    if topic_id is None:
        return None
    names = choose({code: name for _slug, code, name in rows if code}, language)
    slug = rows[0][0]
    return TopicValue(topic_id, slug, names or choose({language: slug}, language), choose({}, language))


def breaking_line(edition: EditionValue) -> Breaking | None:
    """What is breaking in an edition now; None where nothing is, its time is over, or its story is not to be seen."""
    moment = now()
    with reading(f"breaking:{edition.id}") as name:
        rows = _BREAKING(edition.id, moment)
        name(*(f"card:{row[2]}" for row in rows if row[2]))
    for text, until, story_id, address, is_seen in rows:
        if until > moment and (story_id is None or is_seen):
            return Breaking(text, address or "")
    return None
