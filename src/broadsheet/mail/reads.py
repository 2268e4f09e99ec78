"""What the desk sees of the outbox."""

from dataclasses import dataclass
from datetime import datetime

from broadsheet.mail.models import MailState, OutgoingMail, Trouble

PAGE = 50


@dataclass(frozen=True)
class MailLine:
    """A mail in the list; `trouble` is a sentence, and empty where there is none."""

    id: int
    to: str
    subject: str
    purpose: str
    state: str
    state_word: str
    attempts: int
    trouble: str
    queued_at: datetime
    sent_at: datetime | None
    next_attempt_at: datetime | None


@dataclass(frozen=True)
class WholeMail:
    """A mail with its text."""

    line: MailLine
    sender: str
    reply_to: str
    text: str
    html: str


@dataclass(frozen=True)
class MailCounts:
    """How many mails wait after a failed attempt, and how many have failed."""

    waiting: int
    delayed: int
    failed: int


def newest_mails(*, before: int | None = None, limit: int = PAGE) -> tuple[tuple[MailLine, ...], int | None]:
    """Mails, the newest first, older than the mail `before`; and the number to ask on with, None at the end."""
    rows = OutgoingMail.objects.defer("text", "html").order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    lines = tuple(_line(mail) for mail in rows[: limit + 1])
    more = len(lines) > limit
    return lines[:limit], lines[limit - 1].id if more else None


def mails_after(mail_id: int, *, most: int) -> int:
    """How many mails are newer than this one; no further than one more than `most` is counted."""
    return len(OutgoingMail.objects.filter(pk__gt=mail_id).values_list("pk", flat=True)[: most + 1])


def whole_mail(mail_id: int) -> WholeMail | None:
    """One mail with its text, or None."""
    mail = OutgoingMail.objects.filter(pk=mail_id).first()
    if mail is None:
        return None
    return WholeMail(_line(mail), mail.sender, mail.reply_to, mail.text, mail.html)


def mail_counts() -> MailCounts:
    """What an operator must know of the outbox."""
    waiting = OutgoingMail.objects.filter(state=MailState.WAITING)
    return MailCounts(
        waiting=waiting.count(),
        delayed=waiting.exclude(last_error="").count(),
        failed=OutgoingMail.objects.filter(state=MailState.FAILED).count(),
    )


def _line(mail: OutgoingMail) -> MailLine:
    waits = mail.state == MailState.WAITING and mail.attempts > 0
    return MailLine(
        id=mail.pk,
        to=mail.to,
        subject=mail.subject,
        purpose=mail.purpose,
        state=mail.state,
        state_word=str(MailState(mail.state).label),
        attempts=mail.attempts,
        trouble=str(Trouble(mail.last_error).label) if mail.last_error else "",
        queued_at=mail.queued_at,
        sent_at=mail.sent_at,
        next_attempt_at=mail.not_before if waits else None,
    )
