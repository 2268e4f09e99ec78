"""An editor and a reporter in one story, the clock of one an hour behind, that of the other an hour ahead."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from broadsheet.foundation.clock import now
from tests.homes import RealHome
from tests.journeys.desk_steps import HIRE_TOMAS, PASSWORD, TOMAS, Desk
from tests.journeys.serving import Serve

WRONG_CLOCK = """
const Right = Date;
globalThis.Date = class extends Right {
  constructor(...given) { given.length ? super(...given) : super(Right.now() + %(off)d); }
  static now() { return Right.now() + %(off)d; }
};
"""
HOUR = 3_600_000
BAR = "[data-keeping]"
NOTE = "[data-writing-note]"
Window = Callable[[int, int], Page]


@pytest.fixture
def window(browser: Browser) -> Iterator[Window]:
    contexts = []

    def open_one(width: int, off: int) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="en-GB")
        context.set_default_timeout(60_000)
        context.add_init_script(WRONG_CLOCK % {"off": off})
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


def times_in(text: str, home: RealHome) -> list[timedelta]:
    """How far the times of day that a text names are from now, as the demo's main edition counts."""
    zone = ZoneInfo(str(home.rows("SELECT zone FROM editions_edition ORDER BY id")[0][0]))
    here = now().astimezone(zone)
    found = re.findall(r"\b(\d{1,2}):(\d\d)\b", text)
    return [_apart(here, timedelta(hours=int(hour), minutes=int(minute))) for hour, minute in found]


def _apart(here: datetime, time: timedelta) -> timedelta:
    """From a time of day to a moment, midnight or not."""
    day = timedelta(days=1)
    behind = (timedelta(hours=here.hour, minutes=here.minute) - time) % day
    return min(behind, day - behind)


def choose(page: Page, part: str, whose: str) -> None:
    page.locator("fieldset", has=page.locator("legend", has_text=part)).get_by_label(whose).check()


def test_both_save_and_the_later_one_is_told_and_chooses_whatever_their_clocks_say(
    window: Window, demo_site: Serve, demo_home: RealHome
) -> None:
    site = f"http://localhost:{demo_site.port}"
    demo_home.run(HIRE_TOMAS)
    reporter, editor = Desk(window(360, -HOUR), site), Desk(window(1440, HOUR), site)
    reporter.log_in_from(demo_home.path / "keys" / "first-login.txt")
    one = reporter.page
    reporter.begin("Trams stop")
    one.locator("#id_standfirst").press_sequentially("From midnight.")
    reporter.wait_until_saved()

    # Each is told that the other is there.
    editor.log_in(TOMAS, PASSWORD)
    other = editor.page
    other.goto(one.url)
    expect(one.locator("#w-editing-sessions")).to_contain_text("Tomas Rey is here")
    expect(one.locator(NOTE)).to_have_text(re.compile("Tomas Rey is here"))
    expect(other.locator(".desk-others b")).to_be_visible()

    # The editor saves a headline; the reporter, without a link, writes another and a new standfirst.
    one.context.set_offline(True)
    other.locator("#id_headline").fill("Trams stop for a week")
    editor.wait_until_saved()
    one.locator("#id_headline").press("End")
    one.locator("#id_headline").press_sequentially(" tonight")
    one.locator("#id_standfirst").fill("From midnight, says the mayor.")
    expect(one.locator(BAR)).to_contain_text("Your text is safe in this browser")
    one.context.set_offline(False)
    expect(one.locator(BAR)).to_contain_text("Tomas Rey", timeout=60_000)
    said = one.locator(BAR).inner_text()
    assert min(times_in(said, demo_home)) < timedelta(minutes=3), said

    # Both texts, word by word; what only one has changed is chosen already.
    one.get_by_role("button", name="Compare the two texts").click()
    one.wait_for_url("**/desk/stories/texts/*/")
    who = one.locator(".desk-texts__who").inner_text()
    assert "Tomas Rey" in who
    assert "You, " in who
    assert max(times_in(who, demo_home)) < timedelta(minutes=5), who
    headline = one.locator("fieldset", has=one.locator("legend", has_text="Headline"))
    assert [run.strip() for run in headline.locator("del").all_inner_texts()] == ["for a week"]
    assert [run.strip() for run in headline.locator("ins").all_inner_texts()] == ["tonight"]
    choose(one, "Headline", "Their words")
    one.get_by_role("button", name="Save what I chose").click()
    one.wait_for_url("**/desk/stories/edit/*/")
    assert one.locator("#id_headline").input_value() == "Trams stop for a week"
    assert one.locator("#id_standfirst").input_value() == "From midnight, says the mayor."
    assert one.locator(BAR).is_hidden()

    # The editor only reads now: the window says who has saved meanwhile, and shows it when asked.
    expect(other.locator(BAR)).to_contain_text("changed this at")
    other.get_by_role("button", name="Show it").click()
    expect(other.locator("#id_standfirst")).to_have_value("From midnight, says the mayor.")


def test_a_story_that_was_deleted_while_it_is_written_is_brought_back_with_the_words(
    window: Window, demo_site: Serve, demo_home: RealHome
) -> None:
    reporter, editor = (Desk(window(width, 0), f"http://localhost:{demo_site.port}") for width in (360, 1440))
    for desk in (reporter, editor):
        desk.log_in_from(demo_home.path / "keys" / "first-login.txt")
    one, other = reporter.page, editor.page
    reporter.begin("Deleted by mistake")
    other.goto(one.url.replace("/edit/", "/delete/"))
    other.get_by_role("button", name="Delete it").click()
    other.wait_for_url("**/desk/stories/")
    one.locator("#id_standfirst").press_sequentially("Still being written.")
    expect(one.locator(BAR)).to_contain_text("This story was deleted. Your text is safe in this browser.")
    one.get_by_role("button", name="Bring it back").click()
    reporter.wait_until_saved()
    expect(one.locator(BAR)).to_be_hidden()
    other.goto(one.url)
    assert other.locator("#id_standfirst").input_value() == "Still being written."


def test_words_kept_by_a_browser_whose_clock_is_wrong_are_sent_when_it_comes_back(
    window: Window, demo_site: Serve, demo_home: RealHome
) -> None:
    """Set right, the clock makes what was kept look an hour old, or as if it came from what is to be."""
    for off in (-HOUR, HOUR):
        desk = Desk(window(1440, off), f"http://localhost:{demo_site.port}")
        desk.log_in_from(demo_home.path / "keys" / "first-login.txt")
        page = desk.page
        address = desk.begin(f"A clock is wrong by {off}")
        page.context.set_offline(True)
        page.locator("#id_standfirst").press_sequentially("Kept by the browser.")
        expect(page.locator(BAR)).to_contain_text("Your text is safe in this browser")
        right: Any = page.context.new_page()
        page.close()
        right.add_init_script("delete globalThis.Date.now")
        page.context.set_offline(False)
        right.goto(f"{desk.site}/desk/")
        expect(right.locator("[data-kept-texts]")).to_contain_text("were saved")
        right.goto(address)
        assert right.locator("#id_standfirst").input_value() == "Kept by the browser."
