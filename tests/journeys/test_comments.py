"""An editor comments at a sentence while a reporter writes; the reporter answers, the editor resolves."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.homes import RealHome
from tests.journeys.desk_steps import Desk
from tests.journeys.serving import Serve

PASSWORD = "a long enough pass phrase"
HIRE = f"""
from broadsheet.accounts.actions import add_staff
from broadsheet.editions.actions import assign
add_staff(email="tomas@newsroom.example", name="Tomas Rey", password="{PASSWORD}")
assign(email="tomas@newsroom.example", role="editor")
"""
EDIT = "/desk/stories/edit/"


@pytest.fixture
def windows(browser: Browser) -> Iterator[Any]:
    contexts = []

    def window() -> Page:
        context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="en-GB")
        context.set_default_timeout(30_000)
        contexts.append(context)
        return context.new_page()

    yield window
    for context in contexts:
        context.close()


def saved(page: Page, act: Any) -> dict[str, Any]:
    """Do something after which the editor saves by itself, and return the answer."""
    with page.expect_response(lambda answer: EDIT in answer.url and answer.request.method == "POST") as answer:
        act()
    found: dict[str, Any] = answer.value.json()
    assert found["success"], found
    return found


def texts(answer: dict[str, Any]) -> list[str]:
    return [comment["text"] for comment in answer["comments"]["comments"]]


def comment_on_first_words(page: Page, text: str) -> dict[str, Any]:
    """Select the first eleven letters of the first paragraph, and say something about them."""
    page.locator(".public-DraftEditor-content", has_text="The cranes").click()
    page.keyboard.press("Home")
    for _ in range(11):
        page.keyboard.press("Shift+ArrowRight", delay=30)
    page.wait_for_function("getSelection().toString().trim() === 'The cranes'")
    page.keyboard.press("Control+Alt+m")
    page.locator("#comments textarea").last.fill(text)
    return saved(page, lambda: page.locator("#comments button[type=submit]").last.click())


def test_a_comment_is_made_at_a_sentence_answered_by_another_and_resolved(
    windows: Any, demo_site: Serve, demo_home: RealHome
) -> None:
    site = f"http://localhost:{demo_site.port}"
    demo_home.run(HIRE)
    writer, editor = Desk(windows(), site), Desk(windows(), site)
    writer.log_in_from(demo_home.path / "keys" / "first-login.txt")
    writer.new_story(headline="The cranes stand still", standfirst="At night.", section="")
    writer.write_paragraph("The cranes stand still at night.")
    writer.page.get_by_role("button", name="Save draft").click()
    writer.page.locator(".messages").wait_for()
    address = f"{site}{EDIT}{demo_home.rows('SELECT max(id) FROM stories_story')[0][0]}/"

    editor.log_in("tomas@newsroom.example", PASSWORD)
    editor.page.goto(address)
    said = comment_on_first_words(editor.page, "Which cranes?")
    comment = said["comments"]["comments"][0]
    assert comment["text"] == "Which cranes?"
    assert '"start":0,"end":11' in comment["position"]

    # Whoever began the story finds the notice, and by it the comment; what they answer the editor sees.
    writer.page.goto(f"{site}/desk/")
    writer.page.get_by_role("link", name="Tomas Rey commented on").click()
    thread = writer.page.locator(".comment", has_text="Which cranes?")
    thread.locator("textarea").fill("All four.")
    assert texts(saved(writer.page, lambda: thread.get_by_role("button", name="Reply").click())) == ["Which cranes?"]

    editor.page.goto(f"{address}?comment={comment['pk']}")
    thread = editor.page.locator(".comment", has_text="All four.")
    thread.get_by_role("button", name="More actions").first.click()
    assert texts(saved(editor.page, lambda: thread.get_by_role("menuitem", name="Resolve").first.click())) == []
