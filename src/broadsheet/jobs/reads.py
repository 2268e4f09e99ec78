"""What operators and workers ask about jobs."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, Count, F, Max, Min, Q, QuerySet, When
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from broadsheet.foundation import clock
from broadsheet.jobs.models import Worker
from broadsheet.jobs.policy import TIMED


@dataclass(frozen=True)
class Counts:
    """How the jobs stand: numbers of jobs and of workers; how late the jobs are that should have begun."""

    waiting: int
    due: int
    running: int
    failed: int
    workers: int
    lateness: timedelta
    """How long the oldest job that is due has been waiting; zero when none is."""
    worst_start: timedelta
    """The latest start of a timed job among those that are kept (a week)."""


def due_jobs(*, only_timed: bool = False) -> QuerySet[DBTaskResult]:
    """Jobs that should run now, the ones with a time first."""
    due: QuerySet[DBTaskResult] = DBTaskResult.objects.filter(_is_due(), status=TaskResultStatus.READY)
    return due.filter(priority__gte=TIMED) if only_timed else due


def counts() -> Counts:
    """Count jobs by their state, and measure how late they are."""
    ready = Q(status=TaskResultStatus.READY)
    since = Case(When(run_after=get_date_max(), then=F("enqueued_at")), default=F("run_after"))
    row = DBTaskResult.objects.aggregate(
        waiting=Count("pk", filter=ready),
        due=Count("pk", filter=ready & _is_due()),
        running=Count("pk", filter=Q(status=TaskResultStatus.RUNNING)),
        failed=Count("pk", filter=Q(status=TaskResultStatus.FAILED)),
        oldest=Min(since, filter=ready & _is_due()),
        worst=Max(F("started_at") - F("run_after"), filter=Q(started_at__gte=F("run_after"))),
    )
    return Counts(
        waiting=row["waiting"],
        due=row["due"],
        running=row["running"],
        failed=row["failed"],
        workers=Worker.objects.count(),
        lateness=max(clock.now() - row["oldest"], timedelta(0)) if row["oldest"] else timedelta(0),
        worst_start=row["worst"] or timedelta(0),
    )


def _is_due() -> Q:
    return Q(run_after=get_date_max()) | Q(run_after__lte=clock.now())
