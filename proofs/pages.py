"""Every kind of page in both editions, as browsers and checkers see it, every rendition and every turned rule of
permissions; `make test` asks each kind in one edition, some of the renditions and some of the rules."""

import os
import re
import subprocess
import sys

from tests.homes import ROOT

COMMAND = ("-m", "pytest", "-p", "tests.own_home", "-q", "-n", "2", "tests/journeys/page_quality", "tests/contracts")


def run_round(seed: int) -> int:
    """Ask all pages; how many tests passed. There is no chance in it: every round after the first asks nothing."""
    if seed > 1:
        return 0
    environment = {**os.environ, "EVERY_PAGE": "true"}
    done = subprocess.run([sys.executable, *COMMAND], cwd=ROOT, env=environment, capture_output=True, text=True)
    found = re.search(r"(\d+) passed", done.stdout)
    assert done.returncode == 0, done.stdout[-4000:]
    return int(found[1]) if found else 0
