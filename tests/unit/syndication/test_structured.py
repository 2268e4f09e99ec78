"""What a story says of itself to machines: NewsArticle, whole, and closed against what is written in it."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from broadsheet.stories.models import Kind
from tests.factories import Newsroom, make_film

pytestmark = pytest.mark.database
BREAKING_OUT = (
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "</SCRIPT >",
    "]]> & \" ' \\",
    "a\u2028b\u2029c",
    "<img src=x onerror=alert(1)>",
)


def data_of(html: str) -> dict[str, Any]:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, flags=re.DOTALL)
    assert len(blocks) == 1
    assert not re.search(r"[<>&]", blocks[0])
    found: dict[str, Any] = json.loads(blocks[0])
    return found


@pytest.mark.parametrize("text", BREAKING_OUT)
def test_nothing_that_is_written_in_a_story_breaks_out_of_its_data_or_its_page(
    newsroom: Newsroom, reader: Client, text: str
) -> None:
    headline, standfirst = f"Port {text} night", f"Why {text} then"
    story = newsroom.published(headline=headline, standfirst=standfirst, slug="port")
    html = reader.get(story.address).content.decode()
    data = data_of(html)
    assert (data["headline"], data["description"]) == (headline, standfirst)
    assert html.count("<script") == 4  # the data, the module that copies links, the two of every page
    assert "<img src=x" not in html


def test_an_article_names_its_writers_section_picture_and_paper(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.published(lead_picture=newsroom.picture)
    data = data_of(reader.get(story.address).content.decode())
    site = "http://localhost:8000"
    assert data["@type"] == "NewsArticle"
    assert data["author"] == [{"@type": "Person", "name": "Ann Writer", "url": f"{site}/people/ann-writer/"}]
    assert data["publisher"] == {"@type": "NewsMediaOrganization", "name": "The Gazette", "url": f"{site}/"}
    assert data["articleSection"] == "World"
    assert data["mainEntityOfPage"] == f"{site}{story.address}"
    assert data["image"] == [f"{site}/media/{newsroom.picture.shown.name}"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[23]:00", data["datePublished"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[23]:00", data["dateModified"])


def test_what_a_story_has_not_is_left_out(newsroom: Newsroom, reader: Client) -> None:
    data = data_of(reader.get(newsroom.published(bylines=[]).address).content.decode())
    assert {"author", "image", "description"}.isdisjoint(data)
    assert all(data.values())


def test_a_story_of_the_other_edition_speaks_its_language(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.published(edition=newsroom.russian, headline="Порт не работает ночью")
    data = data_of(reader.get(f"/ru{story.address}").content.decode())
    assert (data["inLanguage"], data["articleSection"]) == ("ru", "Мир")
    assert data["author"][0]["url"] == "http://localhost:8000/ru/people/ann-writer/"


@pytest.mark.parametrize("kind", Kind.values)
def test_each_kind_is_a_type_that_schema_org_knows(newsroom: Newsroom, reader: Client, kind: str) -> None:
    data = data_of(reader.get(newsroom.published(kind=kind).address).content.decode())
    special = {"opinion": "OpinionNewsArticle", "analysis": "AnalysisNewsArticle", "live": "LiveBlogPosting"}
    assert data["@type"] == special.get(kind, "NewsArticle")


def test_a_film_is_named_with_its_poster_its_length_and_its_file(newsroom: Newsroom, reader: Client) -> None:
    film = make_film(newsroom.chief, newsroom.picture)
    story = newsroom.published(body=[("video", {"film": film})])
    site = "http://localhost:8000"
    data = data_of(reader.get(story.address).content.decode())
    [video] = data["video"]
    assert (video["@type"], video["name"]) == ("VideoObject", "A night in the port")
    assert video["description"] == "The cranes stand still."
    assert video["duration"] == "PT2S"
    assert video["contentUrl"] == f"{site}/media/{film.file.name}"
    assert video["encodingFormat"] == "video/mp4"
    assert video["uploadDate"] == data["datePublished"]
    [thumbnail] = video["thumbnailUrl"]
    answer = reader.get(thumbnail.removeprefix(site))
    assert b"".join(answer).startswith(b"\xff\xd8")
    assert "embedUrl" not in video


def test_a_player_is_named_by_its_frame_and_has_no_file(newsroom: Newsroom, reader: Client) -> None:
    body = [("video", {"title": "The port", "address": "https://player.vimeo.com/video/1"})]
    story = newsroom.published(body=body, standfirst="Why it sleeps.", lead_picture=newsroom.picture)
    [video] = data_of(reader.get(story.address).content.decode())["video"]
    assert (video["name"], video["description"]) == ("The port", "Why it sleeps.")
    assert video["embedUrl"].startswith("https://player.vimeo.com/video/1")
    assert video["thumbnailUrl"]
    assert not video.keys() & {"contentUrl", "duration", "encodingFormat"}
