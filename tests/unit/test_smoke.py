import pytest
from django.test import Client
from tests.factories import Newsroom

pytestmark = pytest.mark.database


def test_a_published_story_is_read(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.published(lead_picture=newsroom.picture)
    response = reader.get(story.address)
    assert response.status_code == 200
    assert story.headline in response.content.decode()
