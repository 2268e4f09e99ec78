"""An editor comments at a sentence while a reporter writes; the reporter answers, the editor resolves."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.homes import RealHome
from tests.journeys.desk_steps import HIRE_TOMAS, PASSWORD, TOMAS, Desk
from tests.journeys.serving import Serve
from tests.waiting import eventually

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


@pytest.fixture
def writer(windows: Any, demo_site: Serve, demo_home: RealHome) -> Desk:
    """Whoever writes the story, at the desk."""
    desk = Desk(windows(), f"http://localhost:{demo_site.port}")
    desk.log_in_from(demo_home.path / "keys" / "first-login.txt")
    return desk


def remarks(home: RealHome) -> list[tuple[str, str]]:
    """What is said and not resolved, with its place in the text."""
    return [tuple(row) for row in home.rows("SELECT text, position FROM stories_remark WHERE resolved_at IS NULL")]


def answers(home: RealHome) -> list[str]:
    return [row[0] for row in home.rows("SELECT text FROM stories_answer")]


def send(button: Locator) -> None:
    """Click until it is sent: a comment moves while the page is laid out; whoever misses its button clicks again."""

    def waits() -> bool:
        return bool(button.count()) and button.is_enabled()

    def sent() -> bool:
        if waits():
            button.click()
        return not waits()

    eventually(sent)


def comment_on_first_words(page: Page, text: str) -> None:
    """Select the first eleven letters of the first paragraph, and say something about them."""
    page.locator(".public-DraftEditor-content", has_text="The cranes").click()
    page.keyboard.press("Home")
    for _ in range(11):
        page.keyboard.press("Shift+ArrowRight", delay=30)
    page.wait_for_function("getSelection().toString().trim() === 'The cranes'")
    page.keyboard.press("Control+Alt+m")
    page.locator("#comments textarea").last.fill(text)
    send(page.locator("#comments .comment--mode-creating button[type=submit]"))


def test_a_comment_is_made_at_a_sentence_answered_by_another_and_resolved(
    writer: Desk, windows: Any, demo_home: RealHome
) -> None:
    site = writer.site
    demo_home.run(HIRE_TOMAS)
    editor = Desk(windows(), site)
    writer.new_story(headline="The cranes stand still", standfirst="At night.", section="")
    writer.write_paragraph("The cranes stand still at night.")
    writer.page.get_by_role("button", name="Save draft").click()
    writer.page.locator(".messages").wait_for()
    address = f"{site}{EDIT}{demo_home.rows('SELECT max(id) FROM stories_story')[0][0]}/"

    editor.log_in(TOMAS, PASSWORD)
    editor.page.goto(address)
    comment_on_first_words(editor.page, "Which cranes?")
    eventually(lambda: [text for text, _place in remarks(demo_home)] == ["Which cranes?"])
    assert '"start":0,"end":11' in remarks(demo_home)[0][1]
    number = demo_home.rows("SELECT id FROM stories_remark")[0][0]

    # Whoever began the story finds the notice, and by it the comment; what they answer the editor sees.
    writer.page.goto(f"{site}/desk/")
    writer.page.get_by_role("link", name="Tomas Rey commented on").click()
    thread = writer.page.locator(".comment", has_text="Which cranes?")
    thread.locator("textarea").fill("All four.")
    send(thread.get_by_role("button", name="Reply"))
    eventually(lambda: answers(demo_home) == ["All four."])

    editor.page.goto(f"{address}?comment={number}")
    thread = editor.page.locator(".comment", has_text="All four.")
    thread.get_by_role("button", name="More actions").first.click()
    thread.get_by_role("menuitem", name="Resolve").first.click()
    eventually(lambda: remarks(demo_home) == [])


def test_a_comment_made_while_a_save_is_on_its_way_is_sent_after_it(writer: Desk, demo_home: RealHome) -> None:
    page = writer.page
    writer.new_story(headline="Eight cranes", standfirst="", section="")
    writer.write_paragraph("The cranes turn again.")
    page.wait_for_url(f"**{EDIT}*/")
    page.get_by_text("Saved", exact=False).first.wait_for()
    held: list[Route] = []
    page.route(f"**{EDIT}*/", lambda route: held.append(route), times=1)
    with page.expect_request(f"**{EDIT}*/"):
        page.locator("#id_standfirst").fill("On its way.")
    comment_on_first_words(page, "All eight?")
    with page.expect_request(f"**{EDIT}*/"):
        held[0].continue_()
    page.unroute_all()
    eventually(lambda: [text for text, _place in remarks(demo_home)] == ["All eight?"])
    assert page.locator("#comments .comment", has_text="All eight?").count() == 1


def test_a_comment_that_is_begun_by_keys_in_a_field_is_not_typed_into_the_field(writer: Desk) -> None:
    page = writer.page
    page.get_by_role("link", name="New story").click()
    page.locator("#id_headline").click()
    # Enter leads on, and what is typed at once after it goes there.
    for words in ("A headline", "A standfirst", "The first words."):
        page.keyboard.type(words)
        page.keyboard.press("Enter")
    assert page.locator("#id_standfirst").input_value() == "A standfirst"
    page.locator("[data-side-panel-toggle=preview]").click()
    page.locator("#id_headline").focus()
    page.keyboard.press("Control+Alt+m")
    expect(page.locator("#comments textarea").last).to_be_focused()
    page.keyboard.type("Shorter?")
    assert page.locator("#id_headline").input_value() == "A headline"
    assert page.locator("#comments textarea").last.input_value() == "Shorter?"
    assert page.locator(".public-DraftEditor-content").first.inner_text().startswith("The first words.")
