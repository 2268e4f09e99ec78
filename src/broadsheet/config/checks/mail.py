"""What can be wrong with mail."""

from email.utils import parseaddr
from urllib.parse import urlsplit

from broadsheet.config.checks.findings import Findings, Situation, advice, is_this_machine, wrong

PATIENCE = 10.0


def server_has_no_name(situation: Situation) -> Findings:
    """smtp without a host."""
    if _by_smtp(situation) and not situation.settings.text("smtp_host"):
        yield wrong(
            "mail is “smtp”, and smtp_host is empty.", "No mail can leave.", "Name the mail server in smtp_host."
        )


def password_travels_in_the_open(situation: Situation) -> Findings:
    """A password without encryption."""
    settings = situation.settings
    if (
        _by_smtp(situation)
        and settings.text("smtp_security") == "none"
        and settings.text("smtp_password")
        and not is_this_machine(settings.text("smtp_host"))
    ):
        yield wrong(
            "smtp_security is “none”, and there is an smtp_password.",
            "The password and every mail can be read on the way.",
            "Set smtp_security to “starttls” (port 587) or “tls” (port 465).",
        )


def log_in_is_half(situation: Situation) -> Findings:
    """A user without a password, or a password without a user."""
    user, password = situation.settings.text("smtp_user"), situation.settings.text("smtp_password")
    if _by_smtp(situation) and bool(user) != bool(password):
        there, missing = ("smtp_user", "smtp_password") if user else ("smtp_password", "smtp_user")
        yield wrong(
            f"{there} is set, and {missing} is empty.", "So nobody logs in to the mail server.", f"Set {missing}."
        )


def sender_is_no_address(situation: Situation) -> Findings:
    """mail_from cannot be a sender."""
    from django.core.exceptions import ValidationError
    from django.core.mail.message import sanitize_address
    from django.core.validators import EmailValidator

    sender = situation.settings.text("mail_from")
    try:
        EmailValidator(allowlist=["localhost"])(parseaddr(sanitize_address(sender, "utf-8"))[1])
    except (ValidationError, ValueError):
        yield wrong(
            f"mail_from is “{sender}”, which is no address.",
            "No mail can leave.",
            'Set it to an address such as "desk@news.example" or "The Gazette <desk@news.example>".',
        )


def sender_is_this_machine(situation: Situation) -> Findings:
    """mail_from at localhost."""
    host = parseaddr(situation.settings.text("mail_from"))[1].rpartition("@")[2]
    if _by_smtp(situation) and host and is_this_machine(host):
        yield wrong(
            f"mail_from ends in @{host}.",
            "Other mail servers refuse such mail, and nobody can answer it.",
            "Set mail_from to an address of your own domain.",
        )


def goes_nowhere(situation: Situation) -> Findings:
    """The site is public, and its mail stays in the folder."""
    address = situation.settings.text("site_url")
    if not _by_smtp(situation) and address and not is_this_machine(str(urlsplit(address).hostname)):
        yield advice(
            "Mail stays in the mailbox folder.",
            "Nobody gets a link to set a password by mail.",
            "Set mail to “smtp” and name a mail server (smtp_host), if mail should leave.",
        )


def server_refuses(situation: Situation) -> Findings:
    """The mail server does not answer, or will not let us in."""
    from broadsheet.mail.delivery import Undelivered, try_server

    if not _by_smtp(situation) or not situation.settings.text("smtp_host"):
        return
    try:
        try_server(situation.settings, PATIENCE)
    except Undelivered as error:
        server = f"{situation.settings.text('smtp_host')}:{situation.settings.number('smtp_port')}"
        yield wrong(
            f"{server}: {error.trouble.label}",
            "Mails wait, and are given up after two days.",
            "Compare smtp_host, smtp_port, smtp_security, smtp_user and smtp_password with what your provider says.",
        )


def is_held_up(situation: Situation) -> Findings:
    """Mails wait after an attempt, or have failed."""
    from broadsheet.mail.reads import mail_counts

    counts = mail_counts()
    if counts.delayed:
        yield advice(
            f"{counts.delayed} {'mail waits' if counts.delayed == 1 else 'mails wait'} for another attempt.",
            "The last one failed.",
            "The mailbox on the desk says why.",
        )
    if counts.failed:
        yield advice(
            f"{counts.failed} {'mail has' if counts.failed == 1 else 'mails have'} failed and will not be tried again.",
            "Whoever should have got them does not know.",
            "The mailbox on the desk says why, and can send them again.",
        )


def _by_smtp(situation: Situation) -> bool:
    return situation.settings.text("mail") == "smtp"
