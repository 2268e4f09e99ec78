"""Lighthouse on a phone (its own simulated network and processor), beside no peer: the goals are in the table.

RUNS= chooses how often each page is run (5); the median of each figure counts. Node, Lighthouse and a browser are
brought if they are not there.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from tests.homes import ROOT, RealHome, clean_environment
from tests.journeys.page_quality.kinds import KIND_OF_STORY, Answer, Surface, pages_of
from tests.journeys.serving import serving

RUNS = int(os.environ.get("RUNS") or 5)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
CATEGORIES = {
    "performance": 98,
    "accessibility": 100,
    "best-practices": 100,
    "seo": 100,
    "agentic-browsing": 95,
}
# Each figure's audit, its unit, and the goal: no more than this.
FIGURES = {
    "LCP s": ("largest-contentful-paint", 1000, 1.5),
    "CLS": ("cumulative-layout-shift", 1, 0.01),
    "TBT ms": ("total-blocking-time", 1, 50),
}
HEADS = ("perf.", "access.", "best pr.", "SEO", "agentic", *FIGURES, "requests", "KiB")
WORDS, CARDS = 600, 2


def measure() -> list[tuple[str, str]]:
    """A line for each page: scores, times, requests and KiB, then what is missed and by which audits."""
    lighthouse = _command()
    rows = [("lighthouse, on a phone", " ".join(f"{head:>8}" for head in HEADS))]
    missed: list[tuple[str, str]] = []
    with _demo() as site:
        for name, address in _pages(site).items():
            reports = [_run(lighthouse, address) for _ in range(RUNS)]
            figures = _figures(reports)
            rows.append((f"lighthouse: {name}", " ".join(f"{figure:8.7g}" for figure in figures.values())))
            print(f"  {name}: {RUNS} runs", flush=True)
            missed += [(f"lighthouse: {name} misses", line) for line in _missed(figures, reports)]
    return [*rows, *(missed or [("lighthouse", "every goal is reached")])]


@contextmanager
def _demo() -> Iterator[str]:
    """The demo newsroom, served as `make run` serves it; its address."""
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        path = Path(folder) / "newsroom"
        with serving(RealHome(path, clean_environment(path)), "--demo-if-empty", seconds=300) as serve:
            yield f"http://localhost:{serve.port}"


def _command() -> list[str]:
    """Lighthouse, as a command; a sentence ends the program where it cannot be had."""
    sys.path.insert(0, str(ROOT / "tools"))
    from browser import find_browser
    from checkers import find_node, find_packages
    from pythons import CannotSetUp

    try:
        os.environ["CHROME_PATH"] = find_browser()
        return [find_node(), str(find_packages() / "lighthouse" / "cli" / "index.js")]
    except CannotSetUp as error:
        sys.exit(str(error))


def _pages(site: str) -> dict[str, str]:
    surface = Surface(site, "")
    found = pages_of(surface, "")
    chosen = {"front": "front", "section": "section", "gallery": "story: gallery", "person": "person who writes"}
    paths = {name: found[kind] for name, kind in chosen.items()}
    paths |= {"a picture's page": found["picture"], "news story": _news_story(surface)}
    return {name: site + path for name, path in paths.items()}


def _news_story(surface: Surface) -> str:
    """A story of the news with a lead picture, two cards, a quote and 600 words, or what comes nearest."""

    def near(answer: Answer) -> tuple[int, int, int]:
        body = answer.html.partition('class="body"')[2].partition("<footer")[0]
        words = len(re.sub("<[^>]+>", " ", body).split())
        parts = ('class="story-lead"' in answer.html) + ('class="quote"' in body)
        return parts, min(body.count('class="related"'), CARDS), min(words, WORDS)

    news = {path: near(one) for path, one in surface.stories().items() if _kind(one) == "news"}
    best = max(news, key=lambda path: news[path])
    print(f"  news story: {best} (of 2 parts, {CARDS} cards, {WORDS} words it has {news[best]})", flush=True)
    return best


def _kind(answer: Answer) -> str:
    found = KIND_OF_STORY.search(answer.html)
    return found[1] if found else ""


def _run(lighthouse: list[str], address: str) -> Any:
    """One whole report of Lighthouse; a machine that is busy may have to be asked again."""
    for _try in range(3):
        report, said = _ask(lighthouse, address)
        if report and all("numericValue" in report["audits"][audit] for audit, _unit, _goal in FIGURES.values()):
            return report
    sys.exit(f"Lighthouse could not look at {address}: {(report or {}).get('runtimeError') or said[-2000:]}")


def _ask(lighthouse: list[str], address: str) -> tuple[Any, str]:
    """What Lighthouse reports from a browser that has never been used, if it does, and what it says beside."""
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as folder:
        path = Path(folder) / "report.json"
        flags = " ".join((*FLAGS, f"--user-data-dir={folder}/profile"))
        command = [*lighthouse, address, "--output=json", f"--output-path={path}", "--quiet", f"--chrome-flags={flags}"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=folder)
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None, done.stderr


def _figures(reports: list[Any]) -> dict[str, float]:
    """The median of each figure."""
    found = {name: median(100 * _score(one, name) for one in reports) for name in CATEGORIES}
    for name, (audit, unit, _goal) in FIGURES.items():
        found[name] = round(median(one["audits"][audit]["numericValue"] / unit for one in reports), 3)
    requests = [one["audits"]["network-requests"]["details"]["items"] for one in reports]
    found["requests"] = median(map(len, requests))
    found["KiB"] = round(median(sum(item["transferSize"] for item in items) / 1024 for items in requests), 1)
    return found


def _score(report: Any, category: str) -> float:
    score = report["categories"][category]["score"]
    return float(score) if score is not None else 0.0


def _missed(figures: dict[str, float], reports: list[Any]) -> Iterator[str]:
    """What is missed, with the audits that cost points in at least half of the runs."""
    for name, goal in CATEGORIES.items():
        if figures[name] < goal:
            yield f"{name} {figures[name]:g}, goal {goal}: {', '.join(_failing(reports, name))}"
    for name, (_audit, _unit, goal) in FIGURES.items():
        if figures[name] > goal:
            yield f"{name} {figures[name]:g}, goal {goal}"


def _failing(reports: list[Any], category: str) -> list[str]:
    """The audits that failed in at least half of the reports, each with what the last of them said."""
    said: dict[str, list[str]] = {}
    for report in reports:
        for reference in report["categories"][category]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if audit["score"] is not None and audit["score"] < 0.9:
                said.setdefault(audit["id"], []).append(audit.get("displayValue") or audit["title"])
    return [f"{name} ({lines[-1]})" for name, lines in said.items() if len(lines) * 2 >= len(reports)]
