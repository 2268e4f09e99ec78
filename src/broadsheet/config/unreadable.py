"""What of a request to the desk could not be read: Django's and Wagtail's own reading of a form that its page did not
make ends in errors of many kinds, and each of them is the sender's, not ours."""

from types import TracebackType

from django.core.exceptions import ValidationError
from django.db.utils import DataError
from django.utils.datastructures import MultiValueDictKeyError

ALWAYS = (MultiValueDictKeyError, OverflowError, DataError)
"""A field that is missing; a number that no database holds."""
WHERE_READ = (ValueError, TypeError, AttributeError, KeyError, ValidationError)
"""The sender's only where it is raised by what reads."""
READERS = (
    "/json/decoder.py",
    "/draftjs_exporter/",
    "/django/db/models/fields/",
    "/wagtail/admin/forms/",
    "/wagtail/admin/rich_text/",
    "/wagtail/blocks/",
)


def is_unreadable(error: Exception) -> bool:
    """Whether an error came of reading what was sent."""
    if isinstance(error, ALWAYS):
        return True
    return isinstance(error, WHERE_READ) and any(one in _raised_in(error) for one in READERS)


def _raised_in(error: Exception) -> str:
    """The file whose line raised it."""
    frame: TracebackType | None = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return frame.tb_frame.f_code.co_filename if frame else ""
