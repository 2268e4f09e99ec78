"""`broadsheet demo`: fills an empty home with the demo newsroom."""

import sys
from argparse import ArgumentParser, Namespace

NAME = "demo"
HELP = "fill an empty home with the demo newsroom"
DESCRIPTION = """\
Fill an empty home with the demo newsroom: two editions, stories, people, pictures, and a log-in for the desk.

A home that holds anything is left as it is, and the command says so. The log-in is printed, and kept in the home in
keys/first-login.txt, which only its owner can read.

Examples:
  broadsheet demo                                        fills ./newsroom
  BROADSHEET_HOME=/tmp/try broadsheet demo               fills another home
"""


def add_arguments(parser: ArgumentParser) -> None:
    """It has none."""


def run(args: Namespace) -> int:
    from broadsheet import __version__
    from broadsheet.config.start import start_django
    from broadsheet.foundation.home import home_from_environment
    from broadsheet.foundation.settings import load_settings

    home = home_from_environment()
    load_settings(home.settings_file)
    home.prepare(__version__)
    start_django()
    from broadsheet.config.processes.database import prepare_database
    from broadsheet.config.processes.first_newsroom import fill_with_demo

    prepare_database(_say)
    fill_with_demo(home, _say)
    address, password = home.desk_login.read_text(encoding="utf-8").split()
    _say(f"The demo newsroom is in {home.path}. The desk's log-in: {address}  password {password}")
    _say("“broadsheet serve” serves it.")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
