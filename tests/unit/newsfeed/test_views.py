"""The newsfeed, the pages of briefs and of days."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from broadsheet.editions.reads import all_editions
from broadsheet.foundation.clock import stopped_at
from broadsheet.newsfeed.actions import publish_brief, save_brief, withdraw_brief
from broadsheet.newsfeed.beside import newest_beside
from broadsheet.newsfeed.models import Brief
from broadsheet.stories.actions import withdraw_story
from broadsheet.stories.reads import story_page
from tests.factories import Newsroom

pytestmark = pytest.mark.database

NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)


def brief_of(newsroom: Newsroom, text: str = "Cod opened at 62 crowns.", **fields: object) -> Brief:
    """A published brief."""
    values = {"edition": newsroom.english, "section": newsroom.sections["world"], **fields}
    return publish_brief(newsroom.chief, Brief(text=text, **values))


def get(reader: Client, path: str, status: int = 200) -> str:
    """The page's text."""
    response = reader.get(path)
    assert response.status_code == status, path
    return str(response.content.decode())


def test_stories_and_briefs_stand_in_one_stream_the_newest_first(newsroom: Newsroom, reader: Client) -> None:
    for minutes, text in enumerate(("First brief.", "", "Second brief.")):
        with stopped_at(NOON + timedelta(minutes=minutes)):
            if text:
                brief_of(newsroom, text)
            else:
                story = newsroom.published(headline="A story between them", card_headline="A story between")
    page = get(reader, "/newsfeed/")
    places = [page.index(text) for text in ("Second brief.", "A story between", "First brief.")]
    assert places == sorted(places)
    assert f'href="{story.address}"' in page
    assert '<time class="feed-time" datetime="2026-11-10T14:01:00+02:00">14:01</time>' in page


def test_each_edition_has_its_own(newsroom: Newsroom, reader: Client) -> None:
    russian = brief_of(newsroom, "Треска по 62 кроны.", edition=newsroom.russian)
    english = brief_of(newsroom)
    assert "62 crowns" not in get(reader, "/ru/newsfeed/")
    assert "Треска" in get(reader, "/ru/newsfeed/")
    assert "Треска" in get(reader, f"/ru{russian.address}")
    get(reader, russian.address, 404)
    get(reader, f"/ru{english.address}", 404)


def test_what_is_withdrawn_leaves_the_newsfeed_and_says_so(newsroom: Newsroom, reader: Client) -> None:
    story, brief = newsroom.published(headline="Was seen"), brief_of(newsroom)
    withdraw_story(newsroom.chief, story.pk)
    withdraw_brief(newsroom.chief, brief.pk)
    page = get(reader, "/newsfeed/")
    assert "Was seen" not in page
    assert brief.text not in page
    assert "There is no news here." in page
    assert brief.text not in get(reader, brief.address, 410)
    assert brief.text not in get(reader, "/sitemap.xml")


def test_a_page_of_the_newsfeed_holds_forty_and_the_next_goes_on_where_it_ends(
    newsroom: Newsroom, reader: Client
) -> None:
    for number in range(45):
        with stopped_at(NOON + timedelta(minutes=number // 3)):  # several at one moment
            brief_of(newsroom, f"Brief {number:02}.")
    first = reader.get("/newsfeed/").content.decode()
    mark = first.split("?before=")[1].split('"')[0]
    second = get(reader, f"/newsfeed/?before={mark}")
    on_first = {number for number in range(45) if f"Brief {number:02}." in first}
    on_second = {number for number in range(45) if f"Brief {number:02}." in second}
    assert len(on_first) == 40
    assert on_first | on_second == set(range(45))
    assert not on_first & on_second
    assert "?before=" not in second.split("<main")[1]


@pytest.mark.parametrize("mark", ["x", "1", "1-", "-1-1", "1-1-1"])
def test_a_mark_that_marks_nothing_is_not_found(newsroom: Newsroom, reader: Client, mark: str) -> None:
    get(reader, f"/newsfeed/?before={mark}", 404)


def test_a_brief_has_a_page_that_can_be_passed_on(newsroom: Newsroom, reader: Client) -> None:
    other = newsroom.published(headline="Another thing")
    brief = brief_of(newsroom, "Cod opened at 62 crowns. " * 8, picture=newsroom.picture)
    page = get(reader, brief.address)
    assert f'<link rel="canonical" href="http://localhost:8000{brief.address}">' in page
    assert '<meta property="og:image"' in page
    assert "<title>Cod opened at 62 crowns. Cod opened at 62 crowns. Cod opened at 62 crowns. Cod…</title>" in page
    rail = page.split('<aside class="rail"')[1].split("</aside>")[0]
    assert other.headline in rail
    assert brief.text not in rail
    assert brief.address in get(reader, "/sitemap.xml")


def test_the_page_of_a_picture_names_the_briefs_in_which_it_stands(newsroom: Newsroom, reader: Client) -> None:
    brief = brief_of(newsroom, picture=newsroom.picture)
    assert f'href="{brief.address}"' in get(reader, newsroom.picture.address)
    withdraw_brief(newsroom.chief, brief.pk)
    get(reader, newsroom.picture.address, 404)


@pytest.mark.parametrize("path", ["/newsfeed/0/", "/newsfeed/99999999999999999/", "/newsfeed/007/", "/newsfeed/x/"])
def test_a_brief_that_there_is_not_is_not_found(newsroom: Newsroom, reader: Client, path: str) -> None:
    get(reader, path, 404)


def test_a_day_has_its_stories_and_leads_to_the_days_around_it_that_have_some(
    newsroom: Newsroom, reader: Client
) -> None:
    for days, headline in ((0, "On Monday"), (1, ""), (3, "On Thursday"), (6, "On Sunday")):
        with stopped_at(NOON + timedelta(days=days)):
            if headline:
                newsroom.published(headline=headline)
            else:
                brief_of(newsroom)
    page = get(reader, "/2026/11/13/")
    assert "On Thursday" in page
    assert "On Monday" not in page.split("<main")[1]
    assert 'rel="prev" href="/2026/11/10/"' in page
    assert 'rel="next" href="/2026/11/16/"' in page
    for path in ("/2026/11/11/", "/2026/11/12/", "/ru/2026/11/10/", "/2026/02/30/", "/2026/13/01/", "/0000/01/01/"):
        get(reader, path, 404)
    feed = get(reader, "/newsfeed/")
    assert 'href="/2026/11/13/"' in feed
    assert 'href="/2026/11/11/"' not in feed


def test_a_day_begins_at_midnight_of_the_editions_zone(newsroom: Newsroom, reader: Client) -> None:
    with stopped_at(datetime(2026, 11, 10, 22, 30, tzinfo=UTC)):
        story = newsroom.published(headline="After midnight in Riga")
    assert "/2026/11/11/" in story.address
    assert story.headline in get(reader, "/2026/11/11/")
    get(reader, "/2026/11/10/", 404)


def test_a_story_has_the_newest_beside_it_without_itself(newsroom: Newsroom, reader: Client) -> None:
    brief = brief_of(newsroom)
    story = newsroom.published(headline="The story itself")
    edition = all_editions()[0]
    value = story_page(edition, story.address)
    assert value is not None
    rail = newest_beside(edition, value)
    assert brief.text in rail
    assert story.headline not in rail
    assert 'href="/newsfeed/"' in rail


def test_a_brief_is_shown_as_it_was_written_and_never_as_html(newsroom: Newsroom, reader: Client) -> None:
    brief = brief_of(newsroom, "  <b>Cod</b>\n\n& <script>alert(1)</script>  ")
    assert brief.text == "<b>Cod</b> & <script>alert(1)</script>"
    assert "&lt;script&gt;" in get(reader, brief.address)
    assert "<script>alert" not in get(reader, "/newsfeed/")


def test_a_story_under_a_new_headline_or_section_stands_so_in_the_newsfeed(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.published(headline="Old words")
    newsroom.publish(newsroom.edit(story, headline="New words", section=newsroom.sections["culture"]))
    page = get(reader, "/newsfeed/")
    assert "New words" in page
    assert "Old words" not in page
    assert '<a class="feed-section" href="/culture/">' in page


def test_live_coverage_and_video_are_marked(newsroom: Newsroom, reader: Client) -> None:
    newsroom.published(headline="Moving", kind="video")
    newsroom.published(headline="Going on", kind="live")
    page = get(reader, "/newsfeed/")
    assert '<span class="feed-mark feed-live">Live</span>' in page
    assert '<span class="feed-mark feed-video">Video</span>' in page


def test_a_changed_brief_keeps_its_place_and_its_address(newsroom: Newsroom, reader: Client) -> None:
    with stopped_at(NOON):
        brief = brief_of(newsroom)
    brief.text = "Cod opened at 63 crowns."
    save_brief(newsroom.chief, brief)
    page = get(reader, brief.address)
    assert "63 crowns" in page
    assert "2026-11-10T14:00:00+02:00" in page
