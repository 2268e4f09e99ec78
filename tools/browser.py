"""Finds the browser in which the journeys are walked, or installs it."""

import os
import shutil
import subprocess

import distribution
from environment import LOGS, PYTHON, say
from pythons import CannotSetUp

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLAYWRIGHTS_OWN = """
import os, playwright.sync_api as api
with api.sync_playwright() as playwright:
    path = playwright.chromium.executable_path
print(path if os.path.exists(path) else "")
"""


def find_browser() -> str:
    """The path of a Chromium, installed if there is none; raises CannotSetUp with a sentence."""
    return _on_this_machine() or _of_playwright() or _from_distribution() or _from_playwright()


def _on_this_machine() -> str:
    named = os.environ.get("BROWSER_FOR_TESTS", "")
    return shutil.which(named) or next((path for path in map(shutil.which, NAMES) if path), "") or ""


def _from_distribution() -> str:
    return _on_this_machine() if distribution.install("chromium") else ""


def _of_playwright() -> str:
    answer = subprocess.run([str(PYTHON), "-c", PLAYWRIGHTS_OWN], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return answer.stdout.decode().strip()


def _from_playwright() -> str:
    say("Installing Chromium with Playwright ...")
    LOGS.mkdir(exist_ok=True)
    with open(LOGS / "browser.log", "w") as report:
        subprocess.run([str(PYTHON), "-m", "playwright", "install", "chromium"], stdout=report, stderr=report)
    path = _of_playwright()
    if not path:
        raise CannotSetUp(
            "There is no Chromium on this machine, and none could be installed: apt needs root, and Playwright's own "
            f"could not be downloaded ({LOGS / 'browser.log'}). Install Chromium, or name one with BROWSER_FOR_TESTS=, "
            "then run make test again."
        )
    return path
