"""The headline: whether a card can show it, and whether readers have seen it this week."""

import textwrap
from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from broadsheet.stories.checks.findings import Finding, Version
from broadsheet.stories.models import State, Story

# The narrowest place for a headline: the card beside its picture on a phone 360 pixels wide (parts/card/card.css) has
# 204 pixels, in which 18 letters of its type stand. Four lines are a little higher than the picture beside them.
LETTERS_IN_A_LINE, MOST_LINES = 18, 4
WEEK = timedelta(days=7)
MOST_OF_A_WEEK = 5_000


def lines_on_a_card(headline: str) -> int:
    """How many lines a headline takes on the narrowest card."""
    return len(textwrap.wrap(headline, LETTERS_IN_A_LINE))


def headline_fits_a_card(version: Version) -> Iterator[Finding]:
    """The headline that cards show takes four lines on the narrowest of them at most."""
    story = version.story
    lines = lines_on_a_card(story.title_for_cards)
    if lines > MOST_LINES:
        words = {"lines": lines, "most": MOST_LINES}
        sentence = _("On a phone's card the headline takes %(lines)d lines; %(most)d look good.") % words
        place = "card_headline"
        fix = _("Shorten the headline for cards.") if story.card_headline else _("Write a shorter headline for cards.")
        yield Finding("long-for-card", "warning", sentence, fix, place)


def headline_is_new_this_week(version: Version) -> Iterator[Finding]:
    """No other story of the edition was published within seven days under the same words."""
    story = version.story
    words = _bare(story.headline)
    if not words:
        return
    week = Story.objects.filter(
        edition_id=story.edition_id, published_at__gt=version.when - WEEK, published_at__lte=version.when
    )
    rows = week.exclude(pk=story.pk).order_by("-published_at", "-id").values_list("headline", "state")[:MOST_OF_A_WEEK]
    if any(state == State.PUBLISHED and _bare(headline) == words for headline, state in rows):
        sentence = _("Another story was published under this headline within a week.")
        yield Finding(
            "same-headline", "warning", sentence, _("Change a word, or pass on if it is meant so."), "headline"
        )


def _bare(headline: str) -> str:
    """The letters and figures of a headline, by which two are compared."""
    return " ".join("".join(c if c.isalnum() else " " for c in headline.casefold()).split())
