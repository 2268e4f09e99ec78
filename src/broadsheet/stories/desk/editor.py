"""The story's editor: begin one, change it, publish it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.snippets.views import snippets as views

from broadsheet.editions.access import has_right
from broadsheet.editions.desk import RefusalInForm
from broadsheet.editions.models import Edition
from broadsheet.editions.reads import all_editions
from broadsheet.foundation.refusals import Refused
from broadsheet.stories import actions
from broadsheet.stories.desk.asking import AsksAccess, KnowsWhoAsks
from broadsheet.stories.desk.remarks import KeepsRemarks
from broadsheet.stories.desk.side_panels import WithSidePanels
from broadsheet.stories.models import Story


class PublishesByAction(RefusalInForm):
    """For create and edit: what publishing refuses is said above the story, which is saved as a draft."""

    def publish_action(self) -> HttpResponse | None:
        view: Any = self
        try:
            actions.publish_revision(view.request.user, view.new_revision)
        except Refused as refusal:
            messages.error(view.request, str(refusal))
            return redirect(reverse(view.edit_url_name, args=[view.object.pk]))
        view.object.refresh_from_db()
        return None

    def get_success_buttons(self) -> list[Any]:
        """The way back into the editor, and the way to the story as readers see it."""
        view: Any = self
        buttons: list[Any] = super().get_success_buttons()  # type: ignore[misc]
        if view.object.live:
            edition = next(edition for edition in all_editions() if edition.id == view.object.edition_id)
            buttons.append(messages.button(edition.canonical(view.object.address), _("See it on the site")))
        return buttons

    def get_success_message(self, instance: Any = None) -> Any:
        view: Any = self
        if view.action == "publish" and view.object.embargo_until and not view.object.live:
            return None
        return super().get_success_message(instance)  # type: ignore[misc]


class StoryCreate(KnowsWhoAsks, WithSidePanels, KeepsRemarks, PublishesByAction, views.CreateView):
    def get_initial_form_instance(self) -> Story:
        """A story of the first edition in which the person may write."""
        person = self.request.user
        editions = [item for item in Edition.objects.all() if has_right(person, "story.write", edition_id=item.pk)]
        return Story(edition=editions[0]) if editions else Story()


class StoryEdit(AsksAccess, KnowsWhoAsks, WithSidePanels, KeepsRemarks, PublishesByAction, views.EditView):
    pass
