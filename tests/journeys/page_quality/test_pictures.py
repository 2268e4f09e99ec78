"""No picture is loaded much larger than it is shown, whatever the window."""

import re
from typing import Any

from playwright.sync_api import Page

from tests.journeys.page_quality.conftest import Shown, Window
from tests.journeys.page_quality.places import PICTURES

# Width and height in CSS px, and how many px of the screen each of them is.
WINDOWS = ((360, 800, 3), (390, 844, 2), (768, 1024, 2), (1024, 768, 1), (1440, 900, 1), (1920, 1080, 1))
MOST = 1.5
# The smallest rendition is the smallest there is, however small it is shown.
SMALLEST = 320
WIDTH = re.compile(r"/media/renditions/.*-(\d+)\.[a-z]+$")


def too_large(page: Page, size: tuple[int, int, int]) -> list[str]:
    """The pictures of which more is loaded than shown, in a window of this size."""
    width, height, ratio = size
    screen = {"width": width, "height": height, "deviceScaleFactor": ratio, "mobile": width < 768}
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setDeviceMetricsOverride", screen)
    found = []
    for picture in page.evaluate(PICTURES):
        shown = picture["shown"] * ratio
        loaded = loaded_width(picture)
        if shown * MOST >= SMALLEST and loaded > MOST * shown:
            found.append(f"{picture['file']}: {loaded} px for {shown} in a window of {width}@{ratio}")
    session.detach()
    return found


def loaded_width(picture: Any) -> int:
    """The px of the file that the browser chose: by its name, else it is the picture's whole file."""
    named = WIDTH.search(picture["file"])
    return int(named[1]) if named else int(picture["full"])


def test_no_picture_is_much_larger_than_it_is_shown(shown: Shown, window: Window) -> None:
    if "/media/" not in shown.html.partition("<main")[2]:
        return
    page = window(1000, pictures=False)
    page.goto(shown.url)
    assert {f"{size[0]}@{size[2]}": found for size in WINDOWS if (found := too_large(page, size))} == {}


def test_a_picture_that_is_too_large_is_seen(window: Window) -> None:
    page = window(1000, pictures=False)
    page.goto("about:blank")
    page.set_content('<img src="http://localhost/media/renditions/ab/abc-960.avif" style="width: 300px" width="9">')
    assert [line.partition(": ")[2] for line in too_large(page, (1440, 900, 1))] == [
        "960 px for 300 in a window of 1440@1"
    ]
    assert too_large(page, (768, 1024, 3)) == []
