"""axe-core finds nothing to object to on any screen of the desk: on a wide screen in light, on a phone in dark."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.homes import RealHome
from tests.journeys.desk_steps import Desk
from tests.journeys.page_quality.conftest import Checkers
from tests.journeys.page_quality.test_access import RULES, objections
from tests.journeys.serving import Serve

# Each screen, and where it is; "first of" is the first link like it on a list.
SCREENS = {
    "first screen": "/desk/",
    "stories": "/desk/stories/",
    "new story": "/desk/stories/add/",
    "a story": "first of /desk/stories/edit/ on /desk/stories/",
    "log of a story": "/desk/stories/history/1/",
    "versions": "/desk/stories/compare/1/",
    "new brief": "/desk/briefs/add/",
    "deleted stories": "/desk/stories/deleted/",
    "calendar": "/desk/calendar/",
    "steps": "/desk/steps/",
    "handing over": "/desk/hand-over/1/",
    "own account": "/account/",
    "what one may not do": "/desk/account/",
    "mailbox": "/desk/mailbox/",
    "fronts": "/desk/fronts/",
    "a front": "/desk/fronts/1/",
    "breaking": "/desk/fronts/1/breaking/",
    "pictures": "/desk/pictures/",
    "a picture": "first of /desk/pictures/edit/ on /desk/pictures/",
    "films": "/desk/films/",
    "briefs": "/desk/briefs/",
    "people": "/desk/people/",
    "a person": "first of /desk/people/edit/ on /desk/people/",
    "sections": "/desk/sections/",
    "a section": "first of /desk/sections/edit/ on /desk/sections/",
    "topics": "/desk/topics/",
    "merging topics": "/desk/topics/merge/1/",
    "editions": "/desk/editions/",
    "words": "/desk/words/",
    "standing pages": "/desk/standing-pages/",
    "notices": "/desk/notices/",
    "what is not here": "/desk/nowhere/",
}
WIDTHS = {1440: "light", 360: "dark"}
# What the bar at the foot covers is scrolled from under it; axe takes its size for what is seen of it just now.
UNCOVERED = "footer.footer { position: static !important; }"
# Screens that are looked at on both: the others on one of them in turn, in `make prove` (EVERY_PAGE=true) on both too.
ON_BOTH = ("first screen", "stories", "new story", "a story")


def is_left_out(screen: str, width: int) -> bool:
    if screen in ON_BOTH or os.environ.get("EVERY_PAGE"):
        return False
    return (list(SCREENS).index(screen) % len(WIDTHS)) != list(WIDTHS).index(width)


@pytest.fixture(scope="module")
def desks(browser: Browser, demo_site: Serve, demo_home: RealHome) -> Iterator[dict[int, Page]]:
    """Rada at the desk, on a wide screen and with a phone."""
    found = {}
    for width, scheme in WIDTHS.items():
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, locale="en-GB", bypass_csp=True
        )
        found[width] = context.new_page()
        Desk(found[width], f"http://localhost:{demo_site.port}").log_in_from(demo_home.path / "keys/first-login.txt")
    yield found
    for page in found.values():
        page.context.close()


def go(page: Page, site: str, where: str) -> None:
    if not where.startswith("first of "):
        page.goto(site + where)
        return
    wanted, _, listed = where.removeprefix("first of ").partition(" on ")
    page.goto(site + listed)
    page.goto(site + str(page.locator(f"a[href*='{wanted}']").first.get_attribute("href")))


@pytest.mark.parametrize("screen", SCREENS)
def test_everybody_can_use_the_desk(screen: str, desks: dict[int, Page], demo_site: Serve, checkers: Checkers) -> None:
    site = f"http://localhost:{demo_site.port}"
    found = []
    for width, page in desks.items():
        if is_left_out(screen, width):
            continue
        go(page, site, SCREENS[screen])
        page.wait_for_load_state("networkidle")
        page.add_style_tag(content=UNCOVERED)
        found += [f"{width}: {one}" for one in objections(page, checkers, {"type": "tag", "values": RULES})]
    assert found == []
