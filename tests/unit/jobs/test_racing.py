"""Real workers, in processes of their own: they race, they are killed, and every job is done all the same."""

import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.homes import RealHome, real_home
from tests.waiting import eventually

pytestmark = pytest.mark.database

HAND_IN = """
import sys
from datetime import datetime, UTC
from broadsheet.jobs.actions import run_at, run_soon
from tests.unit.jobs import sample_tasks
name, moment, count, *arguments = sys.argv[1:]
task = getattr(sample_tasks, name)
from django.db import transaction
with transaction.atomic():
    for number in range(int(count)):
        given = [argument.replace("NUMBER", str(number)) for argument in arguments]
        if float(moment):
            run_at(task, datetime.fromtimestamp(float(moment), UTC), *given)
        else:
            run_soon(task, *given)
"""
UNFINISHED = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status IN ('READY', 'RUNNING')"
WORKERS = "SELECT pid FROM jobs_worker"


@pytest.fixture
def home(tmp_path: Path) -> RealHome:
    return real_home(tmp_path / "home", postgresql=os.environ.get("BROADSHEET_DATABASE_URL", ""))


ANY, TIMEKEEPER = (), ("--only-timed",)
Start = Callable[..., list[subprocess.Popen[str]]]


@pytest.fixture
def start(home: RealHome) -> Iterator[Start]:
    """Starts workers of the given kinds and waits until they are on the list; all are ended after the test."""
    pipe, own_end = os.pipe()
    started: list[subprocess.Popen[str]] = []

    def begin(*kinds: tuple[str, ...]) -> list[subprocess.Popen[str]]:
        command = ("-m", "broadsheet.config.processes.worker", "--pipe", str(pipe))
        workers = [home.python(*command, *kind, pass_fds=(pipe,), start_new_session=True) for kind in kinds]
        started.extend(workers)
        eventually(lambda: {(worker.pid,) for worker in workers} <= set(home.rows(WORKERS)), 30)
        return workers

    yield begin
    for worker in started:
        worker.kill()
        worker.wait()
    os.close(pipe)
    os.close(own_end)


def hand_in(home: RealHome, task: str, *arguments: str, at: float = 0, count: int = 1) -> None:
    home.run(HAND_IN, task, str(at), str(count), *arguments)


def notes(file: Path) -> list[tuple[str, int, float]]:
    """What the sample jobs noted: word, process, moment."""
    if not file.exists():
        return []
    lines = (line.split() for line in file.read_text().splitlines())
    return [(word, int(process), float(moment)) for word, process, moment in lines]


def test_two_workers_that_race_run_each_of_two_hundred_jobs_once(home: RealHome, start: Start, tmp_path: Path) -> None:
    file, held, gate = tmp_path / "notes", tmp_path / "held", tmp_path / "gate"
    workers = {worker.pid for worker in start(ANY, ANY)}
    # Each worker holds one job until all have been handed in, so that both are there when the race begins.
    hand_in(home, "note_then_wait_for", str(held), "held", str(gate), count=2)
    eventually(lambda: {process for _, process, _ in notes(held)} == workers)
    hand_in(home, "note", str(file), "NUMBER", count=200)
    gate.touch()
    eventually(lambda: home.rows(UNFINISHED) == [(0,)], 60)
    times = Counter(word for word, _, _ in notes(file))
    assert times == {str(number): 1 for number in range(200)}
    assert {process for _, process, _ in notes(file)} <= workers


def test_the_job_of_a_worker_that_was_killed_runs_again_and_the_other_worker_needs_no_restart_for_it(
    home: RealHome, start: Start, tmp_path: Path
) -> None:
    file, gate = tmp_path / "notes", tmp_path / "gate"
    [victim] = start(ANY)
    hand_in(home, "note_then_wait_for", str(file), "begun", str(gate))
    eventually(lambda: notes(file))
    [heir] = start(ANY)
    victim.kill()
    victim.wait()
    eventually(lambda: len(notes(file)) == 2)
    gate.touch()
    eventually(lambda: home.rows(UNFINISHED) == [(0,)])
    assert [process for _, process, _ in notes(file)] == [victim.pid, heir.pid]
    assert home.rows(WORKERS) == [(heir.pid,)]
    assert home.rows("SELECT outcome, number FROM jobs_attempt") == [("lost", 1)]


@pytest.mark.timed
def test_a_due_job_runs_once_within_a_second_of_its_time_though_a_worker_is_killed_and_two_wait_for_it(
    home: RealHome, start: Start, tmp_path: Path
) -> None:
    file = tmp_path / "notes"
    victim, *_ = start(ANY, ANY, TIMEKEEPER)
    hour = time.time() + 4
    hand_in(home, "note", str(file), "due", at=hour)
    eventually(lambda: time.time() > hour - 0.3)
    victim.kill()
    eventually(lambda: notes(file))
    eventually(lambda: home.rows(UNFINISHED) == [(0,)])
    [(_, _, moment)] = notes(file)
    assert 0 <= moment - hour < 1


@pytest.mark.timed
def test_a_due_job_does_not_wait_for_a_long_one(home: RealHome, start: Start, tmp_path: Path) -> None:
    file, gate = tmp_path / "notes", tmp_path / "gate"
    start(ANY, TIMEKEEPER)
    hand_in(home, "note_then_wait_for", str(file), "long", str(gate), count=2)
    hour = time.time() + 3
    hand_in(home, "note", str(file), "due", at=hour)
    moment = eventually(lambda: next((at for word, _, at in notes(file) if word == "due"), 0.0))
    gate.touch()
    assert 0 <= moment - hour < 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_told_to_stop_finishes_its_job_and_leaves_the_list(
    home: RealHome, start: Start, tmp_path: Path, number: int
) -> None:
    file, gate = tmp_path / "notes", tmp_path / "gate"
    [worker] = start(ANY)
    hand_in(home, "note_then_wait_for", str(file), "begun", str(gate))
    eventually(lambda: notes(file))
    worker.send_signal(number)
    gate.touch()
    assert worker.wait(30) == 0
    assert home.rows(UNFINISHED) == [(0,)]
    assert home.rows(WORKERS) == []
    assert not list((home.path / "run").glob("worker-*.lock"))


def test_a_worker_gives_back_a_job_that_it_cannot_finish_in_time(home: RealHome, start: Start, tmp_path: Path) -> None:
    file = tmp_path / "notes"
    [worker] = start(ANY)
    hand_in(home, "note_then_wait_for", str(file), "begun", str(tmp_path / "never"))
    eventually(lambda: notes(file))
    worker.terminate()
    assert worker.wait(30) == 0
    assert home.rows("SELECT status FROM django_tasks_database_dbtaskresult") == [("READY",)]
    assert home.rows("SELECT count(*) FROM jobs_attempt") == [(0,)], "it was no failure of the job"
