"""The form that arranges a front."""

from dataclasses import replace
from typing import Any

from django.forms import Select
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList

from broadsheet.editions.reads import all_sections
from broadsheet.editions.rows import RowsPanel
from broadsheet.editions.two_saves import both_texts
from broadsheet.foundation.clock import now
from broadsheet.foundation.refusals import Refused
from broadsheet.foundation.words import compare_words
from broadsheet.fronts.actions import ARRANGED_MEANWHILE, arrange_front
from broadsheet.fronts.desk.pages import PageOfFront
from broadsheet.fronts.forms import plan_in, with_choosable_stories
from broadsheet.fronts.models import Container, Front, Pin
from broadsheet.fronts.plan_words import plan_in_words
from broadsheet.fronts.plans import ContainerPlan, PinPlan, Plan, default_plan

WIDTHS = (360, 768, 1440)
"""The widths at which the preview is looked at, in CSS pixels: a phone, a tablet, a desk."""
PANELS = ObjectList(
    [
        RowsPanel(
            "containers",
            heading=gettext_lazy("Containers, from the top of the front"),
            label=gettext_lazy("container"),
            panels=[
                FieldRowPanel([FieldPanel("look"), FieldPanel("rule")]),
                FieldRowPanel([FieldPanel("section", widget=Select), FieldPanel("topic", widget=Select)]),
                FieldPanel("kinds"),
                FieldRowPanel([FieldPanel("title"), FieldPanel("most")]),
                RowsPanel(
                    "pins",
                    heading=gettext_lazy("Pinned stories, which stand first"),
                    label=gettext_lazy("pinned story"),
                    panels=[FieldPanel("story"), FieldPanel("until")],
                ),
            ],
        )
    ]
).bind_to_model(Front)


class PlannedFront(PageOfFront):
    """A page to which the form that arranges a front is sent."""

    def sent_form(self) -> tuple[Any, Front]:
        """The form as it was sent, and the front that it would make."""
        request = self.request
        shown = Front(edition=self.edition, section=self.section)
        return PANELS.get_form_class()(_as_new(request.POST), instance=shown, for_user=request.user), shown


class ArrangeFront(PlannedFront):
    """The form that arranges a front: its containers in their order, with what is pinned in each."""

    template_name = "fronts/desk/arrange.html"
    meanwhile: dict[str, Any] | None = None

    def get(self, request: HttpRequest, **ids: int) -> HttpResponseBase:
        front = self._kept()
        shown = Front(edition=self.edition, section=self.section)
        shown.containers = [_as_rows(one) for one in _plan_of(front) or self._default()]
        form = PANELS.get_form_class()(instance=shown, for_user=request.user)
        return self._answer(form, shown, front.version if front else 0, is_default=not _plan_of(front))

    def post(self, request: HttpRequest, **ids: int) -> HttpResponseBase:
        version = _whole(request.POST.get("version", ""))
        form, shown = self.sent_form()
        is_reset = "reset" in request.POST
        if not is_reset and not form.is_valid():
            messages.validation_error(request, _("The front was not changed. Something is missing below."), form)
            return self._answer(form, shown, version)
        try:
            plan: Plan = () if is_reset else plan_in(form)
            if not plan and not is_reset:
                raise Refused("front.empty", _("A front needs a container."), _("The front stands as it did."))
            section_id = self.section.pk if self.section else None
            arrange_front(request.user, self.edition.pk, section_id, plan, version=version)
        except Refused as refusal:
            return self._say(refusal, form, shown, version)
        done = _("The front stands as by default.") if is_reset else _("The front is arranged.")
        messages.success(request, done, buttons=[messages.button(self._public_address(), _("See it on the site"))])
        return HttpResponseRedirect(request.path)

    def _say(self, refusal: Refused, form: Any, shown: Front, version: int) -> HttpResponseBase:
        """The form again; where another arranged the front meanwhile, with both arrangements, word by word."""
        if refusal.code != ARRANGED_MEANWHILE:
            messages.error(self.request, str(refusal))
            return self._answer(form, shown, version)
        front = self._kept()
        language = (translation.get_language() or "en")[:2]
        stands, typed = (
            plan_in_words(plan, self.request.user, language, self.edition.zone)
            for plan in (_plan_of(front) or self._default(), plan_in(form) if form.is_valid() else ())
        )
        row = {"label": self.page_title_of(shown), "runs": compare_words(stands, typed)}
        self.meanwhile = both_texts(refusal, [row] if stands != typed else [], self.request.path)
        return self._answer(form, shown, front.version if front else 0)

    @staticmethod
    def page_title_of(shown: Front) -> str:
        return str(shown) if shown.section else f"{shown} – {_('Front page')}"

    def _kept(self) -> Front | None:
        front: Front | None = Front.objects.filter(edition=self.edition, section=self.section).first()
        return front

    def _default(self) -> Plan:
        plan = default_plan(all_sections(self.edition.language), self.section.pk if self.section else None)
        return tuple(replace(one, pins=()) for one in plan)

    def _public_address(self) -> str:
        prefix = f"/{self.edition.path_prefix}" if self.edition.path_prefix and not self.edition.host else ""
        within = f"{prefix}/{self.section.slug}/" if self.section else f"{prefix}/"
        return f"//{self.edition.host}{within}" if self.edition.host else within

    def _answer(self, form: Any, shown: Front, version: int, *, is_default: bool = False) -> HttpResponseBase:
        self.page_title = self.page_title_of(shown)
        panel = PANELS.get_bound_panel(instance=shown, request=self.request, form=form)
        says = [self.zone_words, _("The last container shows the newest, so that readers find every story.")]
        if is_default:
            says.insert(0, _("Nobody has arranged this front: it stands as by default, and so does this form."))
        response: HttpResponseBase = self.render_to_response(
            self.get_context_data(
                form=form,
                panel=panel,
                media=form.media + panel.media,
                version=version,
                meanwhile=self.meanwhile,
                says=says,
                here=self.request.path,
                preview=f"{self.request.path}preview/",
                widths=WIDTHS,
                script=_script_words(),
                words={
                    "again": _("Open it as it stands now"),
                    "preview": _("Preview"),
                    "show": _("Show the preview"),
                    "width": _("Width of the screen"),
                    "pixels": _("pixels"),
                    "reset": "" if is_default else _("Give up this arrangement: the front stands as by default"),
                },
                submit_button_label=_("Arrange the front"),
                submit_button_active_label=_("Arranging…"),
            )
        )
        return response


def _script_words() -> dict[str, str]:
    """The words of the script: handles by which things are moved, and what is said of it."""
    return {
        "handle": _("Move “%(name)s”: press the arrow up or down, or drag"),
        "moved": _("“%(name)s” is now %(place)s of %(all)s."),
        "first": _("“%(name)s” is the first already."),
        "last": _("“%(name)s” is the last already."),
        "pins": _("pinned: %s"),
        "missing": _("Something is missing in the form. The preview stands as before."),
        "fresh": _("So readers would see it now."),
        "failed": _("The preview could not be made. The form is as you left it."),
    }


def _plan_of(front: Front | None) -> Plan:
    """The arrangement as it was handed in, without the pins whose end has come."""
    if front is None:
        return ()
    moment, plan = now(), []
    containers = Container.objects.filter(front=front).order_by("place", "id")
    pins = list(Pin.objects.filter(front=front).order_by("place", "id"))
    for one in containers:
        own = [pin for pin in pins if pin.container_id == one.pk and (pin.until is None or pin.until > moment)]
        plan.append(
            ContainerPlan(
                look=one.look,
                rule=one.rule,
                most=one.most,
                title=one.title,
                section_id=one.section_id,
                topic_id=one.topic_id,
                kinds=tuple(one.kinds),
                pins=tuple(PinPlan(pin.story_id, pin.until) for pin in own),
            )
        )
    return tuple(plan)


def _as_rows(plan: ContainerPlan) -> Container:
    """A container as the form shows it: a row that is not saved, because every arrangement writes new ones."""
    names = ("look", "rule", "most", "title", "section_id", "topic_id")
    container = Container(kinds=list(plan.kinds), **{name: getattr(plan, name) for name in names})
    container.pins = [Pin(story_id=pin.story_id, until=pin.until) for pin in plan.pins]
    return container


def _as_new(sent: QueryDict) -> QueryDict:
    """What was sent, with every container and pin as a new one: which rows they were before is of no matter."""
    data = with_choosable_stories(sent)
    for name in data:
        if name.endswith("-INITIAL_FORMS"):
            data[name] = "0"
    return data


def _whole(text: str) -> int:
    """A version that was sent; whoever sends none began from no arrangement that there was."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
