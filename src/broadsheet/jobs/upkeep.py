"""What a worker does between jobs: takes up the jobs of dead workers, and forgets old ones."""

import logging
from time import monotonic, sleep

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from broadsheet.foundation import clock
from broadsheet.jobs import actions, policy
from broadsheet.jobs.liveness import is_dead
from broadsheet.jobs.models import Worker

logger = logging.getLogger("broadsheet.jobs")

# A part of the second within which a due job runs though the worker that had it was killed.
LOOK_FOR_LOST = 0.3
PRUNE = 3600.0
PAUSE_BETWEEN_BATCHES = 0.02


class Upkeep:
    """The upkeep that one worker does; everything is due at its start."""

    def __init__(self, worker_id: str) -> None:
        self._worker_id = worker_id
        self._lost_due = self._prune_due = monotonic()

    def do_what_is_due(self) -> None:
        """Look for jobs of dead workers three times a second, for old jobs every hour."""
        if monotonic() >= self._lost_due:
            take_back_lost(self._worker_id)
            self._lost_due = monotonic() + LOOK_FOR_LOST
        if monotonic() >= self._prune_due:
            prune()
            self._prune_due = monotonic() + PRUNE


def has_dead_workers(own_id: str) -> bool:
    """Whether a worker on the list is dead; cheap enough to be asked at every look for jobs."""
    return any(is_dead(worker) for worker in Worker.objects.exclude(pk=own_id))


def take_back_lost(own_id: str) -> int:
    """Take up the jobs of dead workers, and take those off the list; returns how many jobs.

    Called by a worker that has no job: one that is still down as its own was claimed without its knowledge (the
    connection broke at the commit).
    """
    # The jobs are read before the workers: a worker is on the list before it has its first job.
    running = list(DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).defer("return_value", "traceback"))
    workers = list(Worker.objects.exclude(pk=own_id))
    dead = [worker for worker in workers if is_dead(worker)]
    living = {worker.pk for worker in workers} - {worker.pk for worker in dead}
    lost = [job for job in running if job.worker_ids[-1] not in living]
    for job in lost:
        delay = actions.take_back(job)
        then = f"tried again in {delay.total_seconds():.0f} s" if delay is not None else "not tried again"
        logger.warning("job %s (%s) lost its worker, %s", job.pk, job.task_path, then)
    if dead:
        actions.dismiss(worker.pk for worker in dead)
    return len(lost)


def prune() -> None:
    """Forget jobs that ended a week ago, in small batches, so that others can write between them."""
    while actions.prune_finished(clock.now() - policy.KEEP_FINISHED):
        sleep(PAUSE_BETWEEN_BATCHES)
