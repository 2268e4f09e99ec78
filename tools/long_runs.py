"""`make bench` and `make prove`: sets up what they need, then becomes benchmarks/run.py or proofs/run.py."""

import os
import sys

from edge import run_tool
from pythons import CannotSetUp

SCRIPTS = {"bench": "benchmarks/run.py", "prove": "proofs/run.py"}


def main() -> int:
    """Set up and become the script; ONLY, ROUNDS and SEED reach it in the environment."""
    from browser import find_browser
    from environment import PYTHON, ROOT, replace_this_process, set_up

    script = ROOT / SCRIPTS[sys.argv[1]]
    if not script.exists():
        raise CannotSetUp(f"There is nothing to run yet: {script} does not exist.")
    set_up(development=True)
    if sys.argv[1] == "prove":
        os.environ["BROWSER_FOR_TESTS"] = find_browser()
    replace_this_process([str(PYTHON), str(script)])
    return 1


if __name__ == "__main__":
    run_tool(main)
