"""`broadsheet demo`: fills an empty home with the demo newsroom."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace

NAME = "demo"
HELP = "fill an empty home with the demo newsroom, or with an archive of many thousand stories"
DESCRIPTION = """\
Fill an empty home with the demo newsroom: two editions, stories, people, pictures, and a log-in for the desk.

A home that holds anything is left as it is, and the command says so. The log-in is printed, and kept in the home in
keys/first-login.txt, which only its owner can read.

With --stories an archive of that many invented stories is added, spread over ten years, to try a newsroom of a
newspaper's size: to an empty home after the demo newsroom, to a home that holds the demo newsroom at once, and to no
other. It is the same each time. It may be stopped and run again, also with another number, and adds what is missing.

Examples:
  broadsheet demo                                        fills ./newsroom
  broadsheet demo --stories 100000                       the same, with an archive; a few minutes, about 2 GB
  BROADSHEET_HOME=/tmp/try broadsheet demo               fills another home
"""


def add_arguments(parser: ArgumentParser) -> None:
    """How large an archive is wanted."""
    parser.add_argument(
        "--stories", type=_number, default=0, metavar="N", help="add an archive of N invented stories (at most 1000000)"
    )


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
    from broadsheet.config.processes.first_newsroom import fill_with_demo, holds_a_newsroom

    prepare_database(_say)
    if not args.stories or not holds_a_newsroom():
        fill_with_demo(home, _say)
        address, password = home.desk_login.read_text(encoding="utf-8").split()
        _say(f"The demo newsroom is in {home.path}. The desk's log-in: {address}  password {password}")
    if args.stories:
        _add_archive(args.stories)
    _say("“broadsheet serve” serves it.")
    return 0


def _add_archive(stories: int) -> None:
    from broadsheet.config.archive.adding import add_archive, demo_ground
    from broadsheet.index.actions import ask_for_index

    ground = demo_ground()
    _say(f"Adding what is missing of an archive of {stories:,} stories ...")
    added = add_archive(ground, stories, _say)
    ask_for_index()
    _say(f"The archive has {stories:,} stories; {added:,} were added." if added else "The archive is there already.")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 1_000_000):
        raise ArgumentTypeError("a number from 1 to 1000000")
    return int(text)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
