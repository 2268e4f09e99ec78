"""Takes the pictures of the handbook anew from a demo newsroom: .venv/bin/python tools/screenshots.py"""

import io
import re
import sys
import tempfile
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from tests.homes import RealHome, clean_environment  # noqa: E402
from tests.journeys.conftest import FLAGS  # noqa: E402
from tests.journeys.desk_steps import Desk  # noqa: E402
from tests.journeys.serving import serving  # noqa: E402

IMAGES = ROOT / "docs" / "images"


def take(page: Page, name: str) -> None:
    """Save what the window shows."""
    page.evaluate("document.querySelectorAll('img').forEach(image => image.loading = 'eager')")
    page.evaluate("Promise.allSettled([...document.images].map(image => image.decode()))")
    page.evaluate("Promise.allSettled(document.getAnimations().map(animation => animation.finished))")
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(128).save(IMAGES / f"{name}.png", optimize=True)
    sys.stdout.write(f"docs/images/{name}.png\n")


def readers_side(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    page.goto(f"{site}/")
    take(page, "front")
    page.locator("h2 a").first.click()
    take(page, "story")


# A story of each kind in the demo, by the slug in its address.
KINDS = {
    "news": "slip-theatre-reopens-behind-glass",
    "live": "fire-on-tarn-ridge",
    "analysis": "why-rice-is-dearer-and-bread-is-not",
    "feature": "the-choir-that-lost-its-shipyard",
    "off-beat": "left-of-the-wooden-bird",
    "opinion": "let-the-concerts-end-at-eleven",
    "explainer": "is-it-saffron",
    "in-brief": "last-day-of-the-slip-footbridge",
    "gallery": "a-working-quay-in-five-pictures",
    "video": "along-the-ridge-path",
}


def readers_kinds(browser: Browser, site: str) -> None:
    """What each kind of story looks like, at a desk and on a phone."""
    sitemap = urllib.request.urlopen(f"{site}/sitemap.xml").read().decode()
    for kind, slug in KINDS.items():
        address = next(found for found in re.findall(r"<loc>(.*?)</loc>", sitemap) if slug in found)
        for name, width, height in (("", 1280, 1500), ("-phone", 390, 1500)):
            page = browser.new_page(viewport={"width": width, "height": height}, bypass_csp=True)
            page.add_init_script("localStorage.setItem('fonts', '1')")
            page.goto(site + urlsplit(address).path)
            page.evaluate("document.fonts.ready.then(() => true)")
            page.reload()  # a phone has the site's fonts from its second page on
            take(page, f"kind-{kind}{name}")
            page.close()


def readers_other_pages(browser: Browser, site: str) -> None:
    """The pages around the stories."""
    for name, path in {"section": "/culture/", "newsfeed": "/newsfeed/", "mediabank": "/mediabank/"}.items():
        page = browser.new_page(viewport={"width": 1280, "height": 900}, bypass_csp=True)
        page.goto(site + path)
        take(page, name)
        page.close()


def desk_side(browser: Browser, site: str, login: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="en-GB", bypass_csp=True)
    desk = Desk(page, site)
    page.goto(f"{site}/account/login/")
    take(page, "log-in")
    desk.log_in_from(login)
    page.goto(f"{site}/desk/")
    take(page, "desk")
    desk.new_story(
        headline="Ferry brings the first letters of the year",
        standfirst="Forty-one sacks of post came ashore at noon.",
        section="Society, Общество",
    )
    take(page, "new-story")
    page.get_by_role("button", name="Choose picture").first.click()
    page.locator(".modal-body td a").first.wait_for()
    take(page, "choose-picture")
    page.locator(".modal-body td a").first.click()
    page.locator(".modal-body").wait_for(state="detached")
    desk.write_paragraph("The first ferry of the year tied up at noon.")
    desk.write_quote("We had forgotten what a bill looks like.", "Agda Pirrel")
    page.locator("textarea[name$='-text']").last.scroll_into_view_if_needed()
    take(page, "quote")
    desk.publish()
    page.get_by_role("link", name="See it on the site", exact=True).wait_for()
    take(page, "published")


def before_publishing(browser: Browser, site: str, login: Path) -> None:
    """A story with something to mend: the panel beside it, and the page between it and its readers."""
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="en-GB", bypass_csp=True)
    desk = Desk(page, site)
    desk.log_in_from(login)
    desk.new_story(
        headline="Ferry brings the first letters of the year to Skarrel, and forty-one sacks of bills with them",
        standfirst="The post was recieved with mixed feelings.",
        section="Society, Общество",
    )
    desk.write_paragraph("Rain fell on the quay. “We had forgotten what a bill looks like by now.”")
    written = "[...document.querySelectorAll('[name^=body-]')].some(one => one.value.includes('forgotten'))"
    page.wait_for_function(written)
    page.get_by_role("button", name="Save draft").click()
    page.locator(".messages").wait_for()
    page.locator("[data-side-panel-toggle=before-publishing]").click()
    page.get_by_text("“recieved” is in no dictionary.").wait_for()
    page.get_by_text("Nobody is named for").wait_for()
    page.evaluate("scrollTo(0, 0)")
    take(page, "before-publishing")
    desk.press_publish()
    page.get_by_role("button", name="Publish anyway").wait_for()
    take(page, "warnings")


def two_people(browser: Browser, site: str, login: Path) -> None:
    """Two windows in one story: who saved first, and both texts beside each other; then the lists of the desk."""
    pages = [
        browser.new_page(viewport={"width": 1280, "height": 800}, locale="en-GB", bypass_csp=True) for _one in range(2)
    ]
    for page in pages:
        Desk(page, site).log_in_from(login)
        page.goto(f"{site}/desk/stories/edit/5/")
        page.locator("#id_standfirst").wait_for()
    for page, words in zip(pages, ("On Tuesdays fifty-two sing.", "On Mondays fifty-two people sing."), strict=True):
        page.locator("#id_standfirst").click()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(words)
        page.wait_for_function("/Saved|paused/.test(document.querySelector('#w-autosave-indicator').innerText)")
    pages[1].get_by_role("button", name="Compare the two texts").click()
    pages[1].get_by_role("button", name="Save what I chose").wait_for()
    take(pages[1], "two-texts")
    for name, path in {
        "stories": "/desk/stories/",
        "calendar": "/desk/calendar/",
        "log": "/desk/stories/history/5/",
    }.items():
        pages[0].goto(site + path)
        take(pages[0], name)


def arranging(browser: Browser, site: str, login: Path) -> None:
    """A front with the form that arranges it, and the preview beside it."""
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB", bypass_csp=True)
    Desk(page, site).log_in_from(login)
    page.goto(f"{site}/desk/fronts/")
    page.get_by_role("link", name="Front page").first.click()
    page.get_by_text("So readers would see it now.").wait_for()
    frame = page.frame_locator("[data-box] iframe:not([aria-hidden])")
    frame.locator("main img").first.evaluate("image => image.decode()")
    take(page, "arrange-front")
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="A command, or a word").fill("bus")
    page.get_by_role("option", name="bus lanes").first.wait_for()
    take(page, "find-or-do")


def main() -> int:
    """Serve a demo newsroom in a folder that is thrown away, and take every picture."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "newsroom"
        home = RealHome(path, clean_environment(path))
        with serving(home, "--demo-if-empty") as serve, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
            site = f"http://localhost:{serve.port}"
            readers_side(browser, site)
            readers_kinds(browser, site)
            readers_other_pages(browser, site)
            desk_side(browser, site, path / "keys" / "first-login.txt")
            before_publishing(browser, site, path / "keys" / "first-login.txt")
            two_people(browser, site, path / "keys" / "first-login.txt")
            arranging(browser, site, path / "keys" / "first-login.txt")
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
