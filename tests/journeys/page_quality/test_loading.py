"""Opening and reading a page: nothing moves, nothing fails, nobody else is asked, and little is sent."""

import gzip
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.page_quality.conftest import Shown, widths_of
from tests.journeys.page_quality.visits import Visit, visit

MOST_MOVED = 0.01
MOST_REQUESTS = 12
MOST_BYTES = 90 * 1024
WORDS = ("document", "stylesheet", "script", "font")
Visits = Callable[[Shown, int], Visit]


@pytest.fixture(scope="module")
def visits(browser: Browser) -> Visits:
    """The visit of a page in a window of a width; made once."""
    kept: dict[tuple[str, int], Visit] = {}

    def find(shown: Shown, width: int) -> Visit:
        if (shown.url, width) not in kept:
            kept[shown.url, width] = visit(browser, shown.url, width)
        return kept[shown.url, width]

    return find


def test_nothing_moves(shown: Shown, visits: Visits) -> None:
    for width in widths_of(shown):
        seen = visits(shown, width)
        assert seen.moved <= MOST_MOVED, (width, seen.shifts)


def test_nothing_fails_and_nobody_else_is_asked(shown: Shown, visits: Visits) -> None:
    own = shown.url.removesuffix(shown.path)
    for width in widths_of(shown):
        seen = visits(shown, width)
        strangers = [url for _type, url in seen.requests if not url.startswith((f"{own}/", "data:"))]
        assert (width, seen.complaints, strangers) == (width, [], [])


def test_a_story_is_few_requests_and_few_bytes(shown: Shown, visits: Visits) -> None:
    if not shown.is_story:
        return
    seen = visits(shown, widths_of(shown)[-1])
    sizes = {url: size_as_sent(url) for type, url in dict.fromkeys(seen.requests) if type in WORDS}
    assert seen.requests_to_open <= MOST_REQUESTS, seen.requests
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def size_as_sent(url: str) -> int:
    """The bytes of a file, compressed as whatever stands before the site would send it (gzip, level 6)."""
    with urllib.request.urlopen(url) as answer:
        body = answer.read()
    return len(body) if url.endswith(".woff2") else len(gzip.compress(body, 6))


def test_a_visit_notices_what_moves_what_fails_and_who_is_asked(browser: Browser, tmp_path: Path) -> None:
    moving = "setInterval(() => { document.querySelector('p').style.height = `${300 * Math.random()}px` }, 10)"
    file = tmp_path / "page.html"
    page = f"<!doctype html><p>x</p><h1>moves</h1><img src='http://localhost:9/x.png'><script>{moving}</script>"
    file.write_text(f"{page}<script>console.error('broken')</script>")
    seen = visit(browser, file.as_uri(), 360)
    assert seen.moved > MOST_MOVED
    assert any("broken" in line for line in seen.complaints)
    assert ("image", "http://localhost:9/x.png") in seen.requests
