"""`broadsheet backup`: the whole newsroom in one file, while the site runs."""

import argparse
import sys
from pathlib import Path

NAME = "backup"
HELP = "write the whole newsroom into one file, while the site runs"
DESCRIPTION = """\
Writes one file, a compressed tar, that holds everything a newsroom needs to stand again somewhere else: the database
as it was at one moment, media, keys, mailbox and settings.toml. The site goes on meanwhile; readers and editors do
not notice. The file appears under its name when it is complete, never before: a backup that is broken off leaves
nothing that could be mistaken for one.

The file holds secrets (keys, passwords in settings.toml, readers' addresses). It can be read by you alone; keep it so,
and keep it on another machine. Who is logged in is not in it.

Examples:
  broadsheet backup /backups/newsroom.tar.gz
  broadsheet backup /backups/newsroom-$(date +%F).tar.gz
  BROADSHEET_HOME=/srv/newsroom broadsheet backup --replace /backups/tonight.tar.gz

Ends with 0 when the backup is written, and with 1 when it is not, or when it is and something about it needs you.
Try a backup now and then: “broadsheet restore --help” says how.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may stand behind `broadsheet backup`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the file to write; by custom its name ends in .tar.gz")
    parser.add_argument(
        "--replace", action="store_true", help="replace FILE if it exists, when the new one is complete"
    )


def run(args: argparse.Namespace) -> int:
    """Make the backup."""
    from broadsheet import __version__
    from broadsheet.config.backups.making import make_backup
    from broadsheet.config.backups.sizes import in_words
    from broadsheet.foundation.home import HomeUnusable, home_from_environment
    from broadsheet.foundation.settings import load_settings

    home = home_from_environment()
    if home.is_empty():
        raise HomeUnusable(f"There is no newsroom in {home.path}. Name its folder with BROADSHEET_HOME.")
    home.check_version()
    made = make_backup(
        home,
        args.file.absolute(),
        database_url=load_settings(home.settings_file).text("database_url"),
        version=__version__,
        replace=args.replace,
        say=_say,
    )
    _say(f"{args.file} is complete: {in_words(made.size)}.")
    for warning in made.warnings:
        sys.stderr.write(f"{warning}\n")
    return 1 if made.warnings else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
