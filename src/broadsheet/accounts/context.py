"""The words of the log-in pages: Django templates hold none of their own."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


def words(request: HttpRequest) -> dict[str, Any]:
    """Words for `account/` pages."""
    return {
        "account_words": {
            "log_in": _("Log in"),
            "forgotten": _("Password forgotten?"),
            "front": _("To the front page"),
            "desk": _("To the desk"),
        }
    }
