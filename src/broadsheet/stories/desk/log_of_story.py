"""How the story's history says what only our actions log."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from broadsheet.stories.checks.passing import PASSED


def register_log_actions(actions: Any) -> None:
    """For the hook of that name."""

    @actions.register_action(PASSED)
    class PassedWarning(LogFormatter):
        label = gettext_lazy("Pass a warning")

        def format_message(self, log_entry: Any) -> str:
            sentences = (log_entry.data or {}).get("sentences") or [""]
            return _("Passed a warning: %(sentences)s") % {"sentences": " ".join(sentences)}
