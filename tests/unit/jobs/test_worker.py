"""What a worker does with one job; and what operators see of it."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult

from broadsheet.foundation import clock
from broadsheet.jobs import actions, reads
from broadsheet.jobs.stopping import Stop
from broadsheet.jobs.worker import JobWorker
from tests.unit.jobs import sample_tasks

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def worker(tmp_path: Path) -> JobWorker:
    stop = Stop()
    stop.rest = lambda seconds: None  # type: ignore[method-assign]
    return JobWorker(locks=tmp_path, stop=stop)


@pytest.fixture(autouse=True)
def heard(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Our own loggers, also where the program keeps them from the root."""
    with caplog.at_level(logging.INFO, logger="broadsheet"):
        yield


def test_a_worker_runs_what_is_due_and_keeps_what_it_returned(worker: JobWorker, tmp_path: Path) -> None:
    actions.run_soon(sample_tasks.note, str(tmp_path / "notes"), "hello")
    actions.run_soon(sample_tasks.try_number)
    assert worker.step()
    assert worker.step()
    assert not worker.step()
    assert (tmp_path / "notes").read_text().startswith("hello ")
    assert {job.return_value for job in DBTaskResult.objects.filter(status="SUCCESSFUL")} == {None, 1}


@pytest.mark.parametrize(
    ("task", "arguments", "error"),
    [
        (sample_tasks.fail_with, ("no luck",), "ValueError: no luck"),
        (sample_tasks.return_what_json_cannot_hold, (), "TypeError: Unsupported type"),
    ],
)
def test_a_job_that_fails_is_reported_and_its_worker_goes_on(
    worker: JobWorker, caplog: pytest.LogCaptureFixture, task: object, arguments: tuple[str, ...], error: str
) -> None:
    actions.run_soon(task, *arguments)  # type: ignore[arg-type]
    actions.run_soon(sample_tasks.try_number)
    assert worker.step()
    assert worker.step()
    assert "failed at try 1, next try in 2 s" in caplog.text
    assert error in caplog.text


def test_a_job_whose_function_this_program_does_not_have_fails_and_its_worker_goes_on(worker: JobWorker) -> None:
    actions.run_soon(sample_tasks.try_number)
    DBTaskResult.objects.update(task_path="broadsheet.from_the_future.task")
    assert worker.step()
    assert DBTaskResult.objects.get().status == "READY"


@pytest.mark.parametrize(("late", "said"), [(0.9, False), (1.5, True)])
def test_a_job_that_begins_more_than_a_second_after_its_time_is_reported(
    worker: JobWorker, caplog: pytest.LogCaptureFixture, late: float, said: bool
) -> None:
    moment = clock.now()
    actions.run_at(sample_tasks.try_number, moment)
    with clock.stopped_at(moment + timedelta(seconds=late)):
        assert worker.step()
    assert (f"began {late:.1f} s after its time" in caplog.text) is said


def test_operators_see_how_many_jobs_wait_run_and_failed_and_how_late_they_are(worker: JobWorker) -> None:
    moment = clock.now() + timedelta(minutes=1)
    with clock.stopped_at(moment):
        actions.run_at(sample_tasks.try_number, moment - timedelta(seconds=30))
        assert worker.step()
        actions.run_at(sample_tasks.try_number, moment - timedelta(seconds=5))
        actions.run_at(sample_tasks.try_number, moment + timedelta(hours=1))
        actions.run_soon(sample_tasks.refuse)
        assert actions.claim_due("one", only_timed=True)
        assert worker.step()
        actions.run_at(sample_tasks.try_number, moment - timedelta(seconds=7))
        seen = reads.counts()
    assert (seen.waiting, seen.due, seen.running, seen.failed) == (2, 1, 1, 1)
    assert seen.lateness == timedelta(seconds=7)
    assert seen.worst_start == timedelta(seconds=30)
