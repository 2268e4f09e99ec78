"""Notices: what others did that concerns whoever is at the desk."""

from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.desk.actions import read_all_notices, read_notice
from broadsheet.desk.models import Notice
from broadsheet.desk.notice_words import path_of, sentence_of
from broadsheet.desk.zones import when
from broadsheet.editions.access import Person
from broadsheet.stories.access import may

PAGE = 30


def notices_of(person: Person, *, before: int | None = None, most: int = PAGE, unread: bool = False) -> list[Notice]:
    """A person's notices, the newest first; of stories that they may still read."""
    rows = (
        Notice.objects.filter(person_id=person.pk)
        .select_related("by", "story__edition", "story__latest_revision")
        .defer("story__body", "story__body_segments", "story__latest_revision__content")
    )
    if unread:
        rows = rows.filter(read_at=None)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[:most])


def notice_row(notice: Notice, person: Person) -> dict[str, Any]:
    """A notice as a page shows it; of a story that was taken from them, only that there was something."""
    is_readable = may(person, "story.read", notice.story)
    return {
        "id": notice.pk,
        "sentence": sentence_of(notice) if is_readable else _("This was about a story that you cannot read now."),
        "text": notice.text if is_readable else "",
        "address": path_of(notice.story, person, notice.remark_id) if is_readable else "",
        "at": when(person, notice.at),
        "is_new": notice.read_at is None,
        "read": reverse("notice", args=[notice.pk]),
    }


class NoticeList(WagtailAdminTemplateMixin, View):
    """All notices, a page at a time; those that are new are marked."""

    template_name = "desk/notices.html"
    page_title = gettext_lazy("Notices")
    header_icon = "bell"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        text = request.GET.get("before", "")
        before = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
        rows = notices_of(request.user, before=before, most=PAGE + 1)
        older = f"{reverse('notices')}?before={rows[PAGE - 1].pk}" if len(rows) > PAGE else ""
        context = self.get_context_data(
            notices=[notice_row(notice, request.user) for notice in rows[:PAGE]],
            older=older,
            labels=notice_labels(),
        )
        response: HttpResponseBase = self.render_to_response(context)
        return response

    def post(self, request: HttpRequest) -> HttpResponseBase:
        read_all_notices(request.user)
        return HttpResponseRedirect(reverse("wagtailadmin_home"))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("Notices")}]


class NoticePage(View):
    """One notice: it is noted as read, and the first screen comes back."""

    def post(self, request: HttpRequest, notice_id: int) -> HttpResponseBase:
        read_notice(request.user, notice_id)
        return HttpResponseRedirect(reverse("wagtailadmin_home"))


def notice_labels() -> dict[str, str]:
    """The words around notices."""
    return {
        "title": _("Notices"),
        "read": _("Read"),
        "read_all": _("All read"),
        "all": _("All notices"),
        "older": _("Older notices"),
        "new": _("new"),
        "none": _("No notices."),
    }


def notice_urls() -> list[URLPattern]:
    """The addresses of notices, for the hook `register_admin_urls`."""
    return [
        path("notices/", NoticeList.as_view(), name="notices"),
        path("notices/<int:notice_id>/", NoticePage.as_view(), name="notice"),
    ]
