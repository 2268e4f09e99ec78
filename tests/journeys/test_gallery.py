"""A reader goes through a gallery on a phone: by keys, by buttons, and by the address of one of its pictures."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.page_quality.kinds import Surface, pages_of
from tests.journeys.serving import Serve


@pytest.fixture
def gallery(browser: Browser, demo_site: Serve) -> Iterator[Page]:
    """The demo's longest gallery on a phone."""
    site = f"http://localhost:{demo_site.port}"
    context = browser.new_context(viewport={"width": 390, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(site + pages_of(Surface(site, ""), "")["story: gallery"])
    yield page
    context.close()


def test_keys_and_buttons_lead_through_a_gallery_to_its_ends(gallery: Page) -> None:
    place = gallery.locator(".gallery-tools output")
    back, on = gallery.locator("[data-step='-1']"), gallery.locator("[data-step='1']")
    pictures = gallery.locator(".gallery-strip > li")
    last = pictures.count()
    expect(place).to_have_text(f"1 / {last}")
    expect(back).to_have_attribute("aria-disabled", "true")
    gallery.locator(".gallery-strip").focus()
    gallery.keyboard.press("ArrowRight")
    expect(place).to_have_text(f"2 / {last}")
    assert gallery.url.endswith(f"#{pictures.nth(1).get_attribute('id')}")
    expect(back).to_have_attribute("aria-disabled", "false")
    gallery.keyboard.press("ArrowLeft")
    expect(place).to_have_text(f"1 / {last}")
    for _step in range(last - 1):
        on.click()
    expect(place).to_have_text(f"{last} / {last}")
    expect(on).to_have_attribute("aria-disabled", "true")
    expect(pictures.last.locator("img")).to_be_in_viewport()


def test_the_address_of_a_picture_shows_it(gallery: Page) -> None:
    name = gallery.locator(".gallery-strip > li").nth(2).get_attribute("id")
    other = gallery.context.new_page()
    other.goto(f"{gallery.url.partition('#')[0]}#{name}")
    expect(other.locator(f"#{name} img")).to_be_in_viewport(ratio=0.5)
    expect(other.locator(f"#{name} figcaption")).to_be_visible()
