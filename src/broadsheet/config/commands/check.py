"""`broadsheet check`: what is wrong or unsafe, in plain sentences."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadsheet.config.checks.findings import Finding, Situation

NAME = "check"
HELP = "say what is wrong or unsafe in the settings, the home, the mail, the disk"
DESCRIPTION = """\
Look at the settings, the home folder, the database, mail, jobs and the machine, and say in plain sentences what is
wrong, why it matters and what to do. Nothing is changed, and no mail is sent. It can run beside the site.

Run it as the user that runs the site, with the same environment: after the first start, after an upgrade, after a
change of the settings, and when something is odd. On a large SQLite database it reads the whole file, which takes a
few seconds a gigabyte.

Examples:
  broadsheet check
  broadsheet check --settings                            each setting with its value and where it comes from
  BROADSHEET_HOME=/srv/newsroom broadsheet check || mail -s "look at the newsroom" me@news.example

Ends with 0 where all is well or there is only advice, and with 1 where something is wrong.
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--settings",
        action="store_true",
        help="list the settings in force and where they come from; secrets are hidden",
    )


def run(args: Namespace) -> int:
    from broadsheet.config.checks.findings import Situation
    from broadsheet.foundation.home import home_from_environment
    from broadsheet.foundation.settings import load_settings

    home = home_from_environment()
    settings = load_settings(home.settings_file)
    if args.settings:
        from broadsheet.config.checks.listing import listed_settings

        for line in listed_settings(settings, home.settings_file):
            _say(line)
        return 0
    count = {True: 0, False: 0}
    for finding in _findings(Situation(home, settings)):
        count[finding.is_wrong] += 1
        _say(f"{'Wrong: ' if finding.is_wrong else 'Advice:'} {finding}")
    _say(_summary(count[True], count[False]))
    return 1 if count[True] else 0


def _findings(situation: "Situation") -> Iterator["Finding"]:
    from broadsheet.config import checks
    from broadsheet.config.checks.findings import wrong
    from broadsheet.config.start import start_django

    for check in checks.OF_THE_SETTINGS:
        yield from check(situation)
    if situation.home.is_empty():
        yield wrong(
            f"There is no newsroom in the home folder {situation.home.path} yet.",
            "",
            "“broadsheet serve” makes one; BROADSHEET_HOME names another home.",
        )
        return
    for check in checks.OF_THE_HOME:
        yield from check(situation)
    start_django()
    silence = list(checks.ITS_ANSWER(situation))
    yield from silence
    for check in () if silence else checks.OF_THE_DATABASE:
        yield from check(situation)


def _summary(wrong: int, advice: int) -> str:
    if not wrong and not advice:
        return "Nothing is wrong."
    things = f"{wrong} {'thing is' if wrong == 1 else 'things are'} wrong" if wrong else "Nothing is wrong"
    return f"{things}{f', and there is advice on {advice}' if advice else ''}."


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
