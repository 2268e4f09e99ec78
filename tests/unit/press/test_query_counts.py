"""How many queries each page takes: few, and as many for 60 stories as for 3."""

import pytest

from tests.factories import Newsroom
from tests.unit.press.every_page import get, make_pages

pytestmark = pytest.mark.database

MOST = {
    "front": 10,
    "newsfeed": 4,
    "later newsfeed": 4,
    "brief": 6,
    "withdrawn brief": 3,
    "day": 8,
    "day without stories": 3,
    "standing page": 4,
    "mediabank": 4,
    "subscribe": 2,
    "report of an error": 3,
    "thanks for a report": 2,
    "offline": 2,
    "section": 9,
    "empty section": 6,
    "topic": 9,
    "person": 10,
    "feed": 6,
    "section feed": 6,
    "second page": 9,
    "story": 8,
    "search form": 3,
    "search": 7,
    "search for nothing": 4,
    "moved story": 6,
    "picture": 6,
    "picture under another name": 3,
    "withdrawn story": 3,
    "nothing": 3,
    "no section": 3,
    "no slash": 8,
}
MOST_OF_THE_SITE = {"sitemap": 9, "robots": 0, "health": 1, "media": 2, "rendition": 3, "film": 2, "captions": 2}


def most(kind: str) -> int:
    return MOST_OF_THE_SITE[kind] if kind in MOST_OF_THE_SITE else MOST[kind.partition(" ")[2]]


@pytest.mark.parametrize("stories", [3, 60])
def test_pages_take_few_queries_and_as_many_for_sixty_stories_as_for_three(newsroom: Newsroom, stories: int) -> None:
    counts = {kind: get(path).press_queries for kind, path in make_pages(newsroom, stories).items()}
    print("\n".join(f"{number:3} {kind}" for kind, number in counts.items()))
    assert {kind: number for kind, number in counts.items() if number > most(kind)} == {}
