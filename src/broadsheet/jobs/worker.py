"""A worker: takes jobs when they are due, one at a time, and says how each ended."""

import logging
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django_tasks import TaskContext
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult, get_date_max

from broadsheet.foundation import clock
from broadsheet.jobs import actions, policy
from broadsheet.jobs.heartbeat import Heartbeat
from broadsheet.jobs.liveness import hold_lock, this_host
from broadsheet.jobs.models import Worker
from broadsheet.jobs.stopping import GiveBack, Stop
from broadsheet.jobs.upkeep import Upkeep

logger = logging.getLogger("broadsheet.jobs")

POLL = 0.2
DATABASE_PATIENCE = 60.0
DatabaseAway = (OperationalError, InterfaceError)


class JobWorker:
    """Works until it is told to stop. `only_timed`: the timekeeper, which takes only jobs that have a time."""

    def __init__(self, *, locks: Path, stop: Stop, only_timed: bool = False) -> None:
        self.id = secrets.token_hex(8)
        self.stop = stop
        self.only_timed = only_timed
        self._lock_path = locks / f"worker-{self.id}.lock"
        self._upkeep = Upkeep(self.id)

    def run(self) -> None:
        """Work until told to stop, then leave the list of workers."""
        lock = hold_lock(self._lock_path)
        row = Worker(
            id=self.id,
            host=this_host(),
            pid=os.getpid(),
            lock=str(lock.path),
            started_at=clock.now(),
        )
        self._patiently(lambda: actions.enlist(row))
        try:
            with Heartbeat(row):
                while not self.stop.asked:
                    self.step()
            self._patiently(lambda: actions.dismiss([self.id]))
        finally:
            lock.release()

    def step(self) -> bool:
        """Run one job that is due; where there is none, look after the list and rest. Returns whether one was run."""
        try:
            job = actions.claim_due(self.id, only_timed=self.only_timed)
            if job is None:
                self._upkeep.do_what_is_due()
        except DatabaseAway as error:
            logger.warning("the database does not answer, trying again: %s", error)
            connection.close()
            self.stop.rest(1.0)
            return False
        if job is None:
            self.stop.rest(POLL)
            return False
        self._work_on(job)
        return True

    def _work_on(self, job: DBTaskResult) -> None:
        _report_lateness(job)
        try:
            with self.stop.interrupting():
                value = _call(job)
        except GiveBack:
            logger.warning("job %s (%s) is given back: the worker must end", job.pk, job.task_path)
            self._patiently(lambda: actions.give_back(job))
        except Exception as error:  # noqa: BLE001 - the edge of a job: noted with it, and tried again by the policy
            self._patiently(lambda error=error: self._fail(job, error))  # type: ignore[misc]
        else:
            self._patiently(lambda: self._succeed(job, value))

    def _succeed(self, job: DBTaskResult, value: Any) -> None:
        if not actions.succeed(job, value):
            logger.warning("job %s (%s) had been taken up by another worker when it ended", job.pk, job.task_path)

    def _fail(self, job: DBTaskResult, error: Exception) -> None:
        delay = actions.fail(job, error)
        then = f"next try in {delay.total_seconds():.0f} s" if delay is not None else "not tried again"
        logger.error(
            "job %s (%s) failed at try %d, %s", job.pk, job.task_path, len(job.worker_ids), then, exc_info=error
        )

    def _patiently(self, write: Callable[[], None]) -> None:
        """Write what must not be lost: wait for the database a minute, then end, so that the job is taken up anew."""
        until = monotonic() + DATABASE_PATIENCE
        while True:
            try:
                return write()
            except DatabaseAway as error:
                connection.close()
                if monotonic() > until:
                    raise
                logger.warning("the database does not answer, trying again: %s", error)
                sleep(0.5)


def _call(job: DBTaskResult) -> Any:
    """Run the job's function; what it returns must be what JSON holds, and if it is not, the try has failed."""
    task = job.task
    context = [TaskContext(task_result=job.task_result)] if task.takes_context else []
    return normalize_json(task.call(*context, *job.args_kwargs["args"], **job.args_kwargs["kwargs"]))


def _report_lateness(job: DBTaskResult) -> None:
    if job.started_at is None or job.run_after == get_date_max():
        return
    late = job.started_at - job.run_after
    if late > policy.LATE:
        logger.warning("job %s (%s) began %.1f s after its time", job.pk, job.task_path, late.total_seconds())
