"""In which order hits stand: where the words stand in a story, and a little how new it is."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

# A newspaper tells what matters first: a word counts by the first part of the entry in which it stands.
WEIGHTS = (8.0, 4.0, 2.0)
"""In the title, the standfirst, the first words of the text."""
ELSEWHERE = 1.0
HALF_LIFE = 365 * 24 * 60
"""Minutes after which half of the advantage of the newest is lost."""
ADVANTAGE = 0.5
"""The part of the score that is lost with age; what is much better placed stands before what is new."""


@dataclass(frozen=True)
class Candidate:
    """An entry that holds what is asked: its place, minute of publication and stems (see models.Entry.head)."""

    place: int
    minute: int
    head: str


def in_order(candidates: Iterable[Candidate], terms: tuple[tuple[str, ...], ...]) -> list[int]:
    """The places of the candidates, best first; of equal ones the newest, then the last put in.

    Age is counted from the newest candidate and never from now, so that the same entries always give the same page.
    """
    found = list(candidates)
    newest = max((candidate.minute for candidate in found), default=0)
    sought = [f" {' '.join(term)} " for term in terms]
    scored = [(_score(one.head, sought) * _freshness(newest - one.minute), one.place) for one in found]
    return [place for score, place in sorted(scored, key=lambda pair: (-round(pair[0], 6), -pair[1]))]


def _score(head: str, sought: list[str]) -> float:
    parts = head.split("|")
    return sum(_weight(parts, words) for words in sought)


def _weight(parts: list[str], words: str) -> float:
    for part, weight in zip(parts, WEIGHTS, strict=False):
        if words in part:
            return weight
    return ELSEWHERE


def _freshness(minutes: int) -> float:
    return 1 - ADVANTAGE + ADVANTAGE * math.pow(0.5, minutes / HALF_LIFE)
