"""What stands on a front: containers in their order, each with what is pinned and what its rule finds, none twice."""

from dataclasses import dataclass, field, replace

from broadsheet.editions.names import Localized
from broadsheet.editions.reads import EditionValue, SectionValue
from broadsheet.fronts.models import Look, Rule
from broadsheet.fronts.plans import ContainerPlan
from broadsheet.fronts.reads import Arranged
from broadsheet.newsfeed.reads import BriefLine, newest_briefs
from broadsheet.people.reads import persons
from broadsheet.stories.models import KIND_NUMBERS, Kind, ListKind
from broadsheet.stories.reads import cards, newest_listed, write_mark
from broadsheet.stories.values import Card, Listed

Place = tuple[str, int]
OPINION_TONE = 6
PICTURES_OF_LEAD = 4
WITHOUT_PICTURES = (Look.OPINION, Look.RECENT, Look.BRIEF)
NOTHING = Localized()


@dataclass(frozen=True)
class Container:
    """A block of a front: how it looks, what is pinned in it, at most how many stories, and from which lists.

    The stories of several lists stand in one order. `names_sections` says that its cards name their section.
    """

    look: str
    most: int
    places: tuple[Place, ...] = ()
    pins: tuple[int, ...] = ()
    title: Localized = NOTHING
    description: Localized = NOTHING
    address: str = ""
    tone: int = 0
    names_sections: bool = True
    takes_briefs: bool = False
    section_id: int | None = None


@dataclass(frozen=True)
class FilledContainer:
    """A container with the cards that readers see, or with briefs."""

    container: Container
    cards: tuple[Card, ...] = ()
    briefs: tuple[BriefLine, ...] = ()
    writers: tuple[tuple[Localized, ...], ...] = ()
    """For each card the names of who wrote it; only where opinions stand, which are somebody's."""


@dataclass(frozen=True)
class FilledFront:
    """A front as it is shown; `older` is the mark at which the list of its older stories begins, empty at the end."""

    containers: tuple[FilledContainer, ...]
    older: str


def fill(
    edition: EditionValue, containers: tuple[Container, ...], own: Place, but: frozenset[str] = frozenset()
) -> FilledFront:
    """The containers in their order with their stories; those that stay empty are left out. No story stands twice.

    `own` is the list of all stories of the front: every one of it that is newer than the mark of the older ones is on
    the front, whatever the containers are. Few queries, however many containers and pins there are. Briefs at the
    addresses `but` stand elsewhere on the page, and are left out where there are enough others.
    """
    lists = how_many(containers, own)
    newest = newest_listed(edition, tuple((kind, list_id, most) for (kind, list_id), most in lists.items()))
    chosen = choose(containers, newest)
    found = {card.id: card for card in cards(edition, tuple(story_id for ids in chosen for story_id in ids))}
    briefs = _briefs(edition, containers, but)
    shown = each_picture_once(containers, [tuple(found[i] for i in ids if i in found) for ids in chosen])
    names = _names_of_writers(edition, containers, shown)
    filled = (
        FilledContainer(
            one,
            here,
            briefs if one is _of_briefs(containers) else (),
            tuple(tuple(names[i] for i in card.byline_ids if i in names) for card in here) if names else (),
        )
        for one, here in zip(containers, shown, strict=True)
    )
    return FilledFront(tuple(one for one in filled if one.cards or one.briefs), _older(newest[own], frozenset(found)))


def how_many(containers: tuple[Container, ...], own: Place) -> dict[Place, int]:
    """How many of the newest of each list may be needed: what is pinned anywhere and what containers before it take.

    Of the front's own list it is one more than could be shown, so that its end is known.
    """
    taken = sum(len(one.pins) for one in containers)
    lists: dict[Place, int] = {}
    for one in containers:
        taken += max(one.most - len(one.pins), 0)
        lists |= dict.fromkeys(one.places, taken)
    return lists | {own: taken + 1}


def choose(containers: tuple[Container, ...], newest: dict[Place, tuple[Listed, ...]]) -> tuple[tuple[int, ...], ...]:
    """Which stories each container takes, by id; pure, so that the rule can be read in a table.

    What is pinned anywhere is taken by no rule. Of two pins of one story the first counts. Pins stand though they are
    more than the container's number.
    """
    left = dict.fromkeys(story_id for container in containers for story_id in container.pins)
    taken = set(left)
    chosen = []
    for container in containers:
        pins = [story_id for story_id in dict.fromkeys(container.pins) if story_id in left]
        for story_id in pins:
            del left[story_id]
        listed = sorted({one for place in container.places for one in newest[place]}, reverse=True)
        ruled = [one.story_id for one in listed if one.story_id not in taken][: max(container.most - len(pins), 0)]
        taken.update(ruled)
        chosen.append((*pins, *ruled))
    return tuple(chosen)


def each_picture_once(containers: tuple[Container, ...], shown: list[tuple[Card, ...]]) -> list[tuple[Card, ...]]:
    """The cards of each container; one whose picture stands further up on the front goes without it, and so do those of
    the lead behind its first."""
    seen: set[int] = set()

    def without_seen(card: Card) -> Card:
        if card.picture is None:
            return card
        if card.picture.id in seen:
            return replace(card, picture=None)
        seen.add(card.picture.id)
        return card

    def pictured(one: Container, here: tuple[Card, ...]) -> tuple[Card, ...]:
        if one.look in WITHOUT_PICTURES:
            return here
        most = PICTURES_OF_LEAD if one.look == Look.LEAD else len(here)
        return (*map(without_seen, here[:most]), *(replace(card, picture=None) for card in here[most:]))

    return [pictured(one, here) for one, here in zip(containers, shown, strict=True)]


def _older(own: tuple[Listed, ...], shown: frozenset[int]) -> str:
    """The mark behind the newest stories that are all on the front; empty where it shows the whole list."""
    last: Listed | None = None
    for one in own:
        if one.story_id not in shown:
            return write_mark(*(last or (one.published_at, one.story_id + 1)))
        last = one
    return ""


def _of_briefs(containers: tuple[Container, ...]) -> Container | None:
    """The container of the newsfeed's briefs; a front has one."""
    return next((one for one in containers if one.takes_briefs), None)


def _briefs(edition: EditionValue, containers: tuple[Container, ...], but: frozenset[str]) -> tuple[BriefLine, ...]:
    container = _of_briefs(containers)
    if container is None:
        return ()
    found = newest_briefs(edition, container.most + len(but), container.section_id)
    others = tuple(brief for brief in found if brief.address not in but)
    # Few as they are, they stand twice rather than leave empty what an editor has arranged.
    return (others if len(others) >= container.most else found)[: container.most]


def _names_of_writers(
    edition: EditionValue, containers: tuple[Container, ...], shown: list[tuple[Card, ...]]
) -> dict[int, Localized]:
    """The names of those who wrote what stands where opinions stand, by person."""
    opinions = [card for one, here in zip(containers, shown, strict=True) if one.look == Look.OPINION for card in here]
    ids = tuple(sorted({person_id for card in opinions for person_id in card.byline_ids}))
    return {person.id: person.name for person in persons(ids, edition.language)}


@dataclass(frozen=True)
class Naming:
    """What containers are named by: the edition, its sections, the section of the front itself, words for looks."""

    edition: EditionValue
    sections: tuple[SectionValue, ...]
    words: dict[str, str] = field(default_factory=dict)
    section_id: int | None = None

    @property
    def own_list(self) -> Place:
        """The list of all stories of the front."""
        if self.section_id:
            return str(ListKind.SECTION), self.section_id
        return str(ListKind.EDITION), self.edition.id


def to_container(arranged: Arranged, naming: Naming) -> Container:
    """A container as it was arranged, with its lists, its name and where its name leads."""
    plan = arranged.plan
    section = next((one for one in naming.sections if one.id == plan.section_id), None)
    is_own = plan.section_id is not None and plan.section_id == naming.section_id
    named = section if plan.rule == Rule.SECTION and not is_own else None
    topic = arranged.topic if plan.rule == Rule.TOPIC else None
    usual = Localized(naming.words.get(plan.look, ""))
    if plan.rule == Rule.SECTION and is_own and plan.look != Look.RECENT:
        usual = NOTHING
    return Container(
        look=plan.look,
        most=plan.most,
        places=_places(plan, naming.edition.id),
        pins=tuple(pin.story_id for pin in plan.pins),
        title=Localized(plan.title) or (named.name if named else topic.name if topic else usual),
        description=named.description if named else NOTHING,
        address=named.address if named else f"/topics/{topic.slug}/" if topic else _usual_address(plan, naming),
        tone=named.tone if named else OPINION_TONE if plan.look == Look.OPINION else 0,
        names_sections=plan.rule != Rule.SECTION,
        takes_briefs=plan.rule == Rule.BRIEFS,
        section_id=plan.section_id,
    )


def _places(plan: ContainerPlan, edition_id: int) -> tuple[Place, ...]:
    match plan.rule:
        case Rule.EDITION:
            return ((str(ListKind.EDITION), edition_id),)
        case Rule.SECTION:
            return ((str(ListKind.SECTION), plan.section_id or 0),)
        case Rule.TOPIC:
            return ((str(ListKind.TOPIC), plan.topic_id or 0),)
        case Rule.KINDS:
            return tuple((str(ListKind.KIND), KIND_NUMBERS[Kind(kind)]) for kind in plan.kinds)
    return ()


def _usual_address(plan: ContainerPlan, naming: Naming) -> str:
    """Where a container leads that is of no section or topic: briefs to the newsfeed, opinion to its section."""
    if plan.rule == Rule.BRIEFS:
        return "/newsfeed/"
    if plan.look == Look.OPINION and plan.rule == Rule.KINDS:
        return next((one.address for one in naming.sections if one.slug == "opinion"), "")
    return ""
