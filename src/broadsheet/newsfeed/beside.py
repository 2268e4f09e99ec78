"""The newsfeed beside a story or a front: the newest, and the way to all."""

from markupsafe import Markup

from broadsheet.design.jinja import render
from broadsheet.editions.reads import EditionValue
from broadsheet.newsfeed.reads import Item, latest
from broadsheet.stories.values import StoryValue

SHOWN = 12


def newest_items(edition: EditionValue, *, but: str = "") -> tuple[Item, ...]:
    """The newest items but for the one at the address `but`, on whose page they stand."""
    return tuple(item for item in latest(edition, SHOWN + 1) if item.address != but)[:SHOWN]


def rail(edition: EditionValue, items: tuple[Item, ...]) -> Markup:
    """Items as they stand beside a page; empty where there are none."""
    return render("newsfeed/beside.jinja", items=items, edition=edition)


def newest(edition: EditionValue, *, but: str = "") -> Markup:
    """The newest items beside the page at the address `but`."""
    return rail(edition, newest_items(edition, but=but))


def newest_beside(edition: EditionValue, story: StoryValue) -> Markup:
    """The newest items beside a story."""
    return newest(edition, but=story.address)
