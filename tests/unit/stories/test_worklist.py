"""The desk's list of stories: what it can be asked, what it shows to whom, and how its pages follow each other."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from broadsheet.accounts.models import User
from broadsheet.foundation.clock import stopped_at
from broadsheet.stories.access import visible_to
from broadsheet.stories.actions import (
    delete_filter,
    delete_story,
    save_filter,
    unschedule_story,
    withdraw_story,
)
from broadsheet.stories.filters import FilterForm
from broadsheet.stories.models import SavedFilter, Story
from broadsheet.stories.worklist import lines_of, page_for
from tests.factories import Newsroom

pytestmark = pytest.mark.database

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def found(who: User, at: str = "", size: int = 30, **asked: Any) -> list[str]:
    form = FilterForm({name: str(value) for name, value in asked.items()}, language="en")
    page = page_for(who, form.asked, at, size=size)
    return [line.headline for line in lines_of(who, page.ids, "en")]


def a_few(newsroom: Newsroom) -> None:
    sections = newsroom.sections
    with stopped_at(NOON):
        newsroom.published(headline="Harbour opens", section=sections["world"])
    with stopped_at(NOON + timedelta(days=1)):
        newsroom.draft(headline="Bread is dearer", section=sections["economy"], kind="analysis", bylines=[])
    with stopped_at(NOON + timedelta(days=2)):
        newsroom.draft(headline="Порт открыт", edition=newsroom.russian, section=None, due_at=NOON)


@pytest.mark.parametrize(
    ("asked", "headlines"),
    [
        ({}, ["Порт открыт", "Bread is dearer", "Harbour opens"]),
        ({"state": "draft"}, ["Порт открыт", "Bread is dearer"]),
        ({"state": "published"}, ["Harbour opens"]),
        ({"kind": "analysis"}, ["Bread is dearer"]),
        ({"section": "0"}, ["Порт открыт"]),
        ({"section": "economy"}, ["Bread is dearer"]),
        ({"edition": "english"}, ["Bread is dearer", "Harbour opens"]),
        ({"byline": "writer"}, ["Порт открыт", "Harbour opens"]),
        ({"since": "2026-11-24", "until": "2026-11-24"}, ["Bread is dearer"]),
        ({"when": "published", "until": "2026-11-23"}, ["Harbour opens"]),
        ({"when": "due", "since": "2026-11-23"}, ["Порт открыт"]),
        ({"q": "harbour"}, ["Harbour opens"]),
        ({"q": "cranes"}, ["Порт открыт", "Bread is dearer", "Harbour opens"]),
        ({"q": "cranes", "state": "draft"}, ["Порт открыт", "Bread is dearer"]),
        ({"q": "cranes", "section": "economy"}, ["Bread is dearer"]),
        ({"q": "cranes", "section": "0", "edition": "russian"}, ["Порт открыт"]),
        ({"q": "cranes", "kind": "analysis"}, ["Bread is dearer"]),
        ({"q": "cranes", "byline": "writer"}, ["Порт открыт", "Harbour opens"]),
        ({"q": "cranes", "since": "2026-11-24", "until": "2026-11-24"}, ["Bread is dearer"]),
        ({"q": "cranes", "when": "published", "until": "2026-11-23"}, ["Harbour opens"]),
        ({"q": "ПОРТ"}, ["Порт открыт"]),
        ({"q": "brea"}, ["Bread is dearer"]),
        ({"q": "nowhere"}, []),
        ({"q": "!"}, []),
        ({"state": "no-such", "since": "yesterday"}, ["Порт открыт", "Bread is dearer", "Harbour opens"]),
    ],
)
def test_each_filter_finds_what_it_asks_for(newsroom: Newsroom, asked: dict[str, str], headlines: list[str]) -> None:
    a_few(newsroom)
    ids = {
        "english": newsroom.english.pk,
        "russian": newsroom.russian.pk,
        "writer": newsroom.writer.pk,
        **{slug: section.pk for slug, section in newsroom.sections.items()},
    }
    assert found(newsroom.chief, **{name: ids.get(value, value) for name, value in asked.items()}) == headlines


def test_pages_follow_each_other_without_a_gap_and_back(newsroom: Newsroom) -> None:
    for number in range(7):
        with stopped_at(NOON + timedelta(seconds=number // 2)):
            newsroom.draft(headline=f"Story {number}")
    asked = FilterForm({}, language="en").asked
    first = page_for(newsroom.chief, asked, "", size=3)
    second = page_for(newsroom.chief, asked, first.older, size=3)
    third = page_for(newsroom.chief, asked, second.older, size=3)
    everything = list(Story.objects.order_by("-touched_at", "-pk").values_list("pk", flat=True))
    assert [*first.ids, *second.ids, *third.ids] == everything
    assert (first.newer, third.older) == ("", "")
    assert page_for(newsroom.chief, asked, third.newer, size=3).ids == second.ids
    back = page_for(newsroom.chief, asked, second.newer, size=3)
    assert (back.ids, back.newer) == (first.ids, "")


def test_pages_of_a_search_follow_each_other_without_a_gap(newsroom: Newsroom) -> None:
    for number in range(5):
        with stopped_at(NOON + timedelta(minutes=number)):
            newsroom.draft(headline=f"Harbour {number}")
    asked = FilterForm({"q": "harbour"}, language="en").asked
    at, seen = "", []
    for _page in range(3):
        page = page_for(newsroom.chief, asked, at, size=2)
        seen, at = [*seen, *page.ids], page.older
    assert seen == list(Story.objects.order_by("-pk").values_list("pk", flat=True))
    assert at == ""


@pytest.mark.parametrize("at", ["x", "b", "b12", "b-1", "bx-y", "p", "p9x", "b" + "9" * 40 + "-1", "b1-" + "9" * 40])
def test_a_page_that_there_is_not_is_the_first(newsroom: Newsroom, at: str) -> None:
    a_few(newsroom)
    assert len(found(newsroom.chief, at)) == 3
    assert found(newsroom.chief, at, q="harbour") == ["Harbour opens"]


def test_everybody_sees_and_finds_exactly_what_they_may_read(newsroom: Newsroom) -> None:
    a_few(newsroom)
    stories = [newsroom.draft(headline="Mine", by=newsroom.member("reporter", section="world")), *Story.objects.all()]
    people = [
        newsroom.member("reporter", section="economy"),
        newsroom.member("reporter", edition="ru"),
        newsroom.member("editor", edition="main", section="world"),
        *newsroom.staff.values(),
        stories[0].begun_by,
        newsroom.reader,
    ]
    for person in people:
        assert person is not None
        readable = set(Story.objects.filter(visible_to(person, datetime.now(UTC))).values_list("pk", flat=True))
        for words in ("", "cranes"):
            page = page_for(person, FilterForm({"q": words}, language="en").asked, "")
            assert set(page.ids) == readable, (person, words)


def test_a_search_follows_a_story_through_its_states(newsroom: Newsroom) -> None:
    chief, outsider = newsroom.chief, newsroom.member("reporter", section="economy")
    story = newsroom.draft(headline="Harbour", go_live_at=datetime(2099, 1, 1, tzinfo=UTC))
    assert (found(chief, q="harbour"), found(outsider, q="harbour")) == (["Harbour"], [])
    newsroom.publish(story)
    assert found(chief, q="harbour", state="scheduled") == ["Harbour"]
    unschedule_story(chief, story.pk)
    assert found(chief, q="harbour", state="draft") == ["Harbour"]
    story = newsroom.publish(newsroom.edit(story, go_live_at=None))
    assert found(outsider, q="harbour", state="published") == ["Harbour"]
    newsroom.edit(story, headline="Quay")
    assert (found(chief, q="quay"), found(chief, q="harbour")) == (["Quay"], ["Quay"])
    assert (found(outsider, q="quay"), found(outsider, q="harbour")) == ([], ["Harbour"])
    withdraw_story(chief, story.pk)
    assert (found(chief, q="quay", state="withdrawn"), found(outsider, q="harbour")) == (["Quay"], [])
    other = newsroom.draft(headline="Jetty")
    delete_story(chief, other.pk)
    assert found(chief, q="jetty") == []


def test_the_list_says_of_each_story_what_an_editor_asks_first(newsroom: Newsroom) -> None:
    with stopped_at(NOON):
        story = newsroom.published(headline="Harbour")
    with stopped_at(NOON + timedelta(hours=1)):
        newsroom.edit(story, headline="Quay")
    (line,) = lines_of(newsroom.chief, [story.pk], "en")
    assert (line.headline, line.section, line.kind, line.state_word) == ("Quay", "World", "news", "published")
    assert (line.bylines, line.edition, line.is_changed) == ("Ann Writer", "The Gazette", True)
    assert (line.touched, line.when_word, line.when) == ("23 Nov 2026, 15:00", "published", "23 Nov 2026, 14:00")
    (line,) = lines_of(newsroom.member("reporter", section="economy"), [story.pk], "en")
    assert (line.headline, line.edit, line.is_changed) == ("Harbour", "", False)


def test_the_page_is_asked_by_its_form_and_keeps_filters(newsroom: Newsroom) -> None:
    a_few(newsroom)
    desk = newsroom.at_desk(newsroom.chief)
    page = desk.get("/desk/stories/", {"state": "draft"}).content.decode()
    assert "Bread is dearer" in page
    assert "Harbour opens" not in page
    desk.post(
        "/desk/stories/filters/", {"query": "state=draft&kind=analysis&x=1", "name": " In  work ", "shared": "on"}
    )
    kept = SavedFilter.objects.get()
    assert (kept.name, kept.asked, kept.is_shared) == ("In work", {"state": "draft", "kind": "analysis"}, True)
    page = newsroom.at_desk(newsroom.staff["reporter"]).get("/desk/stories/").content.decode()
    assert 'href="/desk/stories/?state=draft&amp;kind=analysis">In work</a>' in page
    assert f'name="delete" value="{kept.pk}"' not in page
    desk.post("/desk/stories/filters/", {"delete": str(kept.pk)})
    assert not SavedFilter.objects.exists()


def test_a_filter_of_ones_own_is_nobody_elses(newsroom: Newsroom) -> None:
    reporter = newsroom.staff["reporter"]
    kept = save_filter(reporter, "Mine", {"state": "draft"})
    assert "Mine" not in newsroom.at_desk(newsroom.chief).get("/desk/stories/").content.decode()
    save_filter(reporter, "Mine", {"state": "published"})
    kept.refresh_from_db()
    assert kept.asked == {"state": "published"}
    delete_filter(reporter, kept.pk)


ASKED: list[dict[str, str]] = [
    {},
    {"section": "section"},
    {"section": "0"},
    {"edition": "1", "kind": "news"},
    {"byline": "1"},
    {"state": "draft"},
    {"state": "published", "section": "1", "byline": "1"},
    {"since": "2026-01-01", "until": "2026-12-31"},
    {"when": "published", "since": "2026-01-01"},
    {"when": "due", "since": "2026-01-01"},
]


@pytest.mark.parametrize("asked", ASKED, ids=str)
@pytest.mark.parametrize("at", ["", "b1764000000000000-5", "a1764000000000000-5"])
def test_a_page_is_read_from_one_index_in_its_order(newsroom: Newsroom, asked: dict[str, str], at: str) -> None:
    if connection.vendor != "sqlite":
        return
    seen: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, *more: Any) -> Any:
        if sql.startswith("SELECT") and "LIMIT 31" in sql:
            seen.append((sql, params))
        return execute(sql, params, *more)

    reporter = newsroom.member("reporter", section="economy")
    ids = {"section": newsroom.sections["world"].pk, "edition": newsroom.english.pk, "byline": newsroom.writer.pk}
    form = FilterForm({name: str(ids.get(name, value)) for name, value in asked.items()}, language="en")
    with connection.execute_wrapper(note):
        page_for(reporter, form.asked, at)
    ((sql, params),) = seen
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        plan = [row[3] for row in cursor.fetchall()]
    assert [step for step in plan if "stories_story " in step and "COVERING INDEX stories_story_" in step], plan
    assert not [step for step in plan if "TEMP B-TREE" in step], plan
