"""The archive's topics and people: the more stories, the more of them."""

import functools
from dataclasses import dataclass

from broadsheet.config.archive.chances import chance_of
from broadsheet.config.archive.grammar import speaker
from broadsheet.config.archive.lexicon import lexicon
from broadsheet.foundation.slugs import to_slug

MOST_TOPICS, MOST_WRITERS, MOST_SPEAKERS = 400, 300, 600
FIRST_SPEAKER = 1_000  # writers stand before it in the list of names


@dataclass(frozen=True)
class Named:
    """A topic (name, description) or a person (name, role), by its slug."""

    slug: str
    name: str
    text: str
    writes: bool = False


def topics_at(number: int) -> int:
    """How many topics there are when a story of this number is written."""
    return min(MOST_TOPICS, 40 + number // 250)


def writers_at(number: int) -> int:
    """How many people write by then."""
    return min(MOST_WRITERS, 30 + number // 330)


def speakers_at(number: int) -> int:
    """How many people have been quoted by then."""
    return min(MOST_SPEAKERS, 60 + number // 160)


@functools.cache
def topics() -> tuple[Named, ...]:
    """All topics, the most written about first."""
    say = speaker(chance_of("topics"))
    found: dict[str, Named] = {}
    while len(found) < MOST_TOPICS:
        name = say("topic")
        found.setdefault(to_slug(name), Named(to_slug(name), name, say("topic_description")))
    return tuple(found.values())


@functools.cache
def writers() -> tuple[Named, ...]:
    """All who write, the busiest first."""
    return tuple(_person(place, "Reporter", writes=True) for place in range(MOST_WRITERS))


@functools.cache
def speakers() -> tuple[Named, ...]:
    """All who are quoted, the most quoted first."""
    roles = lexicon().roles
    return tuple(
        _person(FIRST_SPEAKER + place, roles[place % len(roles)].capitalize()) for place in range(MOST_SPEAKERS)
    )


def _person(place: int, role: str, *, writes: bool = False) -> Named:
    name = lexicon().names[place]
    town = lexicon().places[place * 7 % len(lexicon().places)]
    return Named(to_slug(name), name, f"{role}, {town}", writes)
