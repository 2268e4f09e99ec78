"""The `broadsheet` command."""

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence

from broadsheet import __version__
from broadsheet.config.commands import Command, commands
from broadsheet.config.sentences import said_in_a_sentence

DESCRIPTION = """\
Broadsheet: a whole news site in one program.

Everything a newsroom has lies in one folder, its home: ./newsroom, or the one that BROADSHEET_HOME names.
"""
EPILOG = """\
Each command has its own help, with examples:
  broadsheet serve --help

Settings come from the environment (BROADSHEET_PORT=8010), then from settings.toml in the home, then the default.
Exit codes: 0 well, 1 with a sentence on stderr that says why not, 2 when the command was not understood.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    args = _parser().parse_args(arguments)
    command: Command = args.command
    code = 1
    try:
        with said_in_a_sentence() as outcome:
            code = command.run(args)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has heard enough.
        sys.stderr.close()
        return 0
    return outcome.code or code


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="broadsheet", description=DESCRIPTION, epilog=EPILOG, formatter_class=RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"broadsheet {__version__}")
    choices = parser.add_subparsers(metavar="COMMAND", required=True, title="commands")
    for command in commands():
        one = choices.add_parser(
            command.NAME,
            help=command.HELP,
            description=command.DESCRIPTION,
            formatter_class=RawDescriptionHelpFormatter,
        )
        command.add_arguments(one)
        one.set_defaults(command=command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
