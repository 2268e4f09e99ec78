"""The story's log in the words of the trade: who did what, when."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.log_actions import registry as log_registry

from broadsheet.desk.steps import name_of, role_name
from broadsheet.desk.zones import when
from broadsheet.editions.access import Person
from broadsheet.stories.models import Outcome, Story

# Wagtail's own words, said as a newsroom says them.
PLAIN = {
    "wagtail.create": gettext_lazy("Begun"),
    "wagtail.edit": gettext_lazy("Changed"),
    "wagtail.delete": gettext_lazy("Deleted"),
    "wagtail.publish": gettext_lazy("Published"),
    "wagtail.unpublish": gettext_lazy("Withdrawn"),
    "wagtail.publish.schedule": gettext_lazy("Scheduled"),
    "wagtail.schedule.cancel": gettext_lazy("Schedule taken back"),
    "wagtail.lock": gettext_lazy("Locked"),
    "wagtail.unlock": gettext_lazy("Unlocked"),
    "wagtail.revert": gettext_lazy("An older version brought back"),
    "broadsheet.steps": gettext_lazy("Steps changed"),
}
WITH_TEXT = {
    "broadsheet.remark.write": gettext_lazy("Commented"),
    "broadsheet.remark.answer": gettext_lazy("Answered a comment"),
    "broadsheet.remark.resolve": gettext_lazy("Resolved a comment"),
    "broadsheet.remark.delete": gettext_lazy("Deleted a comment"),
}
READ_AT_ONCE = 80
"""Entries that a short log reads, so that many small changes in a row are one line of it."""


class Plain(LogFormatter):
    def __init__(self, words: Any) -> None:
        self.label = self.message = words


class WithText(Plain):
    def format_comment(self, log_entry: Any) -> str:
        return str(log_entry.data.get("text", ""))


class HandedOver(LogFormatter):
    label = gettext_lazy("Handed over")

    def format_message(self, log_entry: Any) -> str:
        data = log_entry.data
        words = {"from": name_of(data.get("from", "")), "to": name_of(data.get("to", ""))}
        words["whom"] = data.get("person") or role_name(data.get("role", ""))
        if words["whom"]:
            return _("Handed over: from %(from)s to %(to)s, for %(whom)s") % words
        return _("Handed over: from %(from)s to %(to)s") % words

    def format_comment(self, log_entry: Any) -> str:
        return str(log_entry.data.get("note", ""))


class ReportAnswered(LogFormatter):
    label = gettext_lazy("A reader’s report answered")

    def format_message(self, log_entry: Any) -> str:
        return _("A reader’s report answered: %(outcome)s") % {"outcome": Outcome(log_entry.data["outcome"]).label}

    def format_comment(self, log_entry: Any) -> str:
        return " — ".join(filter(None, (log_entry.data.get("text", ""), log_entry.data.get("note", ""))))


def register(registry: LogActionRegistry) -> None:
    """Let logs say what happened in our words; Wagtail's own actions are said anew."""
    formatters: dict[str, LogFormatter] = {
        **{action: Plain(words) for action, words in PLAIN.items()},
        **{action: WithText(words) for action, words in WITH_TEXT.items()},
        "broadsheet.hand_over": HandedOver(),
        "broadsheet.report.answer": ReportAnswered(),
    }
    registry.choices[:] = [choice for choice in registry.choices if choice[0] not in formatters]
    for action, formatter in formatters.items():
        registry.formatters[action] = formatter
        registry.choices.append((action, formatter.label))


def short_log(story: Story, person: Person, most: int = 10) -> list[dict[str, Any]]:
    """The last lines of a story's log, the newest first; what one person changed in a row is one line."""
    entries = log_registry.get_logs_for_instance(story).select_related("user").order_by("-timestamp", "-pk")
    shown = zip(_without_rows_of_changes(entries[:READ_AT_ONCE]), range(most), strict=False)
    return [_line(entry, person) for entry, _number in shown]


def _line(entry: Any, person: Person) -> dict[str, Any]:
    said = {"name": entry.user_display_name, "did": entry.message, "text": entry.comment}
    return {**said, "at": when(person, entry.timestamp)}


def _without_rows_of_changes(entries: Any) -> Iterator[Any]:
    last = None
    for entry in entries:
        is_one_more = last is not None and (last.action, last.user_id) == ("wagtail.edit", entry.user_id)
        if not (is_one_more and entry.action == "wagtail.edit"):
            yield entry
        last = entry
