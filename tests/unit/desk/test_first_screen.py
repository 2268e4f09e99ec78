"""The first screen: what there is to do, for each who looks; and a menu of what their role may do."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from broadsheet.accounts.models import User
from broadsheet.accounts.roles import Role
from broadsheet.desk.actions import hand_over
from broadsheet.desk.first_lists import coming, due_today, just_published, my_drafts, waiting_for
from broadsheet.desk.reported import open_reports
from broadsheet.foundation.clock import stopped_at
from broadsheet.stories.actions import report_error
from broadsheet.stories.models import Story
from tests.factories import Newsroom

pytestmark = pytest.mark.database

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def titles(rows: list[dict[str, Any]]) -> list[str]:
    return [row["title"] for row in rows]


@pytest.fixture
def reporter(newsroom: Newsroom) -> User:
    return newsroom.member("reporter", edition="main", section="world")


def test_my_drafts_are_those_that_i_began_the_last_changed_first(newsroom: Newsroom, reporter: User) -> None:
    first = newsroom.draft(reporter, headline="First")
    newsroom.draft(reporter, headline="Second")
    newsroom.draft(newsroom.chief, headline="The chief's")
    newsroom.publish(newsroom.draft(reporter, headline="Out"))
    newsroom.edit(first, reporter, headline="First, changed")
    assert titles(my_drafts(reporter)) == ["First, changed", "Second"]


def test_what_waits_for_me_was_handed_to_me_or_to_my_role_where_the_story_stands(
    newsroom: Newsroom, reporter: User
) -> None:
    here = newsroom.member("editor", edition="main", section="world")
    elsewhere = newsroom.member("editor", edition="main", section="economy")
    hand_over(reporter, newsroom.draft(reporter, headline="For the role").pk, "with-editor", seen=0)
    hand_over(newsroom.chief, newsroom.draft(headline="For the reporter").pk, "ready", reporter.pk, seen=0)
    gone = newsroom.draft(reporter, headline="Published since")
    hand_over(reporter, gone.pk, "ready", here.pk, seen=0)
    newsroom.publish(gone)
    assert titles(waiting_for(here)) == ["For the role"]
    assert titles(waiting_for(elsewhere)) == []
    assert titles(waiting_for(reporter)) == ["For the reporter"]
    assert titles(waiting_for(newsroom.staff[Role.PICTURE_EDITOR])) == []


def test_what_is_due_is_due_by_the_end_of_the_editions_day(newsroom: Newsroom, reporter: User) -> None:
    """The editions are in Riga, where the day ends at 22:00 UTC."""
    for headline, due in {
        "Tonight": datetime(2026, 11, 23, 21, 59, tzinfo=UTC),
        "Tomorrow": datetime(2026, 11, 23, 22, 1, tzinfo=UTC),
        "This morning": NOON - timedelta(hours=3),
        "Long ago": NOON - timedelta(days=8),
    }.items():
        newsroom.draft(reporter, headline=headline, due_at=due)
    newsroom.publish(newsroom.draft(reporter, headline="Done", due_at=NOON))
    with stopped_at(NOON):
        rows = due_today(reporter)
        assert titles(rows) == ["This morning", "Tonight"]
        assert [row["is_late"] for row in rows] == [True, False]
        assert rows[1]["facts"][-1] == "due 23:59"
        assert titles(due_today(newsroom.member("editor", edition="ru"))) == []


def test_what_comes_and_what_came(newsroom: Newsroom, reporter: User) -> None:
    with stopped_at(NOON):
        newsroom.publish(newsroom.draft(reporter, headline="At two", go_live_at=NOON + timedelta(hours=2)))
        newsroom.publish(newsroom.draft(reporter, headline="Out"))
        assert titles(coming(reporter)) == ["At two"]
        assert titles(coming(newsroom.member("editor", edition="ru"))) == []
        assert titles(just_published(newsroom.member("editor", edition="ru"))) == ["Out"]


def test_readers_reports_are_shown_to_those_who_can_correct_the_story(newsroom: Newsroom, reporter: User) -> None:
    story = newsroom.published(reporter, headline="The quay")
    report_error(story_id=story.pk, headline="The quay", address="/", text="It is longer.", mail="")
    assert [row["text"] for row in open_reports(newsroom.staff[Role.EDITOR])] == ["It is longer."]
    assert open_reports(reporter) == []


def test_nobody_reads_on_the_first_screen_what_they_may_not_read(newsroom: Newsroom, reporter: User) -> None:
    for due in (None, datetime.now(UTC)):
        newsroom.draft(reporter, headline="Kanareika", due_at=due)
    hand_over(reporter, Story.objects.latest("pk").pk, "with-editor", seen=0)
    newsroom.publish(newsroom.draft(reporter, headline="Kanareika", go_live_at=datetime(2100, 1, 1, tzinfo=UTC)))
    stranger = newsroom.member("editor", edition="main", section="economy")
    assert "Kanareika" not in newsroom.at_desk(stranger).get("/desk/").content.decode()
    assert "Kanareika" in newsroom.at_desk(reporter).get("/desk/").content.decode()


def test_who_was_told_of_a_story_and_may_not_read_it_any_more_reads_no_headline(
    newsroom: Newsroom, reporter: User
) -> None:
    editor = newsroom.member("editor", edition="main", section="world")
    story = newsroom.draft(reporter, headline="Kanareika")
    hand_over(reporter, story.pk, "with-editor", editor.pk, "Kanareika note", seen=0)
    newsroom.edit(story, section=newsroom.sections["economy"])
    for address in ("/desk/", "/desk/notices/"):
        page = newsroom.at_desk(editor).get(address).content.decode()
        assert "Kanareika" not in page
        assert "cannot read now" in page


def test_notices_are_read_from_the_first_screen(newsroom: Newsroom, reporter: User) -> None:
    editor = newsroom.staff[Role.EDITOR]
    hand_over(reporter, newsroom.draft(reporter).pk, "with-editor", editor.pk, "Please look.", seen=0)
    desk = newsroom.at_desk(editor)
    page = desk.get("/desk/").content.decode()
    assert "Please look." in page
    read = re.findall(r'action="(/desk/notices/\d+/)"', page)
    assert desk.post(read[0]).status_code == 302
    assert "Please look." not in desk.get("/desk/").content.decode()
    assert "Please look." in desk.get("/desk/notices/").content.decode()


@pytest.mark.parametrize("role", Role)
def test_the_menu_holds_nothing_that_a_role_may_not_use(newsroom: Newsroom, role: Role) -> None:
    desk = newsroom.at_desk(newsroom.staff[role])
    page = desk.get("/desk/").content.decode()
    entries = [address for address in re.findall(r'"url": "(/desk/[^"]*)"', page) if address != "/desk/logout/"]
    assert "/desk/stories/" in entries
    for address in entries:
        assert resolve(address)
        assert desk.get(address).status_code == 200, f"{role}: {address}"
    may_begin = 'class="button desk-new"' in page
    assert may_begin is (desk.get("/desk/stories/add/").status_code == 200)


def test_the_first_screen_takes_as_many_queries_however_much_there_is(newsroom: Newsroom) -> None:
    """A row more in each list costs nothing but itself; the section's names come for all at once."""
    desk = newsroom.at_desk(newsroom.chief)

    def fill(times: int) -> None:
        for number in range(times):
            story = newsroom.draft(headline=f"Draft {number}", due_at=datetime.now(UTC))
            hand_over(newsroom.staff[Role.EDITOR], story.pk, "ready", newsroom.chief.pk, seen=0)
            out = newsroom.published(headline=f"Out {number}")
            report_error(story_id=out.pk, headline="Out", address="/", text="Wrong.", mail="")

    fill(1)
    few = _queries(desk)
    fill(5)
    assert _queries(desk) <= few + 5  # drafts name the step at which each of them stands


def _queries(desk: Client) -> int:
    desk.get("/desk/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        desk.get("/desk/")
    return len(asked)
