"""Writers type into stories while servers and browsers are killed at random: no word is lost that was typed two seconds
before.

A round is a number of writers, each a window of a real browser in a story of their own, who type numbered words one
after the other. Processes of a real `broadsheet serve` are killed at random moments, and browsers whole, with all their
windows.
When a browser comes back, each of its stories must hold every word that was typed at least two seconds before the kill;
at the end the desk must hold what the robots typed, word for word.
"""

import contextlib
import json
import os
import random
import signal
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from proofs.newsroom import served_demo

# What may be lost of what was typed last, when the browser itself is killed.
GRACE = 2.0
ON_THE_DESK = """
import json, sys
from broadsheet.stories.models import Story
found = {}
for pk in sys.argv[1:]:
    content = Story.objects.get(pk=pk).latest_revision.content
    found[pk] = [content["headline"], [block["value"] for block in json.loads(content["body"])]]
print(json.dumps(found))
"""
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PARAGRAPH = ".public-DraftEditor-content"
SAVED = "document.querySelector('[data-keeping]').dataset.clean === '1'"
WHAT_THE_FOOT_SAYS = """['#w-autosave-indicator', '[data-keeping]'].map(
    one => document.querySelector(one)?.outerHTML.replace(/\\s+/g, ' '))"""


@dataclass
class Writer:
    """A robot in a story of its own; `typed` is what it typed into the paragraph, each word with its moment."""

    name: str
    page: Any = None
    story: str = ""
    typed: list[tuple[float, str]] = field(default_factory=list)
    count: int = 0
    has_written: bool = False
    """In this window; one in which nothing was typed has nothing to save, and says nothing of it."""

    @property
    def text(self) -> str:
        return "".join(word for _moment, word in self.typed)

    def type_on(self, chance: random.Random) -> None:
        """Type one more word, or correct the last one, as people do."""
        if self.has_written and self.typed and chance.random() < 0.08:
            _moment, word = self.typed.pop()
            for _letter in word:
                self.page.keyboard.press("Backspace")
            return
        self.has_written = True
        self.count += 1
        word = f"{self.name}{self.count}{chance.choice(['', ',', '.', ' –'])} "
        self.page.keyboard.type(word)
        self.typed.append((time.monotonic(), word))


@dataclass
class Machine:
    """A browser with a profile on the disk, and the writers who have windows in it."""

    folder: Path
    writers: list[Writer]
    context: Any = None


def run_round(seed: int, *, writers: int = 20, machines: int = 4, seconds: float = 600, kills: float = 12) -> int:
    """One round of so many seconds, with a kill every `kills` seconds or so; the number of characters compared."""
    from playwright.sync_api import sync_playwright

    home, serve = served_demo()
    chance = random.Random(seed)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        site = _Site(playwright, home, serve, f"http://localhost:{serve.port}")
        names = [f"{chr(97 + number % 26)}{seed}x" for number in range(writers)]
        robots = [Writer(f"{name}{number}w") for number, name in enumerate(names)]
        places = [Machine(Path(folder) / str(number), robots[number::machines]) for number in range(machines)]
        for place in places:
            site.open(place)
        counted = _type_and_kill(site, places, chance, seconds, kills)
        for place in places:
            site.wait_until_saved(place)
        desk = json.loads(home.run(ON_THE_DESK, *(robot.story for robot in robots)))
        for robot in robots:
            _headline, paragraphs = desk[robot.story]
            counted += _compare(seed, robot, _plain(paragraphs[0]), robot.text, "at the end")
        for place in places:
            place.context.close()
    print(
        f"    seed {seed}: {site.servers} servers and {site.browsers} browsers killed, {counted} characters", flush=True
    )
    return counted


def _type_and_kill(site: "_Site", places: list[Machine], chance: random.Random, seconds: float, kills: float) -> int:
    until, counted = time.monotonic() + seconds, 0
    next_kill = time.monotonic() + chance.uniform(0.5, 1.5) * kills
    due: list[str] = []
    while time.monotonic() < until:
        for place in places:
            for robot in place.writers:
                robot.type_on(chance)
        if time.monotonic() >= next_kill:
            due = due or chance.sample(["server", "browser"], 2)
            if due.pop() == "server":
                site.kill_server(chance)
            else:
                counted += site.kill_browser(chance.choice(places))
            next_kill = time.monotonic() + chance.uniform(0.5, 1.5) * kills
    return counted


class _Site:
    def __init__(self, playwright: Any, home: Any, serve: Any, address: str) -> None:
        self.playwright, self.home, self.serve, self.address = playwright, home, serve, address
        self.servers = self.browsers = 0

    def open(self, place: Machine) -> None:
        """Start a browser, and open each of its writers' stories, begun if it is not there yet."""
        place.context = self.playwright.chromium.launch_persistent_context(
            str(place.folder),
            executable_path=os.environ.get("BROWSER_FOR_TESTS") or "/usr/bin/chromium",
            args=FLAGS,
            locale="en-GB",
        )
        first = place.context.pages[0]
        self._desk(first)
        for robot in place.writers:
            robot.page = place.context.new_page()
            robot.page.set_default_timeout(120_000)
            robot.has_written = False
            if robot.story:
                self._reopen(robot)
            else:
                self._begin(robot)

    def _go(self, page: Any, path: str) -> None:
        """Go to an address; a server that was killed just now is waited for."""
        from playwright.sync_api import Error

        until = time.monotonic() + 60
        while True:
            try:
                answer = page.goto(f"{self.address}{path}", timeout=60_000)
                if answer is not None and answer.status < 500:
                    return
            except Error:
                if time.monotonic() > until:
                    raise
            assert time.monotonic() < until, f"{path} is not there"
            time.sleep(0.2)

    def _desk(self, page: Any) -> None:
        self._go(page, "/desk/")
        if page.locator("input[name=login]").count():
            email, password = (self.home.path / "keys" / "first-login.txt").read_text().split()[:2]
            page.locator("input[name=login]").fill(email)
            page.locator("input[name=password]").fill(password)
            page.get_by_role("button", name="Log in").click()
        page.get_by_role("link", name="New story").wait_for()
        page.wait_for_function("document.documentElement.dataset.swept")

    def _begin(self, robot: Writer) -> None:
        page = robot.page
        self._go(page, "/desk/stories/add/")
        page.locator("#id_headline").press_sequentially(f"By {robot.name}")
        page.wait_for_url("**/desk/stories/edit/*/")
        robot.story = page.url.rstrip("/").rpartition("/")[2]
        page.locator(PARAGRAPH).click()
        robot.typed.clear()

    def _reopen(self, robot: Writer) -> None:
        self._go(robot.page, f"/desk/stories/edit/{robot.story}/")
        robot.page.locator(PARAGRAPH).last.click()
        robot.page.keyboard.press("Control+End")

    def kill_server(self, chance: random.Random) -> None:
        pid = self.serve.pid_of(chance.choice(["granian", "granian", "web"]))
        if pid:
            os.kill(pid, signal.SIGKILL)
            self.servers += 1

    def kill_browser(self, place: Machine) -> int:
        """Kill a browser with all its windows, open it again, and compare; returns how many characters were."""
        moment = time.monotonic()
        for pid in _processes_of(place.folder):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.browsers += 1
        with contextlib.suppress(Exception):
            place.context.close()
        (place.folder / "SingletonLock").unlink(missing_ok=True)
        self.open(place)
        counted = 0
        for robot in place.writers:
            found = robot.page.locator(PARAGRAPH).inner_text().replace("\xa0", " ")
            safe = [(at, word) for at, word in robot.typed if at <= moment - GRACE]
            counted += _compare_start(robot, found, "".join(word for _at, word in safe))
            robot.typed = [(moment - GRACE, found)] if found else []
        return counted

    def wait_until_saved(self, place: Machine) -> None:
        from playwright.sync_api import TimeoutError as TooLate

        for robot in place.writers:
            if not robot.has_written:
                continue
            try:
                robot.page.wait_for_function(SAVED, timeout=120_000)
            except TooLate as error:
                said = robot.page.evaluate(WHAT_THE_FOOT_SAYS)
                raise AssertionError(f"{robot.name}'s text is not on the desk; its window says {said}") from error


def _processes_of(folder: Path) -> Iterator[int]:
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if str(folder).encode() in (process / "cmdline").read_bytes():
                yield int(process.name)


def _plain(rich: str) -> str:
    import html
    import re

    return html.unescape(re.sub(r"<[^>]+>", "", rich))


def _compare(seed: int, robot: Writer, found: str, typed: str, when: str) -> int:
    assert found.strip() == typed.strip(), f"seed {seed}: {robot.name} typed {typed!r}, {when} there is {found!r}"
    return len(typed)


def _compare_start(robot: Writer, found: str, safe: str) -> int:
    assert found.startswith(safe.rstrip()), f"{robot.name} typed {safe!r} in time, and there is {found!r}"
    return len(safe)
