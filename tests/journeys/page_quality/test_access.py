"""axe-core finds nothing to object to on any page, in light and in dark, on a desk and on a phone."""

import json
from typing import Any

from playwright.sync_api import Page

from tests.journeys.page_quality.conftest import Checkers, Shown, Window, widths_of

RULES = ("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice")
# The rules that see colours; the others find in dark what they found in light.
RULES_OF_COLOUR = ("color-contrast", "link-in-text-block")
SCHEMES = ("light", "dark")


def objections(page: Page, checkers: Checkers, wanted: Any) -> list[str]:
    """What axe-core objects to on the page that a window shows: the rule, and the elements."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate((checkers.packages / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    options = json.dumps({"resultTypes": ["violations"], "runOnly": wanted})
    found = page.evaluate(f"axe.run({options}).then(found => found.violations)")
    return [
        f"{one['id']} ({one['help']}): {len(one['nodes'])} times, first {one['nodes'][0]['html'][:300]}"
        for one in found
    ]


def test_everybody_can_use_the_page(shown: Shown, window: Window, checkers: Checkers) -> None:
    found = {width: objections_at(width, shown, window, checkers) for width in widths_of(shown)}
    assert {width: some for width, some in found.items() if some} == {}


def objections_at(width: int, shown: Shown, window: Window, checkers: Checkers) -> list[str]:
    """What axe-core objects to on a page in a window of a width, in both schemes."""
    page = window(width)
    first, second = SCHEMES if width == 1440 else SCHEMES[::-1]
    page.emulate_media(color_scheme=first)
    page.goto(shown.url)
    found = objections(page, checkers, {"type": "tag", "values": RULES})
    page.emulate_media(color_scheme=second)
    assert page.evaluate(f"matchMedia('(prefers-color-scheme: {second})').matches")
    return found + objections(page, checkers, {"type": "rule", "values": RULES_OF_COLOUR})


def test_axe_sees_what_is_wrong(window: Window, checkers: Checkers) -> None:
    page = window(360)
    page.goto("about:blank")
    page.set_content('<html lang="en"><title>x</title><main><h1>x</h1><img src="x.png"><p style="color:#bbb">pale')
    found = objections(page, checkers, {"type": "tag", "values": RULES})
    assert [one.partition(" ")[0] for one in found] == ["color-contrast", "image-alt"]
