"""Two versions of a story on a page, word by word, and the way back to an earlier one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View
from wagtail.admin import messages
from wagtail.models import Revision
from wagtail.snippets.views import snippets as views

from broadsheet.editions.times import desk_moment
from broadsheet.editions.versions import version_of
from broadsheet.foundation.refusals import Refused
from broadsheet.stories import actions
from broadsheet.stories.access import access_story, may
from broadsheet.stories.actions import NO_VERSION
from broadsheet.stories.desk.asking import AsksAccess
from broadsheet.stories.versions.merging import differences
from broadsheet.stories.versions.names import names_for

MOST_OFFERED = 100
"""Versions that are offered to be compared, from the newest."""


class StoryCompare(AsksAccess, views.RevisionsCompareView):
    """Any two versions of a story, the older beside the newer, whichever was named first."""

    right = "story.read"
    template_name = "stories/desk/compare.html"
    page_title = gettext_lazy("Compare versions")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super(views.RevisionsCompareView, self).get_context_data(**kwargs)
        named = [self._revision(one) for one in (self.revision_id_a, self.revision_id_b)]
        older, newer = sorted(named, key=lambda revision: (revision.created_at, revision.pk))
        found = differences(older.content, newer.content, None, names_for(self.request.user))
        may_edit = may(self.request.user, "story.edit", self.story)
        latest = self.story.latest_revision_id
        return {
            **context,
            "story": self.story,
            "rows": found,
            "older": _named(older),
            "newer": _named(newer),
            "versions": [_named(one) for one in self._versions()],
            "restorable": [_named(one) for one in (older, newer) if may_edit and one.pk != latest],
            "version": version_of(self.story),
            "words": _words(),
        }

    def _versions(self) -> Any:
        return (
            self.story.revisions.select_related("user").defer("content").order_by("-created_at", "-pk")[:MOST_OFFERED]
        )

    def _revision(self, named: str) -> Revision:
        revisions = self.story.revisions.select_related("user")
        if named in ("earliest", "latest"):
            ordered = revisions.order_by("created_at", "pk")
            found = ordered.first() if named == "earliest" else ordered.last()
        elif named == "live":
            found = self.story.live_revision
        else:
            found = revisions.filter(pk=int(named)).first() if named.isascii() and named.isdigit() else None
        if found is None:
            raise Http404
        return found


class StoryRestore(AsksAccess, views.EditView):
    """Brings an earlier version back, as the newest draft; asked for on the page that compares it with the latest."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.story.revisions.filter(pk=kwargs["revision_id"]).exists():
            raise Http404
        name = "wagtailsnippets_stories_story:revisions_compare"
        return redirect(name, self.story.pk, str(kwargs["revision_id"]), "latest")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        version = request.POST.get("version")
        try:
            actions.restore_version(request.user, self.story.pk, kwargs["revision_id"], version=version)
        except Refused as refusal:
            if refusal.code == NO_VERSION:
                raise Http404 from refusal
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The earlier version is the newest draft again; no other was lost."))
        return redirect("wagtailsnippets_stories_story:edit", self.story.pk)


class ChooseVersions(View):
    """From the two versions that a form names to the page that compares them."""

    def get(self, request: HttpRequest, story_id: int) -> HttpResponseBase:
        story = access_story(request.user, story_id, "story.read")
        named = [request.GET.get(one, "") for one in ("a", "b")]
        if not all(one.isascii() and one.isdigit() and len(one) < 19 for one in named):
            named = ["earliest", "latest"]
        return redirect("wagtailsnippets_stories_story:revisions_compare", story.pk, *named)


def compare_urls() -> list[URLPattern]:
    """The address to which the form of two versions leads."""
    return [path("stories/compare/<id:story_id>/", ChooseVersions.as_view(), name="compare-versions")]


def _named(revision: Revision) -> dict[str, Any]:
    at = desk_moment(revision.created_at)
    who = str(revision.user) if revision.user else ""
    return {"id": revision.pk, "at": at, "who": who, "name": f"{at}, {who}" if who else at}


def _words() -> dict[str, str]:
    return {
        "how": _("Struck words are only in the older version, underlined ones only in the newer."),
        "older": _("Older:"),
        "newer": _("Newer:"),
        "with": _("Compare"),
        "same": _("The two versions say the same."),
        "form": _("The words are the same; links or type differ."),
        "restore": _("Bring back the version of"),
    }
