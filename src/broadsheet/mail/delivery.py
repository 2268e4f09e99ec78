"""How a mail leaves: as a file in the home's mailbox, or through a mail server."""

import logging
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.header import Header
from email.utils import format_datetime, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from broadsheet.foundation.home import Home
from broadsheet.foundation.settings import Settings
from broadsheet.mail.folder import write_message
from broadsheet.mail.models import OutgoingMail, Trouble

logger = logging.getLogger("broadsheet.mail")

TIMEOUT = 20
"""Seconds that a mail server has for each answer."""
AUTHENTICATION_REQUIRED = 530


@dataclass
class Undelivered(Exception):
    """A mail did not leave; `final` says that trying again would not help."""

    trouble: Trouble
    final: bool = False


def deliver(mail: OutgoingMail) -> None:
    """Let a mail leave by the way that the settings name, or raise Undelivered.

    A repetition carries the same Message-ID, and in the folder the same file name, so that it can be told as one.
    """
    wishes: Settings = settings.BROADSHEET
    if wishes.text("mail") == "smtp":
        _through_server(message_of(mail), wishes)
    else:
        _into_folder(mail, settings.HOME)


def message_of(mail: OutgoingMail) -> EmailMultiAlternatives:
    """The message as it leaves: text, and HTML beside it where there is any. Raises ValueError for headers that would
    break out of their line."""
    domain = parseaddr(sanitize_address(mail.sender, "utf-8"))[1].rpartition("@")[2]
    message = EmailMultiAlternatives(
        subject=_encoded(mail.subject),
        body=mail.text,
        from_email=mail.sender,
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={
            "Message-ID": f"<{mail.queued_at:%Y%m%d%H%M%S%f}.{mail.pk}@{domain}>",
            "Date": format_datetime(mail.queued_at),
            "Auto-Submitted": "auto-generated",
        },
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def try_server(wishes: Settings, timeout: float = TIMEOUT) -> None:
    """Connect and log in to the mail server of the settings, and send nothing; raise Undelivered if that fails."""
    server = _server(wishes, timeout)
    try:
        server.open()
    except (OSError, UnicodeError) as error:
        raise _told_apart(error) from error
    finally:
        _hang_up(server)


def _into_folder(mail: OutgoingMail, home: Home) -> None:
    try:
        message: Any = message_of(mail).message()
        write_message(home.mailbox, mail, message.as_bytes(linesep="\r\n"))
    except OSError as error:
        logger.error("mail %s was not written: %s", mail.pk, error.strerror)
        raise Undelivered(Trouble.FOLDER) from error


def _through_server(message: EmailMultiAlternatives, wishes: Settings) -> None:
    server = _server(wishes, TIMEOUT)
    try:
        server.open()
        server.send_messages([message])
    except OSError as error:
        # The server's own words may hold addresses; its number says the same.
        logger.warning("the mail server said no: %s %s", type(error).__name__, _code(error) or error.errno or "")
        raise _told_apart(error) from error
    finally:
        _hang_up(server)


def _encoded(subject: str) -> str:
    """A subject in words that ASCII holds, the first of which has room behind the header's name. Django leaves none, so
    that a long subject begins on the next line; the newer email.policy.SMTP loses spaces where it divides one."""
    return subject if subject.isascii() else Header(subject, "utf-8", header_name="Subject").encode(linesep="")


def _server(wishes: Settings, timeout: float) -> EmailBackend:
    security = wishes.text("smtp_security")
    return EmailBackend(
        host=wishes.text("smtp_host"),
        port=wishes.number("smtp_port"),
        username=wishes.text("smtp_user"),
        password=wishes.text("smtp_password"),
        use_tls=security == "starttls",
        use_ssl=security == "tls",
        timeout=timeout,
    )


def _hang_up(server: EmailBackend) -> None:
    # The message is accepted by then: a server that is slow to say goodbye must not make us send it again.
    with suppress(OSError):
        server.close()


def _told_apart(error: OSError | UnicodeError) -> Undelivered:
    """What an error of the conversation means; smtplib's errors are OSErrors too."""
    match error:
        case smtplib.SMTPAuthenticationError():
            return Undelivered(Trouble.LOG_IN)
        case smtplib.SMTPNotSupportedError():
            # STARTTLS or a log-in was asked for, and the server offers none.
            return Undelivered(Trouble.NOT_SECURE if "STARTTLS" in str(error) else Trouble.LOG_IN)
        case smtplib.SMTPSenderRefused():
            return Undelivered(Trouble.SENDER)
        case smtplib.SMTPRecipientsRefused():
            return Undelivered(Trouble.RECIPIENT, final=_is_final(_code(error)))
        case smtplib.SMTPDataError():
            return Undelivered(Trouble.MESSAGE, final=_is_final(_code(error)))
        case smtplib.SMTPConnectError():
            return Undelivered(Trouble.NO_SERVER)
        case smtplib.SMTPServerDisconnected():
            slow = isinstance(error.__context__, TimeoutError) or "timed out" in str(error)
            return Undelivered(Trouble.TOO_SLOW if slow else Trouble.BROKEN_OFF)
        case ssl.SSLError():
            return Undelivered(Trouble.NOT_SECURE)
        case TimeoutError():
            return Undelivered(Trouble.TOO_SLOW)
        case ConnectionResetError() | BrokenPipeError() | smtplib.SMTPException():
            return Undelivered(Trouble.BROKEN_OFF)
    return Undelivered(Trouble.NO_SERVER)


def _code(error: OSError) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next((code for code, _ in error.recipients.values()), 0)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0


def _is_final(code: int) -> bool:
    return 500 <= code < 600 and code != AUTHENTICATION_REQUIRED
