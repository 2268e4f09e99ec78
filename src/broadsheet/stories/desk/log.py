"""What the story's log says of our own actions, beside those that Wagtail knows."""

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry

LINES = {
    "broadsheet.delete": (_("Delete"), _("Deleted; kept for 30 days")),
    "broadsheet.restore": (_("Bring back"), _("Brought back")),
}
"""For each action the label under which the log is filtered, and the line."""


def register_log_actions(actions: LogActionRegistry) -> None:
    """Register this room's actions for the log."""
    for name, (label, message) in LINES.items():
        actions.register_action(name, label, message)
