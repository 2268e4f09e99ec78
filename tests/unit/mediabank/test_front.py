"""The mediabank's front: every picture that the edition's readers see, by keyset."""

import re

import pytest
from django.test import Client

from broadsheet.mediabank.reads import PAGE
from broadsheet.stories.actions import withdraw_story
from tests.factories import Newsroom, make_picture

pytestmark = pytest.mark.database


def page_of(reader: Client, path: str) -> str:
    answer = reader.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_only_pictures_that_readers_of_the_edition_see_stand_there(newsroom: Newsroom, reader: Client) -> None:
    unseen = make_picture(newsroom.chief, title="unseen")
    story = newsroom.published(lead_picture=newsroom.picture)
    page = page_of(reader, "/mediabank/")
    assert f'href="{newsroom.picture.address}"' in page
    assert unseen.address not in page
    assert newsroom.picture.address not in page_of(reader, "/ru/mediabank/")
    withdraw_story(newsroom.chief, story.pk)
    assert newsroom.picture.address not in page_of(reader, "/mediabank/")


def test_a_picture_of_two_stories_stands_there_once(newsroom: Newsroom, reader: Client) -> None:
    for headline in ("One", "Two"):
        newsroom.published(headline=headline, lead_picture=newsroom.picture)
    assert page_of(reader, "/mediabank/").count(f'href="{newsroom.picture.address}"') == 1


def test_older_pictures_stand_on_later_pages(newsroom: Newsroom, reader: Client) -> None:
    shown = [make_picture(newsroom.chief, title=f"number {number}") for number in range(PAGE + 3)]
    gallery = ("gallery", {"title": "g", "pictures": [{"picture": picture, "caption": ""} for picture in shown]})
    newsroom.published(body=[gallery])
    first = page_of(reader, "/mediabank/")
    older = re.search(r'rel="next" href="(/mediabank/\?before=\d+)"', first)
    assert older
    second = page_of(reader, older[1])
    found = [*re.findall(r"/mediabank/(\d+)/", first), *re.findall(r"/mediabank/(\d+)/", second)]
    assert [int(one) for one in found] == [picture.pk for picture in reversed(shown)]
    assert 'rel="next"' not in second


@pytest.mark.parametrize("mark", ["x", "0", "-1", "1-1", "9" * 19, "1%00", "%ff"])
def test_a_mark_that_marks_nothing_is_not_found(newsroom: Newsroom, reader: Client, mark: str) -> None:
    assert reader.get(f"/mediabank/?before={mark}").status_code == 404
