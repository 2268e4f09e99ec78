"""The desk's calendar: what stands on which day, in the time of each edition, and for whom."""

from datetime import UTC, date, datetime, timedelta

import pytest

from broadsheet.accounts.models import User
from broadsheet.editions.models import Edition
from broadsheet.foundation.clock import stopped_at
from broadsheet.stories.planned import planned
from tests.factories import Newsroom

pytestmark = pytest.mark.database

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
LATE = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)
"""The 21st in Riga, the 20th in New York."""


def days(who: User, named: int = 0) -> list[tuple[str, str, str, str]]:
    found = planned(who, FIRST, LAST, "en", named=named)
    return [
        (f"{day}", item.time, item.what, item.headline) for day, items in sorted(found.items.items()) for item in items
    ]


def test_each_thing_stands_on_the_day_of_its_edition(newsroom: Newsroom) -> None:
    Edition.objects.filter(pk=newsroom.russian.pk).update(zone="America/New_York")
    newsroom.russian.refresh_from_db()
    with stopped_at(datetime(2026, 11, 10, 12, tzinfo=UTC)):
        newsroom.publish(newsroom.draft(headline="Goes out", go_live_at=LATE))
        newsroom.publish(newsroom.draft(headline="Выходит", edition=newsroom.russian, go_live_at=LATE))
        newsroom.publish(newsroom.draft(headline="Held back", embargo_until=LATE))
        newsroom.draft(headline="Will be held back", embargo_until=LATE)
        newsroom.draft(headline="Due", due_at=LATE)
        newsroom.published(headline="Out", due_at=LATE)
        assert days(newsroom.chief, named=1) == [
            ("2026-11-10", "14:00", "published", "Out"),
            ("2026-11-20", "17:30", "out", "Выходит"),
            ("2026-11-21", "00:30", "due", "Due"),
            ("2026-11-21", "00:30", "out", "Goes out"),
            ("2026-11-21", "00:30", "out", "Held back"),
            ("2026-11-21", "00:30", "embargo", "Will be held back"),
        ]


def test_what_was_published_is_counted_by_day_and_edition(newsroom: Newsroom) -> None:
    for number in range(3):
        with stopped_at(LATE - timedelta(hours=number)):
            newsroom.published(headline=f"Story {number}")
    with stopped_at(LATE + timedelta(days=1)):
        found = planned(newsroom.chief, FIRST, LAST, "en", named=1)
        counts = {f"{day}": [(one.edition.id, one.count) for one in rows] for day, rows in found.published.items()}
        assert counts == {
            "2026-11-20": [(newsroom.english.pk, 2)],
            "2026-11-21": [(newsroom.english.pk, 1)],
        }
        assert [headline for *_rest, headline in days(newsroom.chief, named=1)] == ["Story 1", "Story 0"]


def test_a_day_that_clocks_make_longer_or_shorter_keeps_its_own(newsroom: Newsroom) -> None:
    # 25 October 2026 has 25 hours in Riga.
    for hours in (-1, 0, 24, 25):
        moment = datetime(2026, 10, 24, 21, tzinfo=UTC) + timedelta(hours=hours)
        with stopped_at(moment):
            newsroom.published(headline=f"After {hours}")
    found = planned(newsroom.chief, date(2026, 10, 25), date(2026, 10, 25), "en", named=9)
    assert [item.headline for item in found.items[date(2026, 10, 25)]] == ["After 0", "After 24"]


def test_nobody_sees_what_they_may_not_read(newsroom: Newsroom) -> None:
    with stopped_at(datetime(2026, 11, 10, 12, tzinfo=UTC)):
        newsroom.publish(newsroom.draft(headline="Secret", go_live_at=LATE))
        newsroom.draft(headline="Secret", due_at=LATE)
        newsroom.draft(headline="Secret", embargo_until=LATE)
        live = newsroom.published(headline="Open")
        newsroom.publish(newsroom.edit(live, headline="Secret", go_live_at=LATE))
        outsider = newsroom.member("reporter", section="economy")
        assert {headline for *_rest, headline in days(outsider, named=5)} == {"Open"}
        assert len([one for one in days(newsroom.chief) if one[3] == "Secret"]) == 4


@pytest.mark.parametrize(
    ("query", "shows"),
    [
        ({}, "November 2026"),
        ({"month": "2027-03"}, "March 2027"),
        ({"week": "2026-W44"}, "26 October – 1 November 2026"),
        ({"week": ""}, "23 November – 29 November 2026"),
        ({"month": "2026-13"}, "November 2026"),
        ({"month": "9" * 40}, "November 2026"),
        ({"week": "2026-W60"}, "23 November – 29 November 2026"),
        ({"week": "0000-W00"}, "23 November – 29 November 2026"),
    ],
)
def test_the_page_shows_a_month_or_a_week_and_else_the_present_one(
    newsroom: Newsroom, query: dict[str, str], shows: str
) -> None:
    with stopped_at(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        page = newsroom.at_desk(newsroom.chief).get("/desk/calendar/", query)
    assert page.status_code == 200
    assert f"<h2>{shows}</h2>" in page.content.decode()
    assert "The Gazette: Europe/Riga" in page.content.decode()
