"""The headline before publishing: it fits a card, and was not used this week."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.foundation.clock import now, stopped_at
from broadsheet.stories.checks.headline import headline_fits_a_card, headline_is_new_this_week, lines_on_a_card
from tests.factories import Newsroom
from tests.unit.stories.checks.looking import found, story_of

pytestmark = pytest.mark.database

LONG = "The harbour board and the dockers agree on quiet nights until the end of the year"


@pytest.mark.parametrize(
    ("headline", "lines"),
    [
        ("", 0),
        ("Port rests", 1),
        ("Port to stop unloading at night", 2),
        ("Арренский барьер выдержал", 2),
        ("Why rice is dearer and bread is not, and who pays", 3),
        (LONG, 5),
        ("Донаудампфшиффартсгезельшафт", 2),
    ],
)
def test_lines_are_counted_as_the_narrowest_card_breaks_them(headline: str, lines: int) -> None:
    assert lines_on_a_card(headline) == lines


def test_a_headline_of_more_than_four_lines_is_too_long_for_a_card(newsroom: Newsroom) -> None:
    (warning,) = found(headline_fits_a_card, story_of(newsroom, headline=LONG))
    assert warning.sentence == "On a phone's card the headline takes 5 lines; 4 look good."
    assert (warning.code, warning.place) == ("long-for-card", "card_headline")
    assert warning.fix == "Write a shorter headline for cards."


def test_the_headline_for_cards_counts_where_there_is_one(newsroom: Newsroom) -> None:
    assert found(headline_fits_a_card, story_of(newsroom, headline=LONG, card_headline="Quiet nights agreed")) == []
    (warning,) = found(headline_fits_a_card, story_of(newsroom, headline="Short", card_headline=LONG))
    assert warning.fix == "Shorten the headline for cards."


def test_the_same_words_within_a_week_are_told_of_however_they_are_written(newsroom: Newsroom) -> None:
    newsroom.published(headline="Порт отдыхает: ночью", edition=newsroom.russian)
    again = story_of(newsroom, headline="«Порт отдыхает» ночью", edition=newsroom.russian)
    (warning,) = found(headline_is_new_this_week, again)
    assert warning.sentence == "Another story was published under this headline within a week."
    assert warning.place == "headline"


def test_another_edition_another_week_a_draft_and_the_story_itself_do_not_count(newsroom: Newsroom) -> None:
    with stopped_at(now() - timedelta(days=8)):
        newsroom.published(headline="Of last week")
    own = newsroom.published(headline="Of today")
    newsroom.draft(headline="Only a draft")
    newsroom.published(headline="Elsewhere", edition=newsroom.russian)
    for headline in ("Of last week", "Only a draft", "Elsewhere", "Something else", ""):
        assert found(headline_is_new_this_week, story_of(newsroom, headline=headline)) == []
    assert found(headline_is_new_this_week, own) == []


def test_the_week_is_a_range_of_an_index(newsroom: Newsroom) -> None:
    story = story_of(newsroom)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found(headline_is_new_this_week, story)
    (query,) = queries.captured_queries
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN' if connection.vendor == 'sqlite' else ''} {query['sql']}")
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert connection.vendor != "sqlite" or "stories_story_by_time" in plan
