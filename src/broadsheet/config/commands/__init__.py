"""The commands of `broadsheet`: one module each, found by being here.

A module loads nothing heavy before `run`, so that --help answers at once.
"""

from argparse import ArgumentParser, Namespace
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

# The order of --help: by how soon a newcomer needs them. Others follow by name.
FIRST = ("serve", "demo", "user", "check", "backup", "restore")


class Command(Protocol):
    """What a command's module holds."""

    NAME: str
    HELP: str
    """One line for the list of commands."""
    DESCRIPTION: str
    """Its own help, with examples."""

    def add_arguments(self, parser: ArgumentParser) -> None: ...

    def run(self, args: Namespace) -> int:
        """Do it; the exit code. Refused, SettingsWrong and HomeUnusable become a sentence and exit code 1."""


def commands() -> list[Command]:
    """Every command, in the order of --help."""
    found = [cast(Command, import_module(f"{__name__}.{module.name}")) for module in iter_modules(__path__)]
    return sorted(found, key=_place)


def _place(command: Command) -> tuple[int, str]:
    return (FIRST.index(command.NAME) if command.NAME in FIRST else len(FIRST), command.NAME)
