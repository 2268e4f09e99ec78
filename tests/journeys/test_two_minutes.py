"""From the log-in to a published story in at most 25 clicks and key commands, and what a writer does on the way."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.homes import RealHome
from tests.journeys.desk_steps import Desk
from tests.journeys.serving import Serve

WIDTHS = {"desk": (1440, 1000), "phone": (360, 740)}
MOST = 25


class Counted:
    """Somebody at the desk whose every click and key command is counted; typing is not."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.done: list[str] = []

    def click(self, target: Locator, what: str) -> None:
        target.click()
        self.done.append(f"click {what}")

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.done.append(f"press {key}")

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)


def in_focus(page: Page, name: str) -> None:
    """Wait until the cursor stands in a field."""
    page.wait_for_function("name => document.activeElement?.name === name", arg=name)


def in_text(page: Page) -> None:
    """Wait until the cursor stands in a paragraph."""
    page.wait_for_function("document.activeElement?.matches('.public-DraftEditor-content')")


def file_a_story(page: Page, site: str, login: Path, headline: str) -> list[str]:
    """Rada logs in, writes and publishes a story with two paragraphs, a quote and a picture; what she did for it."""
    rada = Counted(page)
    email, password = login.read_text().split()[:2]
    page.goto(f"{site}/desk/")
    rada.click(page.locator("input[name=login]"), "the e-mail field")
    rada.type(email)
    rada.press("Tab")
    rada.type(password)
    rada.press("Enter")
    rada.click(page.get_by_role("link", name="New story"), "New story")
    in_focus(page, "headline")
    rada.type(headline)
    rada.press("Enter")
    rada.type("Forty-one sacks of post came ashore.")
    rada.press("Enter")
    in_text(page)
    rada.type("The first ferry of the year tied up at noon.")
    rada.press("Enter")
    rada.type("Nobody had ordered a band, and one came.")
    rada.press("Enter")
    rada.type("/quote")
    page.locator(".Draftail-ComboBox [role=option], .w-combobox__option", has_text="Quote").first.wait_for()
    rada.press("Enter")
    in_focus(page, "body-1-value-text")
    rada.type("We had forgotten what a bill looks like.")
    rada.press("Tab")
    rada.type("pirrel")
    page.get_by_role("option", name="Agda Pirrel").wait_for()
    rada.press("Enter")
    expect(page.locator("#body-1-value-speaker-chooser")).to_contain_text("Agda Pirrel")
    rada.click(page.locator("#id_lead_picture-chooser").get_by_role("button", name="Choose picture"), "Choose picture")
    rada.click(page.locator(".modal-body td a", has_text="chart ward vacancies").first, "the picture")
    page.locator(".modal-body").wait_for(state="detached")
    rada.click(page.locator("#id_section"), "the section")
    page.locator("#id_section").select_option(label="Society, Общество")
    rada.done.append("choose Society")
    rada.click(page.locator("footer .w-dropdown-button [aria-expanded=false]"), "the arrow beside Save draft")
    rada.click(page.locator("button[name=action-publish]"), "Publish")
    return rada.done


@pytest.mark.parametrize("width", WIDTHS)
def test_a_story_is_filed_in_at_most_25_clicks_and_key_commands(
    page: Page, demo_site: Serve, demo_home: RealHome, width: str, capsys: Any
) -> None:
    page.set_viewport_size(dict(zip(("width", "height"), WIDTHS[width], strict=True)))
    site = f"http://localhost:{demo_site.port}"
    headline = f"First post by ferry, from a {width}"
    done = file_a_story(page, site, demo_home.path / "keys" / "first-login.txt", headline)
    page.wait_for_url(lambda url: "/add/" not in url and "/edit/" not in url)
    assert "published" in page.locator(".messages").inner_text(), page.locator("main").inner_text()
    with capsys.disabled():
        print(f"\n{width}, {WIDTHS[width][0]} px: {len(done)} clicks and key commands: {', '.join(done)}")
    assert len(done) <= MOST
    page.context.clear_cookies()
    page.goto(f"{site}/")
    page.get_by_role("link", name=headline, exact=True).first.click()
    article = page.locator("article.story")
    article.wait_for()
    assert [words for words in article.locator(".body > p").all_inner_texts() if words] == [
        "The first ferry of the year tied up at noon.",
        "Nobody had ordered a band, and one came.",
    ]
    assert "“We had forgotten what a bill looks like.”" in article.inner_text()
    assert "Agda Pirrel" in article.inner_text()
    assert article.locator("figure.picture img").count() == 1


def test_the_second_story_begins_in_the_section_of_the_first(page: Page, demo_site: Serve, demo_home: RealHome) -> None:
    rada = Desk(page, f"http://localhost:{demo_site.port}")
    rada.log_in_from(demo_home.path / "keys" / "first-login.txt")
    rada.new_story(headline="The first of two", standfirst="It stands in Opinion.", section="Opinion, Мнения")
    page.wait_for_url("**/desk/stories/edit/*/")
    expect(page.locator("#w-autosave-indicator")).to_contain_text("Saved")
    page.goto(f"http://localhost:{demo_site.port}/desk/stories/add/")
    assert page.locator("#id_section option:checked").inner_text() == "Opinion, Мнения"
