"""Every write on jobs: handing them in, claiming them, and saying how they ended."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from traceback import format_exception
from typing import Any

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from broadsheet.foundation import clock
from broadsheet.jobs import policy
from broadsheet.jobs.models import Attempt, Outcome, Worker
from broadsheet.jobs.reads import due_jobs

logger = logging.getLogger("broadsheet.jobs")


def run_soon(task: Task[..., Any], *args: Any) -> str:
    """Hand in a job to be run as soon as a worker is free; returns its id.

    It is a row written in the caller's transaction: it runs only after the commit, and a rollback takes it away.
    The arguments are values that JSON holds. A job may be run again after an accident, so it must bear that.
    """
    return str(task.enqueue(*args).id)


def run_at(task: Task[..., Any], when: datetime, *args: Any) -> str:
    """Hand in a job to be run at an aware moment, not before, and within a second of it; returns its id.

    Otherwise as `run_soon`. No long job stands before one that has a time.
    """
    timed = task.using(run_after=when, priority=max(task.priority, policy.TIMED))
    return str(timed.enqueue(*args).id)


def claim_due(worker_id: str, *, only_timed: bool = False) -> DBTaskResult | None:
    """Take one job that is due, so that no other worker has it; None when there is none.

    Looks first without a lock: a worker that has nothing to do writes nothing.
    """
    if not due_jobs(only_timed=only_timed).exists():
        return None
    with transaction.atomic():
        job = due_jobs(only_timed=only_timed).select_for_update(skip_locked=True).first()
        if job is None:
            return None
        job.status = TaskResultStatus.RUNNING
        job.started_at = clock.now()
        job.worker_ids = [*job.worker_ids, worker_id]
        job.save(update_fields=["status", "started_at", "worker_ids"])
    return job


def succeed(job: DBTaskResult, value: Any) -> bool:
    """Note that a claimed job is done, with what it returned; False if it was taken from this worker meanwhile."""
    with transaction.atomic():
        if not _is_still_claimed(job):
            return False
        job.status, job.return_value, job.finished_at = TaskResultStatus.SUCCESSFUL, value, clock.now()
        job.exception_class_path = job.traceback = ""
        job.save(update_fields=["status", "return_value", "finished_at", "exception_class_path", "traceback"])
    return True


def fail(job: DBTaskResult, error: BaseException) -> timedelta | None:
    """Note that a try of a claimed job failed; returns how long it waits for the next one, None if there is none."""
    delay = policy.delay_after_failure(len(job.worker_ids), error)
    with transaction.atomic():
        if _is_still_claimed(job):
            _end_try(job, Outcome.FAILED, f"{type(error).__name__}: {error}")
            _wait_or_give_up(job, delay, error)
    return delay


def give_back(job: DBTaskResult) -> None:
    """Let another worker have a claimed job that this one cannot finish; the try does not count."""
    with transaction.atomic():
        if _is_still_claimed(job):
            job.worker_ids = job.worker_ids[:-1]
            job.status, job.started_at = TaskResultStatus.READY, None
            job.save(update_fields=["status", "started_at", "worker_ids"])


def take_back(job: DBTaskResult) -> timedelta | None:
    """Take a job from a worker that is gone; returns how long it waits, None if it was tried often enough."""
    attempt = len(job.worker_ids)
    delay = policy.delay_after_loss(attempt)
    sentence = f"The process that worked on the job ended in the middle of it, at try {attempt}."
    if delay is None:
        sentence += " It is not tried again; look for what ends the process, then hand the job in anew."
    with transaction.atomic():
        if _is_still_claimed(job):
            _end_try(job, Outcome.LOST, sentence)
            _wait_or_give_up(job, delay, policy.WorkerLost(sentence))
    return delay


def enlist(worker: Worker) -> None:
    """Add a worker to the list, or note that it was seen."""
    if not Worker.objects.filter(pk=worker.pk).update(seen_at=clock.now()):
        worker.seen_at = clock.now()
        worker.save()


def dismiss(worker_ids: Iterable[str]) -> None:
    """Take workers off the list."""
    Worker.objects.filter(pk__in=list(worker_ids)).delete()


def prune_finished(before: datetime, *, most: int = 200) -> int:
    """Forget jobs that ended before a moment, the given number at most; returns how many."""
    finished = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)
    old = DBTaskResult.objects.filter(status__in=finished, finished_at__lt=before).order_by()
    ids = list(old.values_list("pk", flat=True)[:most])
    if ids:
        with transaction.atomic():
            DBTaskResult.objects.filter(pk__in=ids).delete()
    return len(ids)


def _is_still_claimed(job: DBTaskResult) -> bool:
    """Whether the row is as it was claimed; locks it. A worker that was thought dead finds its job taken."""
    row = DBTaskResult.objects.select_for_update().filter(pk=job.pk).first()
    return row is not None and row.status == TaskResultStatus.RUNNING and row.worker_ids == job.worker_ids


def _end_try(job: DBTaskResult, outcome: Outcome, sentence: str) -> None:
    Attempt.objects.create(
        task_id=job.pk,
        number=len(job.worker_ids),
        worker_id=job.worker_ids[-1],
        started_at=job.started_at or clock.now(),
        ended_at=clock.now(),
        outcome=outcome,
        sentence=sentence,
    )


def _wait_or_give_up(job: DBTaskResult, delay: timedelta | None, error: BaseException) -> None:
    if delay is None:
        job.status, job.finished_at = TaskResultStatus.FAILED, clock.now()
        job.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
        job.traceback = "".join(format_exception(error))
        job.save(update_fields=["status", "finished_at", "exception_class_path", "traceback"])
        return
    job.status = TaskResultStatus.READY
    if delay:
        job.run_after = clock.now() + delay
    job.save(update_fields=["status", "run_after"])
