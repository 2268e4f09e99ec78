"""An editor arranges the front page by keys and by dragging, and sees it before readers do."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.homes import RealHome
from tests.journeys.desk_steps import Desk
from tests.journeys.serving import Serve

CONTAINERS = "#id_containers-FORMS > [data-inline-panel-child]"
SEEN = "[data-box] iframe:not([aria-hidden])"
FRESH = "So readers would see it now."


def handle(page: Page, number: int) -> Locator:
    return page.locator(CONTAINERS).nth(number).locator("[data-inline-panel-child-drag]").first


def names(page: Page) -> list[str]:
    """What the containers are called, from the top."""
    found: list[str] = page.eval_on_selector_all(
        CONTAINERS, "all => all.map(one => one.querySelector('[data-panel-heading-text]').textContent.split(' · ')[0])"
    )
    return found


def previewed(page: Page) -> list[str]:
    """The headings of the containers in the preview."""
    found: list[str] = page.frame_locator(SEEN).locator("main .container > header h2").all_inner_texts()
    return found


def opened(page: Page, serve: Serve, home: RealHome) -> None:
    desk = Desk(page, f"http://localhost:{serve.port}")
    desk.log_in_from(home.path / "keys" / "first-login.txt")
    page.goto(f"{desk.site}/desk/fronts/")
    page.get_by_role("link", name="Front page").first.click()
    page.get_by_text(FRESH).wait_for()


def drag(page: Page, grip: Locator, to: Locator) -> None:
    """By the pointer, in steps, as a hand does it."""
    grip.scroll_into_view_if_needed()
    start, end = grip.bounding_box(), to.bounding_box()
    assert start
    assert end
    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 25):
        page.mouse.move(x, y + (end["y"] - 4 - y) * step / 24)
        page.evaluate("() => new Promise(requestAnimationFrame)")
    page.mouse.up()


def test_containers_are_moved_by_keys_and_by_dragging_and_the_preview_follows(
    page: Page, demo_site: Serve, demo_home: RealHome
) -> None:
    opened(page, demo_site, demo_home)
    first = names(page)
    handle(page, 1).focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-moved]")).to_contain_text("is now 3 of")
    assert names(page)[1:3] == [first[2], first[1]]
    expect(handle(page, 2)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-moved]")).to_contain_text("is now 2 of")
    assert names(page) == first

    drag(page, handle(page, 2), handle(page, 0))
    moved = [first[2], *first[:2], *first[3:]]
    page.wait_for_function(
        "([all, name]) => document.querySelector(all).textContent.includes(name)", arg=[CONTAINERS, first[2]]
    )
    assert names(page) == moved
    name = first[2].split(",")[0]
    expect(page.frame_locator(SEEN).locator("main h2").first).to_contain_text(name)

    for width in (360, 768, 1440):
        page.locator(f"[name=desk-preview-width][value='{width}']").check()
        inner: Any = page.locator(SEEN).evaluate("frame => frame.contentWindow.innerWidth")
        assert inner == width
    page.get_by_role("button", name="Arrange the front").click()
    page.get_by_text("The front is arranged.").wait_for()
    page.goto(f"http://localhost:{demo_site.port}/")
    expect(page.locator("main h2").first).to_contain_text(name)


def test_what_is_missing_is_said_and_the_preview_stands_as_before(
    page: Page, demo_site: Serve, demo_home: RealHome
) -> None:
    opened(page, demo_site, demo_home)
    page.locator(CONTAINERS).first.locator("[data-panel-toggle]").first.click()
    page.locator(CONTAINERS).first.locator("[name$='-most']").fill("")
    page.get_by_text("Something is missing in the form.").wait_for()
    expect(page.frame_locator(SEEN).locator("main")).to_be_visible()
