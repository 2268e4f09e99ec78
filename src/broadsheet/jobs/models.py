"""Who works on jobs, and which tries of a job did not succeed; the jobs themselves are rows of django-tasks."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Worker(models.Model):
    """A process that works on jobs, while it lives; its lock file tells whether it does."""

    id = models.CharField(_("id"), max_length=32, primary_key=True)
    host = models.CharField(_("host"), max_length=255)
    pid = models.PositiveIntegerField(_("process"))
    lock = models.CharField(_("lock file"), max_length=1000)
    started_at = models.DateTimeField(_("started at"))
    seen_at = models.DateTimeField(_("seen at"))

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        ordering = ("started_at",)

    def __str__(self) -> str:
        return f"{self.host}, {self.pid}"


class Outcome(models.TextChoices):
    FAILED = "failed", _("failed")
    LOST = "lost", _("lost with its worker")


class Attempt(models.Model):
    """A try of a job that did not succeed; a try that did leaves no row."""

    task = models.ForeignKey("django_tasks_database.DBTaskResult", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(_("number"))
    worker_id = models.CharField(_("worker"), max_length=32)
    started_at = models.DateTimeField(_("started at"))
    ended_at = models.DateTimeField(_("ended at"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    sentence = models.TextField(_("what happened"))

    class Meta:
        verbose_name = _("try")
        verbose_name_plural = _("tries")
        ordering = ("task", "number")
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="jobs_attempt_number_once"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="jobs_attempt_outcome_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.sentence}"
