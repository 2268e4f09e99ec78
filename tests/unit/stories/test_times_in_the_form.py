"""Times in the form of a story are those of the edition in which it stands."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from broadsheet.editions.models import Edition
from broadsheet.stories.models import Story
from tests.factories import Newsroom
from tests.unit.desk.forms import newest, story_form

pytestmark = pytest.mark.database
ADD = "/desk/stories/add/"


@pytest.fixture
def desk(newsroom: Newsroom) -> Client:
    Edition.objects.filter(pk=newsroom.russian.pk).update(zone="America/New_York")
    return newsroom.at_desk(newsroom.chief)


def test_a_time_is_typed_and_shown_in_the_zone_of_the_edition(newsroom: Newsroom, desk: Client) -> None:
    times = {"go_live_at": "2099-07-01 12:00", "due_at": "2099-07-01 09:30", "embargo_until": "2099-01-01 00:00"}
    desk.post(ADD, story_form(newsroom, **times))
    story = newest()
    assert (story.due_at, story.embargo_until) == (
        datetime(2099, 7, 1, 6, 30, tzinfo=UTC),
        datetime(2098, 12, 31, 22, 0, tzinfo=UTC),
    )
    assert story.get_latest_revision_as_object().go_live_at == datetime(2099, 7, 1, 9, 0, tzinfo=UTC)
    page = desk.get(f"/desk/stories/edit/{story.pk}/").content.decode()
    assert all(typed in page for typed in times.values())
    assert "Time in Europe/Riga, the zone of The Gazette." in page


def test_the_zone_is_that_of_the_edition_that_is_chosen_in_the_same_form(newsroom: Newsroom, desk: Client) -> None:
    desk.post(ADD, story_form(newsroom, edition=newsroom.russian.pk, due_at="2099-07-01 12:00"))
    assert newest().due_at == datetime(2099, 7, 1, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2027-03-28 03:30", "2027-03-28 03:30 does not exist in Europe/Riga"),
        ("2026-10-25 03:30", "2026-10-25 03:30 comes twice in Europe/Riga"),
    ],
)
@pytest.mark.parametrize("field", ["go_live_at", "expire_at", "embargo_until", "due_at"])
def test_an_hour_that_is_none_or_two_is_refused_with_a_sentence(
    newsroom: Newsroom, desk: Client, field: str, typed: str, sentence: str
) -> None:
    page = desk.post(ADD, story_form(newsroom, **{field: typed})).content.decode()
    assert sentence in page
    assert not Story.objects.exists()


def test_of_two_hours_the_one_that_is_meant_is_kept_and_shown(newsroom: Newsroom, desk: Client) -> None:
    desk.post(ADD, story_form(newsroom, due_at="2026-10-25 03:30 +02:00"))
    story = newest()
    assert story.due_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert 'value="2026-10-25 03:30 +02:00"' in desk.get(f"/desk/stories/edit/{story.pk}/").content.decode()
