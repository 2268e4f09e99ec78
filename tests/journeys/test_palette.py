"""Ctrl-K at the desk: what one may do and what there is, by a few letters and without a mouse."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.homes import RealHome
from tests.journeys.desk_steps import Desk
from tests.journeys.serving import Serve

OFFERED = "dialog.desk-palette [role=option]"


@pytest.fixture
def desk(page: Page, demo_site: Serve, demo_home: RealHome) -> Desk:
    desk = Desk(page, f"http://localhost:{demo_site.port}")
    desk.log_in_from(demo_home.path / "keys" / "first-login.txt")
    return desk


def test_a_story_is_found_by_letters_and_opened_by_enter(desk: Desk) -> None:
    page = desk.page
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="A command, or a word")
    expect(box).to_be_focused()
    expect(page.get_by_role("option", name="New story")).to_be_visible()
    page.keyboard.type("bus lanes")
    option = page.get_by_role("option", name="bus lanes free day and night").first
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/stories/edit/*/")

    page.locator("#id_standfirst").focus()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("option", name="Save", exact=True)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", name="Publish", exact=True)).to_have_attribute("aria-selected", "true")
    active = page.get_by_role("combobox", name="A command, or a word").get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").inner_text() == "Publish"
    page.keyboard.press("Escape")
    expect(page.locator("dialog.desk-palette")).to_be_hidden()
    expect(page.locator("#id_standfirst")).to_be_focused()

    page.keyboard.press("Control+k")
    page.keyboard.type("new st")
    expect(page.locator(OFFERED)).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/stories/add/")


def test_the_editor_previews_the_story_by_it(desk: Desk) -> None:
    page = desk.page
    page.goto(f"{desk.site}/desk/stories/add/")
    page.keyboard.press("Control+k")
    page.keyboard.type("previ")
    expect(page.locator(OFFERED)).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("[data-side-panel=preview]")).to_be_visible()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="en-GB", has_touch=True)
    yield context.new_page()
    context.close()


def test_on_a_phone_it_is_a_button_of_the_menu(phone: Page, demo_site: Serve, demo_home: RealHome) -> None:
    desk = Desk(phone, f"http://localhost:{demo_site.port}")
    desk.log_in_from(demo_home.path / "keys" / "first-login.txt")
    phone.locator("button.sidebar-nav-toggle").tap()
    phone.get_by_role("link", name="Find or do").tap()
    window = phone.locator("dialog.desk-palette")
    expect(window).to_be_visible()
    size = window.bounding_box()
    assert size
    assert size["x"] >= 0
    assert size["x"] + size["width"] <= 360
    phone.get_by_role("combobox", name="A command, or a word").fill("briefs")
    phone.get_by_role("option", name="Briefs").tap()
    phone.wait_for_url("**/desk/briefs/")
