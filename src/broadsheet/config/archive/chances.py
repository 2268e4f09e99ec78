"""How an archive is spread: over sections, topics and people, over lengths, over ten years."""

import functools
import math
from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

SEED = "broadsheet archive 1"
BEGIN, DAYS = datetime(2016, 10, 1, tzinfo=UTC), 3652  # ten years
SHORTEST, LONGEST = 80, 2000
MIDDLE, SPREAD = 420, 0.65  # of the words of a story: the median, and the deviation of their logarithm
ONE_BY_ONE, TOGETHER = 60, 30
GOLDEN = (math.sqrt(5) - 1) / 2
KINDS = {
    "news": 58, "analysis": 8, "feature": 8, "opinion": 8, "in-brief": 6, "explainer": 4, "off-beat": 3, "live": 2,
    "video": 1.5, "gallery": 1.5,
}  # fmt: skip
OF_WEEKDAY = (10, 10.5, 10.5, 10.5, 10, 6, 4)
OF_HOUR = (1, 0.5, 0.5, 0.5, 1, 3, 7, 9, 9, 9, 9, 8, 8, 8, 8, 8, 8, 7, 6, 5, 4, 3, 2, 1.5)


def chance_of(what: str) -> Random:
    """The source of chance for one thing: what a story is hangs on its number alone, not on those before it."""
    return Random(f"{SEED} {what}")


@functools.cache
def _zipf(size: int) -> list[float]:
    return list(accumulate(1 / rank for rank in range(1, size + 1)))


def by_zipf(chance: Random, size: int, wanted: int = 1) -> list[int]:
    """Different ranks from 0, the nth of which comes up 1/n as often as the first."""
    found: dict[int, None] = {}
    sums = _zipf(size)
    while len(found) < min(wanted, size):
        found[bisect_right(sums, chance.random() * sums[-1])] = None
    return list(found)


def by_weight(chance: Random, sums: list[float]) -> int:
    """A place in a list of weights that are added up."""
    return bisect_right(sums, chance.random() * sums[-1])


KIND_NAMES, _KIND_SUMS = tuple(KINDS), list(accumulate(KINDS.values()))
_HOUR_SUMS = list(accumulate(OF_HOUR))
_DAY_SUMS = list(accumulate(OF_WEEKDAY[(BEGIN + timedelta(days=day)).weekday()] for day in range(DAYS)))


def kind_of(chance: Random) -> str:
    """A kind of story."""
    return KIND_NAMES[by_weight(chance, _KIND_SUMS)]


def length_of(chance: Random) -> int:
    """How many words a story should have."""
    while True:
        words = round(math.exp(chance.gauss(math.log(MIDDLE), SPREAD)))
        if SHORTEST <= words <= LONGEST - 60:  # the last sentence goes beyond it
            return words


def place_in_time(number: int) -> float:
    """Where a story stands between the first day and the last, from 0 to 1; any first stories are spread over all."""
    return (number + 1) * GOLDEN % 1


def moment_of(number: int, chance: Random, zone: str) -> datetime:
    """When a story was published: more on weekdays, by the hour of the edition's day."""
    day = BEGIN + timedelta(days=bisect_right(_DAY_SUMS, place_in_time(number) * _DAY_SUMS[-1]))
    hour, rest = by_weight(chance, _HOUR_SUMS), int(chance.random() * 3600)
    return datetime(day.year, day.month, day.day, hour, rest // 60, rest % 60, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def batch_from(number: int) -> int:
    """How many stories may be written together from this number on: none of them leads to another one."""
    return 1 if number < ONE_BY_ONE else TOGETHER


def linked_from(number: int, chance: Random, wanted: int = 3) -> list[int]:
    """The earlier numbers that a story leads to, of stories published before it where there are any."""
    here, found = place_in_time(number), list[int]()
    earlier = number if number < ONE_BY_ONE else number - TOGETHER
    for turn in range(60):
        if len(found) == min(wanted, number):
            break
        other = int(chance.random() * earlier)
        if other not in found and (place_in_time(other) < here or turn > 30):
            found.append(other)
    while len(found) < min(wanted, number):
        found.append(next(other for other in range(number) if other not in found))
    return found
