"""Comments at a sentence in the story's editor: Wagtail's own app for them, fed from our rows."""

from contextlib import suppress
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.forms import Media, Script
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.templatetags.wagtailadmin_tags import avatar_url
from wagtail.admin.ui.side_panels import CommentsSidePanel

from broadsheet.foundation.refusals import Refused
from broadsheet.stories.actions import write_remarks
from broadsheet.stories.models import Answer, Remark, Story
from broadsheet.stories.sent_remarks import read_remarks

OUR_PART = Script("stories/desk/remarks.js", type="module")


class RemarksPanel(Panel):
    """The part of the form in which the comments lie: hidden fields that the app writes."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtailadmin/panels/comments/comment_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "comments_data": remarks_data(self.instance, self.request.user)}

        def show_panel_furniture(self) -> bool:
            return False

        @property
        def media(self) -> Media:
            scripts: list[Any] = [versioned_static("wagtailadmin/js/comments.js"), OUR_PART]
            return Media(js=scripts)


class RemarksSidePanel(CommentsSidePanel):
    """Beside the text, where the app shows the threads; and what was said of sentences that are gone."""

    template_name = "stories/desk/remarks_side_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        story: Story = self.object
        gone = [remark for remark in open_remarks(story) if not is_still_there(story, remark)] if story.pk else []
        words = {
            "how": _("Select words in a paragraph, or go to a field, and press Ctrl+Alt+M."),
            "gone_heading": _("On sentences that are gone"),
            "gone": [
                {"name": str(remark.by or _("Somebody")), "text": remark.text, "answers": list(remark.answers.all())}
                for remark in gone
            ],
        }
        return {**super().get_context_data(parent_context), **words}


def remarks_side_panel(view: Any) -> RemarksSidePanel | None:
    """The panel, where a page is shown whole; the app would lose its place if an autosave put it in anew."""
    if view.expects_json_response or getattr(view, "hydrate_create_view", False):
        return None
    return RemarksSidePanel(view.object or view.form.instance, view.request)


class KeepsRemarks:
    """For create and edit: the comments in an answer to an autosave are those that are kept now.

    Where the text was not saved, because somebody else had saved it meanwhile, the comments are kept all the same.
    """

    def get_success_json(self) -> dict[str, Any]:
        view: Any = self
        answer: dict[str, Any] = super().get_success_json()  # type: ignore[misc]
        return {**answer, "comments": remarks_data(view.object, view.request.user)}

    def form_invalid(self, form: Any) -> HttpResponse:
        view: Any = self
        if view.object is not None and view.object.pk:
            with suppress(Refused, Http404):
                write_remarks(view.request.user, view.object.pk, read_remarks(view.request.POST), moves=False)
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        return response


def open_remarks(story: Story) -> list[Remark]:
    """The comments on a story that are not resolved, with their answers, the oldest first."""
    rows = Remark.objects.filter(story=story.pk, resolved_at=None)
    return list(rows.select_related("by").prefetch_related("answers__by").order_by("pk"))


def is_still_there(story: Story, remark: Remark) -> bool:
    """Whether the field, or the block of the body, at which something was said is in this version."""
    name, *rest = remark.path.split(".")
    try:
        field: Any = story._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    if not rest:
        return True
    return hasattr(field, "get_block_by_content_path") and bool(
        field.get_block_by_content_path(getattr(story, name), rest)
    )


def remarks_data(story: Story, person: Any) -> dict[str, Any]:
    """What Wagtail's app for comments reads: threads, whoever wrote in them, and who is here."""
    there = [remark for remark in open_remarks(story) if is_still_there(story, remark)] if story.pk else []
    writers = {person.pk: person}
    for remark in there:
        thread: list[Remark | Answer] = [remark, *remark.answers.all()]
        writers |= {said.by.pk: said.by for said in thread if said.by is not None}
    return {
        "comments": [
            {
                **_said(remark),
                "contentpath": remark.path,
                "position": remark.position or "[]",
                "resolved": False,
                "replies": [_said(answer) for answer in remark.answers.all()],
            }
            for remark in there
        ],
        "user": person.pk,
        "authors": {str(pk): {"name": str(writer), "avatar_url": avatar_url(writer)} for pk, writer in writers.items()},
    }


def _said(said: Remark | Answer) -> dict[str, Any]:
    return {
        "pk": said.pk,
        "user": said.by_id,
        "text": said.text,
        "created_at": said.at.isoformat(),
        "deleted": False,
    }
