"""What should be in the index: each room says it of its things, so that what is lacking can be found and put in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from broadsheet.index.reads import recipes_of
from broadsheet.index.words import RECIPE


@dataclass(frozen=True)
class Source:
    """A kind of entries: the ids of all things that should have one, and how one is put in anew or taken out."""

    kind: str
    wanted: Callable[[], set[int]]
    put_anew: Callable[[int], None]


_sources: dict[str, Source] = {}


def declare(source: Source) -> Source:
    """Add a kind to those that are looked after."""
    _sources[source.kind] = source
    return source


def all_sources() -> Iterator[Source]:
    """Every kind that is looked after."""
    yield from _sources.values()


def wrong_in(source: Source) -> set[int]:
    """The things of a kind that would not be found as they should be, and those that should not be found."""
    wanted, known = source.wanted(), recipes_of(source.kind)
    return {thing for thing in wanted if known.get(thing) != RECIPE} | (known.keys() - wanted)


def count_wrong() -> int:
    """How many things would not be found as they should be."""
    return sum(len(wrong_in(source)) for source in all_sources())
