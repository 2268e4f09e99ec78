"""`broadsheet version`: what is installed."""

import platform
import sqlite3
import sys
from argparse import ArgumentParser, Namespace
from importlib.metadata import PackageNotFoundError, version

from broadsheet import __version__

NAME = "version"
HELP = "say which version this is, and on what it runs"
DESCRIPTION = """\
Print the version of Broadsheet and of what it stands on, a line each. Give these lines with every report of a fault.

Example:
  broadsheet version
"""
STANDS_ON = ("django", "wagtail", "granian", "django-tasks", "pillow")


def add_arguments(parser: ArgumentParser) -> None:
    """It has none."""


def run(args: Namespace) -> int:
    lines = [f"broadsheet {__version__}", f"python {platform.python_version()}", f"sqlite {sqlite3.sqlite_version}"]
    sys.stdout.write("\n".join([*lines, *(f"{name} {_version_of(name)}" for name in STANDS_ON)]) + "\n")
    return 0


def _version_of(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "is not installed"
