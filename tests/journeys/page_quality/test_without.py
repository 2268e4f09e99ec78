"""A page is whole without scripts, and whole without pictures."""

import pytest

from tests.journeys.page_quality.conftest import Shown, Window
from tests.journeys.page_quality.places import LINES, SIDEWAYS

pytestmark = pytest.mark.browser
ASK_FOR_ALL = """async () => {
  document.querySelectorAll('img').forEach(image => { image.loading = 'eager' })
  const until = performance.now() + 5000
  while ([...document.images].some(image => !image.complete) && performance.now() < until)
    await new Promise(requestAnimationFrame)
}"""
# Of each picture that says something in words: how large its place is, and whether the words fit into it.
ALTS = """() => [...document.querySelectorAll('main img[alt]:not([alt=""])')]
  .filter(image => image.checkVisibility())
  .map(image => ({ alt: image.alt, width: image.clientWidth, height: image.clientHeight,
    parent: image.closest('figure, div').clientWidth }))"""


def test_the_words_are_there_without_scripts(shown: Shown, window: Window) -> None:
    with_scripts, without = window(1440, pictures=False), window(1440, pictures=False, java_script_enabled=False)
    with_scripts.goto(shown.url, wait_until="domcontentloaded")
    without.goto(shown.url, wait_until="domcontentloaded")
    lines = without.evaluate(LINES)
    assert lines
    assert [line for line in with_scripts.evaluate(LINES) if line not in lines] == []
    assert without.locator("main").bounding_box()["height"] > 100  # type: ignore[index]


def test_the_page_holds_without_pictures(shown: Shown, window: Window) -> None:
    page = window(360, pictures=False)
    page.goto(shown.url, wait_until="domcontentloaded")
    page.evaluate(ASK_FOR_ALL)
    assert page.evaluate(SIDEWAYS) == []
    # A line of the alt text needs about as much room as a finger.
    assert [one for one in page.evaluate(ALTS) if one["height"] < 24 or one["width"] < one["parent"] * 0.5] == []
