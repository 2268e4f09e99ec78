"""The smaller views of one story: its history, its preview, withdrawing, deleting, locking."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.snippets.views import snippets as views

from broadsheet.editions.log import RoomLog
from broadsheet.editions.versions import CODE, version_of
from broadsheet.foundation.refusals import Refused
from broadsheet.stories import actions
from broadsheet.stories.desk.asking import AsksAccess


class AsksOnce:
    """For pages that ask before they act: whoever says yes does so of the story that the page showed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        view: Any = self
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**context, "version": version_of(view.story), "asked": self.asked()}

    def asked(self) -> dict[str, str]:
        """The sentence of the page, and its two answers."""
        raise NotImplementedError

    def version(self) -> str | None:
        view: Any = self
        version: str | None = view.request.POST.get("version")
        return version

    def say_refused(self, refusal: Refused) -> HttpResponse:
        """Where the story was changed meanwhile, its editor, with who changed it; else the page of a refusal."""
        if refusal.code != CODE:
            raise refusal
        view: Any = self
        messages.error(view.request, str(refusal))
        return redirect("wagtailsnippets_stories_story:edit", view.story.pk)


class StoryDelete(AsksAccess, AsksOnce, views.DeleteView):
    right = "story.delete"

    def asked(self) -> dict[str, str]:
        return {
            "sentence": _("Delete this draft? It can be brought back for 30 days."),
            "yes": _("Delete it"),
            "no": _("Keep it"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            actions.delete_story(request.user, self.story.pk, version=self.version())
        except Refused as refusal:
            return self.say_refused(refusal)
        button = messages.button(reverse("deleted-stories"), _("Deleted drafts"))
        messages.success(request, _("The draft is deleted. It can be brought back for 30 days."), buttons=[button])
        return redirect(self.index_url_name)


class StoryHistory(AsksAccess, RoomLog):
    right = "story.read"


class StoryUsage(AsksAccess, views.UsageView):
    right = "story.read"


class StoryPreview(AsksAccess, views.PreviewOnEditView):
    permission_required = "change"  # here Wagtail asks it of the story


class StoryRevision(AsksAccess, views.PreviewRevisionView):
    right = "story.read"


class StoryUnpublish(AsksAccess, AsksOnce, views.UnpublishView):
    right = "story.withdraw"
    template_name = "stories/desk/ask.html"
    page_title = gettext_lazy("Withdraw")

    def asked(self) -> dict[str, str]:
        return {
            "sentence": _("Withdraw this story? Its address will say to readers that it was withdrawn."),
            "yes": _("Withdraw it"),
            "no": _("Leave it published"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            actions.withdraw_story(request.user, self.story.pk, version=self.version())
        except Refused as refusal:
            return self.say_refused(refusal)
        messages.success(request, _("The story is withdrawn."), buttons=self.get_success_buttons())
        return redirect(self.get_next_url())


class StoryUnschedule(AsksAccess, AsksOnce, views.RevisionsUnscheduleView):
    right = "story.publish"
    template_name = "stories/desk/ask.html"

    def asked(self) -> dict[str, str]:
        return {
            "sentence": _("Take the schedule back? The story will not go out by itself."),
            "yes": _("Take it back"),
            "no": _("Leave it scheduled"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            actions.unschedule_story(request.user, self.object.pk, version=self.version())
        except Refused as refusal:
            return self.say_refused(refusal)
        messages.success(request, self.get_success_message(), buttons=self.get_success_buttons())
        return redirect(self.get_next_url())


class LeadsBack:
    """For locking and unlocking: what a form names as the way back is an address, or it is left out."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        view: Any = self
        view.next_url = view.next_url if str(view.next_url).startswith("/") else ""


class StoryLock(LeadsBack, AsksAccess, views.LockView):
    def perform_operation(self) -> None:
        actions.lock_story(self.request.user, self.object.pk, locked=True)


class StoryUnlock(LeadsBack, AsksAccess, views.UnlockView):
    def perform_operation(self) -> None:
        actions.lock_story(self.request.user, self.object.pk, locked=False)
