"""What runs before anything is installed."""

import ast
from pathlib import Path

import pytest

from tests.homes import ROOT

TOOLS = (
    "run",
    "edge",
    "pythons",
    "environment",
    "run_tests",
    "lint",
    "lock",
    "long_runs",
    "postgresql",
    "browser",
    "checkers",
)


@pytest.mark.parametrize("name", [*TOOLS, "distribution"])
def test_an_old_python_can_read_a_tool_so_that_it_can_say_that_it_is_too_old(name: str) -> None:
    ast.parse((ROOT / "tools" / f"{name}.py").read_text(), feature_version=(3, 6))


def test_make_help_names_every_command_of_the_makefile() -> None:
    text = Path(ROOT / "Makefile").read_text()
    commands = next(line for line in text.splitlines() if line.startswith(".PHONY:")).split()[1:]
    helped = [line.split()[2] for line in text.splitlines() if line.startswith("##   make ")]
    assert sorted(helped) == sorted(set(commands) - {"python"})
