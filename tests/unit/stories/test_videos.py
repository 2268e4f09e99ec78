"""A video in a story: a film of the mediabank or a player elsewhere, and nothing of it before the reader asks."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from broadsheet.design.styles import FIRST_SCRIPT, hash_of
from broadsheet.editions.pages import policy
from broadsheet.foundation.refusals import Refused
from broadsheet.mediabank.models import Film
from broadsheet.stories.blocks import VideoBlock, player_page, playing
from broadsheet.stories.models import Story
from tests.factories import Newsroom, make_film, make_picture

pytestmark = pytest.mark.database

VIMEO = "https://player.vimeo.com/video/1"
YOUTUBE = "https://www.youtube-nocookie.com/embed/abc"


@pytest.fixture
def film(newsroom: Newsroom) -> Film:
    return make_film(newsroom.chief, newsroom.picture)


def outside_templates(page: str) -> str:
    """The page without what browsers leave alone until a script takes it out."""
    return re.sub(r"<template>.*?</template>", "", page, flags=re.DOTALL)


def page_of(reader: Client, story: Story, prefix: str = "") -> str:
    return reader.get(f"{prefix}{story.address}").content.decode()


def value(film: Film | None = None, address: str = "", title: str = "") -> dict[str, Any]:
    return {"film": film, "address": address, "title": title, "poster": None}


def test_the_desk_takes_a_film_or_a_player_and_not_both_or_neither(film: Film) -> None:
    for good in (value(film), value(film, title="T"), value(address=VIMEO, title="T")):
        assert VideoBlock().clean(good) == good
    wrong = [(value(), "film"), (value(film, VIMEO), "address"), (value(address=VIMEO), "title")]
    for bad, field in wrong:
        with pytest.raises(ValidationError) as caught:
            VideoBlock().clean(bad)
        assert set(caught.value.block_errors) == {field}  # type: ignore[attr-defined]


def test_a_draft_may_lack_both(film: Film) -> None:
    block = VideoBlock()
    block.defer_required_validation()
    assert block.clean(value()) == value()
    with pytest.raises(ValidationError):
        block.clean(value(film, VIMEO))


def test_a_program_that_gives_both_is_refused_before_anything_is_published(newsroom: Newsroom, film: Film) -> None:
    draft = newsroom.draft(body=[("video", {"film": film, "title": "T", "address": VIMEO})])
    with pytest.raises(Refused, match="Keep one of them"):
        newsroom.publish(draft)


def test_nothing_of_a_film_stands_where_a_browser_would_load_it(newsroom: Newsroom, film: Film, reader: Client) -> None:
    page = page_of(reader, newsroom.published(body=[("video", {"film": film})]))
    bare = outside_templates(page)
    assert "<video" in page
    assert not re.search(r"<(?:video|track|iframe|source src)", bare)
    assert re.findall(r'(?:src|href|data-\w+)="(/media/(?:films|captions)/[^"]+)"', bare) == [
        f"/media/{film.file.name}"
    ]
    assert f'<a class="video-start" href="/media/{film.file.name}">' in bare
    assert "Play the video: A night in the port" in bare
    assert '<script type="module" src="/static/design/js/video.js"></script>' in bare


def test_the_player_has_captions_in_each_language_and_shows_those_of_the_page(
    newsroom: Newsroom, film: Film, reader: Client
) -> None:
    body = [("video", {"film": film})]
    english = page_of(reader, newsroom.published(body=body))
    russian = page_of(reader, newsroom.published(body=body, edition=newsroom.russian), "/ru")
    for page, language in ((english, "en"), (russian, "ru")):
        tracks = re.findall(
            r'<track kind="captions" src="/media/captions/[^"]+" srclang="(..)" label="([^"]+)"(.*)>', page
        )
        assert tracks == [
            ("en", "English", " default" if language == "en" else ""),
            ("ru", "Русский", " default" if language == "ru" else ""),
        ]
        assert re.search(r"<video [^>]*controls autoplay playsinline", page)
    assert "Ночь в порту" in russian


def test_nothing_of_a_player_is_loaded_either_and_its_link_leads_to_its_page(
    newsroom: Newsroom, reader: Client
) -> None:
    body = [("video", {"title": "The port", "address": VIMEO, "poster": newsroom.picture})]
    page = page_of(reader, newsroom.published(body=body))
    bare = outside_templates(page)
    assert "player.vimeo.com/video/1?autoplay=1" in page
    assert "<iframe" not in bare
    assert "player.vimeo.com/video" not in re.sub(r'<script type="application/ld\+json">.*?</script>', "", bare)
    assert '<a class="video-start" href="https://vimeo.com/1" rel="noopener">' in bare
    assert f"/media/renditions/{newsroom.picture.shown.name.split('/')[1]}/" in bare


def test_a_video_at_the_head_of_a_video_story_takes_the_place_of_the_lead_picture(
    newsroom: Newsroom, film: Film, reader: Client
) -> None:
    lead = make_picture(newsroom.chief, "gulls", colour="red")
    body = [("video", {"film": film}), ("paragraph", "<p>Behind it.</p>")]
    for kind, in_head in (("video", True), ("news", False)):
        page = page_of(reader, newsroom.published(kind=kind, body=body, lead_picture=lead, headline=f"A {kind}"))
        head, _body, rest = page.partition('<div class="body">')
        assert ('<figure class="video"' in head) is in_head
        assert ('<figure class="video"' in rest) is not in_head
        assert (f"/mediabank/{lead.pk}/" in head) is not in_head
        assert page.count("<video ") == 1


def test_a_video_further_down_leaves_the_lead_picture_alone(newsroom: Newsroom, film: Film, reader: Client) -> None:
    body = [("paragraph", "<p>Before it.</p>"), ("video", {"film": film})]
    page = page_of(reader, newsroom.published(kind="video", body=body, lead_picture=newsroom.picture))
    assert '<figure class="picture">' in page.partition('<div class="body">')[0]


def test_a_blocks_own_poster_and_title_go_before_those_of_the_film(
    newsroom: Newsroom, film: Film, reader: Client
) -> None:
    other = make_picture(newsroom.chief, "gulls", colour="red")
    body = [("video", {"film": film, "title": "Tonight", "poster": other})]
    page = page_of(reader, newsroom.published(body=body))
    assert "Play the video: Tonight" in page
    assert f"/mediabank/{other.pk}/gulls/" in page
    assert f"/mediabank/{newsroom.picture.pk}/" not in page


def test_a_film_that_changes_changes_on_the_page(newsroom: Newsroom, film: Film, reader: Client) -> None:
    answer: Any = reader.get(newsroom.published(body=[("video", {"film": film})]).address)
    assert {f"film:{film.pk}", f"picture:{newsroom.picture.pk}"} <= answer.press_keys


def test_a_preview_plays_what_readers_may_not_see_yet(newsroom: Newsroom, film: Film, reader: Client) -> None:
    from django.test import RequestFactory

    draft = newsroom.draft(body=[("video", {"film": film})])
    page = draft.serve_preview(RequestFactory().get("/"), "").content.decode()
    assert f'href="/desk/films/files/{film.file.name.removeprefix("films/")}"' in page
    assert "/desk/films/captions/" in page
    assert "/media/" not in page


PLAYERS = [
    (YOUTUBE, "https://www.youtube.com/watch?v=abc", f"{YOUTUBE}?autoplay=1"),
    (f"{YOUTUBE}?rel=0", "https://www.youtube.com/watch?v=abc", f"{YOUTUBE}?rel=0&autoplay=1"),
    (VIMEO, "https://vimeo.com/1", f"{VIMEO}?autoplay=1"),
    (
        "https://player.vimeo.com/event/1",
        "https://player.vimeo.com/event/1",
        "https://player.vimeo.com/event/1?autoplay=1",
    ),
    ("https://datawrapper.dwcdn.net/a/1/", "https://datawrapper.dwcdn.net/a/1/", "https://datawrapper.dwcdn.net/a/1/"),
]


@pytest.mark.parametrize(("address", "page", "begins"), PLAYERS)
def test_a_player_has_a_page_and_begins_at_once(address: str, page: str, begins: str) -> None:
    assert (player_page(address), playing(address)) == (page, begins)


def test_pages_let_films_in_from_here_and_from_nowhere_else() -> None:
    parts = dict(part.split(" ", 1) for part in policy("latin").split("; "))
    assert parts["media-src"] == "'self'"
    assert parts["script-src"] == f"'self' '{hash_of(FIRST_SCRIPT)}'"
    assert "'unsafe-inline'" not in policy("latin")
