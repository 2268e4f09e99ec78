"""Rows of a form on the desk: names in each language, bylines, containers of a front."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels import InlinePanel

MOST_ROWS = 50


class FewRows(BaseChildFormSet):
    """Rows of which at most 50 are read, whatever number a form says: 2,000 took 87 s to show again."""

    default_error_messages = {"too_many_forms": _("At most %(num)d of them can be sent.")}

    max_num: int
    absolute_max: int

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.max_num, self.absolute_max = min(self.max_num, MOST_ROWS), min(self.absolute_max, MOST_ROWS)


class RowsPanel(InlinePanel):
    """Wagtail's panel of rows, for at most 50 of them."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = FewRows
        return options
