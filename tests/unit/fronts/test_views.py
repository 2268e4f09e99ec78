"""Fronts of sections, topics and persons, their later pages, and what is said where there is no page."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from broadsheet.editions.models import SectionName
from broadsheet.foundation.clock import stopped_at
from broadsheet.stories.models import Story
from broadsheet.stories.reads import PAGE
from tests.factories import Newsroom

pytestmark = pytest.mark.database
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def headlines(html: str) -> list[str]:
    return re.findall(r'class="card-headline"><a [^>]*>([^<]*)</a>', html)


def test_an_empty_front_says_that_there_are_no_stories(newsroom: Newsroom, reader: Client) -> None:
    assert "There are no stories here." in reader.get("/").content.decode()
    assert "Здесь нет материалов." in reader.get("/ru/").content.decode()


def test_a_story_stands_on_the_fronts_of_its_edition_sections_topics_and_writers(
    newsroom: Newsroom, reader: Client
) -> None:
    newsroom.published(topics=[newsroom.topic], further_sections=[newsroom.sections["economy"]])
    fronts = ["/", "/world/", "/economy/", "/topics/the-port/", "/people/ann-writer/"]
    for front in fronts:
        assert headlines(reader.get(front).content.decode()) == ["Port to stop unloading at night"], front
    for other in ["/culture/", "/people/sam-speaker/", *(f"/ru{front}" for front in fronts)]:
        assert headlines(reader.get(other).content.decode()) == [], other


@pytest.mark.parametrize("address", ["/sport/", "/topics/the-moon/", "/people/nobody/", "/topics/", "/people/", "/x/"])
def test_a_front_of_nothing_is_not_found(newsroom: Newsroom, reader: Client, address: str) -> None:
    assert reader.get(address).status_code == 404
    assert reader.get(f"/ru{address}").status_code == 404


def test_a_name_that_is_missing_in_a_language_is_shown_in_another_and_marked(
    newsroom: Newsroom, reader: Client
) -> None:
    SectionName.objects.filter(section=newsroom.sections["world"], language="ru").delete()
    html = reader.get("/ru/world/").content.decode()
    assert '<h1><span lang="en">World</span></h1>' in html
    assert '<a href="/ru/world/" lang="en" aria-current="page">World</a>' in html


@pytest.mark.parametrize("minutes_apart", [1, 0])
def test_the_pages_of_a_list_show_every_story_once_the_newest_first(
    newsroom: Newsroom, reader: Client, minutes_apart: int
) -> None:
    number = 2 * PAGE + 3
    for place in range(number):
        with stopped_at(NOON + timedelta(minutes=place * minutes_apart)):
            newsroom.published(headline=f"Note {place}")
    address, shown, pages = "/world/", [], 0
    while address:
        html = reader.get(address).content.decode()
        shown += headlines(html)
        found = re.search(r'rel="next" href="([^"]+)"', html)
        address = found.group(1) if found else ""
        pages += 1
    assert shown == [f"Note {place}" for place in reversed(range(number))]
    assert pages == 3


def test_a_later_page_keeps_its_place_when_something_new_is_published(newsroom: Newsroom, reader: Client) -> None:
    for place in range(PAGE + 2):
        with stopped_at(NOON + timedelta(minutes=place)):
            newsroom.published(headline=f"Note {place}")
    found = re.search(r'rel="next" href="([^"]+)"', reader.get("/world/").content.decode())
    assert found
    before = reader.get(found.group(1)).content
    newsroom.published(headline="Something new")
    assert reader.get(found.group(1)).content == before


def test_a_later_page_is_a_page_of_its_own_without_a_pair_in_the_other_edition(
    newsroom: Newsroom, reader: Client
) -> None:
    html = reader.get("/world/?before=5-5").content.decode()
    assert '<link rel="canonical" href="http://localhost:8000/world/?before=5-5">' in html
    assert 'rel="alternate" hreflang' not in html
    assert '<li><a href="http://localhost:8000/ru/"' in html


def test_a_newsroom_without_an_edition_says_so(db: None, reader: Client) -> None:
    for address in ("/", "/anything/", "/ru/"):
        response = reader.get(address)
        assert response.status_code == 404
        assert response.content == b"This newsroom has no edition yet."


def test_a_forgotten_slash_makes_one_step_to_where_the_story_is_now(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.published()
    moved = story.address.replace("/world/", "/culture/")
    for address in (story.address.rstrip("/"), moved, moved.rstrip("/")):
        response = reader.get(address)
        assert (response.status_code, response.headers["Location"]) == (301, story.address), address


def test_a_forgotten_slash_tells_nobody_that_there_is_a_draft(newsroom: Newsroom, reader: Client) -> None:
    draft = newsroom.draft(slug="secret")
    Story.objects.filter(pk=draft.pk).update(address="/world/2026/11/23/secret/")
    for address in ("/world/2026/11/23/secret", "/world/2026/11/23/secret/"):
        assert reader.get(address).status_code == 404


def test_the_desk_without_its_slash_is_led_there(newsroom: Newsroom, reader: Client) -> None:
    response = reader.get("/desk")
    assert (response.status_code, response.headers["Location"]) == (301, "/desk/")


def test_in_a_list_of_a_section_a_story_of_another_says_where_it_belongs(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.published(further_sections=[newsroom.sections["economy"]])
    newsroom.published(further_sections=[newsroom.sections["economy"]])
    where = '<a class="section" href="/world/">'
    assert reader.get("/economy/").content.decode().count(where) == 2
    assert where not in reader.get("/world/").content.decode()
    assert where not in reader.get(story.address).content.decode().partition('id="recent"')[2]
