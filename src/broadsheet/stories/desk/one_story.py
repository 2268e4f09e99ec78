"""The smaller views of one story: its history, its preview, withdrawing, deleting, locking."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views import snippets as views

from broadsheet.design.words import as_moment
from broadsheet.stories import actions
from broadsheet.stories.desk.asking import AsksAccess


class StoryDelete(AsksAccess, views.DeleteView):
    right = "story.delete"


class StoryHistory(AsksAccess, views.HistoryView):
    """The story's log: who did what, when; the versions are looked at and compared from it."""

    right = "story.read"
    page_title = gettext_lazy("Log")
    verbose_name_plural = gettext_lazy("entries")

    @cached_property
    def columns(self) -> list[Any]:
        did, who, _date = super().columns
        did.label, who.label, who.width = gettext_lazy("What"), gettext_lazy("Who"), "20%"
        did.cell_template_name = "stories/desk/log_cell.html"
        return [did, who, Column("timestamp", label=gettext_lazy("When"), accessor=self.moment_of, width="20%")]

    def moment_of(self, entry: Any) -> str:
        """Day and time of an entry, as the story's edition counts them."""
        return as_moment(entry.timestamp, get_language() or "en", self.story.edition.zone)


class StoryUsage(AsksAccess, views.UsageView):
    right = "story.read"


class StoryPreview(AsksAccess, views.PreviewOnEditView):
    permission_required = "change"  # here Wagtail asks it of the story


class StoryRevision(AsksAccess, views.PreviewRevisionView):
    right = "story.read"


class StoryCompare(AsksAccess, views.RevisionsCompareView):
    right = "story.read"


class StoryUnpublish(AsksAccess, views.UnpublishView):
    right = "story.withdraw"

    def unpublish(self) -> None:
        actions.withdraw_story(self.request.user, self.object.pk)


class StoryUnschedule(AsksAccess, views.RevisionsUnscheduleView):
    right = "story.publish"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actions.unschedule_story(request.user, self.object.pk)
        messages.success(request, self.get_success_message(), buttons=self.get_success_buttons())
        return redirect(self.get_next_url())


class StoryLock(AsksAccess, views.LockView):
    def perform_operation(self) -> None:
        actions.lock_story(self.request.user, self.object.pk, locked=True)


class StoryUnlock(AsksAccess, views.UnlockView):
    def perform_operation(self) -> None:
        actions.lock_story(self.request.user, self.object.pk, locked=False)
