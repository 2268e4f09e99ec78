"""Every page fits its window: the narrowest one, with letters twice as large, and written from right to left."""

from tests.journeys.page_quality.conftest import Shown, Window
from tests.journeys.page_quality.places import CLIPPED, SIDEWAYS

TWICE = "() => { document.documentElement.style.fontSize = '200%' }"
ONCE = "() => { document.documentElement.style.fontSize = '' }"
RIGHT_TO_LEFT = "() => { document.documentElement.dir = 'rtl' }"


def test_nothing_leaves_the_window(shown: Shown, window: Window) -> None:
    page = window(320)
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(shown.url)
    found = {"320 px": page.evaluate(SIDEWAYS)}
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate(TWICE)
    found["letters of 200 %"] = page.evaluate(SIDEWAYS) + page.evaluate(CLIPPED)
    page.evaluate(ONCE)
    page.evaluate(RIGHT_TO_LEFT)
    for width in (1440, 360):
        page.set_viewport_size({"width": width, "height": 900})
        found[f"right to left, {width} px"] = page.evaluate(SIDEWAYS)
    assert {setting: what for setting, what in found.items() if what} == {}


def test_what_leaves_the_window_or_is_cut_off_is_seen(window: Window) -> None:
    page = window(320)
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto("about:blank")
    page.set_content('<p style="width: 400px">wide</p><p style="height: 1em; overflow: hidden">a<br>b</p>')
    assert [line.partition(":")[0] for line in page.evaluate(SIDEWAYS)] == ["the page scrolls by 88 px", "outside"]
    assert [line.partition(":")[0] for line in page.evaluate(CLIPPED)] == ["cut off"]
    page.evaluate(RIGHT_TO_LEFT)
    assert page.evaluate(SIDEWAYS)[0] == "the page scrolls by -88 px"
