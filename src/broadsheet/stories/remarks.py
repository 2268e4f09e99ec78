"""What is said of a story beside its text: comments of the desk at a sentence, and errors that readers report."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from broadsheet.foundation import clock


class Remark(models.Model):
    """A comment of the desk at a sentence of a story, or at one of its fields; rows of their own, in no revision."""

    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="remarks")
    by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField()
    path = models.CharField(max_length=250)
    """The field, or the block of the body with its field: `headline`, `body.<block>.value`."""
    position = models.TextField(blank=True)
    """Where in a paragraph, as its editor wrote it: key of the line, first and last letter."""
    at = models.DateTimeField(default=clock.now)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text


class Answer(models.Model):
    """An answer in the thread of a comment."""

    remark = models.ForeignKey(Remark, on_delete=models.CASCADE, related_name="answers")
    by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text


class Outcome(models.TextChoices):
    """What came of a reader's report."""

    CORRECTED = "corrected", _("corrected")
    NOTHING_WRONG = "nothing-wrong", _("nothing was wrong")


class ErrorReport(models.Model):
    """What a reader says is wrong in a story, until the desk has answered it."""

    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="error_reports")
    text = models.TextField()
    mail = models.EmailField(max_length=254, blank=True)
    """The reader's own address, if they left one; removed some time after the report was answered."""
    at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    note = models.CharField(_("note"), max_length=1000, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes: ClassVar = [
            models.Index(fields=["-id"], condition=Q(answered_at=None), name="stories_report_open"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_at=None, outcome="") | Q(answered_at__isnull=False, outcome__in=Outcome.values),
                name="stories_report_answered_has_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.text
