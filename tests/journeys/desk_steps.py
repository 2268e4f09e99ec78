"""What people do at the desk, as steps of journeys."""

from pathlib import Path

from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as TooLate

PASSWORD = "a long enough pass phrase"
TOMAS = "tomas@newsroom.example"
HIRE_TOMAS = f"""
from broadsheet.accounts.actions import add_staff
from broadsheet.accounts.models import User
from broadsheet.editions.actions import assign
if not User.objects.filter(email="{TOMAS}").exists():
    add_staff(email="{TOMAS}", name="Tomas Rey", password="{PASSWORD}")
    assign(email="{TOMAS}", role="editor")
"""
"""A script for a home: Tomas Rey, an editor, who logs in with PASSWORD."""


class Desk:
    """Somebody at the desk of a site, in one window."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site

    def log_in(self, email: str, password: str) -> None:
        self.page.goto(f"{self.site}/desk/")
        self.page.locator("input[name=login]").fill(email)
        self.page.locator("input[name=password]").fill(password)
        self.page.get_by_role("button", name="Log in").click()
        self.page.get_by_role("link", name="New story").wait_for()

    def log_in_from(self, file: Path) -> None:
        email, password = file.read_text().split()[:2]
        self.log_in(email, password)

    def new_story(self, *, headline: str, standfirst: str, section: str = "") -> None:
        self.page.goto(f"{self.site}/desk/")
        self.page.get_by_role("link", name="New story").click()
        self.page.locator("#id_headline").fill(headline)
        self.page.locator("#id_standfirst").fill(standfirst)
        # A new story begins in the section of the last one.
        wanted = {"label": section} if section else {"value": ""}
        self.page.locator("#id_section").select_option(**wanted)

    def begin(self, headline: str) -> str:
        """Begin a story, type its headline, and wait until the desk has it; the editor's address."""
        self.page.get_by_role("link", name="New story").click()
        self.page.locator("#id_headline").click()
        self.page.locator("#id_headline").press_sequentially(headline)
        self.page.wait_for_url("**/desk/stories/edit/*/")
        self.wait_until_saved()
        return self.page.url

    def wait_until_saved(self) -> None:
        """Wait until the desk has everything that is in the form."""
        expect(self.page.locator("#w-autosave-indicator")).to_contain_text("Saved", timeout=60_000)

    def choose(self, button: str, item: str) -> None:
        """Choose something in a window that opens."""
        self.page.get_by_role("button", name=button).first.click()
        offered = self.page.locator(".modal-body td a", has_text=item).first
        try:
            offered.click()
        except TooLate as error:
            raise AssertionError(f"no “{item}” in: {self.page.locator('.modal-body').all_inner_texts()}") from error
        self.page.locator(".modal-body").wait_for(state="detached")

    def add_block(self, name: str) -> None:
        before = self.page.locator("[data-streamfield-child]").count()
        self.page.locator("button[title='Insert a block']").last.click()
        self.page.locator("[role=option]", has_text=name).last.click()
        self.page.wait_for_function(
            "count => document.querySelectorAll('[data-streamfield-child]').length > count", arg=before
        )

    def write_paragraph(self, text: str) -> None:
        self.add_block("Paragraph")
        self.page.locator(".public-DraftEditor-content").last.click()
        self.page.keyboard.type(text)

    def paste_paragraph(self, html: str) -> None:
        """Paste as a word processor or a web page would."""
        self.add_block("Paragraph")
        editor = self.page.locator(".public-DraftEditor-content").last
        editor.click()
        editor.evaluate(
            """(element, html) => {
                const data = new DataTransfer();
                data.setData('text/html', html);
                data.setData('text/plain', new DOMParser().parseFromString(html, 'text/html').body.innerText);
                const options = {clipboardData: data, bubbles: true, cancelable: true};
                element.dispatchEvent(new ClipboardEvent('paste', options));
            }""",
            html,
        )

    def write_quote(self, text: str, speaker: str) -> None:
        self.add_block("Quote")
        self.page.locator("textarea[name$='-text']").last.fill(text)
        self.choose("Choose person", speaker)

    def press_publish(self) -> None:
        self.page.locator("footer .w-dropdown-button [aria-expanded=false]").click()
        self.page.locator("button[name=action-publish]").click()

    def publish(self) -> str:
        """Publish; what the desk says."""
        self.press_publish()
        self.page.locator(".messages li").first.wait_for()
        return self.page.locator(".messages").inner_text()
