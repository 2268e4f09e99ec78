"""`broadsheet restore`: a newsroom from a backup."""

import argparse
import sys
from pathlib import Path

NAME = "restore"
HELP = "make a newsroom from a backup, in an empty home"
DESCRIPTION = """\
Makes the newsroom of a backup stand in an empty home. The backup is read to its end and every sum in it is verified
before anything is written; if a step fails, nothing is left behind. The site must not run in that home meanwhile.

SQLite: the home is the folder that BROADSHEET_HOME names (./newsroom if it names none); it must be empty or missing.
PostgreSQL: the database must be empty as well. Name it with BROADSHEET_DATABASE_URL; without it, the one that the
backup's settings.toml names is taken. A backup is restored on the engine on which it was made.

A backup made by an older version is brought up to date when the site is started; one made by a newer version is
refused. Jobs and mails that were waiting when the backup was made go on from there: a mail that has left since then
may leave once more. To look at a backup without sending anything, set BROADSHEET_MAIL=folder.

Examples:
  BROADSHEET_HOME=/srv/newsroom broadsheet restore /backups/newsroom.tar.gz
  BROADSHEET_HOME=/tmp/look BROADSHEET_MAIL=folder broadsheet restore newsroom.tar.gz
  BROADSHEET_DATABASE_URL=postgresql://broadsheet:secret@db/newsroom broadsheet restore newsroom.tar.gz

Run it as the user that runs the site, so that the site can read what is written. Ends with 0 when the newsroom
stands, and with 1 when it does not.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may stand behind `broadsheet restore`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that “broadsheet backup” wrote")


def run(args: argparse.Namespace) -> int:
    """Restore the backup."""
    import os

    from broadsheet import __version__
    from broadsheet.config.backups.restoring import restore_backup
    from broadsheet.foundation.home import home_from_environment

    restore_backup(home_from_environment(), args.file.absolute(), version=__version__, environment=os.environ, say=_say)
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
