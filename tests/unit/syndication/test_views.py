"""Feeds, the sitemap and robots.txt: what they hold, and that what is written in a story cannot break them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from broadsheet.foundation.clock import stopped_at
from broadsheet.press.keys import declared_keys
from broadsheet.stories.actions import withdraw_story
from broadsheet.stories.models import Story
from tests.factories import Newsroom

pytestmark = pytest.mark.database
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def channel_of(reader: Client, address: str) -> ElementTree.Element:
    response = reader.get(address)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)[0]


def titles(reader: Client, address: str) -> list[str | None]:
    return [title.text for title in channel_of(reader, address).findall("item/title")]


@pytest.mark.parametrize(
    "text",
    ["a & b < c > d", "]]>", "a\x00b\x08c\x0bd\ufffee", "“quotes” и «ёлочки»", "𝄞 😀", "&amp; &#0;", "<![CDATA["],
)
def test_no_text_breaks_a_feed(newsroom: Newsroom, reader: Client, text: str) -> None:
    text = text.replace("\x00", "") if "\x00" in text else text
    newsroom.published(headline=f"Port {text} night", standfirst=text, slug="port")
    channel = channel_of(reader, "/rss.xml")
    expected = "".join(letter for letter in text if letter not in "\x08\x0b\ufffe")
    assert channel.findtext("item/title") == f"Port {expected} night"
    assert channel.findtext("item/description") == expected


def test_a_feed_holds_the_thirty_newest_of_its_edition_and_section(newsroom: Newsroom, reader: Client) -> None:
    for place in range(33):
        with stopped_at(NOON + timedelta(minutes=place)):
            newsroom.published(headline=f"Note {place}", section=newsroom.sections["world" if place % 2 else "culture"])
    assert titles(reader, "/rss.xml") == [f"Note {place}" for place in range(32, 2, -1)]
    assert titles(reader, "/world/rss.xml") == [f"Note {place}" for place in range(31, 0, -2)]
    assert titles(reader, "/economy/rss.xml") == titles(reader, "/ru/rss.xml") == []


def test_a_feed_changes_with_its_stories_and_not_with_the_time(newsroom: Newsroom, reader: Client) -> None:
    for address in ("/rss.xml", "/ru/world/rss.xml"):
        with stopped_at(NOON):
            first = reader.get(address).content
        with stopped_at(NOON + timedelta(days=1)):
            assert reader.get(address).content == first
    before = reader.get("/rss.xml").content
    story = newsroom.published()
    with_story = reader.get("/rss.xml").content
    assert with_story != before
    withdraw_story(newsroom.chief, story.pk)
    assert reader.get("/rss.xml").content == before


def test_an_empty_feed_is_a_feed(newsroom: Newsroom, reader: Client) -> None:
    channel = channel_of(reader, "/ru/world/rss.xml")
    assert channel.findtext("title") == "Мир – Листок"
    assert channel.findtext("link") == "http://localhost:8000/ru/world/"
    assert channel.findtext("description") == "Всё о: мир"
    assert channel.findtext("language") == "ru"
    link = channel.find("{http://www.w3.org/2005/Atom}link")
    assert link is not None
    assert link.get("href") == "http://localhost:8000/ru/world/rss.xml"


@pytest.mark.parametrize("address", ["/sport/rss.xml", "/xx/rss.xml", "/topics/rss.xml", "/world/RSS.xml"])
def test_a_feed_of_nothing_is_not_found(newsroom: Newsroom, reader: Client, address: str) -> None:
    assert reader.get(address).status_code == 404


def test_the_sitemap_lists_what_readers_may_see_in_every_edition(newsroom: Newsroom, reader: Client) -> None:
    english = newsroom.published()
    russian = newsroom.published(edition=newsroom.russian, headline="Порт")
    newsroom.draft(headline="A secret draft")
    gone = newsroom.published(headline="Gone")
    withdraw_story(newsroom.chief, gone.pk)
    found = reader.get("/sitemap.xml").content.decode()
    root = ElementTree.fromstring(found)
    places = [tag.text for tag in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    sections = ["world/", "economy/", "culture/"]
    assert sorted(str(place).removeprefix("http://localhost:8000") for place in places) == sorted(
        [
            "/",
            "/ru/",
            "/newsfeed/",
            "/ru/newsfeed/",
            english.address,
            f"/ru{russian.address}",
            *(f"{base}{name}" for base in ("/", "/ru/") for name in sections),
        ]
    )


def test_the_sitemap_depends_on_every_change_of_a_story_that_it_shows(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.published()
    response: Any = reader.get("/sitemap.xml")
    assert {f"sitemap:{newsroom.english.pk}", f"sitemap:{newsroom.russian.pk}"} <= response.press_keys
    kinds = [kind for kind in declared_keys() if kind.matches(f"sitemap:{story.edition_id}")]
    [kind] = [kind for kind in kinds if kind.on is Story]
    assert {"state", "address", "changed_at"} <= set(kind.columns)


def test_a_sitemap_and_robots_stand_without_any_edition(db: None, reader: Client) -> None:
    assert ElementTree.fromstring(reader.get("/sitemap.xml").content).tag.endswith("urlset")
    assert "Sitemap: http://localhost:8000/sitemap.xml" in reader.get("/robots.txt").content.decode()
