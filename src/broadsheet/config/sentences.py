"""The edge of a command: what went wrong is said in a plain sentence on stderr."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from broadsheet.foundation.home import HomeUnusable
from broadsheet.foundation.refusals import Refused
from broadsheet.foundation.settings import SettingsWrong


@dataclass
class Outcome:
    """How a block ended: 0 well, 1 with a sentence."""

    code: int = 0


@contextmanager
def said_in_a_sentence() -> Iterator[Outcome]:
    """Turn the errors that carry a sentence into it and exit code 1; others are errors of the program and go on."""
    outcome = Outcome()
    try:
        yield outcome
    except (Refused, SettingsWrong, HomeUnusable) as error:
        _say(outcome, str(error))
    except OSError as error:
        _say(outcome, f"{error.filename or 'Something'} could not be used ({error.strerror}).")
    except Exception as error:
        sentence = _of_the_database(error)
        if sentence is None:
            raise
        _say(outcome, sentence)


def _say(outcome: Outcome, sentence: str) -> None:
    outcome.code = 1
    sys.stderr.write(f"{sentence}\n")


def _of_the_database(error: Exception) -> str | None:
    """A sentence for an error of the database; None for any other. Does not load Django where it was not."""
    if "django.db.utils" not in sys.modules:
        return None
    from django.db.utils import DatabaseError, InterfaceError

    if not isinstance(error, DatabaseError | InterfaceError):
        return None
    cause = " ".join(str(error).split())
    return (
        f"The database could not do it ({cause}). What was done before is safe; “broadsheet check” looks for the cause."
    )
