"""How the story's history says what only our actions log."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from broadsheet.stories.checks.passing import PASSED

LINES = {
    "broadsheet.delete": (gettext_lazy("Delete"), gettext_lazy("Deleted; kept for 30 days")),
    "broadsheet.restore": (gettext_lazy("Bring back"), gettext_lazy("Brought back")),
}
"""For each action whose line is always the same: the label under which the log is filtered, and the line."""


def register_log_actions(actions: Any) -> None:
    """For the hook of that name."""
    for name, (label, message) in LINES.items():
        actions.register_action(name, label, message)

    @actions.register_action(PASSED)
    class PassedWarning(LogFormatter):
        label = gettext_lazy("Pass a warning")

        def format_message(self, log_entry: Any) -> str:
            sentences = (log_entry.data or {}).get("sentences") or [""]
            return _("Passed a warning: %(sentences)s") % {"sentences": " ".join(sentences)}
