"""Sheets for the eye: every kind of page in a window of each width side by side, a file for light and one for dark.

.venv/bin/python tools/sheets.py FOLDER [part of a kind's name ...]
"""

import io
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright  # noqa: E402

from tests.journeys.conftest import FLAGS  # noqa: E402
from tests.journeys.page_quality.sites import serving_every_kind  # noqa: E402

# The width of a window, the share of it on a sheet, and how much of a page is shown, in CSS px.
WINDOWS = ((1440, 0.55, 3000), (768, 0.6, 2750), (360, 0.8, 2060))
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
GAP = 12


def look(page: Page, height: int) -> Image.Image:
    """The upper part of the page that a window shows, its pictures there."""
    page.evaluate("document.querySelectorAll('img').forEach(image => image.loading = 'eager')")
    page.evaluate("Promise.allSettled([...document.images].map(image => image.decode()))")
    shown = page.screenshot(full_page=True)
    picture = Image.open(io.BytesIO(shown)).convert("RGB")
    return picture.crop((0, 0, picture.width, min(height, picture.height)))


def looks(browser: Browser, url: str) -> Iterator[tuple[str, Image.Image]]:
    """One page in each scheme and width, as small as it is on a sheet."""
    for width, share, height in WINDOWS:
        # Colours are looked at when they have arrived.
        window: ViewportSize = {"width": width, "height": 900}
        context = browser.new_context(viewport=window, bypass_csp=True, reduced_motion="reduce")
        context.add_init_script("localStorage.setItem('fonts', '1')")
        page = context.new_page()
        page.goto(url)
        page.evaluate("document.fonts.ready.then(() => true)")
        page.reload()  # fonts that came too late for the first page are there for the second
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            seen = look(page, height)
            yield scheme, seen.resize((round(seen.width * share), round(seen.height * share)), Image.Resampling.LANCZOS)
        context.close()


def sheet(shown: list[Image.Image], in_a_row: int = 0) -> Image.Image:
    """Pictures side by side: all of them, or so many in a row."""
    in_a_row = in_a_row or len(shown)
    rows = [shown[start : start + in_a_row] for start in range(0, len(shown), in_a_row)]
    size = max(sum(one.width + GAP for one in row) for row in rows), sum(_height(row) for row in rows)
    whole = Image.new("RGB", size, "#888")
    top = 0
    for row in rows:
        left = 0
        for one in row:
            whole.paste(one, (left, top))
            left += one.width + GAP
        top += _height(row)
    return whole


def _height(row: list[Image.Image]) -> int:
    return max(one.height for one in row) + GAP


def asked(usage: str) -> tuple[Path, list[str]] | None:
    """The folder, made if it is not there, and the parts of names behind it; None, where both lack: usage is said."""
    if len(sys.argv) < 2:
        sys.stderr.write(f"{usage}\n")
        return None
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    return folder, sys.argv[2:]


def is_wanted(name: str, parts: list[str]) -> bool:
    """Whether a name has one of the parts; every name, where none is asked for."""
    return not parts or any(part in name for part in parts)


def main() -> int:
    """Write a sheet for each kind of page in each edition, or those whose kind has a part of the name."""
    wish = asked(str(__doc__))
    if wish is None:
        return 2
    folder, parts = wish
    with (
        tempfile.TemporaryDirectory() as home,
        serving_every_kind(Path(home) / "newsroom") as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for (edition, kind), path in site.pages.items():
            if not is_wanted(kind, parts):
                continue
            name = "-".join("".join(letter if letter.isalnum() else " " for letter in f"{kind} {edition}").split())
            seen = list(looks(browser, site.address + path))
            for scheme in SCHEMES:
                sheet([one for its, one in seen if its == scheme]).save(folder / f"{name}-{scheme}.png")
            sys.stdout.write(f"{folder / name}\n")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
