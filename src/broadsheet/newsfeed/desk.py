"""How briefs look on the desk: a form of one field and where it belongs; what is withdrawn stays in the list."""

from typing import Any

from django.db.models import Model
from django.forms import Select, Textarea
from django.utils.translation import gettext as said_now
from django.utils.translation import gettext_lazy as _
from wagtail.actions.registry import ActionRegistry
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.views import snippets as views

from broadsheet.editions.access import has_right
from broadsheet.editions.columns import MomentColumn
from broadsheet.editions.desk import DeleteOneByOne, Rights, RoomViewSet, register_actions_of
from broadsheet.editions.models import Edition
from broadsheet.editions.two_saves import DeletesWhatWasShown, RefusalInForm
from broadsheet.newsfeed.actions import RIGHT, publish_brief, save_brief, withdraw_brief
from broadsheet.newsfeed.models import Brief


class BriefCreate(RefusalInForm, views.CreateView):
    success_message = _("The brief is published.")

    def get_initial_form_instance(self) -> Brief:
        """A brief of the first edition in which the person may publish one."""
        person = self.request.user
        editions = [item for item in Edition.objects.all() if has_right(person, RIGHT, edition_id=item.pk)]
        return Brief(edition=editions[0]) if editions else Brief()


class BriefWithdraw(DeletesWhatWasShown, views.DeleteView):
    """What Wagtail calls deletion: readers see the brief no more, and it stays in the list."""

    page_title = _("Withdraw")
    yes, no = _("Withdraw it"), _("Leave it")
    says_where_used = False
    success_message = _("The brief is withdrawn.")

    @property
    def confirmation_message(self) -> str:
        return said_now("Withdraw this brief? Readers will see it no more, and its address says that it was withdrawn.")


class BriefViewSet(RoomViewSet):
    model = Brief
    icon = "list-ul"
    menu_order = 110
    base_url_path = "briefs"
    chooser_base_url_path = "choose/briefs"
    list_display = [
        "__str__",
        "section",
        "edition",
        MomentColumn(Brief, "published_at"),
        MomentColumn(Brief, "withdrawn_at"),
    ]
    list_filter = ["section", "edition"]
    search_fields = ["text"]
    add_view_class = BriefCreate
    delete_view_class = BriefWithdraw
    edit_handler = ObjectList(
        [
            FieldPanel("text", widget=Textarea(attrs={"rows": 3})),
            FieldRowPanel([FieldPanel("edition", widget=Select), FieldPanel("section", widget=Select)]),
            FieldPanel("picture"),
        ]
    )


VIEWSETS = (BriefViewSet,)
RIGHTS_OF: dict[type[Model], Rights] = {
    Brief: {"add": RIGHT, "change": RIGHT, "delete": RIGHT, "view": "desk.enter"},
}


def register_actions(registry: ActionRegistry) -> None:
    """Register this room's actions for Wagtail's views."""
    register_actions_of(registry, Brief, add=publish_brief, save=save_brief, delete=_withdraw)


def add_to_bulk_delete() -> None:
    """Let briefs be withdrawn by ticking."""
    DeleteOneByOne.add_model(Brief, _withdraw)


def _withdraw(by: Any, brief: Brief, *, version: str | None = None) -> None:
    withdraw_brief(by, brief.pk, version=version)
