"""How rooms appear on the desk: Wagtail's views ask our rights and call our actions, and never save by themselves."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.forms import Select
from django.http import Http404
from django.utils.translation import gettext_lazy
from wagtail.actions.create import CreateAction
from wagtail.actions.delete import DeleteAction
from wagtail.actions.edit import EditAction
from wagtail.actions.registry import ActionRegistry
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.widgets import BaseChooser
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views import snippets as views
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

from broadsheet.accounts.models import User, UserKind
from broadsheet.accounts.roles import roles_with
from broadsheet.editions.access import has_right
from broadsheet.editions.actions import add_named, delete_named, save_named
from broadsheet.editions.columns import YesColumn
from broadsheet.editions.finding import ChoosesByWords, CountsStories, FindsByWords, StoriesColumn
from broadsheet.editions.log import RoomLog
from broadsheet.editions.models import Edition, Section, StandingPage, Topic
from broadsheet.editions.rows import RowsPanel
from broadsheet.editions.two_saves import DeletesWhatWasShown, RefusalInForm, SavesWhatWasShown
from broadsheet.foundation.refusals import Refused

Rights = dict[str, str]


class RightsPolicy(BasePermissionPolicy):
    """Answers Wagtail's question "may this user ...?" from the table of rights; an action without a right: no."""

    def __init__(self, model: type[Model], rights: Rights) -> None:
        super().__init__(model)
        self.rights = rights

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.rights and has_right(user, self.rights[action])

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action)

    def users_with_any_permission(self, actions: Any) -> QuerySet[User]:
        roles = set().union(*(roles_with(self.rights[action]) for action in actions if action in self.rights))
        return User.objects.filter(kind=UserKind.STAFF, is_active=True, assignments__role__in=roles).distinct()


def register_actions_of(
    registry: ActionRegistry,
    model: type[Model],
    *,
    add: Callable[..., Any],
    save: Callable[..., Any],
    delete: Callable[..., None],
) -> None:
    """Let Wagtail's create, edit and delete views call these actions.

    add(by, thing, form=), save(by, thing, form=, version=), delete(by, thing, version=); see editions/versions.py.
    """

    class Create(CreateAction):
        def execute(self, skip_permission_checks: bool = False) -> Any:
            self._clean_instance()
            return add(self.user, self.instance, form=self.form)

    class Edit(EditAction):
        def execute(self, skip_permission_checks: bool = False) -> Any:
            self._clean_instance()
            return save(self.user, self.instance, form=self.form, version=getattr(self.form, "version", None))

    class Delete(DeleteAction):
        version: str | None = None

        def execute(self, skip_permission_checks: bool = False) -> Any:
            return delete(self.user, self.instance, version=self.version)

    for action in (Create, Edit, Delete):
        registry.register(model, action)


class DeleteOneByOne(DeleteBulkAction):
    """Deletes what was ticked through our actions, one by one; what an action refuses stays."""

    aria_label = gettext_lazy("Delete what is ticked")
    models: list[type[Model]] = []
    delete: dict[type[Model], Callable[..., None]] = {}

    @classmethod
    def add_model(cls, model: type[Model], delete: Callable[..., None]) -> None:
        cls.models.append(model)
        cls.delete[model] = delete

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, list[Any]]]:
        """What the person may delete, and beside it only what they may know of; Http404 where nothing is left."""
        allowed, others = super().get_actionable_objects()
        may_view = self.permission_policy.user_has_permission_for_instance
        known = [thing for thing in others["items_with_no_access"] if may_view(self.request.user, "view", thing)]
        if not allowed and not known:
            raise Http404
        return allowed, {"items_with_no_access": known}

    @classmethod
    def execute_action(cls, objects: list[Any], user: Any = None, **kwargs: Any) -> tuple[int, int]:
        done = 0
        for thing in objects:
            try:
                cls.delete[type(thing)](kwargs["self"].request.user, thing)
                done += 1
            except (Refused, PermissionDenied):
                continue
        return done, 0


class SpokenChooser(AdminSnippetChooser):
    """A chooser whose words are said in the language of whoever works there; Wagtail's fixes them at start-up."""

    def __init__(self, model: type[Model] | None = None, **kwargs: Any) -> None:
        if model is not None:
            self.model = model
        BaseChooser.__init__(self, **kwargs)


class RoomChooserViewSet(SnippetChooserViewSet):
    """The window in which something of a room is chosen; its three texts are the room's own."""

    base_widget_class = SpokenChooser


def choosing(kind: str, *more: type) -> dict[str, type]:
    """The views of a chooser's window that finds things of this kind by words; `more` are classes that they are."""
    bases = {"choose_view_class": ChooseView, "choose_results_view_class": ChooseResultsView}
    return {name: type(base.__name__, (*more, ChoosesByWords, base), {"kind": kind}) for name, base in bases.items()}


def listing(kind: str) -> dict[str, Any]:
    """What a viewset needs for a list that finds things of this kind by words."""
    view = type("Found", (FindsByWords, SnippetViewSet.index_view_class), {"kind": kind})
    return {"index_view_class": view, "index_results_template_name": "editions/desk/results.html"}


class RoomCreate(RefusalInForm, views.CreateView):
    pass


class RoomEdit(SavesWhatWasShown, views.EditView):
    pass


class RoomDelete(DeletesWhatWasShown, views.DeleteView):
    pass


class RoomViewSet(SnippetViewSet):
    """The desk's list, form and history of a model whose writes are our actions."""

    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 30
    history_view_class = RoomLog
    add_view_class = RoomCreate
    edit_view_class = RoomEdit
    delete_view_class = RoomDelete
    edit_template_name = "editions/desk/edit.html"
    delete_template_name = "editions/desk/delete.html"


class EditionViewSet(RoomViewSet):
    model = Edition
    icon = "site"
    menu_order = 400
    base_url_path = "editions"
    chooser_base_url_path = "choose/editions"
    list_display = ["name", "language", "path_prefix", "zone"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("short_name"),
            FieldRowPanel([FieldPanel("language"), FieldPanel("direction"), FieldPanel("zone")]),
            FieldPanel("motto"),
            FieldPanel("description"),
            FieldRowPanel([FieldPanel("path_prefix"), FieldPanel("host"), FieldPanel("order")]),
        ]
    )


def in_each_language(relation: str, heading: Any, *fields: str, least: int = 1) -> RowsPanel:
    """Rows of what a thing is called, says or has in each language."""
    panels = [FieldPanel(name) for name in ("language", *fields)]
    return RowsPanel(relation, heading=heading, label=gettext_lazy("language"), panels=panels, min_num=least)


def names_panels() -> list[Any]:
    """Fields of a slug and of a name and description in each language."""
    return [
        FieldPanel("slug"),
        in_each_language("names", gettext_lazy("Names and descriptions"), "name", "description"),
    ]


class SectionViewSet(RoomViewSet):
    model = Section
    icon = "folder-inverse"
    menu_order = 410
    base_url_path = "sections"
    chooser_base_url_path = "choose/sections"
    list_display = ["__str__", "slug", "order", StoriesColumn("section")]
    index_view_class = type("Sections", (CountsStories, SnippetViewSet.index_view_class), {})
    edit_handler = ObjectList([*names_panels(), FieldPanel("order")])


class TopicChooserViewSet(RoomChooserViewSet):
    choose_view_class, choose_results_view_class = choosing("topic").values()


class TopicViewSet(RoomViewSet):
    chooser_viewset_class = TopicChooserViewSet
    index_view_class, index_results_template_name = listing("topic").values()
    model = Topic
    icon = "tag"
    menu_order = 420
    base_url_path = "topics"
    chooser_base_url_path = "choose/topics"
    list_display = ["__str__", "slug", StoriesColumn("topic")]
    edit_handler = ObjectList(names_panels())


class StandingPageViewSet(RoomViewSet):
    model = StandingPage
    icon = "doc-empty"
    menu_order = 430
    base_url_path = "standing-pages"
    chooser_base_url_path = "choose/standing-pages"
    list_display = ["title", "edition", "slug", "order", YesColumn(StandingPage, "in_footer")]
    list_filter = ["edition"]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("edition", widget=Select), FieldPanel("slug")]),
            FieldPanel("body"),
            FieldRowPanel([FieldPanel("order"), FieldPanel("in_footer")]),
        ]
    )


VIEWSETS = (EditionViewSet, SectionViewSet, TopicViewSet, StandingPageViewSet)
RIGHTS_OF: dict[type[Model], Rights] = {
    Edition: dict.fromkeys(("add", "change", "delete", "view"), "edition.edit"),
    Section: dict.fromkeys(("add", "change", "delete", "view"), "section.edit"),
    Topic: dict.fromkeys(("add", "change", "delete", "view"), "topic.edit"),
    StandingPage: dict.fromkeys(("add", "change", "delete", "view"), "page.edit"),
}


def register_actions(registry: ActionRegistry) -> None:
    """Register this room's actions for Wagtail's views."""
    for model in RIGHTS_OF:
        register_actions_of(registry, model, add=add_named, save=save_named, delete=delete_named)


def add_to_bulk_delete() -> None:
    """Let this room's things be deleted by ticking."""
    for model in RIGHTS_OF:
        DeleteOneByOne.add_model(model, delete_named)
