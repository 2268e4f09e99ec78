"""Queries that are compiled once answer as the ORM does."""

from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.press.prepared import Prepared
from broadsheet.stories.access import NOBODY, visible_to
from broadsheet.stories.models import Story
from tests.factories import Newsroom

pytestmark = pytest.mark.database

COLUMNS = ("pk", "headline", "live", "published_at", "counterpart_key", "body_segments")


def by_ids() -> Prepared:
    return Prepared(lambda ids: Story.objects.filter(pk__in=ids).order_by("pk").values_list(*COLUMNS))


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_it_returns_the_rows_and_types_of_the_orm(newsroom: Newsroom, size: int) -> None:
    ids = tuple(newsroom.published(headline=f"Story {number}").pk for number in range(5))[:size]
    assert by_ids()(ids) == list(Story.objects.filter(pk__in=ids).order_by("pk").values_list(*COLUMNS))


def test_it_is_compiled_once_for_a_size_and_never_keeps_a_value(newsroom: Newsroom) -> None:
    first, second, third = (newsroom.published(headline=f"Story {number}") for number in range(3))
    query = by_ids()
    assert [row[0] for row in query((first.pk, second.pk))] == [first.pk, second.pk]
    assert [row[0] for row in query((third.pk, second.pk))] == [second.pk, third.pk]
    assert len(query.compiled) == 1
    assert [row[0] for row in query((first.pk, second.pk, third.pk))] == [first.pk, second.pk, third.pk]
    assert [row[0] for row in query((99_999, third.pk, 99_998))] == [third.pk]
    assert len(query.compiled) == 2


def test_moments_and_uuids_are_asked_as_the_engine_keeps_them(newsroom: Newsroom) -> None:
    story = newsroom.published()
    query = Prepared(
        lambda key, when: Story.objects.filter(visible_to(NOBODY, when), counterpart_key=key).values_list("pk")
    )
    soon, long_ago = datetime.now(UTC) + timedelta(minutes=1), datetime(2001, 1, 1, tzinfo=UTC)
    assert query(story.counterpart_key, soon) == [(story.pk,)]
    assert query(story.counterpart_key, long_ago) == []


def test_what_is_given_by_keyword_is_part_of_the_query(newsroom: Newsroom) -> None:
    ids = tuple(newsroom.published(headline=f"Story {number}").pk for number in range(3))
    query = Prepared(lambda ids, most: Story.objects.filter(pk__in=ids).order_by("-pk").values_list("pk")[:most])
    assert query(ids, most=1) == [(ids[2],)]
    assert query(ids, most=2) == [(ids[2],), (ids[1],)]


def test_what_is_asked_for_never_becomes_part_of_the_statement(newsroom: Newsroom) -> None:
    query = Prepared(lambda words: Story.objects.filter(headline=words).values_list("pk"))
    story = newsroom.published(headline="It’s “100 %s” sure; -- or ? not")
    assert query("It’s “100 %s” sure; -- or ? not") == [(story.pk,)]
    assert query("' OR 1=1 --") == []
