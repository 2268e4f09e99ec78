"""Errors that readers report, on the desk: which are open, and the page on which one is answered."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.desk.notice_words import headline_of, path_of
from broadsheet.desk.zones import when
from broadsheet.editions.access import Person
from broadsheet.foundation.refusals import Refused
from broadsheet.stories.access import access_report, may
from broadsheet.stories.actions import answer_report
from broadsheet.stories.models import ErrorReport, Outcome, Story

EDIT = "story.edit"
LOOKED_THROUGH = 200
"""The newest open reports among which a person's are sought: whoever has more has other troubles."""


def open_reports(person: Person, story: Story | None = None, most: int = 8) -> list[dict[str, Any]]:
    """The newest reports that nobody has answered, of one story or of all that the person may change."""
    reports = ErrorReport.objects.filter(answered_at=None).select_related("story__latest_revision").order_by("-pk")
    reports = reports.defer("story__body", "story__body_segments", "story__latest_revision__content")
    if story is not None:
        reports = reports.filter(story=story.pk)
    mine = (report for report in reports[:LOOKED_THROUGH] if may(person, EDIT, report.story))
    return [_row(report, person) for report, _number in zip(mine, range(most), strict=False)]


def _row(report: ErrorReport, person: Person) -> dict[str, Any]:
    return {
        "title": headline_of(report.story),
        "text": report.text,
        "at": when(person, report.at),
        "address": reverse("reported_error", args=[report.pk]),
    }


class ReportPage(WagtailAdminTemplateMixin, View):
    """A reader's report, the way to the story, and what came of it."""

    template_name = "desk/reported_error.html"
    page_title = gettext_lazy("Error reported by a reader")
    header_icon = "warning"

    def get(self, request: HttpRequest, report_id: int) -> HttpResponseBase:
        return self._page(access_report(request.user, report_id, EDIT))

    def post(self, request: HttpRequest, report_id: int) -> HttpResponseBase:
        report = access_report(request.user, report_id, EDIT)
        typed = {name: request.POST.get(name, "") for name in ("outcome", "note")}
        try:
            answer_report(request.user, report.pk, typed["outcome"], typed["note"])
        except Refused as refusal:
            messages.error(request, str(refusal))
            return self._page(access_report(request.user, report_id, EDIT), typed, status=409)
        messages.success(request, _("The report is closed."))
        return HttpResponseRedirect(reverse("wagtailadmin_home"))

    def _page(self, report: ErrorReport, typed: dict[str, str] | None = None, status: int = 200) -> HttpResponseBase:
        person, story = self.request.user, report.story
        closed = {}
        if report.answered_at is not None:
            words = {"outcome": Outcome(report.outcome).label, "name": report.answered_by or _("Somebody")}
            closed = {
                "sentence": _("Closed by %(name)s: %(outcome)s.") % words,
                "note": report.note,
                "at": when(person, report.answered_at),
            }
        context = self.get_context_data(
            report=_row(report, person),
            story_address=path_of(story, person),
            mail=report.mail,
            closed=closed,
            typed=typed or {},
            outcomes=Outcome.choices,
            labels=_labels(),
        )
        response: HttpResponseBase = self.render_to_response(context, status=status)
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("Error reported by a reader")}]


def _labels() -> dict[str, str]:
    return {
        "story": _("The story"),
        "open": _("Open the story"),
        "reader": _("The reader’s address"),
        "anonymous": _("The reader left no address."),
        "forgotten": _("It is removed 30 days after the report is closed."),
        "outcome": _("What came of it"),
        "note": _("Note"),
        "close": _("Close the report"),
    }


def report_urls() -> list[URLPattern]:
    """The address of a report, for the hook `register_admin_urls`."""
    return [path("reported/<int:report_id>/", ReportPage.as_view(), name="reported_error")]
