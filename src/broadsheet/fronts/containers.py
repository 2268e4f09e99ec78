"""What stands on a front: containers in their order, each filled from a list, and no story twice."""

from dataclasses import dataclass

from broadsheet.editions.names import Localized
from broadsheet.editions.reads import EditionValue, SectionValue
from broadsheet.stories.models import KIND_NUMBERS, Kind, ListKind
from broadsheet.stories.reads import cards, newest_of, write_mark
from broadsheet.stories.values import Card

Place = tuple[str, int]


@dataclass(frozen=True)
class Container:
    """A block of a front: how it looks, at most how many stories, and from which lists, the first that has some."""

    look: str
    most: int
    places: tuple[Place, ...]
    title: Localized | None = None
    description: Localized | None = None
    address: str = ""
    tone: int = 0
    least: int = 1


@dataclass(frozen=True)
class FilledContainer:
    """A container with the cards that readers see."""

    look: str
    title: Localized | None
    description: Localized | None
    address: str
    tone: int
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class FilledFront:
    """A front as it is shown; `older` is the mark at which the list of its older stories begins, empty at the end."""

    containers: tuple[FilledContainer, ...]
    older: str


def fill(edition: EditionValue, containers: tuple[Container, ...]) -> FilledFront:
    """The containers in their order with the newest stories of their lists; those that stay empty are left out.

    The first container chooses first, and no story stands twice. The last one takes what is newest of the edition, so
    that every story newer than its last is on the front. Few queries, however many containers there are.
    """
    lists = {place: sum(container.most for container in containers) for one in containers for place in one.places}
    newest = newest_of(edition, tuple((kind, list_id, most) for (kind, list_id), most in lists.items()))
    chosen = choose(containers, newest)
    ids = tuple(dict.fromkeys(story_id for ids in chosen for story_id in ids))
    found = {card.id: card for card in cards(edition, ids)}
    filled = tuple(
        FilledContainer(
            one.look, one.title, one.description, one.address, one.tone, tuple(found[i] for i in ids if i in found)
        )
        for one, ids in zip(containers, chosen, strict=True)
        if ids
    )
    return FilledFront(filled, _older(newest[containers[-1].places[0]], ids, chosen[-1], found))


def _older(newest: tuple[int, ...], shown: tuple[int, ...], last: tuple[int, ...], found: dict[int, Card]) -> str:
    if not last or last[-1] not in found or set(newest) <= set(shown):
        return ""
    return write_mark(found[last[-1]].published_at, last[-1])


def choose(containers: tuple[Container, ...], newest: dict[Place, tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    """Which stories each container takes, by id; pure, so that the rule can be read in a table."""
    taken: set[int] = set()
    chosen = []
    for container in containers:
        candidates = [story_id for place in container.places for story_id in newest[place]]
        ids = tuple(dict.fromkeys(story_id for story_id in candidates if story_id not in taken))[: container.most]
        if len(ids) < container.least:
            ids = ()
        taken.update(ids)
        chosen.append(ids)
    return tuple(chosen)


def edition_front(
    edition: EditionValue, sections: tuple[SectionValue, ...], titles: dict[str, str]
) -> tuple[Container, ...]:
    """The containers of an edition's front; `titles` are the words for those that are no section's."""
    whole = (str(ListKind.EDITION), edition.id)

    def kinds(*names: Kind) -> tuple[Place, ...]:
        return tuple((str(ListKind.KIND), KIND_NUMBERS[name]) for name in names)

    def section(one: SectionValue, look: str, most: int) -> Container:
        return Container(
            look, most, ((str(ListKind.SECTION), one.id),), one.name, one.description, one.address, one.tone
        )

    looks = ("grid", "grid", "list", "grid", "grid", "list")
    by_section = [
        section(one, looks[number % len(looks)], 6 if looks[number % len(looks)] == "list" else 4)
        for number, one in enumerate(sections)
        if one.slug != "opinion"
    ]
    opinion = Container(
        "opinion", 4, kinds(Kind.OPINION), Localized(titles["opinion"]), tone=6, address=_of(sections, "opinion")
    )
    pictures = Container("pictures", 4, kinds(Kind.GALLERY, Kind.VIDEO), Localized(titles["pictures"]), least=1)
    recent = Container("recent", 12, (whole,), Localized(titles["recent"]))
    return (
        Container("lead", 7, (whole,)),
        *by_section[:2],
        opinion,
        *by_section[2:4],
        pictures,
        *by_section[4:],
        recent,
    )


def _of(sections: tuple[SectionValue, ...], slug: str) -> str:
    return next((section.address for section in sections if section.slug == slug), "")
