"""How often a job is tried, as a table."""

import pytest

from broadsheet.foundation.refusals import Refused
from broadsheet.jobs import policy

ACCIDENT = ValueError("no luck")


@pytest.mark.parametrize(
    ("attempt", "error", "seconds"),
    [
        (1, ACCIDENT, 2),
        (2, ACCIDENT, 15),
        (3, ACCIDENT, 120),
        (4, ACCIDENT, 900),
        (5, ACCIDENT, None),
        (6, ACCIDENT, None),
        (1, Refused("code", "sentence"), None),
    ],
)
def test_a_failed_job_waits_longer_each_time_and_a_refused_one_is_not_asked_again(
    attempt: int, error: Exception, seconds: int | None
) -> None:
    delay = policy.delay_after_failure(attempt, error)
    assert (delay and delay.total_seconds()) == seconds


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 0), (2, 15), (3, 120), (4, 900), (5, None)])
def test_a_job_whose_worker_died_runs_again_at_once_the_first_time(attempt: int, seconds: int | None) -> None:
    delay = policy.delay_after_loss(attempt)
    assert (None if delay is None else delay.total_seconds()) == seconds
