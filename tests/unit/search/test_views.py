"""The search page: its form, what it finds, and what it says where there is nothing."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from broadsheet.foundation.clock import stopped_at
from broadsheet.index import engines
from broadsheet.stories.actions import withdraw_story
from broadsheet.stories.models import Story
from tests.factories import Newsroom

pytestmark = pytest.mark.database

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def page(reader: Client, query: dict[str, Any] | str, prefix: str = "") -> str:
    """The page of a search; it is always there."""
    address = f"{prefix}/search/"
    response = reader.get(address, query) if isinstance(query, dict) else reader.get(f"{address}?{query}")
    assert response.status_code == 200
    return response.content.decode()


def headlines(text: str) -> list[str]:
    """The headlines of the hits, without marks."""
    found = re.findall(r'<h2 class="card-headline"><a href="[^"]*">(.*?)</a></h2>', text)
    return [re.sub("</?mark>", "", headline) for headline in found]


def test_an_empty_search_shows_the_form_only(newsroom: Newsroom, reader: Client) -> None:
    newsroom.published()
    for query in ({}, {"q": ""}, {"q": "  "}, {"section": "world"}):
        text = page(reader, query)
        assert 'class="search-form"' in text
        assert 'class="search-count"' not in text
        assert 'class="card search-hit"' not in text


def test_a_story_is_found_by_its_words_which_are_marked(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.published(headline="Port to stop unloading at night", standfirst="The city sleeps.")
    newsroom.published(headline="Something else", body=[("paragraph", "<p>Nothing of it.</p>")])
    text = page(reader, {"q": "unloads crane"})
    assert headlines(text) == [story.headline]
    assert "Port to stop <mark>unloading</mark> at night" in text
    assert '<p class="search-extract">The <mark>cranes</mark> stand still at night.</p>' in text
    assert "1 story found" in text
    assert f'href="{story.address}"' in text


def test_a_story_of_another_edition_is_found_there_alone(newsroom: Newsroom, reader: Client) -> None:
    newsroom.published(
        headline="Порт прекращает разгрузку", edition=newsroom.russian, body=[("paragraph", "<p>Ёлка у причала.</p>")]
    )
    assert headlines(page(reader, {"q": "разгрузка елки"}, prefix="/ru")) == ["Порт прекращает разгрузку"]
    assert headlines(page(reader, {"q": "разгрузка"})) == []


def test_drafts_and_withdrawn_stories_are_not_found(newsroom: Newsroom, reader: Client) -> None:
    newsroom.draft(headline="Secret draft")
    story = newsroom.published(headline="Secret withdrawn")
    newsroom.edit(newsroom.published(headline="Public"), headline="Secret edit")
    withdraw_story(newsroom.chief, story.pk)
    text = page(reader, {"q": "secret"})
    assert headlines(text) == []
    assert "No story was found." in text


def test_what_the_index_should_not_hold_is_not_shown(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.published(headline="Secret")
    Story.objects.filter(pk=story.pk).update(live=False, state="withdrawn")
    assert headlines(page(reader, {"q": "secret"})) == []


def test_a_search_is_narrowed_to_a_section(newsroom: Newsroom, reader: Client) -> None:
    newsroom.published(headline="Port in the world")
    newsroom.published(headline="Port and money", section=newsroom.sections["economy"])
    assert headlines(page(reader, {"q": "port", "section": "economy"})) == ["Port and money"]
    text = page(reader, {"q": "port", "section": "culture"})
    assert headlines(text) == []
    assert 'href="/search/?q=port">Search in all sections and days' in text


def test_a_search_is_narrowed_to_days_of_the_edition(newsroom: Newsroom, reader: Client) -> None:
    # In Riga it is two hours later than UTC: this is the morning of the 24th.
    with stopped_at(datetime(2026, 11, 23, 22, 30, tzinfo=UTC)):
        newsroom.published(headline="Port after midnight")
    with stopped_at(datetime(2026, 11, 23, 21, 30, tzinfo=UTC)):
        newsroom.published(headline="Port before midnight")
    with stopped_at(datetime(2026, 12, 1, tzinfo=UTC)):
        assert headlines(page(reader, "q=port&from=2026-11-24")) == ["Port after midnight"]
        assert headlines(page(reader, "q=port&to=2026-11-23")) == ["Port before midnight"]
        assert len(headlines(page(reader, "q=port&from=2026-11-23&to=2026-11-24"))) == 2
        assert headlines(page(reader, "q=port&from=2026-11-25&to=2999-12-31")) == []


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("q=port&from=2026-02-30", "One of the days is none"),
        ("q=port&to=yesterday", "One of the days is none"),
        ("q=port&to=20261123", "One of the days is none"),
        ("q=port&to=2026-W01-1", "One of the days is none"),
        ("q=port&from=0001-01-01", "One of the days is none"),
        ("q=port&to=9999-12-31", "One of the days is none"),
        ("q=port&from=%D9%A2%D9%A0%D9%A2%D9%A6-01-01", "One of the days is none"),
        ("q=port&from=2026-11-24&to=2026-11-23", "The first day lies after the last"),
        ("q=port&section=nowhere", "There is no such section"),
        ("q=port&page=11", "ten pages"),
        ("q=port&page=0", "ten pages"),
        ("q=port&page=-1", "ten pages"),
        ("q=port&page=x", "ten pages"),
        ("q=port&page=%D9%A1", "ten pages"),
        ("q=port&page=" + "9" * 500, "ten pages"),
    ],
)
def test_what_is_wrong_with_a_question_is_said_beside_the_form(
    newsroom: Newsroom, reader: Client, query: str, sentence: str
) -> None:
    newsroom.published(headline="Port")
    text = page(reader, query)
    assert re.search(f'<p class="search-wrong">[^<]*{sentence}', text)
    assert 'class="search-count"' not in text
    assert 'name="q" value="port"' in text


def test_what_was_asked_stands_in_the_form_again(newsroom: Newsroom, reader: Client) -> None:
    text = page(reader, {"q": '"><script>x</script>', "section": "economy", "from": "2026-11-01", "to": "2026-11-30"})
    assert "<script>x" not in text
    assert 'value="&#34;&gt;&lt;script&gt;x&lt;/script&gt;"' in text
    assert re.search('<option value="economy" selected>', text)
    assert 'value="2026-11-01"' in text
    assert 'value="2026-11-30"' in text


def test_the_page_is_not_for_search_engines_and_is_one_page_whatever_is_asked(
    newsroom: Newsroom, reader: Client
) -> None:
    for query in ({}, {"q": "port", "page": "2", "section": "world"}):
        text = page(reader, query)
        assert '<meta name="robots" content="noindex">' in text
        assert '<link rel="canonical" href="http://localhost:8000/search/">' in text


def test_results_stand_on_pages_that_lead_to_each_other(newsroom: Newsroom, reader: Client) -> None:
    for number in range(45):
        with stopped_at(NOON + timedelta(minutes=number)):
            newsroom.published(headline=f"Port {number:02}")
    with stopped_at(NOON + timedelta(days=1)):
        pages = [page(reader, {"q": "port", "page": number, "section": "world"}) for number in (1, 2, 3, 4)]
    found = [headlines(text) for text in pages]
    assert [len(part) for part in found] == [20, 20, 5, 0]
    assert [headline for part in found for headline in part] == [f"Port {number:02}" for number in range(44, -1, -1)]
    assert all("45 stories found" in text for text in pages)
    assert 'rel="next" href="/search/?q=port&amp;section=world&amp;page=2"' in pages[0]
    assert 'rel="prev" href="/search/?q=port&amp;section=world"' in pages[1]
    assert 'rel="next"' not in pages[2]
    assert "nothing more on this page" in pages[3]


def test_more_than_can_be_counted_is_said_as_such(
    newsroom: Newsroom, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        newsroom.published(headline=f"Port {number}", body=[("paragraph", "<p>old port</p>")])
    monkeypatch.setattr("broadsheet.index.reads.MOST", 3)
    assert "More than 1,000 stories found" in page(reader, {"q": "port"})
    monkeypatch.setattr("broadsheet.index.reads.MOST", 1000)
    monkeypatch.setattr(engines, "CHECKED", 2)
    assert "At least 2 stories found" in page(reader, {"q": '"old port"'})
    assert "4 stories found" in page(reader, {"q": "old port"})


def test_the_page_names_the_key_of_its_edition_and_its_cards(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.published(headline="Port")
    response: Any = reader.get("/search/", {"q": "port"})
    assert f"search:{newsroom.english.pk}" in response.press_keys
    assert f"card:{story.pk}" in response.press_keys
    assert not any(key.startswith("search:") for key in reader.get("/search/").press_keys)  # type: ignore[attr-defined]
