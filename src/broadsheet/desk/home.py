"""The desk's first screen: a new story, my drafts, what was just published."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from broadsheet.editions.access import has_right
from broadsheet.stories.models import State, Story
from broadsheet.stories.worklist import readable

SHOWN = 8


class FirstScreen(Component):
    """Lists of stories that the person may read, each a link into the editor."""

    name = "first-screen"
    template_name = "desk/first_screen.html"
    order = 10

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        person = parent_context["request"].user
        mine = Story.objects.filter(readable(person)).select_related("edition")
        lists = [
            (_("My drafts"), mine.filter(state=State.DRAFT, begun_by=person).order_by("-touched_at", "-pk")),
            (_("Coming"), mine.filter(state__in=(State.SCHEDULED, State.EMBARGOED)).order_by("go_live_at")),
            (_("Just published"), mine.filter(state=State.PUBLISHED).order_by("-touched_at", "-pk")),
        ]
        return {
            "new_story": reverse("wagtailsnippets_stories_story:add") if has_right(person, "story.write") else "",
            "new_story_words": _("New story"),
            "nothing": _("Nothing here."),
            "lists": [(title, _rows(stories)) for title, stories in lists],
        }


def _rows(stories: QuerySet[Story]) -> list[dict[str, Any]]:
    return [
        {
            "title": str(story),
            "edition": story.edition.short_name or story.edition.name,
            "address": reverse("wagtailsnippets_stories_story:edit", args=[story.pk]),
        }
        for story in stories[:SHOWN]
    ]
