"""The editor of a story: opened, saved while somebody writes, published; ours, and Wagtail's of a plain Page.

Both forms hold the same blocks and the same story of the archive, each on a copy of one home. When an answer comes,
the story is found by its new words and it is known what it names, with ours as with Wagtail as it comes. Beside it
stands Wagtail that leaves both to a worker, whose work is not measured.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.newsroom import demo_newsroom
from benchmarks.wagtail import STORIES, a_story

ROUNDS = 15
TIMES = {"open": 3, "autosave": 5, "publish": 1}
"""How often each is done in a round."""
GOALS = {"open": 1.2, "autosave": 1.0, "publish": 1.0}
DESKS = {"ours": "Broadsheet", "theirs": "Wagtail's Page", "later": "Wagtail's Page, jobs left to a worker"}
NAMES = {
    "open": "opening a story",
    "autosave": "an autosave",
    "publish": "publishing a changed story",
}


def measure() -> list[tuple[str, str]]:
    """Milliseconds of work of one process each and on the clock, queries and bytes, and the ratios of the work.

    Each side answers one request, then the other one does; the figures are medians of all rounds. Refuses to measure
    forms that do not hold the same blocks.
    """
    demo_newsroom()
    from django.db import connection

    from broadsheet.config.archive.adding import add_archive, demo_ground

    add_archive(demo_ground(), STORIES, lambda line: None)
    environment = _environment(a_story().pk)
    connection.close()
    peer = "benchmarks.peers.wagtail_desk.serve"
    desks = {
        "ours": Desk("benchmarks.peers.broadsheet_desk", environment | _copy_of_home()),
        "theirs": Desk(peer, environment | _copy_of_home()),
        "later": Desk(peer, environment | _copy_of_home() | {"PEER_JOBS": "later"}),
    }
    rows = [_same_blocks(desks)]
    counted = {what: {who: desk.do(f"count {what}") for who, desk in desks.items()} for what in TIMES}
    found: dict[str, dict[str, list[dict[str, Any]]]] = {what: {who: [] for who in desks} for what in TIMES}
    for _round in range(ROUNDS):
        _one_round(desks, found)
    for what in TIMES:
        rows += _pair(what, found[what], counted[what])
    for desk in desks.values():
        desk.end()
    return rows


class Desk:
    """A process in which somebody sits at a desk and does what they are told, a line at a time."""

    def __init__(self, module: str, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", module], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def do(self, what: str) -> dict[str, Any]:
        """What it took."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{what}\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            if line.startswith("desk: "):
                found: dict[str, Any] = json.loads(line.removeprefix("desk: "))
                return found
        raise AssertionError(f"{what}: the process has ended")

    def end(self) -> None:
        """Let the process end."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(10)


def _same_blocks(desks: dict[str, Desk]) -> tuple[str, str]:
    """What both forms hold; AssertionError where one offers other blocks than the other, or holds others."""
    for desk in desks.values():
        desk.do("open")
        desk.do("autosave")
        desk.do("publish")
    ours, *others = (desk.do("open") for desk in desks.values())
    for theirs in others:
        assert ours["kinds"] == theirs["kinds"], f"other blocks are offered: {ours['kinds']} and {theirs['kinds']}"
        assert ours["blocks"] == theirs["blocks"], f"other blocks are there: {ours['blocks']} and {theirs['blocks']}"
    assert sum(ours["blocks"].values()) > 5, ours["blocks"]
    for desk in desks.values():
        desk.do("autosave")
    held = ", ".join(f"{count} {kind}" for kind, count in sorted(ours["blocks"].items()))
    return "editor: blocks in either form", f"{held}; {len(ours['kinds'])} kinds are offered"


def _one_round(desks: dict[str, Desk], found: dict[str, dict[str, list[dict[str, Any]]]]) -> None:
    """Open, write and publish; the first autosave after it begins a version, which the others go on with."""
    for what in ("open", "publish", "open", "autosave"):
        for who, desk in desks.items():
            said = desk.do(what)
            if what == "publish":
                found[what][who].append(said)
    for what in ("open", "autosave"):
        for _time in range(TIMES[what]):
            for who, desk in desks.items():
                found[what][who].append(desk.do(what))


def _pair(
    what: str, found: dict[str, list[dict[str, Any]]], counted: dict[str, dict[str, Any]]
) -> list[tuple[str, str]]:
    each = {who: {part: median(one[part] for one in said) for part in ("work", "wall")} for who, said in found.items()}
    rows = [
        (
            f"editor: {NAMES[what]}, {name}",
            f"{each[who]['work'] * 1000:.1f} ms of work, {each[who]['wall'] * 1000:.1f} ms on the clock, "
            f"{counted[who]['queries']} queries, {counted[who]['bytes'] / 1000:.1f} kB",
        )
        for who, name in DESKS.items()
    ]
    for who, told in (("theirs", f"ratio (goal: at most {GOALS[what]})"), ("later", "ratio to Wagtail with a worker")):
        work, wall = (each["ours"][part] / each[who][part] for part in ("work", "wall"))
        rows.append((f"editor: {NAMES[what]}, {told}", f"{work:.2f} times, {wall:.2f} on the clock"))
    return rows


def _copy_of_home() -> dict[str, str]:
    copy = tempfile.mkdtemp(prefix="broadsheet-peer-")
    shutil.copytree(os.environ["BROADSHEET_HOME"], copy, dirs_exist_ok=True)
    return {"BROADSHEET_HOME": copy}


def _environment(story: int) -> dict[str, str]:
    from broadsheet.accounts.actions import add_staff
    from broadsheet.editions.actions import assign

    person, root = "chief@bench.example", Path(__file__).resolve().parents[1]
    add_staff(email=person, name="chief", password="a long enough pass phrase")
    assign(email=person, role="chief", section=None)
    paths = f"{root}{os.pathsep}{root / 'src'}"
    return os.environ | {"PYTHONPATH": paths, "BENCH_STORY": str(story), "BENCH_PERSON": person}
