"""How Wagtail's create, edit and delete views write stories: by our actions."""

from typing import Any

from wagtail.actions.create import CreateAction
from wagtail.actions.delete import DeleteAction
from wagtail.actions.edit import EditAction
from wagtail.actions.registry import ActionRegistry

from broadsheet.editions.desk import DeleteOneByOne
from broadsheet.stories import actions
from broadsheet.stories.models import Story
from broadsheet.stories.seen import Seen, key_of
from broadsheet.stories.sent_remarks import read_remarks


class CreateStory(CreateAction):
    def execute(self, skip_permission_checks: bool = False) -> Story:
        self._clean_instance()
        seen: Seen | None = self.form.seen
        key = key_of(seen.window) if seen else None
        self.revision = actions.begin_story(self.user, self.instance, form=self.form, key=key, seen=seen)
        _link_counterpart(self.user, self.instance, self.form)
        _write_remarks(self.user, self.instance, self.form)
        return self.instance  # type: ignore[no-any-return]


class EditStory(EditAction):
    def execute(self, skip_permission_checks: bool = False) -> Story:
        self._clean_instance()
        self.revision = actions.save_story(
            self.user,
            self.instance,
            form=self.form,
            seen=self.form.seen,
            previous=self.previous_revision,
        )
        _link_counterpart(self.user, self.instance, self.form)
        _write_remarks(self.user, self.instance, self.form)
        return self.instance  # type: ignore[no-any-return]


def _link_counterpart(by: Any, story: Story, form: Any) -> None:
    if form is not None and "counterpart" in form.changed_data:
        other = form.cleaned_data["counterpart"]
        actions.link_counterpart(by, story.pk, other.pk if other else None)


def _write_remarks(by: Any, story: Story, form: Any) -> None:
    if form is not None and (sent := read_remarks(form.data)):
        actions.write_remarks(by, story.pk, sent)


class DeleteStory(DeleteAction):
    def execute(self, skip_permission_checks: bool = False) -> None:
        actions.delete_story(self.user, self.instance.pk)


def register_actions(registry: ActionRegistry) -> None:
    """Register this room's actions for Wagtail's views."""
    for action in (CreateStory, EditStory, DeleteStory):
        registry.register(Story, action)


def add_to_bulk_delete() -> None:
    """Let drafts be deleted by ticking."""
    DeleteOneByOne.add_model(Story, lambda by, story: actions.delete_story(by, story.pk))
