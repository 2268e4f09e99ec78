"""A page is whole without scripts, and whole without pictures."""

from playwright.sync_api import Page

from tests.journeys.page_quality.conftest import Shown, Window
from tests.journeys.page_quality.places import LINES, SIDEWAYS

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
    assert only_by_script(with_scripts, without) == []
    assert without.locator("main").bounding_box()["height"] > 100  # type: ignore[index]


def only_by_script(with_scripts: Page, without: Page) -> list[str]:
    """The lines of the main part that a reader without scripts does not see."""
    lines = without.evaluate(LINES)
    assert lines
    return [line for line in with_scripts.evaluate(LINES) if line not in lines]


def test_words_that_come_by_script_are_noticed(window: Window) -> None:
    pages = window(1440, pictures=False), window(1440, pictures=False, java_script_enabled=False)
    for page in pages:
        page.goto("data:text/html,<main>x<script>document.querySelector('main').append('late')</script></main>")
    assert only_by_script(*pages) == ["xlate"]


def test_the_page_holds_without_pictures(shown: Shown, window: Window) -> None:
    page = window(360, pictures=False)
    page.goto(shown.url, wait_until="domcontentloaded")
    page.evaluate(ASK_FOR_ALL)
    assert page.evaluate(SIDEWAYS) == []
    assert without_room(page) == []


def without_room(page: Page) -> list[str]:
    """The words of pictures for which there is no room: less than a line, or than half of the place around."""
    return [one["alt"] for one in page.evaluate(ALTS) if one["height"] < 24 or one["width"] < one["parent"] * 0.5]


def test_a_picture_without_room_for_its_words_is_noticed(window: Window) -> None:
    page = window(360, pictures=False)
    page.goto("about:blank")
    page.set_content(
        '<main><figure><img src="/media/a" alt="A boat" style="height: 5px; display: block"></figure></main>'
    )
    assert [one["alt"] for one in page.evaluate(ALTS)] == ["A boat"]
    assert without_room(page) == ["A boat"]
