"""Who gets a picture's file: readers only what readers see, the newsroom all."""

import re
from typing import Any

import pytest
from django.test import Client, RequestFactory

from broadsheet.stories.actions import withdraw_story
from broadsheet.stories.views import preview_page
from tests.factories import Newsroom, make_picture

pytestmark = pytest.mark.database


def status(client: Client, newsroom: Newsroom) -> int:
    newsroom.picture.refresh_from_db()
    return fetch(client, f"/media/{newsroom.picture.shown.name}").status_code


def fetch(client: Client, address: str) -> Any:
    """The answer, read to its end, so that its file is closed."""
    answer: Any = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


def test_a_file_that_stands_only_in_a_draft_is_for_the_newsroom(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.draft(lead_picture=newsroom.picture)
    assert status(reader, newsroom) == 404
    desk = Client(HTTP_HOST="localhost")
    desk.force_login(newsroom.chief)
    preview = preview_page(RequestFactory().get("/"), story).content.decode()
    assert "/media/pictures/" not in preview
    found = re.search(r'<img src="(/desk/pictures/files/[^"]+)"', preview)
    assert found
    assert fetch(desk, found[1]).status_code == 200
    assert fetch(desk, found[1])["Cache-Control"].startswith("private")
    assert reader.get(found[1]).status_code == 302


def test_a_reader_with_an_account_gets_no_more_than_one_without(newsroom: Newsroom) -> None:
    client = Client(HTTP_HOST="localhost")
    assert newsroom.reader is not None
    client.force_login(newsroom.reader)
    assert status(client, newsroom) == 404


def test_a_file_is_readers_while_a_published_story_shows_it(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.published(lead_picture=newsroom.picture)
    assert status(reader, newsroom) == 200
    assert "immutable" in fetch(reader, f"/media/{newsroom.picture.shown.name}")["Cache-Control"]
    withdraw_story(newsroom.chief, story.pk)
    assert status(reader, newsroom) == 404


def test_a_file_that_two_pictures_share_is_readers_while_one_of_them_is_seen(
    newsroom: Newsroom, reader: Client
) -> None:
    second = make_picture(newsroom.chief, "the same bytes")
    newsroom.published(lead_picture=second)
    assert second.shown.name == newsroom.picture.shown.name
    assert status(reader, newsroom) == 200
