"""`broadsheet serve`: the site and the desk, until Ctrl-C."""

import sys
from argparse import ArgumentParser, Namespace

NAME = "serve"
HELP = "serve the site and the desk, until Ctrl-C"
DESCRIPTION = """\
Serve the newsroom: the site, the desk, and what has to happen on time.

One process watches over the others and starts again what ends. Where the home is empty, a newsroom without content
is made; after an upgrade the database is brought up to date first. The last lines printed say where to read, where
the desk is, and its first log-in. Ctrl-C (or SIGTERM) lets requests and jobs finish, ten seconds at most.

Examples:
  broadsheet serve                                       on port 8000, with the home ./newsroom
  BROADSHEET_PORT=8010 broadsheet serve                  on another port
  BROADSHEET_HOME=/srv/newsroom broadsheet serve         with another home
  broadsheet serve --demo-if-empty                       what `make run` does
  BROADSHEET_LISTEN=0.0.0.0 broadsheet serve             for other machines too (put TLS in front of it)

Settings that matter here: listen, port, site_url, web_workers, web_threads, log, database_url.
Only one `serve` may run on a home; a second one says where the first is.
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--demo-if-empty", action="store_true", help="make an empty home the demo newsroom first")


def run(args: Namespace) -> int:
    from broadsheet.config.supervisor import Supervisor
    from broadsheet.foundation.home import home_from_environment

    return Supervisor(home_from_environment(), demo_if_empty=args.demo_if_empty, say=_say).run()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
