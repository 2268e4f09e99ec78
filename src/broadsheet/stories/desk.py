"""How stories look on the desk: Wagtail's editor, asking our access and calling our actions."""

from contextvars import ContextVar
from typing import Any

from django.contrib.admin.utils import unquote
from django.db.models import Model, QuerySet
from django.forms import CheckboxSelectMultiple, Select, Textarea
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.actions.create import CreateAction
from wagtail.actions.delete import DeleteAction
from wagtail.actions.edit import EditAction
from wagtail.actions.registry import ActionRegistry
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList, PublishingPanel, TabbedInterface
from wagtail.admin.utils import get_latest_str
from wagtail.snippets.views import chooser
from wagtail.snippets.views import snippets as views

from broadsheet.editions.access import Person, has_right
from broadsheet.editions.desk import (
    DeleteOneByOne,
    RefusalInForm,
    Rights,
    RightsPolicy,
    RoomChooserViewSet,
    RoomViewSet,
    SpokenChooser,
)
from broadsheet.editions.models import Edition
from broadsheet.editions.reads import all_editions
from broadsheet.foundation.clock import now
from broadsheet.foundation.refusals import Refused
from broadsheet.stories import actions
from broadsheet.stories.access import NOBODY, access_story, access_visible_story, is_visible_to, may, visible_to
from broadsheet.stories.forms import StoryForm
from broadsheet.stories.models import Story


class CreateStory(CreateAction):
    def execute(self, skip_permission_checks: bool = False) -> Story:
        self._clean_instance()
        self.revision = actions.begin_story(self.user, self.instance, form=self.form)
        _link_counterpart(self.user, self.instance, self.form)
        return self.instance  # type: ignore[no-any-return]


class EditStory(EditAction):
    def execute(self, skip_permission_checks: bool = False) -> Story:
        self._clean_instance()
        self.revision = actions.save_story(
            self.user,
            self.instance,
            form=self.form,
            overwrite=self.overwrite_revision,
            previous=self.previous_revision,
            changed=self.content_changed,
        )
        _link_counterpart(self.user, self.instance, self.form)
        return self.instance  # type: ignore[no-any-return]


def _link_counterpart(by: Any, story: Story, form: Any) -> None:
    if form is not None and "counterpart" in form.changed_data:
        other = form.cleaned_data["counterpart"]
        actions.link_counterpart(by, story.pk, other.pk if other else None)


class DeleteStory(DeleteAction):
    def execute(self, skip_permission_checks: bool = False) -> None:
        actions.delete_story(self.user, self.instance.pk)


class StoryPolicy(RightsPolicy):
    """Wagtail's questions about one story are answered by `access.may`."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return action in self.rights and may(user, self.rights[action], instance)


class AsksAccess:
    """For views of one story: the right is asked for before anything else is done, and of this very story."""

    right = "story.edit"
    # What Wagtail would ask of stories at large: a reporter's own draft would be closed to them.
    permission_required: str | None = None
    any_permission_required: list[str] | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        pk = number_of(kwargs["pk"] if "pk" in kwargs else args[0])
        self.story = access_story(request.user, pk, self.right)
        super().setup(request, *args, **kwargs)  # type: ignore[misc]

    def user_has_permission(self, permission: str) -> bool:
        """Whether a button is shown."""
        view: Any = self
        allowed: bool = view.user_has_permission_for_instance(permission, self.story)
        return allowed


def number_of(pk: Any) -> int:
    """The id that an argument of an address names, read as Wagtail reads it; Http404 where it names none."""
    text = unquote(str(pk))
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Http404
    return int(text)


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


WHO_ASKS: ContextVar[Person] = ContextVar("who_asks", default=NOBODY)


class KnowsWhoAsks:
    """For create and edit: the fields of the form, which know of no request, learn who looks at them."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        WHO_ASKS.set(request.user)
        super().setup(request, *args, **kwargs)  # type: ignore[misc]


class ShowsWhatMayBeKnown(SpokenChooser):
    """The field of a chosen story: whoever may not read it sees its number, and no headline for a guessed one."""

    def get_display_title(self, instance: Story) -> str:
        known = is_visible_to(WHO_ASKS.get(), now(), instance)
        return str(instance) if known else f"{Story._meta.verbose_name} {instance.pk}"


related: Any = Story._meta.get_field("body").stream_block.child_blocks["related"]
related.widget = ShowsWhatMayBeKnown(Story, icon=related.meta.icon)


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


class StoryCreate(KnowsWhoAsks, PublishesByAction, views.CreateView):
    def get_initial_form_instance(self) -> Story:
        """A story of the first edition in which the person may write."""
        person = self.request.user
        editions = [item for item in Edition.objects.all() if has_right(person, "story.write", edition_id=item.pk)]
        return Story(edition=editions[0]) if editions else Story()


class StoryEdit(AsksAccess, KnowsWhoAsks, PublishesByAction, views.EditView):
    pass


class StoryDelete(AsksAccess, views.DeleteView):
    right = "story.delete"


class StoryHistory(AsksAccess, views.HistoryView):
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


class StoryChooserViewSet(RoomChooserViewSet):
    base_widget_class = ShowsWhatMayBeKnown
    choose_one_text = _("Choose story")
    choose_another_text = _("Choose another story")
    edit_item_text = _("Edit this story")
    choose_view_class = type("ChooseStory", (OnlyVisible, chooser.ChooseView), {})
    choose_results_view_class = type("ChooseStoryResults", (OnlyVisible, chooser.ChooseResultsView), {})
    chosen_view_class = type("StoryChosen", (OnlyVisible, chooser.SnippetChosenView), {})
    chosen_multiple_view_class = type("StoriesChosen", (OnlyVisible, chooser.SnippetChosenMultipleView), {})


class StoryViewSet(RoomViewSet):
    model = Story
    icon = "doc-full"
    menu_order = 100
    base_url_path = "stories"
    chooser_base_url_path = "choose/stories"
    chooser_viewset_class = StoryChooserViewSet
    chooser_per_page = 20
    list_display = ["__str__", "kind", "section", "edition", "state"]
    list_filter = ["state", "kind", "section", "edition"]
    search_fields = ["headline", "standfirst"]
    index_view_class = StoryList
    add_view_class = StoryCreate
    edit_view_class = StoryEdit
    delete_view_class = StoryDelete
    history_view_class = StoryHistory
    usage_view_class = StoryUsage
    preview_on_edit_view_class = StoryPreview
    revisions_view_class = StoryRevision
    revisions_compare_view_class = StoryCompare
    revisions_unschedule_view_class = StoryUnschedule
    unpublish_view_class = StoryUnpublish
    lock_view_class = StoryLock
    unlock_view_class = StoryUnlock
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("headline"),
                    FieldPanel("standfirst", widget=Textarea(attrs={"rows": 2})),
                    FieldRowPanel(
                        [FieldPanel("edition", widget=Select), FieldPanel("section", widget=Select), FieldPanel("kind")]
                    ),
                    FieldPanel("lead_picture"),
                    FieldPanel("lead_caption"),
                    FieldPanel("body"),
                    InlinePanel("bylines", panels=[FieldPanel("person")]),
                    FieldPanel("dateline"),
                ],
                heading=_("Story"),
            ),
            ObjectList(
                [
                    FieldPanel("card_headline"),
                    FieldPanel("slug"),
                    FieldPanel("further_sections", widget=CheckboxSelectMultiple),
                    FieldPanel("topics", widget=CheckboxSelectMultiple),
                    FieldPanel("counterpart"),
                    FieldPanel("embargo_until"),
                    PublishingPanel(),
                ],
                heading=_("Publication"),
            ),
        ],
        base_form_class=StoryForm,
    )


VIEWSETS = (StoryViewSet,)
RIGHTS_OF: dict[type[Model], Rights] = {
    Story: {
        "add": "story.write",
        "change": "story.edit",
        "delete": "story.delete",
        "publish": "story.publish",
        "lock": "story.edit",
        "unlock": "story.edit",
        "view": "story.read",
    }
}


def register_actions(registry: ActionRegistry) -> None:
    """Register this room's actions for Wagtail's views."""
    for action in (CreateStory, EditStory, DeleteStory):
        registry.register(Story, action)


def add_to_bulk_delete() -> None:
    """Let drafts be deleted by ticking."""
    DeleteOneByOne.add_model(Story, lambda by, story: actions.delete_story(by, story.pk))
