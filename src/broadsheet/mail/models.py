"""Mails on their way out, and what became of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from broadsheet.foundation import clock


class MailState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")


class Trouble(models.TextChoices):
    """Why a mail did not leave, in sentences that hold no address."""

    NO_SERVER = "no-server", _("The mail server could not be reached.")
    TOO_SLOW = "too-slow", _("The mail server did not answer in time.")
    BROKEN_OFF = "broken-off", _("The mail server broke off the connection.")
    NOT_SECURE = "not-secure", _("No secure connection to the mail server could be made.")
    LOG_IN = "log-in", _("The mail server refused the log-in.")
    SENDER = "sender", _("The mail server refused the sender.")
    RECIPIENT = "recipient", _("The mail server refused the recipient.")
    MESSAGE = "message", _("The mail server refused the message.")
    FOLDER = "folder", _("The mailbox folder could not be written.")
    PROGRAM = "program", _("The program made a mistake; its log says which.")


class OutgoingMail(models.Model):
    """One mail to one recipient."""

    purpose = models.CharField(_("purpose"), max_length=40)
    to = models.EmailField(_("to"), max_length=254)
    reply_to = models.EmailField(_("reply to"), max_length=254, blank=True)
    sender = models.CharField(_("from"), max_length=320)
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"))
    html = models.TextField(blank=True)
    state = models.CharField(_("state"), max_length=10, choices=MailState.choices, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=20, choices=Trouble.choices, blank=True)
    queued_at = models.DateTimeField(_("queued at"), default=clock.now)
    not_before = models.DateTimeField(_("next attempt"), default=clock.now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [models.Index(fields=["state", "queued_at"], name="mail_by_state")]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=MailState.values), name="mail_state_known"),
            models.CheckConstraint(
                condition=models.Q(state=MailState.SENT, sent_at__isnull=False)
                | (~models.Q(state=MailState.SENT) & models.Q(sent_at__isnull=True)),
                name="mail_sent_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.subject
