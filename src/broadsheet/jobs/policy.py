"""How often a job is tried, and when again: one table, read by people and by the program."""

from datetime import timedelta

from broadsheet.foundation.refusals import Refused

# After the first failed try, the second, ...; after the last there is no further one.
DELAYS = (timedelta(seconds=2), timedelta(seconds=15), timedelta(minutes=2), timedelta(minutes=15))
MOST_ATTEMPTS = len(DELAYS) + 1

# A worker that dies leaves its job behind. The first time the worker is blamed and the job runs again at once; from
# then on the job may be what kills it, so it waits like one that failed.
DELAYS_AFTER_LOSS = (timedelta(0), *DELAYS[1:])

# The priority of a job that has a time. The timekeeper takes only these, so that no long job stands before them.
TIMED = 50

LATE = timedelta(seconds=1)
KEEP_FINISHED = timedelta(days=7)


class WorkerLost(Exception):
    """Each process that worked on the job ended in the middle of it."""


def delay_after_failure(attempt: int, error: BaseException) -> timedelta | None:
    """How long to wait after the failed try with this number (from 1); None: no further try.

    A refusal is an answer, not an accident: the same question gets it again, so it is not asked again.
    """
    if isinstance(error, Refused) or attempt >= MOST_ATTEMPTS:
        return None
    return DELAYS[attempt - 1]


def delay_after_loss(attempt: int) -> timedelta | None:
    """How long to wait after the try with this number (from 1) was lost with its worker; None: no further try."""
    return None if attempt >= MOST_ATTEMPTS else DELAYS_AFTER_LOSS[attempt - 1]
