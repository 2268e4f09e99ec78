"""The desk's own tables: the steps of a story's way, who has it now, who handed it over, and notices."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from broadsheet.accounts.roles import Role
from broadsheet.editions.models import Section
from broadsheet.foundation import clock
from broadsheet.stories.models import Story


class KnownStep(models.TextChoices):
    """The steps whose names are translated; those that an administrator writes are as written."""

    DRAFT = "draft", _("draft")
    WITH_EDITOR = "with-editor", _("with editor")
    READY = "ready", _("ready")


class Step(models.Model):
    """A step on a story's way to publication, in the list of one section, or of all that have no list of their own."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    word = models.CharField(max_length=60)
    """A known step's, or the name as an administrator wrote it."""
    waits_for = models.CharField(max_length=20, choices=Role.choices, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("section", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(Coalesce("section", 0), "word", name="desk_step_once"),
            models.UniqueConstraint(Coalesce("section", 0), "order", name="desk_step_has_its_place"),
            models.CheckConstraint(condition=~Q(word=""), name="desk_step_has_name"),
            models.CheckConstraint(condition=Q(waits_for__in=["", *Role.values]), name="desk_step_role_known"),
        ]

    def __str__(self) -> str:
        return self.word


class AtWork(models.Model):
    """Where a story stands that was handed over; a published one has no row, nor one that nobody handed over yet.

    It names the step by its word and its place in the list, so that a list can be changed under it.
    """

    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="at_work")
    word = models.CharField(max_length=60)
    place = models.PositiveSmallIntegerField()
    waits_for = models.CharField(max_length=20, choices=Role.choices, blank=True)
    holder = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    since = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["holder", "-since"], name="desk_at_work_with_somebody"),
            models.Index(fields=["waits_for", "-since"], condition=Q(holder=None), name="desk_at_work_for_role"),
        ]

    def __str__(self) -> str:
        return self.word


class HandOver(models.Model):
    """Somebody handed a story over, to a person or to whoever has the role for which the step waits."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="hand_overs")
    from_word = models.CharField(max_length=60)
    to_word = models.CharField(max_length=60)
    by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    to = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    to_role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.from_word} → {self.to_word}"


class NoticeKind(models.TextChoices):
    HANDED_OVER = "handed-over"
    REMARK = "remark"
    ANSWER = "answer"
    RESOLVED = "resolved"


class Notice(models.Model):
    """What somebody at the desk is told: who did what with which story; put into words when it is read."""

    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=NoticeKind.choices)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    word = models.CharField(max_length=60, blank=True)
    """The step to which a story was handed over."""
    remark_id = models.BigIntegerField(null=True, blank=True)
    text = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes: ClassVar = [
            models.Index(fields=["person", "-id"], name="desk_notice_newest"),
            models.Index(fields=["person", "-id"], condition=Q(read_at=None), name="desk_notice_unread"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="desk_notice_kind_known")
        ]

    def __str__(self) -> str:
        return self.kind


class MailboxSeen(models.Model):
    """How far somebody has looked at the mailbox: the newest mail that was there."""

    person = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="+")
    mail_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.mail_id)
