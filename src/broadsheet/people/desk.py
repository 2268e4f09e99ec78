"""How persons look on the desk."""

from typing import Any

from django.db.models import Model
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.actions.registry import ActionRegistry
from wagtail.admin.panels import FieldPanel, ObjectList

from broadsheet.editions.columns import YesColumn
from broadsheet.editions.desk import (
    DeleteOneByOne,
    Rights,
    RoomChooserViewSet,
    RoomViewSet,
    choosing,
    in_each_language,
    listing,
    register_actions_of,
)  # fmt: skip
from broadsheet.editions.finding import StoriesColumn
from broadsheet.people.actions import add_person, delete_person, save_person
from broadsheet.people.called import AddCalled, FoundPeople
from broadsheet.people.models import Person


class PersonChooserViewSet(RoomChooserViewSet):
    choose_one_text = _("Choose person")
    choose_another_text = _("Choose another person")
    edit_item_text = _("Edit this person")
    choose_view_class, choose_results_view_class = choosing("person").values()


class PersonViewSet(RoomViewSet):
    model = Person
    icon = "user"
    menu_order = 320
    base_url_path = "people"
    chooser_base_url_path = "choose/people"
    chooser_viewset_class = PersonChooserViewSet
    chooser_per_page = 20
    list_display = ["__str__", "slug", YesColumn(Person, "writes"), StoriesColumn("person")]
    list_filter = ["writes"]
    index_view_class, index_results_template_name = listing("person").values()
    edit_handler = ObjectList(
        [
            FieldPanel("slug"),
            FieldPanel("writes"),
            in_each_language("texts", _("Name, role and biography"), "name", "role", "biography"),
        ]
    )


def desk_urls() -> list[URLPattern]:
    """The addresses of persons on the desk that are no viewset's."""
    return [
        path("people/found/", FoundPeople.as_view(), name="found-people"),
        path("people/called/", AddCalled.as_view(), name="add-person-called"),
    ]


VIEWSETS = (PersonViewSet,)
RIGHTS_OF: dict[type[Model], Rights] = {
    Person: {"add": "person.add", "change": "person.edit", "delete": "person.edit", "view": "desk.enter"}
}


def register_actions(registry: ActionRegistry) -> None:
    """Register this room's actions for Wagtail's views."""
    register_actions_of(registry, Person, add=add_person, save=save_person, delete=_delete)


def add_to_bulk_delete() -> None:
    """Let persons be deleted by ticking."""
    DeleteOneByOne.add_model(Person, _delete)


def _delete(by: Any, person: Person, *, version: str | None = None) -> None:
    delete_person(by, person.pk, version=version)
