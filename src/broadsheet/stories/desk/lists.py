"""The desk's list of stories."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from wagtail.admin.utils import get_latest_str
from wagtail.snippets.views import snippets as views

from broadsheet.foundation.clock import now
from broadsheet.stories.access import may, visible_to
from broadsheet.stories.models import Story


class StoryList(views.IndexView):
    def get_base_queryset(self) -> QuerySet[Story]:
        stories: QuerySet[Story] = super().get_base_queryset()
        return stories.filter(visible_to(self.request.user, now())).select_related("edition")

    def _get_title_column(self, *args: Any, **kwargs: Any) -> Any:
        return super()._get_title_column(*args, accessor=self.title_of, **kwargs)

    def title_of(self, story: Story) -> str:
        """The headline as it is being worked on, for those who may read that; for others the one that readers see."""
        return str(get_latest_str(story) if may(self.request.user, "story.read", story) else story)

    def get_edit_url(self, story: Story) -> str | None:
        return self._url(self.edit_url_name, story) if may(self.request.user, "story.edit", story) else None

    def get_delete_url(self, story: Story) -> str | None:
        return self._url(self.delete_url_name, story) if may(self.request.user, "story.delete", story) else None

    def _url(self, name: str, story: Story) -> str:
        return reverse(name, args=[story.pk])
