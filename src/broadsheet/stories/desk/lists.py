"""The desk's list of stories: asked by a filter, which can be kept under a name, and worked on by ticking."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.generic.base import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.snippets.views import snippets as views

from broadsheet.editions.access import Person, has_right
from broadsheet.foundation.refusals import Refused
from broadsheet.stories import actions
from broadsheet.stories.desk.bulk import offered_to
from broadsheet.stories.filters import FilterForm
from broadsheet.stories.models import SavedFilter
from broadsheet.stories.worklist import StoryPage, lines_of, page_for

LIST = "wagtailsnippets_stories_story:list"


class StoryList(views.IndexView):
    """A page of the list, those touched last first."""

    def get_template_names(self) -> list[str]:
        return ["stories/desk/list_results.html" if self.results_only else "stories/desk/list.html"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        language = (translation.get_language() or "en")[:2]
        form = FilterForm(request.GET, language=language)
        page = page_for(request.user, form.asked, request.GET.get("at", ""))
        filled = form.filled
        context: dict[str, Any] = {
            "form": form,
            "is_open": bool(filled.keys() - {"q"}) or bool(form.errors),
            "is_filtering": bool(filled),
            "lines": lines_of(request.user, page.ids, language),
            "filters": _filters_of(request.user),
            "may_share": has_right(request.user, "story.publish"),
            "query": urlencode(filled),
            "here": request.get_full_path(),
            "ways": [(_address(filled, at), word) for at, word in _ways(page) if at],
            "newest": _address(filled, "") if request.GET.get("at") else "",
            "jobs": offered_to(request.user),
            "words": _words(),
        }
        self.object_list = ()
        shown = WagtailAdminTemplateMixin.get_context_data(self, object_list=(), **context)
        response: HttpResponseBase = self.render_to_response(shown)
        return response

    def get_paginate_by(self, queryset: Any) -> None:
        return None


class KeepFilter(View):
    """Keeps what is asked of the list under a name, or deletes such a name; then the list again."""

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            address = self._done(request)
        except Refused as refusal:
            messages.error(request, str(refusal))
            address = f"{reverse(LIST)}?{request.POST.get('query', '')}"
        return HttpResponseRedirect(address)

    def _done(self, request: HttpRequest) -> str:
        number = request.POST.get("delete", "")
        if number:
            actions.delete_filter(request.user, int(number) if number.isascii() and number.isdigit() else 0)
            messages.success(request, _("The filter is deleted."))
            return reverse(LIST)
        asked = FilterForm(QueryDict(request.POST.get("query", "")[:2000]), language="en").filled
        is_shared = request.POST.get("shared") == "on"
        kept = actions.save_filter(request.user, request.POST.get("name", ""), asked, is_shared=is_shared)
        messages.success(request, _("The filter “%(name)s” is kept.") % {"name": kept.name})
        return _address(asked, "")


def _filters_of(who: Person) -> list[dict[str, Any]]:
    """A person's own filters, then those that others share."""
    kept = SavedFilter.objects.filter(Q(owner_id=who.pk) | Q(is_shared=True)).select_related("owner")
    rows = [
        {
            "id": one.pk,
            "name": one.name,
            "url": _address(one.asked, ""),
            "is_own": one.owner_id == who.pk,
            "is_shared": one.is_shared,
            "owner": one.owner.name,
            "may_delete": one.owner_id == who.pk or has_right(who, "section.edit"),
        }
        for one in kept[:100]
    ]
    return sorted(rows, key=lambda row: not row["is_own"])


def _ways(page: StoryPage) -> list[tuple[str, str]]:
    return [(page.newer, _("Newer")), (page.older, _("Older"))]


def _address(filled: dict[str, str], at: str) -> str:
    in_order = {name: filled[name] for name in FilterForm.base_fields if name in filled}
    return f"{reverse(LIST)}?{urlencode(in_order | ({'at': at} if at else {}))}"


def _words() -> dict[str, str]:
    return {
        "show": _("Show"),
        "more": _("Filter"),
        "all": _("All stories"),
        "nothing": _("No story fits."),
        "kept": _("Saved filters"),
        "keep": _("Save this filter"),
        "name": _("Name of the filter"),
        "share": _("for the whole newsroom"),
        "delete": _("Delete the filter"),
        "by": _("shared by"),
        "headline": _("Headline"),
        "section": _("Section"),
        "kind": _("Kind"),
        "state": _("State"),
        "byline": _("Byline"),
        "edition": _("Edition"),
        "touched": _("Last change"),
        "when": _("Time"),
        "changed": _("changes not published"),
        "see": _("See it on the site"),
        "newest": _("The newest"),
        "tick": _("Tick"),
        "tick_all": _("Tick all that are shown"),
        "ticked": _("With the ticked stories:"),
        "go": _("Go on"),
        "paging": _("Further stories"),
        "deleted": _("Deleted drafts"),
    }
