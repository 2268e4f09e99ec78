"""The panel "Before publishing" beside a story's form: what stands in the way, each with its fix and its place."""

from collections.abc import Iterable
from typing import Any

from django.forms import Media
from django.forms.widgets import Script
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.side_panels import BaseSidePanel

from broadsheet.stories.checks import Finding
from broadsheet.stories.checks.passing import findings_of


class BeforePublishing(BaseSidePanel):
    """Errors and warnings of the version in the form, each a link to the field or block where it is mended."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Before publishing")
        icon_name = "clipboard-list"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"count": len(self.panel.findings)}

    name = "before-publishing"
    title = gettext_lazy("Before publishing")
    template_name = "stories/desk/before_publishing.html"
    order = 120

    def __init__(self, story: Any, request: Any) -> None:
        super().__init__(story, request)
        self.findings = findings_of(story)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        errors = [finding for finding in self.findings if finding.weight == "error"]
        warnings = [finding for finding in self.findings if finding.weight == "warning"]
        lists = [
            (_("It cannot be published yet"), as_rows(errors, self.object)),
            (_("Worth a look"), as_rows(warnings, self.object)),
        ]
        return context | {
            "count": len(self.findings),
            "summary": summary_of(len(self.findings)),
            "lists": [(title, rows) for title, rows in lists if rows],
        }

    @property
    def media(self) -> Media:
        """The module that leads from a finding to its place in the form."""
        return Media(js=[Script(static("stories/before_publishing.js"), type="module")])  # type: ignore[list-item]


def before_publishing_panel(view: Any) -> BeforePublishing:
    """The panel for the view of an editor; for the slot."""
    return BeforePublishing(view.form.instance, view.request)


def summary_of(number: int) -> str:
    """How much there is to mend, in a sentence."""
    if not number:
        return _("Nothing to mend.")
    return ngettext("%(number)d thing to look at.", "%(number)d things to look at.", number) % {"number": number}


def as_rows(findings: Iterable[Finding], story: Any) -> list[dict[str, str]]:
    """Findings as a template needs them: each with the way to its place, and a word with the way to the words."""
    return [
        {
            "sentence": finding.sentence,
            "fix": finding.fix,
            "place": finding.place,
            "href": f"#{anchor_of(finding)}",
            "add": _way_to_add(finding, story),
            "add_words": _("Add to the newsroom's words"),
        }
        for finding in findings
    ]


def anchor_of(finding: Finding) -> str:
    """The id of the place in Wagtail's form to which a finding leads, also without a script."""
    return f"block-{finding.place}-section" if finding.in_body else f"id_{finding.place}"


def _way_to_add(finding: Finding, story: Any) -> str:
    if finding.code != "spelling":
        return ""
    return f"{reverse('words')}?{urlencode({'language': story.edition.language, 'word': finding.about})}"
