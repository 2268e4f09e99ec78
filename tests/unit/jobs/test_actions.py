"""Handing in, claiming, ending."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from broadsheet.foundation import clock
from broadsheet.jobs import actions, policy
from broadsheet.jobs.models import Attempt
from tests.unit.jobs.sample_tasks import note, refuse

pytestmark = [pytest.mark.database, pytest.mark.django_db]

SECOND = timedelta(seconds=1)


class ChangedItsMind(Exception):
    pass


def hand_in_and_fail_afterwards() -> None:
    with transaction.atomic():
        actions.run_soon(note, "/dev/null", "a")
        actions.run_at(note, clock.now(), "/dev/null", "b")
        raise ChangedItsMind


def claim(worker: str = "one", **options: Any) -> DBTaskResult:
    job = actions.claim_due(worker, **options)
    assert job is not None
    return job


def test_a_job_goes_away_with_the_transaction_that_handed_it_in() -> None:
    with pytest.raises(ChangedItsMind):
        hand_in_and_fail_afterwards()
    assert not DBTaskResult.objects.exists()


def test_a_job_that_one_worker_has_is_not_given_to_another() -> None:
    actions.run_soon(note, "/dev/null", "a")
    assert claim("one").worker_ids == ["one"]
    assert actions.claim_due("two") is None


def test_a_worker_that_has_nothing_to_do_reads_once_and_writes_nothing(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    actions.run_at(note, clock.now() + timedelta(hours=1), "/dev/null", "later")
    with django_assert_num_queries(1):
        assert actions.claim_due("one") is None


def test_a_job_is_due_at_its_time_and_not_before() -> None:
    noon = clock.now() + timedelta(hours=1)
    actions.run_at(note, noon, "/dev/null", "a")
    with clock.stopped_at(noon - timedelta(milliseconds=1)):
        assert actions.claim_due("one") is None
    with clock.stopped_at(noon):
        assert claim().started_at == noon


def test_a_job_with_a_time_comes_before_those_that_run_soon_and_the_timekeeper_takes_no_other() -> None:
    actions.run_soon(note, "/dev/null", "soon")
    assert actions.claim_due("timekeeper", only_timed=True) is None
    actions.run_at(note, clock.now() - SECOND, "/dev/null", "timed")
    assert claim("timekeeper", only_timed=True).args_kwargs["args"][1] == "timed"
    actions.run_at(note, clock.now() - SECOND, "/dev/null", "timed, too")
    assert claim("worker").args_kwargs["args"][1] == "timed, too"
    assert claim("worker").args_kwargs["args"][1] == "soon"


def test_a_failed_job_is_tried_five_times_each_later_and_then_keeps_its_error() -> None:
    start = moment = clock.now() + timedelta(hours=1)
    actions.run_soon(note, "/dev/null", "a")
    for number in range(1, policy.MOST_ATTEMPTS + 1):
        with clock.stopped_at(moment):
            delay = actions.fail(claim(f"worker {number}"), ValueError(f"error {number}"))
            assert actions.claim_due("another") is None
        moment += delay or timedelta(0)
    job = DBTaskResult.objects.get()
    assert (job.status, job.finished_at) == ("FAILED", moment)
    assert "ValueError: error 5" in job.traceback
    assert moment - start == sum(policy.DELAYS, timedelta(0))
    assert [(one.number, one.sentence) for one in Attempt.objects.order_by("number")] == [
        (number, f"ValueError: error {number}") for number in range(1, 6)
    ]


def test_a_refused_job_is_not_tried_again() -> None:
    from broadsheet.foundation.refusals import Refused

    actions.run_soon(refuse)
    assert actions.fail(claim(), Refused("no", "It was refused.")) is None
    assert DBTaskResult.objects.get().status == "FAILED"


def test_a_job_that_was_given_back_is_ready_and_the_try_does_not_count() -> None:
    actions.run_soon(note, "/dev/null", "a")
    actions.give_back(claim("one"))
    job = claim("two")
    assert job.worker_ids == ["two"]
    assert not Attempt.objects.exists()


def test_a_worker_from_which_a_job_was_taken_changes_nothing_of_it_any_more() -> None:
    actions.run_soon(note, "/dev/null", "a")
    sleeper = claim("sleeper")
    assert actions.take_back(sleeper) == timedelta(0)
    taken = claim("another")
    assert not actions.succeed(sleeper, "late")
    actions.fail(sleeper, ValueError("late"))
    actions.give_back(sleeper)
    row = DBTaskResult.objects.get()
    assert (row.status, row.worker_ids, row.return_value) == ("RUNNING", ["sleeper", "another"], None)
    assert actions.succeed(taken, "in time")


def test_a_job_that_loses_its_worker_five_times_fails_with_a_sentence() -> None:
    moment = clock.now() + timedelta(hours=1)
    actions.run_soon(note, "/dev/null", "a")
    for _ in range(policy.MOST_ATTEMPTS):
        with clock.stopped_at(moment):
            moment += actions.take_back(claim()) or timedelta(0)
    job = DBTaskResult.objects.get()
    assert job.status == "FAILED"
    assert "ended in the middle of it, at try 5. It is not tried again" in job.traceback
    assert job.task_result.errors[0].exception_class is policy.WorkerLost


def test_ended_jobs_are_forgotten_after_a_week_and_waiting_ones_never() -> None:
    actions.run_soon(note, "/dev/null", "done")
    done_at = clock.now() + SECOND
    with clock.stopped_at(done_at):
        actions.succeed(claim(), None)
    actions.run_soon(note, "/dev/null", "waiting")
    assert actions.prune_finished(done_at) == 0
    assert actions.prune_finished(done_at + SECOND) == 1
    assert DBTaskResult.objects.get().args_kwargs["args"][1] == "waiting"
