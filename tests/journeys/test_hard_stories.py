"""Pages stand whatever an editor puts into them: too long, empty, 400 blocks, another direction, odd pictures."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.homes import real_home
from tests.journeys.serving import serving

WINDOWS = ((320, "light"), (360, "dark"), (768, "light"), (1440, "light"))
SCRIPT = (Path(__file__).parent / "hard_stories.py").read_text(encoding="utf-8")
OUTSIDE = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (e) => e && e !== document.body && (/(auto|scroll|hidden|clip)/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  const seen = (e) => { const box = e.getBoundingClientRect(); return box.width > 1 && (box.right > width + 1 || box.left < -1); };
  return [...document.querySelectorAll("main *")].filter((e) => seen(e) && !scrolls(e)).slice(0, 3).map((e) => e.outerHTML.slice(0, 120));
}"""  # noqa: E501
TALLER = """() => [...document.images].filter((i) => i.getBoundingClientRect().height > 2 * innerHeight).length"""


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """A site with the hard stories, and their addresses by name."""
    home = real_home(tmp_path_factory.mktemp("hard") / "newsroom")
    addresses = json.loads(home.run(SCRIPT).splitlines()[-1])
    with serving(home) as serve:
        yield f"http://localhost:{serve.port}", addresses


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_every_page_stands(hard: tuple[str, dict[str, str]], browser: Browser, width: int, scheme: str) -> None:
    site, addresses = hard
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light", bypass_csp=True
    )
    wrong = {}
    for name, address in addresses.items():
        page = context.new_page()
        answer = page.goto(site + address)
        assert answer is not None
        assert answer.status == 200
        scrolled = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found = [f"scrolls by {scrolled} px"] if scrolled > 0 else []
        found += page.evaluate(OUTSIDE)
        found += ["a picture is taller than two windows"] if page.evaluate(TALLER) else []
        if found:
            wrong[name] = found
        if folder := os.environ.get("SCREENSHOTS"):
            page.evaluate("document.querySelectorAll('img').forEach(image => image.loading = 'eager')")
            page.evaluate("Promise.allSettled([...document.images].map(image => image.decode()))")
            page.set_viewport_size({"width": width, "height": 2400})
            page.screenshot(path=f"{folder}/{name.replace(' ', '-')}-{width}-{scheme}.png")
        page.close()
    context.close()
    assert wrong == {}
