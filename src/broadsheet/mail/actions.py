"""Every write of the outbox: a mail is queued, leaves or fails, and may be sent again."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from broadsheet.foundation import clock
from broadsheet.foundation.refusals import Refused
from broadsheet.jobs.actions import run_at, run_soon
from broadsheet.mail.delivery import Undelivered, deliver
from broadsheet.mail.models import MailState, OutgoingMail, Trouble

logger = logging.getLogger("broadsheet.mail")

DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
"""How long to wait after each failed attempt; after the last one the mail has failed."""
LEASE = timedelta(minutes=5)
"""How long an attempt may take before another one may begin."""
LONGEST_SUBJECT = 250


@transaction.atomic
def queue_mail(*, to: str, subject: str, text: str, html: str = "", reply_to: str = "", purpose: str) -> OutgoingMail:
    """Queue one mail to one address, with its job, in the caller's transaction: both are there or neither.

    Raises Refused for an address that is none and for a subject of more than one line.
    """
    for address in (to, reply_to) if reply_to else (to,):
        _check_address(address)
    mail = OutgoingMail.objects.create(
        purpose=purpose,
        to=to,
        reply_to=reply_to,
        sender=settings.BROADSHEET.text("mail_from"),
        subject=_checked_subject(subject),
        text=text,
        html=html,
    )
    run_soon(deliver_mail, mail.pk)
    return mail


@task()
def deliver_mail(mail_id: int) -> None:
    """Let a mail leave, or plan the next attempt; a mail that is sent or failed already is left alone."""
    mail = _begin_attempt(mail_id)
    if mail is None:
        return
    try:
        deliver(mail)
    except Undelivered as error:
        _note_trouble(mail, error)
    except Exception:  # the edge of a job: the mail must stay planned whatever goes wrong
        logger.exception("mail %s could not be delivered", mail.pk)
        _note_trouble(mail, Undelivered(Trouble.PROGRAM))
    else:
        _mark_sent(mail)


@task()
def try_again(mail_id: int) -> None:
    """Hand the delivery in anew. What has a time must be short, so that nothing else that has one waits for it; a mail
    server may take its time."""
    run_soon(deliver_mail, mail_id)


@transaction.atomic
def send_again(*, mail_id: int) -> None:
    """Give a failed mail, or one that waits for its next attempt, a new start; a sent one is refused."""
    mail = OutgoingMail.objects.select_for_update().filter(pk=mail_id).first()
    if mail is None:
        raise Refused("mail.unknown", _("There is no such mail."))
    if mail.state == MailState.SENT:
        raise Refused("mail.sent", _("This mail has been sent already."), _("It was not sent twice."))
    if mail.state == MailState.WAITING and mail.last_error == "":
        raise Refused("mail.waiting", _("This mail is on its way."), _("Nothing was changed."))
    mail.state, mail.attempts, mail.not_before = MailState.WAITING, 0, clock.now()
    mail.save(update_fields=["state", "attempts", "not_before"])
    run_soon(deliver_mail, mail.pk)


@transaction.atomic
def _begin_attempt(mail_id: int) -> OutgoingMail | None:
    """Take a waiting mail for one attempt, so that no other job tries it meanwhile.

    Where a process was killed in the middle, its job comes again: it waits until that attempt's time has passed.
    """
    mail = OutgoingMail.objects.select_for_update().filter(pk=mail_id, state=MailState.WAITING).first()
    if mail is None:
        return None
    now = clock.now()
    if mail.not_before > now:
        run_at(try_again, mail.not_before, mail.pk)
        return None
    if mail.attempts > len(DELAYS):
        # Only attempts that nobody lived to report come here: this mail kills whoever sends it.
        OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.FAILED, last_error=Trouble.PROGRAM)
        return None
    mail.attempts += 1
    mail.not_before = now + LEASE
    mail.save(update_fields=["attempts", "not_before"])
    return mail


@transaction.atomic
def _note_trouble(mail: OutgoingMail, error: Undelivered) -> None:
    waiting = OutgoingMail.objects.filter(pk=mail.pk, state=MailState.WAITING)
    if error.final or mail.attempts > len(DELAYS):
        waiting.update(state=MailState.FAILED, last_error=error.trouble)
        return
    next_attempt = clock.now() + DELAYS[mail.attempts - 1]
    if waiting.update(not_before=next_attempt, last_error=error.trouble):
        run_at(try_again, next_attempt, mail.pk)


def _mark_sent(mail: OutgoingMail) -> None:
    OutgoingMail.objects.filter(pk=mail.pk).exclude(state=MailState.SENT).update(
        state=MailState.SENT, sent_at=clock.now(), last_error=""
    )


def _check_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise Refused("mail.address", _("%(address)s is not an e-mail address.") % {"address": address}) from None


def _checked_subject(subject: str) -> str:
    # A line break in a header would let whoever wrote the subject add headers of their own.
    if "\n" in subject or "\r" in subject:
        raise Refused("mail.subject", _("The subject of a mail is one line."), _("No mail was sent."))
    return subject.strip()[:LONGEST_SUBJECT]
