"""Whether somebody else has saved a story that stands open in a window: asked by windows that only read."""

from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.views.generic.base import View

from broadsheet.editions.times import in_zone
from broadsheet.foundation.refusals import Refused
from broadsheet.stories.access import access_story
from broadsheet.stories.seen import Seen, refuse_unseen


class SavedByOthers(View):
    """Who saved what the window has not seen, and when, as a sentence; empty where nobody did."""

    http_method_names = ("get",)

    def get(self, request: HttpRequest, story_id: int) -> JsonResponse:
        story = access_story(request.user, story_id, "story.edit")
        try:
            with in_zone(story.edition.zone):
                refuse_unseen(story, Seen.in_form(request.GET), by=request.user)
        except Refused as refusal:
            return JsonResponse({"said": refusal.sentence})
        return JsonResponse({"said": ""})


def others_urls() -> list[URLPattern]:
    """The address at which a window asks, beside that of the story's editor."""
    return [path("stories/edit/<id:story_id>/others/", SavedByOthers.as_view(), name="saved-by-others")]
