"""The smaller views of one story: its history, its preview, withdrawing, deleting, locking."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.snippets.views import snippets as views

from broadsheet.editions.log import RoomLog
from broadsheet.stories import actions
from broadsheet.stories.desk.asking import AsksAccess


class StoryDelete(AsksAccess, views.DeleteView):
    right = "story.delete"


class StoryHistory(AsksAccess, RoomLog):
    right = "story.read"


class StoryUsage(AsksAccess, views.UsageView):
    right = "story.read"


class StoryPreview(AsksAccess, views.PreviewOnEditView):
    permission_required = "change"  # here Wagtail asks it of the story


class StoryRevision(AsksAccess, views.PreviewRevisionView):
    right = "story.read"


class StoryCompare(AsksAccess, views.RevisionsCompareView):
    right = "story.read"


class StoryUnpublish(AsksAccess, views.UnpublishView):
    """Asks once more, and withdraws the story."""

    right = "story.withdraw"
    page_title = gettext_lazy("Withdraw")
    success_message = gettext_lazy("“%(object)s” is withdrawn.")
    template_name = "stories/desk/withdraw.html"
    question = gettext_lazy(
        "Readers will find that the story was withdrawn. Its address stays its own, its text stays on the desk."
    )
    yes = gettext_lazy("Withdraw the story")
    no = gettext_lazy("Leave it published")

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
