"""Which stories a container takes: the rule as a table, without a database."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from broadsheet.fronts.containers import Container, _older, choose, each_picture_once, how_many
from broadsheet.stories.reads import write_mark
from broadsheet.stories.values import Card, Listed

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ALL, WORLD, VIDEO, GALLERY = ("edition", 1), ("section", 1), ("kind", 9), ("kind", 10)


def listed(*ids: int) -> tuple[Listed, ...]:
    """Places in a list; the greater an id, the newer the story."""
    return tuple(Listed(NOON + timedelta(minutes=story_id), story_id) for story_id in sorted(ids, reverse=True))


NEWEST = {ALL: listed(*range(1, 10)), WORLD: listed(3, 6, 9), VIDEO: listed(2, 8), GALLERY: listed(5, 7)}


def box(most: int, *places: tuple[str, int], pins: tuple[int, ...] = ()) -> Container:
    return Container("grid", most, places, pins)


@pytest.mark.parametrize(
    ("containers", "chosen"),
    [
        # The first chooses first, and no story stands twice.
        ([box(2, ALL), box(2, WORLD), box(3, ALL)], [(9, 8), (6, 3), (7, 5, 4)]),
        # Several lists stand in one order, the newest first.
        ([box(3, VIDEO, GALLERY)], [(8, 7, 5)]),
        ([box(9, GALLERY, VIDEO)], [(8, 7, 5, 2)]),
        # A list that holds nothing more.
        ([box(9, WORLD), box(2, WORLD)], [(9, 6, 3), ()]),
        # Pins stand first, in their order, and count.
        ([box(4, ALL, pins=(1, 5))], [(1, 5, 9, 8)]),
        # A pinned story is taken by no rule, neither above its container nor below.
        ([box(2, ALL), box(1, WORLD, pins=(9,)), box(2, ALL)], [(8, 7), (9,), (6, 5)]),
        ([box(1, WORLD, pins=(9,)), box(2, ALL)], [(9,), (8, 7)]),
        # Of two pins of one story the first counts.
        ([box(1, ALL, pins=(4,)), box(2, ALL, pins=(4,))], [(4,), (9, 8)]),
        ([box(3, ALL, pins=(4, 4))], [(4, 9, 8)]),
        # Pins stand though they are more than the number.
        ([box(1, ALL, pins=(2, 3)), box(1, ALL)], [(2, 3), (9,)]),
        # A container of briefs takes no story.
        ([box(5), box(1, ALL)], [(), (9,)]),
        ([], []),
    ],
)
def test_a_container_takes_its_pins_and_then_the_newest_that_nobody_has(
    containers: list[Container], chosen: list[tuple[int, ...]]
) -> None:
    boxes = tuple(containers)
    assert choose(boxes, NEWEST) == tuple(chosen)
    needed = {place: NEWEST[place][:number] for place, number in how_many(boxes, ALL).items()}
    assert choose(boxes, needed) == tuple(chosen), "the same with no more of each list than is read of it"


def test_of_a_list_is_read_what_its_containers_and_those_before_them_may_take() -> None:
    boxes = (box(2, ALL), box(3, WORLD, pins=(7,)), box(4, VIDEO))
    assert how_many(boxes, ALL) == {ALL: 10, WORLD: 5, VIDEO: 9}


@pytest.mark.parametrize(
    ("own", "shown", "last"),
    [
        ((5, 4, 3, 2, 1), {5, 4, 3}, 3),
        ((5, 4, 3, 2, 1), {5, 4, 3, 1}, 3),  # an older one that is shown changes nothing
        ((5, 4, 3), {5, 4, 3, 9}, None),  # all are shown: there are no older ones
        ((), set(), None),
    ],
)
def test_older_stories_begin_behind_the_newest_that_are_all_shown(
    own: tuple[int, ...], shown: set[int], last: int | None
) -> None:
    mark = write_mark(NOON + timedelta(minutes=last), last) if last else ""
    assert _older(listed(*own), frozenset(shown)) == mark


def test_older_stories_begin_with_the_newest_where_that_is_not_shown() -> None:
    assert _older(listed(5, 4), frozenset({4})) == write_mark(NOON + timedelta(minutes=5), 6)


def card(story_id: int, picture_id: int | None) -> Card:
    picture: Any = SimpleNamespace(id=picture_id) if picture_id else None
    return Card(story_id, "/", "Headline", "", "news", None, picture, NOON, NOON)


@pytest.mark.parametrize(
    ("looks", "pictures", "shown"),
    [
        # The first that shows a picture keeps it, in the same container or another.
        (["grid", "list"], [(1, 2, 1), (2, 3)], [(1, 2, None), (None, 3)]),
        # Where no pictures are shown, none is taken from those below.
        (["opinion", "grid"], [(1,), (1,)], [(1,), (1,)]),
        (["grid", "recent"], [(1,), (1,)], [(1,), (1,)]),
        (["lead", "grid"], [(None, None), (None,)], [(None, None), (None,)]),
    ],
)
def test_a_picture_stands_once_on_a_front(
    looks: list[str], pictures: list[tuple[int | None, ...]], shown: list[tuple[int | None, ...]]
) -> None:
    containers = tuple(Container(look, 9) for look in looks)
    cards = [tuple(card(number, picture) for number, picture in enumerate(here)) for here in pictures]
    found = each_picture_once(containers, cards)
    assert [tuple(one.picture and one.picture.id for one in here) for here in found] == shown
