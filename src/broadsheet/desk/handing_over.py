"""Handing a story over: the panel beside its editor, and the same form on a page of its own."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.desk.access import holds_role, staff_who_read
from broadsheet.desk.actions import hand_over
from broadsheet.desk.log_words import short_log
from broadsheet.desk.notice_words import headline_of, path_of
from broadsheet.desk.reported import open_reports
from broadsheet.desk.steps import hand_overs_of, name_of, role_name, standing_of, steps_of
from broadsheet.desk.zones import when
from broadsheet.editions.access import Person
from broadsheet.foundation.refusals import Refused
from broadsheet.stories.access import access_story
from broadsheet.stories.models import State, Story

EDIT = "story.edit"


def form_context(story: Story, person: Person, typed: dict[str, str] | None = None) -> dict[str, Any]:
    """What the form and what stands around it show: step, holder, the way so far, and what may be chosen."""
    standing, steps = standing_of(story), steps_of(story.section_id)
    after = steps[min(standing.step.place + 1, len(steps) - 1)]
    chosen = {"step": after.word, "person": "", "note": "", **(typed or {})}
    return {
        "labels": _labels(),
        "action": reverse("hand_over", args=[story.pk]),
        "seen": standing.seen,
        "chosen": chosen,
        "steps": [_step(step, standing.step.place, chosen["step"]) for step in steps],
        "is_published": story.state == State.PUBLISHED,
        "stands": _("published") if story.state == State.PUBLISHED and not standing.since else standing.step.name,
        "holder": str(standing.holder or standing.step.role),
        "since": when(person, standing.since),
        "people": [(str(one.pk), str(one)) for one in staff_who_read(story) if one.pk != person.pk],
        "way": [_passed(done, person) for done in hand_overs_of(story)],
    }


def _labels() -> dict[str, str]:
    return {
        "step": _("Next step"),
        "to": _("To"),
        "nobody": _("whoever has the role"),
        "note": _("Note"),
        "send": _("Hand over"),
        "now": _("Now"),
        "since": _("since"),
        "way": _("Handed over so far"),
        "none": _("Nobody has handed it over yet."),
        "log": _("What was done"),
        "whole_log": _("The whole log"),
        "reports": _("Errors reported by readers"),
    }


def _step(step: Any, here: int, chosen: str) -> dict[str, Any]:
    return {
        "word": step.word,
        "name": step.name,
        "role": step.role,
        "is_passed": step.place < here,
        "is_here": step.place == here,
        "is_chosen": step.word == chosen,
    }


def _passed(done: Any, person: Person) -> dict[str, Any]:
    return {
        "name": str(done.by or _("Somebody")),
        "from": name_of(done.from_word),
        "to": name_of(done.to_word),
        "whom": str(done.to or role_name(done.to_role)),
        "note": done.note,
        "at": when(person, done.at),
    }


class WorkflowPanel(BaseSidePanel):
    """Beside the editor: where the story stands, who has it, the way so far, the log; and the form."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Toggle workflow")
        icon_name = "user"
        has_counter = False

    name = "workflow"
    title = gettext_lazy("Workflow")
    template_name = "desk/workflow_panel.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        story, person = self.object, self.request.user
        context = {**super().get_context_data(parent_context), "csrf_token": parent_context.get("csrf_token")}
        if not story.pk:
            return {**context, "unsaved": _("Once the story is saved, it can be handed over here.")}
        context |= form_context(story, person)
        context["log"] = short_log(story, person)
        context["log_address"] = reverse("wagtailsnippets_stories_story:history", args=[story.pk])
        context["reports"] = open_reports(person, story)
        return context


def workflow_panel(view: Any) -> WorkflowPanel | None:
    """The panel, where a page is shown whole: an autosave that put it in anew would take a note that is being typed."""
    return None if view.expects_json_response else WorkflowPanel(view.object or view.form.instance, view.request)


class HandOverPage(WagtailAdminTemplateMixin, View):
    """The form on a page of its own; what is refused is said there, and the note stays."""

    template_name = "desk/hand_over.html"
    page_title = gettext_lazy("Hand over")
    header_icon = "user"

    def get(self, request: HttpRequest, story_id: int) -> HttpResponseBase:
        story = access_story(request.user, story_id, EDIT)
        return self._page(story)

    def post(self, request: HttpRequest, story_id: int) -> HttpResponseBase:
        story = access_story(request.user, story_id, EDIT)
        typed = {name: request.POST.get(name, "") for name in ("step", "person", "note", "seen")}
        person = _number(typed["person"])
        try:
            done = hand_over(
                request.user, story.pk, typed["step"], person, typed["note"], seen=_number(typed["seen"]) or 0
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
            return self._page(story, typed, status=409)
        words = {"step": name_of(done.to_word), "whom": str(done.to or role_name(done.to_role))}
        said = _("Handed over: %(step)s, %(whom)s.") if words["whom"] else _("Handed over: %(step)s.")
        messages.success(request, said % words)
        if done.to_role and not any(holds_role(one, done.to_role, story) for one in staff_who_read(story)):
            sentence = _("Nobody has the role of %(role)s for this story. Choose a person, or tell an administrator.")
            messages.warning(request, sentence % {"role": role_name(done.to_role)})
        return HttpResponseRedirect(path_of(story, request.user))

    def _page(self, story: Story, typed: dict[str, str] | None = None, status: int = 200) -> HttpResponseBase:
        self.story = story
        self.page_subtitle = headline_of(story)
        context = {**form_context(story, self.request.user, typed), "back": path_of(story, self.request.user)}
        context |= {"headline": self.page_subtitle, "back_words": _("To the story")}
        response: HttpResponseBase = self.render_to_response(self.get_context_data(**context), status=status)
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        stories = {"url": reverse("wagtailsnippets_stories_story:list"), "label": _("Stories")}
        story = {"url": path_of(self.story, self.request.user), "label": headline_of(self.story)}
        return [*super().get_breadcrumbs_items(), stories, story, {"url": "", "label": _("Hand over")}]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def hand_over_urls() -> list[URLPattern]:
    """The form's address, for the hook `register_admin_urls`."""
    return [path("hand-over/<int:story_id>/", HandOverPage.as_view(), name="hand_over")]
