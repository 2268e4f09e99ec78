"""Sheets for the eye: every screen of the desk side by side, a file for each width, scheme and language.

.venv/bin/python tools/desk_sheets.py FOLDER [part of a screen's name ...]
"""

import io
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from sheets import SCHEMES, asked, is_wanted, sheet  # noqa: E402

from tests.homes import home_with_demo  # noqa: E402
from tests.journeys.conftest import FLAGS  # noqa: E402
from tests.journeys.page_quality.test_desk import SCREENS, go  # noqa: E402
from tests.journeys.serving import serving  # noqa: E402

# The width and height of a window in CSS px, the share of them on a sheet, and screens in a row of it.
WINDOWS = ((1440, 1000, 0.42, 3), (768, 1100, 0.5, 4), (360, 780, 0.7, 7))
LANGUAGES = ("en-GB", "ru-RU")
ROWS = 2


def log_in(page: Page, site: str, keys: Path) -> None:
    """The way in, whatever the language is."""
    email, password = keys.read_text().split()[:2]
    page.goto(f"{site}/desk/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/desk/")


def screens(page: Page, site: str, names: list[str], share: float) -> Iterator[Image.Image]:
    """What the window shows of each screen, as small as it is on a sheet."""
    for name in names:
        go(page, site, SCREENS[name])
        page.wait_for_load_state("networkidle")
        seen = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        yield seen.resize((round(seen.width * share), round(seen.height * share)), Image.Resampling.LANCZOS)


def write_sheets(browser: Browser, site: str, keys: Path, folder: Path, names: list[str]) -> None:
    """Each window, scheme and language: as many files as the screens need."""
    for width, height, share, in_a_row in WINDOWS:
        for scheme in SCHEMES:
            for language in LANGUAGES:
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=scheme, locale=language
                )
                page = context.new_page()
                log_in(page, site, keys)
                seen = list(screens(page, site, names, share))
                for start in range(0, len(seen), in_a_row * ROWS):
                    file = folder / f"{width}-{scheme}-{language[:2]}-{start // (in_a_row * ROWS) + 1}.png"
                    sheet(seen[start : start + in_a_row * ROWS], in_a_row).save(file)
                    sys.stdout.write(f"{file}\n")
                context.close()


def main() -> int:
    """Write the sheets of all screens, or of those whose name has a part of what is asked for."""
    wish = asked(str(__doc__))
    if wish is None:
        return 2
    folder, parts = wish
    names = [name for name in SCREENS if is_wanted(name, parts)]
    with (
        tempfile.TemporaryDirectory() as place,
        serving(home_with_demo(Path(place) / "newsroom")) as serve,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        keys = Path(place) / "newsroom" / "keys" / "first-login.txt"
        write_sheets(browser, f"http://localhost:{serve.port}", keys, folder, names)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
