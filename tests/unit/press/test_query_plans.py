"""How SQLite finds what pages show: never by going through all stories, though it is told no sizes of tables."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from tests.factories import Newsroom
from tests.unit.press.every_page import get, make_pages

pytestmark = pytest.mark.database
TABLES = (
    "stories_story",
    "stories_listing",
    "newsfeed_feeditem",
    "newsfeed_brief",
    "mediabank_pictureuse",
    "index_entry",
)
ALL_OF = re.compile(rf"SCAN ({'|'.join(TABLES)})(?! USING INTEGER)")
# An index that finds half of all stories, one edition's or the published ones.
HALF_OF = re.compile(r"stories_story_by_(time|state)")
# The newest of an edition come from an index in their order; a day's do not.
OF_A_DAY, NEWEST = '"newsfeed_feeditem"."day" =', "newsfeed_item_newest"
# Further pages of a list begin where the one before ended.
OF_THE_OLDER, FROM_THE_NEWEST = '"published_at" < ', re.compile(r"newest \([^<]*\)$")
SHOW_ALL = {"sitemap"}


def plans_of(path: str) -> Iterator[tuple[str, str]]:
    """Each query of a page, and each line of the plan by which SQLite answers it."""
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT"):
            asked.append((sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        get(path)
    for sql, parameters in asked:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
            yield from ((sql, row[3]) for row in cursor.fetchall())


def test_no_page_goes_through_all_stories(newsroom: Newsroom) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by the sizes of tables, which are small in tests")
    wrong = []
    for kind, path in make_pages(newsroom, 3).items():
        for sql, line in plans_of(path):
            goes_through_half = HALF_OF.search(line) and kind not in SHOW_ALL
            goes_from_the_newest = OF_THE_OLDER in sql and FROM_THE_NEWEST.search(line)
            if ALL_OF.search(line) or goes_through_half or goes_from_the_newest or (OF_A_DAY in sql and NEWEST in line):
                wrong.append(f"{kind}: {line}: {sql[:60]} … {sql[sql.find(' FROM ') :][:200]}")
    assert not wrong, "\n".join(wrong)
