"""Deleted drafts, for those who may bring them back."""

from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.editions.times import desk_day, desk_moment
from broadsheet.stories.access import access_deleted_story, may, restorable_by
from broadsheet.stories.actions import KEPT, restore_story
from broadsheet.stories.models import Story

MOST = 200
"""Deleted drafts on the page, from the last one."""


class DeletedStories(WagtailAdminTemplateMixin, View):
    """What was deleted in the last 30 days, the last one first; each can be brought back."""

    template_name = "stories/desk/deleted.html"
    page_title = gettext_lazy("Deleted drafts")
    header_icon = "bin"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        deleted = Story.objects.filter(restorable_by(request.user)).select_related("deleted_by", "edition", "section")
        last = deleted.order_by("-deleted_at")[:MOST]
        rows = [_row(story) for story in last if may(request.user, "story.restore", story)]
        words = {
            "none": _("Nothing was deleted in the last 30 days."),
            "back": _("Bring it back"),
            "headings": [_("Headline"), _("Deleted"), _("Kept until"), ""],
        }
        response: HttpResponseBase = self.render_to_response(self.get_context_data(rows=rows, words=words))
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*super().get_breadcrumbs_items()]
        items.append({"url": reverse("wagtailsnippets_stories_story:list"), "label": _("Stories")})
        return [*items, {"url": "", "label": self.page_title}]


class RestoreStory(View):
    """Brings one back; by POST only."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, story_id: int) -> HttpResponseBase:
        story = access_deleted_story(request.user, story_id)
        restore_story(request.user, story.pk)
        messages.success(request, _("“%(headline)s” is a draft again.") % {"headline": story})
        return HttpResponseRedirect(reverse("wagtailsnippets_stories_story:edit", args=[story.pk]))


def bin_urls() -> list[URLPattern]:
    """The addresses of deleted drafts."""
    return [
        path("stories/deleted/", DeletedStories.as_view(), name="deleted-stories"),
        path("stories/deleted/<id:story_id>/restore/", RestoreStory.as_view(), name="restore-story"),
    ]


def _row(story: Story) -> dict[str, Any]:
    assert story.deleted_at is not None
    return {
        "id": story.pk,
        "headline": str(story),
        "edition": story.edition.short_name or story.edition.name,
        "who": str(story.deleted_by) if story.deleted_by else "",
        "at": desk_moment(story.deleted_at),
        "until": desk_day(story.deleted_at + KEPT),
    }
