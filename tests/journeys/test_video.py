"""A reader plays the demo's film: nothing of it comes before the click, then its captions and its parts."""

import json
import re
import urllib.error
import urllib.request
from email.message import Message

import pytest
from playwright.sync_api import Locator, Page

from tests.journeys.serving import Serve


@pytest.fixture
def story(demo_site: Serve) -> str:
    """The address of the demo's video story."""
    site = f"http://localhost:{demo_site.port}"
    sitemap = urllib.request.urlopen(f"{site}/sitemap.xml").read().decode()
    found = re.search(r"<loc>https?://[^/<]+(/environment/[^<]*/along-the-ridge-path/)</loc>", sitemap)
    assert found is not None
    return site + found[1]


def wait_until(film: Locator, condition: str) -> None:
    """Wait within the page: Playwright's own way to wait evaluates strings, which the page's policy forbids."""
    film.evaluate(
        f"film => new Promise(done => {{ const look = () => {condition} ? done() : setTimeout(look, 50); look(); }})"
    )


def fetched(address: str, **headers: str) -> tuple[int, Message, bytes]:
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers, answer.read()


def test_nothing_of_a_film_comes_before_the_click_and_then_it_plays_with_its_captions(page: Page, story: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(story)
    page.wait_for_load_state("networkidle")
    button = page.get_by_role("button", name="Play the video: Along the ridge path with two wardens")
    place = "box => [box.offsetTop, box.offsetWidth, box.offsetHeight, document.body.offsetHeight]"
    before = page.locator(".video-box").evaluate(place)
    assert not [url for url in asked if "/media/films/" in url or "/media/captions/" in url]

    button.focus()
    page.keyboard.press("Enter")
    film = page.locator("video")
    wait_until(film, "film.currentTime > 1")
    assert page.evaluate("document.activeElement.localName") == "video"
    assert page.locator(".video-box").evaluate(place) == before
    tracks = film.evaluate("film => [...film.textTracks].map(t => [t.kind, t.language, t.label, t.mode])")
    assert tracks == [["captions", "en", "English", "showing"], ["captions", "ru", "Русский", "disabled"]]
    film.evaluate("film => { film.pause(); film.currentTime = 3; }")
    wait_until(film, "film.textTracks[0].activeCues?.length > 0")
    words = film.evaluate("film => film.textTracks[0].activeCues[0].text")
    assert "38 kilometres of ridge path" in words
    film.evaluate("film => { film.textTracks[0].mode = 'disabled'; film.textTracks[1].mode = 'showing'; }")
    wait_until(film, "film.textTracks[1].cues?.length > 5")
    assert all(url.startswith(story.split("/environment")[0]) for url in asked)


def test_the_end_of_a_film_is_reached_without_its_middle(page: Page, story: str) -> None:
    page.goto(story)
    page.get_by_role("button", name="Play the video").click()
    film = page.locator("video")
    film.evaluate("film => new Promise(done => { film.onseeked = done; film.currentTime = 30; })")
    assert film.evaluate("film => film.currentTime") == pytest.approx(30, abs=0.5)


def test_without_scripts_the_poster_leads_to_the_film(page: Page, story: str) -> None:
    assert page.context.browser is not None
    context = page.context.browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    bare.goto(story)
    address = bare.locator("a.video-start").get_attribute("href")
    context.close()
    assert address is not None
    status, headers, body = fetched(story.split("/environment")[0] + address, Range="bytes=4-11")
    assert (status, str(headers["Content-Range"]).split("/")[0], body[:4]) == (206, "bytes 4-11", b"ftyp")


def test_a_real_server_answers_parts_conditions_and_heads(story: str) -> None:
    html = fetched(story)[2].decode()
    site = story.split("/environment")[0]
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    content = json.loads(data)["video"][0]["contentUrl"]
    film = site + re.sub(r"https?://[^/]+", "", content)
    status, headers, whole = fetched(film)
    assert (status, int(headers["Content-Length"] or 0)) == (200, len(whole))
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    tag, size = headers["ETag"], len(whole)
    assert fetched(film, Range=f"bytes={size - 10}-")[2] == whole[-10:]
    assert fetched(film, Range="bytes=0-9", **{"If-Range": tag})[0] == 206
    assert fetched(film, Range="bytes=0-9", **{"If-Range": '"another"'})[::2] == (200, whole)
    status, headers, _body = fetched(film, Range=f"bytes={size}-")
    assert (status, headers["Content-Range"]) == (416, f"bytes */{size}")
    assert fetched(film, **{"If-None-Match": tag})[0] == 304
    head = urllib.request.urlopen(urllib.request.Request(film, method="HEAD"))
    assert (head.status, head.headers["Content-Length"], head.read()) == (200, str(size), b"")
