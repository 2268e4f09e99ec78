"""What the browser keeps for the pages after the first: the fonts on a phone, and a page for when the link is cut."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.homes import home_with_demo
from tests.journeys.serving import Serve, serving

FAMILY = "() => getComputedStyle(document.body).fontFamily.split(',')[0]"
KEPT = "() => localStorage.getItem('fonts')"


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    # Only so may the page itself be asked to wait; what the policy allows has tests of its own.
    context = browser.new_context(viewport={"width": 390, "height": 800}, bypass_csp=True)
    yield context
    context.close()


def fonts_of(page: Page) -> list[str]:
    """The files of fonts that a page asks for, from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.resource_type == "font" else None)
    return asked


def test_fonts_and_the_offline_page_come_after_the_first_page_and_serve_the_next_ones(
    phone: BrowserContext, tmp_path: Path
) -> None:
    with serving(home_with_demo(tmp_path / "newsroom")) as serve:
        site = f"http://localhost:{serve.port}"
        first = phone.new_page()
        asked = fonts_of(first)
        first.goto(f"{site}/")
        assert "Fallback" in first.evaluate(FAMILY)
        assert asked == []
        first.wait_for_function(KEPT)
        assert sorted(re.findall(r"/(\w+)-latin\.woff2", " ".join(asked))) == ["display", "sans", "text"]
        assert len(asked) == 3
        first.evaluate("navigator.serviceWorker.ready.then(worker => worker.active.state)")

        second = phone.new_page()
        second.goto(f"{site}/politics/")
        assert second.evaluate(FAMILY) == '"Broadsheet Text"'
        second.goto(f"{site}/ru/")
    for path, title in (
        ("/economy/", "No connection"),
        ("/ru/", "Нет связи"),
        ("/search/?q=ferry", "No connection"),
    ):
        second.goto(site + path)
        assert second.locator("h1").inner_text() == title
        assert second.locator(".masthead").is_visible()


def test_a_phone_without_scripts_has_the_fonts_at_once_and_so_has_a_wide_window(
    demo_site: Serve, browser: Browser
) -> None:
    for options in ({"java_script_enabled": False}, {"viewport": {"width": 1280, "height": 800}}):
        context = browser.new_context(**{"viewport": {"width": 390, "height": 800}, **options})
        page = context.new_page()
        asked = fonts_of(page)
        page.goto(f"http://localhost:{demo_site.port}/")
        page.wait_for_load_state("networkidle")
        assert len(asked) >= 3, options
        context.close()
