"""The mailbox in the home: one file a message."""

import os
from datetime import UTC
from pathlib import Path

from broadsheet.foundation.slugs import to_slug
from broadsheet.mail.models import OutgoingMail


def file_name(mail: OutgoingMail) -> str:
    """A name that sorts by time and says what the mail is about; the same mail always has the same name."""
    moment = mail.queued_at.astimezone(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    return "-".join(part for part in (moment, str(mail.pk), to_slug(mail.subject)) if part) + ".eml"


def write_message(folder: Path, mail: OutgoingMail, message: bytes) -> Path:
    """Put a message into the folder, whole or not at all, readable by the owner only; raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / file_name(mail)
    unfinished = folder / f".{mail.pk}.{os.getpid()}.tmp"
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(message)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path
