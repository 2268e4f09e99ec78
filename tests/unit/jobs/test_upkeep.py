"""Who counts as dead, and what becomes of their jobs."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult

from broadsheet.foundation import clock
from broadsheet.jobs import actions, policy
from broadsheet.jobs.liveness import hold_lock, is_dead, this_host
from broadsheet.jobs.models import Worker
from broadsheet.jobs.upkeep import prune, take_back_lost
from tests.unit.jobs.sample_tasks import note

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def worker(tmp_path: Path) -> Callable[..., Worker]:
    """A row of a worker, seen now, on this host, with the process id of this test."""

    def make(name: str = "one", *, host: str = "", seen: float = 0) -> Worker:
        moment = clock.now() - timedelta(seconds=seen)
        row = Worker(id=name, host=host or this_host(), pid=os.getpid(), lock=str(tmp_path / name), started_at=moment)
        row.seen_at = moment
        row.save()
        return row

    return make


def test_a_worker_lives_as_long_as_its_process_holds_the_lock_whatever_its_process_id(
    worker: Callable[..., Worker],
) -> None:
    row = worker(seen=3600)
    lock = hold_lock(Path(row.lock))
    assert not is_dead(row)
    os.close(lock.descriptor)
    assert is_dead(row), "the process id is in use (it is this test's), and still the worker is dead"


@pytest.mark.parametrize(("host", "seen", "dead"), [("elsewhere", 59, False), ("elsewhere", 61, True), ("", 61, True)])
def test_a_worker_whose_lock_is_out_of_sight_is_dead_after_a_minute_of_silence(
    worker: Callable[..., Worker], host: str, seen: float, dead: bool
) -> None:
    assert is_dead(worker(host=host, seen=seen)) is dead


def test_the_job_of_a_dead_worker_is_taken_up_and_the_worker_leaves_the_list(worker: Callable[..., Worker]) -> None:
    row = worker()
    os.close(hold_lock(Path(row.lock)).descriptor)
    actions.run_soon(note, "/dev/null", "a")
    assert actions.claim_due(row.pk)
    assert take_back_lost("another") == 1
    assert DBTaskResult.objects.get().status == "READY"
    assert not Worker.objects.exists()


def test_the_job_of_a_living_worker_is_left_alone(worker: Callable[..., Worker]) -> None:
    row = worker(seen=3600)
    lock = hold_lock(Path(row.lock))
    actions.run_soon(note, "/dev/null", "a")
    assert actions.claim_due(row.pk)
    assert take_back_lost("another") == 0
    assert DBTaskResult.objects.get().status == "RUNNING"
    lock.release()


@pytest.mark.parametrize("owner", ["nobody on the list", "own"])
def test_a_job_of_nobody_on_the_list_or_claimed_unknowingly_is_taken_up(owner: str) -> None:
    actions.run_soon(note, "/dev/null", "a")
    assert actions.claim_due(owner)
    assert take_back_lost("own") == 1


def test_jobs_that_ended_a_week_ago_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    for word in "abc":
        actions.run_soon(note, "/dev/null", word)
    with clock.stopped_at(clock.now() + timedelta(seconds=1)):
        for _ in range(2):
            job = actions.claim_due("one")
            assert job is not None
            actions.succeed(job, None)
    with clock.stopped_at(clock.now() + policy.KEEP_FINISHED + timedelta(seconds=2)):
        prune()
    assert DBTaskResult.objects.get().status == "READY"
