"""Django's way to send mail, led into the outbox."""

from collections.abc import Sequence
from email.utils import parseaddr

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from broadsheet.foundation.refusals import Refused
from broadsheet.mail.actions import queue_mail

PURPOSE = "account"
"""What comes this way is from the libraries: log-in, passwords, second factor."""


class OutboxBackend(BaseEmailBackend):
    """Queues each message for each of its recipients alone, so that no recipient learns of another."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue all messages or none; returns their number. Attachments are refused: the outbox keeps none."""
        try:
            with transaction.atomic():
                for message in email_messages:
                    _queue(message)
        except Refused:
            if not self.fail_silently:
                raise
            return 0
        return len(email_messages)


def _queue(message: EmailMessage) -> None:
    if message.attachments:
        raise ValueError("the outbox takes no attachments")
    is_html = message.content_subtype == "html"
    alternatives = getattr(message, "alternatives", None) or []
    html = next((str(content) for content, kind in alternatives if kind == "text/html"), "")
    for recipient in message.recipients():
        queue_mail(
            to=parseaddr(recipient)[1] or recipient,
            reply_to=parseaddr(message.reply_to[0])[1] if message.reply_to else "",
            subject=str(message.subject),
            text="" if is_html else str(message.body),
            html=str(message.body) if is_html else html,
            purpose=PURPOSE,
        )
