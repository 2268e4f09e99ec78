"""Runs the benchmarks, all or the one that ONLY names; each is a pair measured in the same run, in one table."""

import importlib
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:1] = [str(ROOT), str(ROOT / "src")]

BENCHMARKS = {
    "pages": "a story's page made anew, beside the same page made the ordinary Django way",
    "wagtail": "a story, the front and a section made anew, beside the same on plain Wagtail Pages",
    "lists": "lists at 1,000 stories beside the same at 100,000",
    "desk_lists": "the desk's lists, searches, choosers, calendar and editor at 1,000 stories beside 100,000",
    "editor": "a story opened on the desk, saved while somebody writes and published, beside a plain Wagtail Page",
    "publish": "a publication through our action, beside a plain save of the same story",
    "renditions": "a photograph's 18 renditions, beside each made from the original with AVIF at its usual speed",
    "lighthouse": "six kinds of pages as a phone sees them, by Lighthouse (RUNS= times, 5): scores, times, bytes",
    "search": "200 searches among 100,000 entries, the slowest of them, beside no peer: the goal is 50 ms",
}


def machine() -> list[tuple[str, str]]:
    """The machine's own figures, beside which absolute times are read."""
    begin = time.perf_counter()
    total = 0
    for number in range(5_000_000):
        total += number & 7
    loop = time.perf_counter() - begin
    with tempfile.TemporaryFile() as file:
        begin = time.perf_counter()
        for _round in range(50):
            file.write(b"x")
            file.flush()
            os.fsync(file.fileno())
        fsync = (time.perf_counter() - begin) / 50
    return [("machine: a loop of 5 million additions", f"{loop:.2f} s"), ("machine: fsync", f"{fsync * 1000:.2f} ms")]


def main() -> int:
    """Run what is asked for; an unknown name is said with those that there are."""
    only = os.environ.get("ONLY", "")
    if only and only not in BENCHMARKS:
        print(f"There is no benchmark “{only}”. There are: {', '.join(BENCHMARKS)}.", file=sys.stderr)
        return 2
    rows = machine()
    for name, meaning in BENCHMARKS.items():
        if only in ("", name):
            print(f"{name}: {meaning} ...", flush=True)
            measure: Callable[[], list[tuple[str, str]]] = importlib.import_module(f"benchmarks.{name}").measure
            rows += measure()
    width = max(len(row[0]) for row in rows)
    print("\n" + "\n".join(f"{what:{width}}  {figure}" for what, figure in rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
