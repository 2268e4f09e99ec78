"""What helps to write in the story's editor: counts, clean pastes, names typed in place, pictures dropped, keys."""

import base64
import re

import pytest
from playwright.sync_api import Page, expect

from broadsheet.stories.checks.headline import LETTERS_IN_A_LINE, lines_on_a_card
from tests.factories import picture_bytes
from tests.homes import RealHome
from tests.journeys.desk_steps import Desk
from tests.journeys.serving import Serve

DOCS = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p style="line-height:1.38">'
    '<span style="font-family:Arial;font-weight:400">The ferry </span><span style="font-weight:700">opened</span>'
    '<span style="font-style:italic"> at noon</span></p><ul><li><p><span>one sack</span></p></li></ul>'
    '<p><a href="https://example.org/a" style="color:red"><span>a link</span></a>'
    '<img src="data:image/png;base64,AAAA"></p></b>'
)
HEADLINES = [
    "",
    "Port of Lusvik to stop unloading at night",
    "Port of Lusvik to stop unloading ships at night from the autumn on, the council says",
    "Порт Лусвик перестанет разгружать суда по ночам",
    "A well-to-do harbour-master's re-election is off-the-record news",
    "Donaudampfschifffahrtsgesellschaftskapitänsmütze found in the harbour of Lusvik",
    "a-b c-d e-f xx-yy",
    "  two   spaces  and — dashes – everywhere  ",
]


@pytest.fixture
def rada(page: Page, demo_site: Serve, demo_home: RealHome) -> Desk:
    """Rada, an editor, at a new story."""
    desk = Desk(page, f"http://localhost:{demo_site.port}")
    desk.log_in_from(demo_home.path / "keys" / "first-login.txt")
    page.get_by_role("link", name="New story").click()
    page.wait_for_function("document.activeElement?.name === 'headline'")
    return desk


def paste(page: Page, html: str) -> float:
    """Paste into the last paragraph; milliseconds that the page was busy."""
    editor = page.locator(".public-DraftEditor-content").last
    editor.click()
    took: float = editor.evaluate(
        """(element, html) => {
            const data = new DataTransfer();
            data.setData('text/html', html);
            data.setData('text/plain', 'plain');
            const before = performance.now();
            element.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
            return performance.now() - before;
        }""",
        html,
    )
    return took


def test_the_counter_counts_lines_as_the_check_does(rada: Desk) -> None:
    lines = rada.page.evaluate(
        """async ([headlines, width]) => {
            const { linesOf } = await import('/static/stories/desk/writing/counting.js');
            return headlines.map((headline) => linesOf(headline, width));
        }""",
        [HEADLINES, LETTERS_IN_A_LINE],
    )
    assert lines == [lines_on_a_card(headline) for headline in HEADLINES]


def test_the_headline_is_held_against_a_cards_width_while_one_types(rada: Desk) -> None:
    page = rada.page
    page.keyboard.type("A short headline")
    expect(page.locator("#headline-count")).to_have_text("Letters: 16. Fits a card.")
    page.keyboard.type(" that goes on and on until no card of any front could show it whole, on a phone")
    expect(page.locator("#headline-count")).to_contain_text("Too long for a card")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement?.matches('.public-DraftEditor-content')")
    page.keyboard.type("Five words and no more.")
    expect(page.locator("[data-words-of-body]")).to_have_text("Words: 5. Reading time: 1 min.")


def test_a_paste_from_google_docs_keeps_words_bold_italic_lists_and_links_and_no_picture(rada: Desk) -> None:
    page = rada.page
    paste(page, DOCS)
    editor = page.locator(".public-DraftEditor-content").last
    expect(editor).to_contain_text("The ferry opened at noon")
    expect(editor.locator("li")).to_have_text("one sack")
    expect(editor.locator("[style*='font-weight: bold'], [style*='font-weight:bold']")).to_have_text("opened")
    expect(page.locator("[data-writing-note]")).to_contain_text("Pictures are not pasted with a text.")
    field = page.locator("input[name=body-0-value]")
    expect(field).to_have_value(re.compile("a link"))
    stored = field.input_value()
    assert "https://example.org/a" in stored
    assert "IMAGE" not in stored
    assert "Arial" not in stored


def test_three_megabytes_with_200_pictures_inside_leave_the_words_and_no_picture(rada: Desk) -> None:
    page = rada.page
    picture = base64.b64encode(b"\xff\xd8" + b"x" * 11_300).decode()
    html = "".join(
        f"<p style=margin:0>Paragraph number {number}.</p><p><img src=data:image/jpeg;base64,{picture}></p>"
        for number in range(200)
    )
    assert len(html) > 3_000_000
    took = paste(page, html)
    print(f"\na paste of {len(html):,} characters with 200 pictures: the page was busy for {took:,.0f} ms")
    editor = page.locator(".public-DraftEditor-content").last
    expect(editor).to_contain_text("Paragraph number 199.")
    assert editor.locator("img").count() == 0
    expect(page.locator("[data-writing-note]")).to_contain_text("Pictures are not pasted with a text.")
    page.keyboard.type(" And typed on.")
    expect(editor).to_contain_text("And typed on.")
    page.wait_for_url("**/desk/stories/edit/*/")
    expect(page.locator("#w-autosave-indicator")).to_contain_text("Saved")
    assert len(page.locator("input[name=body-0-value]").input_value()) < 100_000


def test_a_speaker_who_is_new_is_entered_in_place(rada: Desk) -> None:
    page = rada.page
    rada.add_block("Quote")
    page.wait_for_function("document.activeElement?.name === 'body-1-value-text'")
    page.keyboard.type("We saw it.")
    page.keyboard.press("Tab")
    page.keyboard.type("Nils Nobody-Knows")
    page.get_by_role("option", name="Add “Nils Nobody-Knows”").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement?.getAttribute('aria-label')?.startsWith('Role of Nils')")
    page.keyboard.type("ferryman")
    page.keyboard.press("Enter")
    expect(page.locator("#body-1-value-speaker-chooser .chosen")).to_contain_text("Nils Nobody-Knows")
    assert page.locator("input[name=body-1-value-speaker]").input_value().isdigit()


def test_suggestions_are_walked_and_left_by_keys(rada: Desk) -> None:
    page = rada.page
    rada.add_block("Quote")
    field = page.locator("#body-1-value-speaker-chooser [role=combobox]")
    field.click()
    page.keyboard.type("a")
    expect(field).to_have_attribute("aria-expanded", "true")
    first = field.get_attribute("aria-activedescendant")
    page.keyboard.press("ArrowDown")
    expect(field).not_to_have_attribute("aria-activedescendant", first or "")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("a")


def test_a_related_story_is_chosen_by_a_word_of_its_headline(rada: Desk) -> None:
    page = rada.page
    page.locator(".public-DraftEditor-content").last.click()
    page.keyboard.press("Control+Alt+KeyR")
    page.wait_for_function("document.activeElement?.matches('#body-1-value-chooser [role=combobox]')")
    page.keyboard.type("viaduct")
    page.locator(".desk-options [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    expect(page.locator("#body-1-value-chooser .chosen")).to_contain_text("iaduct")


def test_a_picture_dropped_on_the_story_is_asked_for_its_words_and_put_in(rada: Desk) -> None:
    page = rada.page
    data = base64.b64encode(picture_bytes(320, 240, colour="olive")).decode()
    page.locator("#id_lead_picture-chooser").evaluate(
        """(element, data) => {
            const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
            const dropped = new DataTransfer();
            dropped.items.add(new File([bytes], 'night-ferry.jpg', {type: 'image/jpeg'}));
            element.dispatchEvent(new DragEvent('drop', {dataTransfer: dropped, bubbles: true, cancelable: true}));
        }""",
        data,
    )
    dialog = page.get_by_role("dialog", name="A new picture")
    expect(dialog.get_by_label("Working title")).to_have_value("night ferry")
    dialog.get_by_role("button", name="Put it into the story").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Say what is seen, for those who cannot see it.")
    dialog.get_by_label("Alt text").fill("A ferry at night")
    dialog.get_by_label("Who made it").fill("R. Editor")
    dialog.get_by_role("button", name="Put it into the story").click()
    expect(page.locator("#id_lead_picture-chooser .chosen")).to_contain_text("night ferry")
    expect(dialog).to_have_count(0)
    # The picture itself stands beside its title, and another in its place when another is chosen.
    look = "document.querySelector('#id_lead_picture-chooser img')"
    page.wait_for_function(f"{look}?.naturalWidth === 320")
    first = page.evaluate(f"{look}.src")
    page.locator("#id_lead_picture-chooser .chosen button").first.click()
    rada.choose("Choose another picture", "chart rice price")
    page.wait_for_function(f"first => {look}?.naturalWidth > 320 && {look}.src !== first", arg=first)


def test_a_picture_is_taken_on_a_phone(rada: Desk) -> None:
    page = rada.page
    page.set_viewport_size({"width": 360, "height": 740})
    file = {"name": "hall.jpg", "mimeType": "image/jpeg", "buffer": picture_bytes(64, 48, colour="plum")}
    page.locator("#id_lead_picture-chooser input[type=file]").set_input_files(files=[file])  # type: ignore[list-item]
    dialog = page.get_by_role("dialog", name="A new picture")
    dialog.get_by_label("Alt text").fill("A hall")
    page.keyboard.press("Enter")
    expect(page.locator("#id_lead_picture-chooser .chosen")).to_contain_text("hall")


def test_blocks_are_added_moved_and_deleted_by_keys_and_the_cursor_follows(rada: Desk) -> None:
    page = rada.page
    page.locator(".public-DraftEditor-content").last.click()
    page.keyboard.type("One.")
    page.keyboard.press("Control+Enter")
    page.wait_for_function("document.querySelectorAll('.public-DraftEditor-content').length === 2")
    page.wait_for_function("document.activeElement === document.querySelectorAll('.public-DraftEditor-content')[1]")
    page.keyboard.type("Two.")
    page.keyboard.press("Alt+Shift+ArrowUp")
    texts = "[...document.querySelectorAll('.public-DraftEditor-content')].map((one) => one.textContent).join('|')"
    page.wait_for_function(f"{texts} === 'Two.|One.'")
    page.keyboard.press("Control+Enter")
    page.wait_for_function("document.querySelectorAll('.public-DraftEditor-content').length === 3")
    page.wait_for_function("document.activeElement === document.querySelectorAll('.public-DraftEditor-content')[1]")
    page.keyboard.press("Backspace")
    page.wait_for_function("document.activeElement?.textContent === 'Two.'")
    assert page.evaluate("document.querySelector('#body-root').rootBlock.children.length") == 2
