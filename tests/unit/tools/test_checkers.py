"""What checks pages is found, brought, or missed in a sentence."""

import json
import re
import subprocess
import sys

from tests.homes import ROOT

MISS = """
import sys
sys.path.insert(0, "tools")
import checkers, distribution
from edge import run_tool
from pythons import CannotSetUp
def add(name, sentence):
    raise CannotSetUp("The packages could not be downloaded.")
checkers.add = add
distribution.install = lambda package: False
checkers._version = lambda command: (8, 0)
run_tool(getattr(checkers, sys.argv[1]))
"""


def miss(what: str) -> str:
    """What is said where nothing is new enough and nothing can be downloaded."""
    done = subprocess.run([sys.executable, "-c", MISS, what], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr


def test_a_node_that_cannot_be_had_is_missed_in_a_sentence() -> None:
    assert miss("find_node").startswith("There is no Node 22.19 or newer on this machine, and none could be installed")


def test_a_java_that_cannot_be_had_is_missed_in_a_sentence() -> None:
    assert miss("find_java").startswith("There is no Java 11 or newer on this machine, and none could be installed")


def test_every_package_that_checks_pages_is_pinned_exactly_and_known_by_its_hash() -> None:
    folder = ROOT / "tools" / "page_checks"
    wanted = json.loads((folder / "package.json").read_text())["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    locked = json.loads((folder / "package-lock.json").read_text())["packages"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert [name for name, package in locked.items() if name and not package.get("integrity")] == []
