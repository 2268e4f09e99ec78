"""The steps of stories, for administrators: which list each section has, and the form that writes one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.accounts.roles import Role
from broadsheet.desk.access import RIGHT, access_steps
from broadsheet.desk.actions import arrange_steps
from broadsheet.desk.steps import MOST_STEPS, own_steps, steps_of, version_of_steps, word_of
from broadsheet.editions.access import has_right
from broadsheet.editions.models import Section
from broadsheet.editions.two_saves import both_texts
from broadsheet.editions.versions import CODE
from broadsheet.foundation.refusals import Refused
from broadsheet.foundation.words import compare_words

SPARE = 3


class StepsPage(WagtailAdminTemplateMixin, View):
    """The list of all sections, or of one: a row for each step, in their order."""

    template_name = "desk/steps.html"
    header_icon = "list-ol"
    page_title = gettext_lazy("Steps")

    def get(self, request: HttpRequest, section_id: int | None = None) -> HttpResponseBase:
        section = access_steps(request.user, section_id)
        seen = version_of_steps(section_id)  # before the list itself: what is saved between the two was not seen
        rows = [(step.name, step.waits_for) for step in steps_of(section_id)]
        return self._page(section, rows, seen=seen)

    def post(self, request: HttpRequest, section_id: int | None = None) -> HttpResponseBase:
        section = access_steps(request.user, section_id)
        names, roles = request.POST.getlist("name"), request.POST.getlist("role")
        rows = [(name.strip(), role) for name, role in zip(names, roles, strict=False) if name.strip()]
        try:
            wanted = [] if "own" in request.POST and not request.POST["own"] else rows
            steps = [(word_of(name), role) for name, role in wanted]
            arrange_steps(request.user, section_id, steps, seen=request.POST.get("seen"))
        except Refused as refusal:
            return self._say(refusal, section, rows)
        messages.success(request, _("The steps are saved."))
        return HttpResponseRedirect(reverse("steps"))

    def _say(self, refusal: Refused, section: Section | None, rows: list[tuple[str, str]]) -> HttpResponseBase:
        """The form again with what was typed; where another changed the list meanwhile, with both lists."""
        if refusal.code != CODE:
            messages.error(self.request, str(refusal))
            return self._page(section, rows, status=409, seen=self.request.POST.get("seen", ""))
        stands = [(step.name, step.waits_for) for step in steps_of(section.pk if section else None)]
        runs = compare_words(_in_words(stands), _in_words(rows))
        label = str(section) if section else _("Steps in all sections")
        meanwhile = both_texts(refusal, [{"label": label, "runs": runs}] if stands != rows else [], self.request.path)
        return self._page(section, rows, status=409, meanwhile=meanwhile)

    def _page(
        self,
        section: Section | None,
        rows: list[tuple[str, str]],
        *,
        status: int = 200,
        seen: str = "",
        meanwhile: dict[str, Any] | None = None,
    ) -> HttpResponseBase:
        self.section = section
        empty = [("", "")] * min(SPARE, max(0, MOST_STEPS - len(rows)))
        is_own = bool(own_steps(section.pk if section else None))
        context = self.get_context_data(
            rows=[{"name": name, "role": role} for name, role in [*rows, *empty]],
            roles=[("", _("nobody in particular")), *Role.choices],
            sections=_sections() if section is None else [],
            is_own=is_own and section is not None,
            labels=_labels(section),
            seen=seen or version_of_steps(section.pk if section else None),
            meanwhile=meanwhile,
        )
        response: HttpResponseBase = self.render_to_response(context, status=status)
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*super().get_breadcrumbs_items(), {"url": reverse_lazy("steps"), "label": _("Steps")}]
        return [*items, {"url": "", "label": str(self.section)}] if self.section else items


def _in_words(rows: list[tuple[str, str]]) -> str:
    roles = dict(Role.choices)
    return "\n".join(f"{name} – {roles[Role(role)]}" if role in Role.values else name for name, role in rows)


def _sections() -> list[dict[str, Any]]:
    return [
        {
            "name": str(section),
            "address": reverse("steps_of_section", args=[section.pk]),
            "steps": ", ".join(step.name for step in own_steps(section.pk)) or _("as in all sections"),
        }
        for section in Section.objects.prefetch_related("names")
    ]


def _labels(section: Section | None) -> dict[str, str]:
    about = _("A story goes from one step to the next by being handed over. A step may wait for a role: everybody who "
              "has it there is told, unless a person is chosen.")  # fmt: skip
    return {
        "about": about,
        "heading": str(section) if section else _("Steps in all sections"),
        "number": _("Step"),
        "name": _("Name"),
        "role": _("Waits for"),
        "hint": _("A step without a name is left out. Stories at a step that is gone stand at the one before it."),
        "save": _("Save"),
        "usual": _("Use the steps of all sections"),
        "sections": _("Sections with steps of their own"),
        "section": _("Section"),
    }


class StepsMenuItem(MenuItem):
    """The way to the steps; shown to those who may change them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return has_right(request.user, RIGHT)


def steps_menu_item() -> MenuItem:
    """The entry of the menu, for the hook `register_admin_menu_item`."""
    return StepsMenuItem(gettext_lazy("Steps"), reverse_lazy("steps"), name="steps", icon_name="list-ol", order=440)


def steps_urls() -> list[URLPattern]:
    """The addresses of the steps, for the hook `register_admin_urls`."""
    return [
        path("steps/", StepsPage.as_view(), name="steps"),
        path("steps/<int:section_id>/", StepsPage.as_view(), name="steps_of_section"),
    ]
