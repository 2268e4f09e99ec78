"""A real browser, and the demo newsroom served for real."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.homes import RealHome, home_with_demo
from tests.journeys.serving import Serve, serving

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium: the distribution's where there is one, else the one that Playwright brought.

    It lives no longer than its module: while it does, its process has a running event loop, and Django refuses to work.
    """
    found = os.environ.get("BROWSER_FOR_TESTS") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new window at a desk; a script's error or a request that fails on the server fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(60_000)
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(f"script: {error}"))
    page.on("response", lambda response: broken.append(response.url) if response.status >= 500 else None)
    yield page
    context.close()
    assert broken == []


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> RealHome:
    """The demo newsroom, for all journeys of a process: each makes what it needs and counts on the demo alone."""
    return home_with_demo(tmp_path_factory.mktemp("demo") / "newsroom")


@pytest.fixture(scope="session")
def demo_site(demo_home: RealHome) -> Iterator[Serve]:
    """The demo newsroom, as `make run` serves it."""
    with serving(demo_home) as serve:
        yield serve
