"""The newsfeed beside a story or a front: the newest, and the way to all."""

from markupsafe import Markup

from broadsheet.design.jinja import render
from broadsheet.editions.reads import EditionValue
from broadsheet.newsfeed.reads import latest
from broadsheet.stories.values import StoryValue

SHOWN = 12


def newest(edition: EditionValue, *, but: str = "") -> Markup:
    """The newest items but for the one at the address `but`, on whose page they stand; empty where there are none."""
    items = [item for item in latest(edition, SHOWN + 1) if item.address != but]
    return render("newsfeed/beside.jinja", items=items[:SHOWN], edition=edition)


def newest_beside(edition: EditionValue, story: StoryValue) -> Markup:
    """The newest items beside a story."""
    return newest(edition, but=story.address)
