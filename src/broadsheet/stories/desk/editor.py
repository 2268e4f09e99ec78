"""The story's editor: begin one, change it, publish it."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.ui.autosave import AutosaveIndicator
from wagtail.snippets.views import snippets as views

from broadsheet.editions.two_saves import RefusalInForm
from broadsheet.editions.versions import CODE
from broadsheet.foundation.refusals import Refused
from broadsheet.stories import actions
from broadsheet.stories.access import story_begun_by
from broadsheet.stories.actions import BEGUN
from broadsheet.stories.checks.passing import NOT_PASSED
from broadsheet.stories.desk.asking import AsksAccess, KnowsWhoAsks
from broadsheet.stories.desk.beginning import blank_story
from broadsheet.stories.desk.keeping import base_in, keeping_words
from broadsheet.stories.desk.passing import page_of_warnings, ways_to_see
from broadsheet.stories.desk.remarks import KeepsRemarks
from broadsheet.stories.desk.side_panels import WithSidePanels
from broadsheet.stories.desk.writing import HelpsToWrite
from broadsheet.stories.models import Story
from broadsheet.stories.seen import Seen, key_of


class PublishesByAction(RefusalInForm):
    """For create and edit: what publishing refuses is said above the story, which is saved as a draft."""

    def publish_action(self) -> HttpResponse | None:
        view: Any = self
        try:
            actions.publish_revision(view.request.user, view.new_revision, passed=frozenset())
        except Refused as refusal:
            if refusal.code == NOT_PASSED:
                return redirect(page_of_warnings(view.new_revision))
            messages.error(view.request, str(refusal))
            return redirect(reverse(view.edit_url_name, args=[view.object.pk]))
        view.object.refresh_from_db()
        return None

    def get_success_buttons(self) -> list[Any]:
        """The way back into the editor, and the way to the story as readers see it."""
        view: Any = self
        return [*super().get_success_buttons(), *ways_to_see(view.object)]  # type: ignore[misc]

    def get_success_message(self, instance: Any = None) -> Any:
        view: Any = self
        if view.action == "publish" and view.object.embargo_until and not view.object.live:
            return None
        return super().get_success_message(instance)  # type: ignore[misc]


class NothingIsLost(HelpsToWrite, WithSidePanels, KeepsRemarks):
    """For create and edit: the window has a name, saves by itself, and never over what it has not seen."""

    is_out_of_date = False  # asked by the action, when the row is locked

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        self.autosave_enabled = False  # ours is in static/stories/desk/keeping

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        """An answer to an autosave shows no form: its scripts and styles are not gathered."""
        view: Any = self
        form: Any = super().get_form(*args, **kwargs)  # type: ignore[misc]
        form.is_shown = not view.expects_json_response
        return form

    def get_bound_panel(self, form: Any) -> Any:
        """The form as it is shown: all its fields and blocks, which is most of the work; for an autosave none."""
        return super().get_bound_panel(form) if form.is_shown else None  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        view: Any = self
        context: dict[str, Any] = super().get_context_data(**kwargs)
        # A form that comes back with an error is the same window, and counts on.
        sent = Seen.in_form(view.request.POST) or Seen()
        context |= {"window": sent.window or str(uuid.uuid4()), "number": sent.number}
        context |= {"keeping": keeping_words(), "base": None}
        if not view.expects_json_response:
            context["autosave_indicator"] = AutosaveIndicator()
            if view.latest_revision:
                context["base"] = view.latest_revision.content
        return context


class StoryCreate(KnowsWhoAsks, NothingIsLost, PublishesByAction, views.CreateView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What was sent twice, because the first answer was lost, is saved in the story that it began."""
        begun = story_begun_by(request.user, key_of(request.POST.get("window", "")))
        if begun is not None:
            answer: HttpResponse = Story.snippet_viewset.edit_view(request, pk=str(begun.pk))
            return answer
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def say_refusal(self, refusal: Refused, form: Any) -> HttpResponse:
        """What an autosave has begun in the same moment is gone on with."""
        if refusal.code == BEGUN and story_begun_by(self.request.user, key_of(form.data.get("window", ""))):
            return self.post(self.request)
        return super().say_refusal(refusal, form)

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        """Whoever begins a story writes its headline at once."""
        form = super().get_form(*args, **kwargs)
        form.fields["headline"].widget.attrs["autofocus"] = True
        return form

    def get_initial_form_instance(self) -> Story:
        """A story of the section for which the person wrote last, under the person's own name."""
        return blank_story(self.request.user)


class StoryEdit(AsksAccess, KnowsWhoAsks, NothingIsLost, PublishesByAction, views.EditView):
    def get_object(self, queryset: Any = None) -> Story:
        """The latest version, made of the row that was read when the right to it was asked for."""
        row = self.story
        if not row.has_unpublished_changes or row.latest_revision is None:
            # The form writes into what is returned; what rights are asked of stays as it is.
            return super().get_object(queryset)  # type: ignore[no-any-return]
        self.live_object = row
        return row.with_content_json(row.latest_revision.content)

    def say_refusal(self, refusal: Refused, form: Any) -> HttpResponse:
        """Where somebody else saved meanwhile, both texts are shown side by side; nothing is typed anew."""
        if refusal.code != CODE or self.expects_json_response:
            return super().say_refusal(refusal, form)
        base = base_in(self.request.POST, self.story, form.seen)
        aside = actions.set_aside(self.request.user, self.story, form=form, base=base)
        messages.warning(self.request, str(refusal))
        return redirect("two-texts", aside.pk)

    def get_success_json(self) -> dict[str, Any]:
        """Beside Wagtail's: the editor's address, and whether anything was written that the desk did not have."""
        before, after = self.story.latest_revision, self.new_revision
        changed = before is None or (before.pk, before.created_at) != (after.pk, after.created_at)
        return {**super().get_success_json(), "url": self.get_edit_url(), "changed": changed}
