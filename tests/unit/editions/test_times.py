"""In whose zone the desk says when something happened."""

from datetime import UTC, datetime

import pytest

from broadsheet.editions.times import desk_day, desk_moment, in_zone, in_zone_of, zone_of
from tests.factories import Newsroom

pytestmark = pytest.mark.database
LATE = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)


def test_what_a_page_is_about_says_the_zone_else_whoever_asks(newsroom: Newsroom) -> None:
    chief = newsroom.chief
    chief._zone = "Asia/Tokyo"
    with in_zone_of(chief):
        assert desk_moment(LATE) == "1 December 2026, 08:30"
        with in_zone("America/New_York"):
            assert (desk_moment(LATE), desk_day(LATE)) == ("30 November 2026, 18:30", "30 November 2026")
        assert desk_day(LATE) == "1 December 2026"
    assert desk_moment(LATE) == "30 November 2026, 23:30"


def test_whoever_chose_no_zone_works_in_that_of_their_edition(newsroom: Newsroom) -> None:
    member = newsroom.member("editor", edition="ru", section=None)
    assert zone_of(member) == newsroom.russian.zone


def test_a_list_of_the_desk_says_times_in_the_zone_of_whoever_looks(newsroom: Newsroom) -> None:
    newsroom.english.zone = "Pacific/Auckland"
    newsroom.english.save()
    story = newsroom.draft(headline="Thrown away")
    desk = newsroom.at_desk(newsroom.chief)
    desk.post(f"/desk/stories/delete/{story.pk}/")
    story.refresh_from_db()
    with in_zone("Pacific/Auckland"):
        said = desk_moment(story.deleted_at)
    assert said in desk.get("/desk/stories/deleted/").content.decode()
