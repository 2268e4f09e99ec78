"""What every page of the desk knows."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from broadsheet.desk.palette import palette_words
from broadsheet.editions.models import Edition
from broadsheet.stories.desk.keeping import keeping_words


def desk(request: HttpRequest) -> dict[str, Any]:
    """The newsroom's own name, that of its main edition; and the words of the scripts of every page."""
    return {
        "newsroom_name": _name,
        "kept_words": keeping_words,
        "palette_words": palette_words,
        "missing_words": _missing_words,
    }


def _name() -> str:
    return Edition.objects.order_by("path_prefix").values_list("name", flat=True).first() or "Broadsheet"


def _missing_words() -> dict[str, str]:
    return {
        "title": _("This is not here"),
        "sentence": _("It may have been deleted, or the address mistyped."),
        "deleted_meanwhile": _(
            "It was deleted while you had it open, or is no longer yours to change, so nothing was saved. What you"
            " typed stands below: take it along."
        ),
        "typed": _("What you typed"),
        "way": _("To the first screen"),
        "deleted": _("Deleted drafts"),
    }
