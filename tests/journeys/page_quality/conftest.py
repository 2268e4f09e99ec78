"""The demo newsroom, a page of every kind in both editions, and windows that are used again and again."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.homes import ROOT
from tests.journeys.page_quality.kinds import EDITIONS, KINDS, OPTIONAL
from tests.journeys.page_quality.sites import Site, serving_every_kind


@dataclass(frozen=True)
class Shown:
    """A page that a test looks at."""

    edition: str
    kind: str
    path: str
    url: str
    html: str

    @property
    def is_story(self) -> bool:
        return self.kind.startswith("story: ")


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo newsroom as `make run` serves it, with what it lacks."""
    with serving_every_kind(tmp_path_factory.mktemp("pages") / "newsroom") as site:
        yield site


def chosen() -> list[tuple[str, str]]:
    """Each kind in one edition, in turns; with EVERY_PAGE=true, as in `make prove`, each kind in both."""
    if os.environ.get("EVERY_PAGE"):
        return [(edition, kind) for edition in EDITIONS for kind in KINDS]
    turns = [("en", "ru")[number % 2] for number in range(len(KINDS))]
    return [("en" if kind in OPTIONAL["ru"] else turn, kind) for turn, kind in zip(turns, KINDS, strict=True)]


WIDTHS = (1440, 360)


def widths_of(shown: Shown) -> tuple[int, ...]:
    """The widths, in CSS px, at which a page is looked at: one of them, in turns; with EVERY_PAGE=true both."""
    if os.environ.get("EVERY_PAGE"):
        return WIDTHS
    place = KINDS.index(shown.kind)
    # Each edition has pages of both.
    return (WIDTHS[place // 2 % 2],)


@pytest.fixture(params=chosen(), ids=lambda pair: ", ".join(pair))
def shown(request: pytest.FixtureRequest, site: Site) -> Shown:
    """Each page in turn."""
    edition, kind = request.param
    path = site.pages.get((edition, kind), "")
    if not path and kind in OPTIONAL[edition]:
        pytest.skip(f"the demo newsroom has no {kind} in this edition")
    assert path, f"the demo newsroom shows no {kind} in this edition"
    return Shown(edition, kind, path, site.address + path, site.surfaces[edition].get(path).html)


Window = Callable[..., Page]


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Window]:
    """A window of a width and with options of Playwright's; the same one again for the same wishes.

    With `pictures=False` it gets none: their requests are refused in the browser.
    """
    kept: dict[str, Page] = {}

    def open_window(width: int, height: int = 900, *, pictures: bool = True, **options: Any) -> Page:
        key = json.dumps([width, height, pictures, options])
        if key not in kept:
            size: Any = {"width": width, "height": height}
            # Colours are looked at when they have arrived.
            context = browser.new_context(viewport=size, reduced_motion="reduce", **options)
            kept[key] = context.new_page()
            if not pictures:
                session = context.new_cdp_session(kept[key])
                session.send("Network.enable")
                session.send("Network.setBlockedURLs", {"urls": ["*/media/*"]})
        return kept[key]

    yield open_window
    for page in kept.values():
        page.context.close()


@dataclass(frozen=True)
class Checkers:
    """Where the programs are that check pages."""

    packages: Path
    java: str


@pytest.fixture(scope="session")
def checkers() -> Checkers:
    """axe-core and the Nu HTML checker, brought by tools/checkers.py if they are not there."""
    command = [sys.executable, str(ROOT / "tools" / "checkers.py")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    return Checkers(Path(found["packages"]), found["java"])
