"""Whatever happens between a writer and the desk, the words are there: links are cut, sessions end, things die."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

from tests.homes import RealHome
from tests.journeys.desk_steps import Desk
from tests.journeys.serving import Serve
from tests.waiting import eventually

BAR = "[data-keeping]"
SLOW = 2.1
"""Seconds that a form is on its way: three times the pause after which the editor saves by itself."""


def site_of(serve: Serve) -> str:
    return f"http://localhost:{serve.port}"


def login_of(home: RealHome) -> Path:
    return home.path / "keys" / "first-login.txt"


@pytest.fixture
def lena(page: Page, demo_site: Serve, demo_home: RealHome) -> Desk:
    """Lena, a reporter with a phone."""
    page.set_viewport_size({"width": 360, "height": 740})
    desk = Desk(page, site_of(demo_site))
    desk.log_in_from(login_of(demo_home))
    return desk


@contextmanager
def another_window(browser: Browser, serve: Serve, home: RealHome) -> Iterator[Page]:
    """Somebody else at another machine."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(60_000)
    Desk(page, site_of(serve)).log_in_from(login_of(home))
    yield page
    context.close()


def on_the_desk(browser: Browser, serve: Serve, home: RealHome, address: str, field: str) -> str:
    """What the desk has of a field, as another window opens it."""
    with another_window(browser, serve, home) as other:
        other.goto(address)
        return other.locator(field).input_value()


def test_a_reporters_link_is_cut_three_times_at_a_press_conference(
    lena: Desk, browser: Browser, demo_site: Serve, demo_home: RealHome
) -> None:
    page, context = lena.page, lena.page.context
    address = lena.begin("Port to close for a week")
    words = ""
    for number in range(3):
        context.set_offline(True)
        page.locator("#id_standfirst").press_sequentially(f"Words without a link, {number}. ")
        words += f"Words without a link, {number}. "
        expect(page.locator(BAR)).to_contain_text("No connection. Your text is safe in this browser")
        context.set_offline(False)
        expect(page.locator(BAR)).to_be_hidden(timeout=60_000)
        lena.wait_until_saved()
        page.locator("#id_standfirst").press_sequentially("And with one. ")
        words += "And with one. "
    lena.wait_until_saved()
    assert page.locator("#id_standfirst").input_value() == words
    words = words.strip()
    eventually(lambda: on_the_desk(browser, demo_site, demo_home, address, "#id_standfirst") == words)


def test_what_was_typed_while_the_first_save_was_on_its_way_is_saved_too(
    page: Page, browser: Browser, demo_site: Serve, demo_home: RealHome
) -> None:
    rada = Desk(page, site_of(demo_site))
    rada.log_in_from(login_of(demo_home))
    page.get_by_role("link", name="New story").click()
    held: list[Route] = []
    page.route("**/desk/stories/add/", lambda route: held.append(route), times=1)
    with page.expect_request("**/desk/stories/add/"):
        page.locator("#id_headline").click()
        page.locator("#id_headline").press_sequentially("The first words")
    page.locator("#id_standfirst").press_sequentially("Typed while they travelled.")
    held[0].continue_()
    page.wait_for_url("**/desk/stories/edit/*/")
    eventually(
        lambda: on_the_desk(browser, demo_site, demo_home, page.url, "#id_standfirst") == "Typed while they travelled."
    )


def test_a_story_is_begun_once_though_the_answer_to_its_first_save_was_lost(
    page: Page, demo_site: Serve, demo_home: RealHome
) -> None:
    rada = Desk(page, site_of(demo_site))
    rada.log_in_from(login_of(demo_home))
    page.get_by_role("link", name="New story").click()
    lost: list[str] = []

    def lose_the_answer(route: Route) -> None:
        lost.append(route.fetch().text())
        route.abort()

    page.route("**/desk/stories/add/", lose_the_answer, times=1)
    page.locator("#id_headline").click()
    page.locator("#id_headline").press_sequentially("Begun once")
    page.wait_for_url("**/desk/stories/edit/*/")
    assert len(lost) == 1
    rada.wait_until_saved()
    page.goto(f"{site_of(demo_site)}/desk/stories/?q=Begun+once")
    assert page.locator("main a", has_text="Begun once").count() == 1


def test_a_session_that_ended_is_taken_up_above_the_text(
    page: Page, browser: Browser, demo_site: Serve, demo_home: RealHome
) -> None:
    rada = Desk(page, site_of(demo_site))
    rada.log_in_from(login_of(demo_home))
    address = rada.begin("A session ends")
    page.context.clear_cookies(name="sessionid")
    page.locator("#id_standfirst").press_sequentially("After the end.")
    expect(page.locator(BAR)).to_contain_text("You were logged out. Your text is safe in this browser.")
    page.get_by_role("button", name="Log in again").click()
    email, password = login_of(demo_home).read_text().split()[:2]
    frame = page.frame_locator("dialog iframe")
    frame.locator("input[name=login]").fill(email)
    frame.locator("input[name=password]").fill(password)
    frame.get_by_role("button", name="Log in").click()
    expect(page.locator("dialog.desk-login")).to_have_count(0)
    rada.wait_until_saved()
    assert page.url == address
    eventually(lambda: on_the_desk(browser, demo_site, demo_home, address, "#id_standfirst") == "After the end.")
    page.locator("button", has_text="Save draft").click()  # a form needs the new session's token
    page.wait_for_url(address)


def test_the_desk_dies_and_comes_back_and_the_text_goes_on(
    page: Page, browser: Browser, demo_site: Serve, demo_home: RealHome
) -> None:
    rada = Desk(page, site_of(demo_site))
    rada.log_in_from(login_of(demo_home))
    address = rada.begin("The desk dies")
    for number in range(2):
        os.kill(demo_site.pid_of("granian"), signal.SIGKILL)
        page.locator("#id_standfirst").press_sequentially(f"Typed into the dark {number}. ")
    eventually(
        lambda: on_the_desk(browser, demo_site, demo_home, address, "#id_standfirst").count("Typed into the dark") == 2
    )


def launch(browser: Browser, folder: Path) -> BrowserContext:
    return browser.browser_type.launch_persistent_context(
        str(folder),
        executable_path=os.environ.get("BROWSER_FOR_TESTS"),
        args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
        locale="en-GB",
    )


def processes_of(folder: Path) -> list[int]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder) in (process / "cmdline").read_text():
                found.append(int(process.name))
        except OSError:
            continue
    return found


def test_a_browser_that_is_killed_without_a_link_gives_the_words_back_when_it_is_opened_again(
    browser: Browser, demo_site: Serve, demo_home: RealHome, tmp_path: Path
) -> None:
    folder = tmp_path / "profile"
    context = launch(browser, folder)
    page = context.new_page()
    page.set_default_timeout(60_000)
    rada = Desk(page, site_of(demo_site))
    rada.log_in_from(login_of(demo_home))
    address = rada.begin("The laptop dies")
    context.set_offline(True)
    page.locator("#id_standfirst").press_sequentially("Nobody but this browser has these words.")
    expect(page.locator(BAR)).to_contain_text("No connection.")
    for pid in processes_of(folder):
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: not processes_of(folder))
    (folder / "SingletonLock").unlink(missing_ok=True)
    again = launch(browser, folder)
    page = again.new_page()
    page.goto(f"{site_of(demo_site)}/desk/")
    if page.locator("input[name=login]").count():
        Desk(page, site_of(demo_site)).log_in_from(login_of(demo_home))
    expect(page.locator("[data-kept-texts]")).to_contain_text("Words that had not reached the desk were saved")
    page.locator("[data-kept-texts] a").click()
    assert page.url == address
    assert page.locator("#id_standfirst").input_value() == "Nobody but this browser has these words."
    again.close()


def is_save(request: Request) -> bool:
    return request.method == "POST" and "/desk/stories/edit/" in request.url


def test_nothing_is_saved_beside_a_form_that_is_on_its_way(page: Page, demo_site: Serve, demo_home: RealHome) -> None:
    """Else what was just published would seem to have changes that nobody made."""
    rada = Desk(page, site_of(demo_site))
    rada.log_in_from(login_of(demo_home))
    rada.begin("A form on its way")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.headers["accept"]) if is_save(request) else None)

    def slowly(route: Route) -> None:
        if "application/json" not in route.request.headers.get("accept", ""):
            Event().wait(SLOW)
        route.continue_()

    # The page that answers looks what this browser kept, and may ask once whether the desk has it: that is no save.
    until: list[int] = []
    page.on("framenavigated", lambda frame: until.append(len(sent)) if frame == page.main_frame else None)
    page.route("**/desk/stories/edit/*/", slowly)
    page.locator("#id_standfirst").fill("Words that the form takes along.")
    page.locator("button", has_text="Save draft").click()
    page.locator(".messages li").first.wait_for()
    form = next(place for place, accept in enumerate(sent) if "text/html" in accept)
    assert sent[form + 1 : until[0]] == []


def test_opening_a_story_and_looking_around_in_it_saves_nothing(
    page: Page, demo_site: Serve, demo_home: RealHome
) -> None:
    rada = Desk(page, site_of(demo_site))
    rada.log_in_from(login_of(demo_home))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto(f"{site_of(demo_site)}/desk/stories/edit/3/")
    page.get_by_role("tab", name="Publication").click()
    page.get_by_role("tab", name="Story").click()
    page.locator("#id_headline").click()
    page.keyboard.press("End")
    # As long as it takes for three pings of the presence: an autosave would have gone long before.
    for _number in range(3):
        page.wait_for_event("request", lambda request: "editing-sessions/ping" in request.url)
    assert [url for url in sent if "/edit/" in url] == []
