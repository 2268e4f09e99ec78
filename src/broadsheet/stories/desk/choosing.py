"""The window in which a story is chosen, and the field of a chosen one."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views import chooser

from broadsheet.editions.desk import RoomChooserViewSet, SpokenChooser, choosing
from broadsheet.foundation.clock import now
from broadsheet.stories.access import access_visible_story, is_visible_to, visible_to
from broadsheet.stories.desk.asking import WHO_ASKS, number_of
from broadsheet.stories.filters import Asked
from broadsheet.stories.models import Story
from broadsheet.stories.worklist import page_for, readable

MOST_FOUND = 60
"""Stories that a search in the chooser shows."""


class ShowsWhatMayBeKnown(SpokenChooser):
    """The field of a chosen story: whoever may not read it sees its number, and no headline for a guessed one."""

    def get_display_title(self, instance: Story) -> str:
        known = is_visible_to(WHO_ASKS.get(), now(), instance)
        return str(instance) if known else f"{Story._meta.verbose_name} {instance.pk}"


CHOOSE = {
    "choose_one_text": _("Choose story"),
    "choose_another_text": _("Choose another story"),
    "link_to_chosen_text": _("Edit this story"),
}
related: Any = Story._meta.get_field("body").stream_block.child_blocks["related"]
related.widget = ShowsWhatMayBeKnown(Story, icon=related.meta.icon, **CHOOSE)


class OnlyVisible:
    """For the chooser: nobody chooses, or learns the headline of, a story that they may not read."""

    def get_object_list(self) -> QuerySet[Story]:
        view: Any = self
        stories: QuerySet[Story] = Story.objects.filter(visible_to(view.request.user, now()))
        return stories

    def get_object(self, pk: Any) -> Story:
        view: Any = self
        return access_visible_story(view.request.user, number_of(pk), now())

    def get_objects(self, pks: Any) -> QuerySet[Story]:
        return self.get_object_list().filter(pk__in=[number_of(pk) for pk in pks])


class FindsStories(OnlyVisible):
    """For the chooser's window: the stories that were touched last, or those that hold some words, drafts too."""

    def get_object_list(self) -> QuerySet[Story]:
        view: Any = self
        stories: QuerySet[Story] = Story.objects.filter(readable(view.request.user))
        return stories.order_by("-touched_at", "-pk")

    def find(self, stories: QuerySet[Story], words: str) -> QuerySet[Story]:
        view: Any = self
        return stories.filter(pk__in=page_for(view.request.user, Asked(words=words), "", size=MOST_FOUND).ids)


class StoryChooserViewSet(RoomChooserViewSet):
    base_widget_class = ShowsWhatMayBeKnown
    choose_view_class, choose_results_view_class = choosing("story", FindsStories).values()
    choose_one_text = CHOOSE["choose_one_text"]
    choose_another_text = CHOOSE["choose_another_text"]
    edit_item_text = CHOOSE["link_to_chosen_text"]
    chosen_view_class = type("StoryChosen", (OnlyVisible, chooser.SnippetChosenView), {})
    chosen_multiple_view_class = type("StoriesChosen", (OnlyVisible, chooser.SnippetChosenMultipleView), {})
