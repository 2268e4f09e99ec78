"""The breaking line: where readers see it, how it goes, what is refused."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from broadsheet.foundation.clock import stopped_at
from broadsheet.foundation.refusals import Refused
from broadsheet.fronts.actions import clear_breaking, end_breaking, set_breaking
from broadsheet.fronts.models import BreakingLine
from broadsheet.stories.actions import withdraw_story
from tests.factories import Newsroom

pytestmark = pytest.mark.database
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
REGION = re.compile(r'<section class="breaking" aria-labelledby="breaking"><p><b id="breaking">([^<]+)</b> (.*?)</p>')


def line_at(address: str, moment: datetime = NOON) -> tuple[str, str] | None:
    """The words that name the region and what stands in it; None where there is none."""
    with stopped_at(moment):
        html = Client(HTTP_HOST="localhost").get(address).content.decode()
    found = REGION.search(html)
    assert ("breaking" in html.split("</style>")[1]) == (found is not None)
    return (found.group(1), found.group(2)) if found else None


def test_it_stands_at_the_top_of_the_fronts_of_its_edition_alone(newsroom: Newsroom) -> None:
    with stopped_at(NOON):
        story = newsroom.published(topics=[newsroom.topic])
        set_breaking(newsroom.chief, newsroom.english.pk, "  Port\u200b closed\n <b>now</b> ")
    said = ("Breaking", "Port closed &lt;b&gt;now&lt;/b&gt;")
    for address in ("/", "/world/", "/culture/", "/?before=5-5", "/world/?before=5-5"):
        assert line_at(address) == said, address
    for address in ("/ru/", "/ru/world/", story.address, "/topics/the-port/", "/people/ann-writer/", "/newsfeed/"):
        assert line_at(address) is None, address


def test_it_stands_before_everything_but_the_way_to_the_content(newsroom: Newsroom, reader: Client) -> None:
    set_breaking(newsroom.chief, newsroom.english.pk, "Port closed")
    body = reader.get("/").content.decode().partition("<body>")[2]
    order = [body.index(part) for part in ('class="skip"', 'class="breaking"', 'class="masthead', "<main")]
    assert order == sorted(order)
    assert "aria-live" not in body
    assert 'role="alert"' not in body


def test_it_speaks_the_language_of_its_edition_and_leads_to_its_story(newsroom: Newsroom) -> None:
    with stopped_at(NOON):
        story = newsroom.published(edition=newsroom.russian)
        set_breaking(newsroom.chief, newsroom.russian.pk, "Порт закрыт", story_id=story.pk)
    assert line_at("/ru/") == ("Срочно", f'<a href="/ru{story.address}">Порт закрыт</a>')
    assert line_at("/ru" + story.address) is None


@pytest.mark.parametrize(
    ("until", "moment", "is_shown"),
    [
        (None, timedelta(hours=2, seconds=-1), True),
        (None, timedelta(hours=2), False),
        (timedelta(minutes=5), timedelta(minutes=5, seconds=-1), True),
        (timedelta(minutes=5), timedelta(minutes=5), False),
        (timedelta(days=1), timedelta(hours=23), True),
    ],
)
def test_it_goes_by_itself_when_its_time_is_over(
    newsroom: Newsroom, until: timedelta | None, moment: timedelta, is_shown: bool
) -> None:
    with stopped_at(NOON):
        set_breaking(newsroom.chief, newsroom.english.pk, "Port closed", until=NOON + until if until else None)
    assert (line_at("/", NOON + moment) is not None) is is_shown


def test_it_goes_when_its_story_is_withdrawn(newsroom: Newsroom) -> None:
    with stopped_at(NOON):
        story = newsroom.published()
        set_breaking(newsroom.chief, newsroom.english.pk, "Port closed", story_id=story.pk)
        assert line_at("/") is not None
        withdraw_story(newsroom.chief, story.pk)
    assert line_at("/") is None
    assert line_at("/world/") is None


def test_a_job_takes_it_away_at_its_end_and_not_before(newsroom: Newsroom) -> None:
    english = newsroom.english.pk
    with stopped_at(NOON):
        set_breaking(newsroom.chief, english, "Port closed")
        set_breaking(newsroom.chief, english, "Port still closed", until=NOON + timedelta(hours=3))
    with stopped_at(NOON + timedelta(hours=2)):
        assert not end_breaking(english)
    assert BreakingLine.objects.get().text == "Port still closed"
    with stopped_at(NOON + timedelta(hours=3)):
        assert end_breaking(english)
        assert not end_breaking(english)


def test_it_is_taken_away_by_hand(newsroom: Newsroom) -> None:
    set_breaking(newsroom.chief, newsroom.english.pk, "Port closed")
    clear_breaking(newsroom.chief, newsroom.english.pk)
    assert line_at("/") is None
    with pytest.raises(Refused, match="no breaking line"):
        clear_breaking(newsroom.chief, newsroom.english.pk)


@pytest.mark.parametrize(
    ("text", "hours", "sentence"),
    [
        ("", 1, "no text"),
        ("—\u200b \n", 1, "no text"),
        ("a" * 121, 1, "at most 120 characters; this one has 121"),
        ("a" * 120, 1, ""),
        ("Port closed", 0, "later than now"),
        ("Port closed", -1, "later than now"),
        ("Port closed", 24, ""),
        ("Port closed", 24.01, "at most a day"),
        ("—", 25, "no text.*at most a day"),
    ],
)
def test_a_line_that_cannot_be_shown_is_refused_with_every_reason(
    newsroom: Newsroom, text: str, hours: float, sentence: str
) -> None:
    with stopped_at(NOON):
        until = NOON + timedelta(hours=hours)
        if not sentence:
            set_breaking(newsroom.chief, newsroom.english.pk, text, until=until)
            return
        with pytest.raises(Refused, match=sentence):
            set_breaking(newsroom.chief, newsroom.english.pk, text, until=until)
    assert not BreakingLine.objects.exists()


@pytest.mark.parametrize("kind", ["a draft", "of the other edition", "withdrawn", "of no number"])
def test_a_line_leads_only_to_a_published_story_of_its_edition(newsroom: Newsroom, kind: str) -> None:
    story_id = 10**9
    if kind == "a draft":
        story_id = newsroom.draft().pk
    elif kind != "of no number":
        edition = newsroom.russian if kind == "of the other edition" else newsroom.english
        story_id = newsroom.published(edition=edition).pk
    if kind == "withdrawn":
        withdraw_story(newsroom.chief, story_id)
    with pytest.raises(Refused, match="published story of this edition"):
        set_breaking(newsroom.chief, newsroom.english.pk, "Port closed", story_id=story_id)
