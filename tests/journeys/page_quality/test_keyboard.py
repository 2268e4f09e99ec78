"""Whoever has only a keyboard gets everywhere, in the order in which one reads, and always sees where they are."""

from itertools import pairwise
from typing import Any

from playwright.sync_api import Page

from tests.journeys.page_quality.conftest import Shown, Window
from tests.journeys.page_quality.places import FOCUSED, NOT_REACHED

MOST_STOPS = 600
OWN_LINK = "main a[href^='/']"


def stops(page: Page) -> list[dict[str, Any]]:
    """Where the focus goes, by Tab alone, from the page's beginning to its end."""
    found: list[dict[str, Any]] = []
    while len(found) < MOST_STOPS:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None or (found and stop["name"] == found[0]["name"] and stop["top"] == found[0]["top"]):
            break
        # A date's day, month and year are stops within one field.
        if not (found and stop["isField"] and stop["name"] == found[-1]["name"]):
            found.append(stop)
    return found


def goes_back(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether the second of two stops stands before the first, as one reads: above it and in no later column, or
    in the same row and left of it."""
    if before["region"] != after["region"]:
        return False
    lower_end, upper_end = min(before["bottom"], after["bottom"]), max(before["top"], after["top"])
    is_in_the_row = lower_end - upper_end > min(before["bottom"] - before["top"], after["bottom"] - after["top"]) / 2
    is_above = after["bottom"] <= before["top"] + 2 and after["left"] < before["right"] - 2
    return bool(is_above or (is_in_the_row and after["right"] <= before["left"] + 2))


def astray(found: list[dict[str, Any]]) -> list[str]:
    """What is wrong with the stops of the focus."""
    wrong = [f"not marked: {stop['name']}" for stop in found if not stop["isMarked"]]
    wrong += [f"not seen: {stop['name']}" for stop in found if not stop["isSeen"]]
    return wrong + [f"back from {one['name']} to {two['name']}" for one, two in pairwise(found) if goes_back(one, two)]


def test_the_keyboard_leads_through_the_page(shown: Shown, window: Window) -> None:
    page = window(1440, pictures=False)
    page.goto(shown.url, wait_until="domcontentloaded")
    found = stops(page)
    assert "skip" in found[0]["name"]
    assert page.evaluate(NOT_REACHED) == []
    assert astray(found) == []


def test_the_skip_link_leads_to_the_content_and_enter_follows_a_link(shown: Shown, window: Window) -> None:
    page = window(1440, pictures=False)
    page.goto(shown.url, wait_until="domcontentloaded")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
    if not page.locator(OWN_LINK).count():
        return
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    while not page.evaluate(f"document.activeElement.matches(`{OWN_LINK}`)"):
        page.keyboard.press("Tab")
    target = page.evaluate("document.activeElement.href")
    with page.expect_navigation(url=target, wait_until="commit"):
        page.keyboard.press("Enter")


def test_a_keyboard_that_is_led_astray_is_noticed(window: Window) -> None:
    page = window(1440, pictures=False)
    page.goto("about:blank")
    style = "<style>:focus-visible { outline: 2px solid }</style>"
    first = (
        f'{style}<main><a href="/a">a</a><p><a href="/b" style="outline: none">b</a><p><a href="/c" tabindex="1">c</a>'
    )
    cover = '<p style="position: fixed; inset: 0; pointer-events: auto"></p><a href="/d" tabindex="-1">d</a>'
    page.set_content(first)
    found = [line.partition(":")[0].partition(" <")[0] for line in astray(stops(page))]
    assert found == ["not marked", "back from"]
    page.goto("about:blank")
    page.set_content(first + cover)
    assert [line for line in astray(stops(page)) if line.startswith("not seen")]
    assert ["/d" in line for line in page.evaluate(NOT_REACHED)] == [True]
