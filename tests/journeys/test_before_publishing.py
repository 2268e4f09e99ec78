"""Rada, an editor, is told what is not right yet, is led there, mends some of it and passes the rest."""

from playwright.sync_api import Page, expect

from tests.homes import RealHome
from tests.journeys.desk_steps import Desk
from tests.journeys.serving import Serve

PANEL = "[data-side-panel=before-publishing]"
COUNT = "[data-side-panel-toggle=before-publishing] [data-side-panel-toggle-counter]"


def begin(page: Page, site: str, home: RealHome) -> Desk:
    rada = Desk(page, site)
    rada.log_in_from(home.path / "keys" / "first-login.txt")
    rada.new_story(headline="Sails over Skarrel", standfirst="They were recieved well.", section="Society, Общество")
    rada.write_paragraph("All the riggging was new.")
    page.get_by_role("button", name="Save draft").click()
    page.locator(".messages").wait_for()
    page.locator("[data-side-panel-toggle=before-publishing]").click()
    return rada


def write_on(page: Page) -> None:
    """Another key, until an autosave has come: what is typed right after a page was loaded waits for the next key."""
    for _try in range(6):
        page.locator("#id_standfirst").press("End")
        page.locator("#id_standfirst").press_sequentially(" ")
        page.locator("#id_standfirst").press("Tab")
        try:
            expect(page.locator(COUNT)).to_have_text("1")
        except AssertionError:
            continue
        return


def test_a_finding_leads_to_its_field_or_block_and_the_count_follows(
    page: Page, demo_site: Serve, demo_home: RealHome
) -> None:
    begin(page, f"http://localhost:{demo_site.port}", demo_home)
    expect(page.locator(COUNT)).to_have_text("3")
    page.locator(PANEL).get_by_role("link", name="“recieved” is in no dictionary.").click()
    expect(page.locator("#id_standfirst")).to_be_focused()
    page.locator(PANEL).get_by_role("link", name="“riggging” is in no dictionary.").click()
    expect(page.locator(".public-DraftEditor-content").last).to_be_focused()
    page.locator(PANEL).get_by_role("link", name="The story has no lead picture.").click()
    expect(page.get_by_role("button", name="Choose picture").first).to_be_focused()

    row = page.locator(PANEL).get_by_role("listitem").filter(has_text="riggging")
    row.get_by_role("link", name="Add to the newsroom's words").click()
    expect(row).to_have_text("“riggging” is one of the newsroom's words now.")
    expect(page.locator(COUNT)).to_have_text("2")
    page.locator("#id_standfirst").fill("They were received well.")
    write_on(page)
    expect(page.locator(COUNT)).to_have_text("1")
    expect(page.locator(PANEL)).not_to_contain_text("recieved")


def test_warnings_are_passed_on_a_page_that_needs_no_script(page: Page, demo_site: Serve, demo_home: RealHome) -> None:
    site = f"http://localhost:{demo_site.port}"
    rada = begin(page, site, demo_home)
    rada.press_publish()
    page.get_by_role("link", name="Back to the text").click()
    assert page.locator("#id_headline").input_value() == "Sails over Skarrel"
    rada.press_publish()
    page.get_by_role("button", name="Publish anyway").wait_for()
    plain = page.context.browser.new_context(  # type: ignore[union-attr]
        java_script_enabled=False, storage_state=page.context.storage_state()
    )
    try:
        without = plain.new_page()
        without.goto(page.url)
        expect(without.get_by_role("link", name="“recieved” is in no dictionary.")).to_be_visible()
        without.get_by_role("button", name="Publish anyway").click()
        expect(without.get_by_text("“Sails over Skarrel” is published.")).to_be_visible()
    finally:
        plain.close()
    page.context.clear_cookies()
    page.goto(f"{site}/")
    page.get_by_role("link", name="Sails over Skarrel", exact=True).first.click()
    assert page.locator("h1").inner_text() == "Sails over Skarrel"
