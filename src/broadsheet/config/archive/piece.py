"""One story of the archive, as a value: all that a writer would have filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from broadsheet.config.archive.bodies import Material, body_of
from broadsheet.config.archive.chances import (
    by_zipf,
    chance_of,
    kind_of,
    length_of,
    linked_from,
    moment_of,
)
from broadsheet.config.archive.grammar import speaker
from broadsheet.config.archive.names import speakers_at, topics_at, writers_at

KEYS = UUID("5a1c3f0e-9d52-4f0f-8f4f-2c4be07dbb3d")


@dataclass(frozen=True)
class Ground:
    """What the archive stands on, as ids: an edition, sections with their slugs in order, pictures, an account."""

    edition: int
    zone: str
    base: str
    sections: tuple[tuple[int, str], ...]
    pictures: tuple[int, ...]
    begun_by: int | None


@dataclass(frozen=True)
class Known:
    """What was written before, as ids in the order of numbers: topics, people, and stories with their addresses."""

    topics: Sequence[int]
    writers: Sequence[int]
    speakers: Sequence[int]
    stories: Sequence[tuple[int, str]]


@dataclass(frozen=True)
class Piece:
    """A story before it is published; `section` and `further` are ids, as all that it names."""

    number: int
    kind: str
    headline: str
    standfirst: str
    dateline: str
    section: tuple[int, str]
    further: tuple[int, ...]
    topics: tuple[int, ...]
    bylines: tuple[int, ...]
    lead_picture: int | None
    body: list[dict[str, Any]]
    moment: datetime

    @property
    def key(self) -> UUID:
        return key_of(self.number)


def key_of(number: int) -> UUID:
    """The counterpart key of a story of the archive, by which it is found again."""
    return uuid5(KEYS, str(number))


def write_piece(number: int, ground: Ground, known: Known) -> Piece:
    """The story of this number: the same each time on the same ground."""
    chance = chance_of(f"story {number}")
    say, kind = speaker(chance), kind_of(chance)
    places = by_zipf(chance, len(ground.sections), 2 if chance.random() < 0.1 else 1)
    dateline = say("dateline").upper()
    pictures = ground.pictures
    lead = pictures[int(chance.random() * len(pictures))] if pictures and chance.random() < 2 / 3 else None
    voices = by_zipf(chance, speakers_at(number), 5)
    material = Material(
        kind=kind,
        words=length_of(chance),
        links=tuple(
            (story, ground.base + address)
            for story, address in map(known.stories.__getitem__, linked_from(number, chance))
        ),
        speakers=tuple(known.speakers[voice] for voice in voices),
        pictures=pictures,
    )
    return Piece(
        number=number,
        kind=kind,
        headline=say("opinion" if kind == "opinion" else "headline"),
        standfirst=say("standfirst"),
        dateline=dateline,
        section=ground.sections[places[0]],
        further=tuple(ground.sections[place][0] for place in places[1:]),
        topics=tuple(
            known.topics[place] for place in by_zipf(chance, topics_at(number), 1 + int(chance.random() * 2.4))
        ),
        bylines=tuple(
            known.writers[place] for place in by_zipf(chance, writers_at(number), 2 if chance.random() < 0.15 else 1)
        ),
        lead_picture=lead,
        body=body_of(material, chance, say),
        moment=moment_of(number, chance, ground.zone),
    )
