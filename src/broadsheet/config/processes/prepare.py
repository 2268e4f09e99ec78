"""The process that prepares a home before it is served: migrations, and the demo where that is wanted."""

import sys

from broadsheet.config.processes.arguments import process_arguments
from broadsheet.config.processes.link import end_with_supervisor
from broadsheet.config.processes.prepared import demo_mark, note_prepared
from broadsheet.config.sentences import said_in_a_sentence
from broadsheet.config.start import start_django
from broadsheet.foundation.home import home_from_environment
from broadsheet.foundation.settings import load_settings


def say(line: str) -> None:
    """Print a line of progress at once."""
    print(line, flush=True)  # noqa: T201 - progress is for whoever started the program


def main() -> int:
    """Prepare the home; the exit code."""
    end_with_supervisor(process_arguments("Prepares the home.").parse_args().pipe)
    with said_in_a_sentence() as outcome:
        prepare()
    return outcome.code


def prepare() -> None:
    """Migrate if needed, fill a home for which the demo is wanted, and note that it is done."""
    start_django()
    from broadsheet.config.processes.database import prepare_database
    from broadsheet.config.processes.first_newsroom import fill_with_demo, holds_a_newsroom

    home = home_from_environment()
    prepare_database(say)
    if demo_mark(home).exists():
        if holds_a_newsroom():
            say("The database already holds a newsroom; the demo is left out.")
        else:
            say("Filling the demo newsroom ...")
            fill_with_demo(home, say)
        demo_mark(home).unlink()
    note_prepared(home, load_settings(home.settings_file))


if __name__ == "__main__":
    sys.exit(main())
