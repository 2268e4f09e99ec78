"""How fronts look on the desk: which there are, the form that arranges one, and an edition's breaking line."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.forms import Select
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.design.words import as_moment
from broadsheet.editions.access import has_right
from broadsheet.editions.models import Edition, Section
from broadsheet.editions.reads import all_sections
from broadsheet.foundation.clock import now
from broadsheet.foundation.refusals import Refused
from broadsheet.fronts.access import RIGHT, access_place, may_arrange
from broadsheet.fronts.actions import USUAL_TIME, arrange_front, clear_breaking, set_breaking
from broadsheet.fronts.checks import check_line, plain
from broadsheet.fronts.forms import BreakingForm, plan_in, with_choosable_stories
from broadsheet.fronts.models import BreakingLine, Container, Front, Pin
from broadsheet.fronts.plans import ContainerPlan, PinPlan, Plan, default_plan
from broadsheet.stories.desk import KnowsWhoAsks

PANELS = ObjectList(
    [
        InlinePanel(
            "containers",
            heading=gettext_lazy("Containers, from the top of the front"),
            label=gettext_lazy("container"),
            panels=[
                FieldRowPanel([FieldPanel("look"), FieldPanel("rule")]),
                FieldRowPanel([FieldPanel("section", widget=Select), FieldPanel("topic", widget=Select)]),
                FieldPanel("kinds"),
                FieldRowPanel([FieldPanel("title"), FieldPanel("most")]),
                InlinePanel(
                    "pins",
                    heading=gettext_lazy("Pinned stories, which stand first"),
                    label=gettext_lazy("pinned story"),
                    panels=[FieldPanel("story"), FieldPanel("until")],
                ),
            ],
        )
    ]
).bind_to_model(Front)


class FrontsPage(WagtailAdminTemplateMixin, View):
    """A page about fronts; shown only to those who may arrange some."""

    header_icon = "desktop"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not has_right(request.user, RIGHT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": reverse_lazy("fronts"), "label": _("Fronts")}]


class FrontList(FrontsPage):
    """The fronts that a person may arrange, by edition; and what is breaking there."""

    template_name = "fronts/desk/fronts.html"
    page_title = gettext_lazy("Fronts")

    def get(self, request: HttpRequest) -> HttpResponseBase:
        sections = list(Section.objects.prefetch_related("names"))
        arranged = {
            (front.edition_id, front.section_id): front
            for front in Front.objects.filter(containers__isnull=False).select_related("arranged_by").distinct()
        }
        lines = {line.edition_id: line for line in BreakingLine.objects.filter(until__gt=now())}
        editions = []
        for edition in Edition.objects.all():
            rows = [
                _row(edition, section, arranged.get((edition.pk, section.pk if section else None)))
                for section in (None, *sections)
                if may_arrange(request.user, edition.pk, section.pk if section else None)
            ]
            breaking = (
                _breaking_row(edition, lines.get(edition.pk)) if may_arrange(request.user, edition.pk, None) else {}
            )
            if rows:
                editions.append({"name": edition.name, "rows": rows, "breaking": breaking})
        headings = [_("Front"), _("Arranged")]
        response: HttpResponseBase = self.render_to_response(
            self.get_context_data(editions=editions, headings=headings, breaking_words=_("Breaking line"))
        )
        return response


class PageOfFront(KnowsWhoAsks, FrontsPage):
    """A page about the front of an edition or section, in the edition's own time; asks for the right to arrange it."""

    edition: Edition
    section: Section | None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.edition, self.section = access_place(request.user, kwargs["edition_id"], kwargs.get("section_id"))
        with timezone.override(ZoneInfo(self.edition.zone)):
            response = super().dispatch(request, *args, **kwargs)
            return response.render() if isinstance(response, TemplateResponse) else response

    @property
    def zone_words(self) -> str:
        return _("Times are those of the edition (%(zone)s).") % {"zone": self.edition.zone}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


class ArrangeFront(PageOfFront):
    """The form that arranges a front: its containers in their order, with what is pinned in each."""

    template_name = "fronts/desk/arrange.html"

    def get(self, request: HttpRequest, **ids: int) -> HttpResponseBase:
        front = self._kept()
        shown = Front(edition=self.edition, section=self.section)
        shown.containers = [_as_rows(one) for one in _plan_of(front) or self._default()]
        form = PANELS.get_form_class()(instance=shown, for_user=request.user)
        return self._answer(form, shown, front.version if front else 0, is_default=not _plan_of(front))

    def post(self, request: HttpRequest, **ids: int) -> HttpResponseBase:
        version = _whole(request.POST.get("version", ""))
        shown = Front(edition=self.edition, section=self.section)
        form = PANELS.get_form_class()(_as_new(request.POST), instance=shown, for_user=request.user)
        is_reset = "reset" in request.POST
        if not is_reset and not form.is_valid():
            messages.validation_error(request, _("The front was not changed. Something is missing below."), form)
            return self._answer(form, shown, version)
        try:
            plan = () if is_reset else plan_in(form)
            if not plan and not is_reset:
                raise Refused("front.empty", _("A front needs a container."), _("The front stands as it did."))
            section_id = self.section.pk if self.section else None
            arrange_front(request.user, self.edition.pk, section_id, plan, version=version)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return self._answer(form, shown, version)
        done = _("The front stands as by default.") if is_reset else _("The front is arranged.")
        messages.success(request, done, buttons=[messages.button(self._public_address(), _("See it on the site"))])
        return HttpResponseRedirect(request.path)

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
        self.page_title = str(shown) if shown.section else f"{shown} – {_('Front page')}"
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
                says=says,
                here=self.request.path,
                words={
                    "again": _("Open it as it stands now"),
                    "reset": "" if is_default else _("Give up this arrangement: the front stands as by default"),
                },
                submit_button_label=_("Arrange the front"),
                submit_button_active_label=_("Arranging…"),
            )
        )
        return response


class BreakingPage(PageOfFront):
    """The breaking line of an edition: what readers see now, the line as it would look, and its end."""

    template_name = "fronts/desk/breaking.html"
    page_title = gettext_lazy("Breaking line")

    def get(self, request: HttpRequest, edition_id: int) -> HttpResponseBase:
        line = self._line()
        initial = {"text": line.text, "story": line.story_id, "until": line.until} if line else {}
        return self._answer(BreakingForm(initial=initial))

    def post(self, request: HttpRequest, edition_id: int) -> HttpResponseBase:
        if "clear" in request.POST:
            return self._clear()
        form = BreakingForm(request.POST)
        if not form.is_valid():
            messages.validation_error(request, _("Readers see no change. Something is wrong below."), form)
            return self._answer(form)
        story, until = form.cleaned_data["story"], form.cleaned_data["until"]
        story_id = story.pk if story else None
        try:
            if "preview" in request.POST:
                return self._preview(form, story_id, until or now() + USUAL_TIME)
            set_breaking(request.user, self.edition.pk, form.cleaned_data["text"], story_id=story_id, until=until)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return self._answer(form)
        messages.success(request, _("Readers see the line."))
        return HttpResponseRedirect(request.path)

    def _preview(self, form: BreakingForm, story_id: int | None, until: datetime) -> HttpResponseBase:
        line = plain(form.cleaned_data["text"])
        check_line(line, self.edition.pk, story_id, until, now())
        return self._answer(form, {"words": _("So readers would see it"), "text": line, "until": self._until(until)})

    def _clear(self) -> HttpResponseBase:
        try:
            clear_breaking(self.request.user, self.edition.pk)
            messages.success(self.request, _("The line is gone."))
        except Refused as refusal:
            messages.error(self.request, str(refusal))
        return HttpResponseRedirect(self.request.path)

    def _line(self) -> BreakingLine | None:
        return BreakingLine.objects.filter(edition=self.edition, until__gt=now()).first()

    def _until(self, moment: datetime) -> str:
        return _("until %(moment)s") % {"moment": _moment(moment, self.edition.zone)}

    def _answer(self, form: BreakingForm, preview: dict[str, str] | None = None) -> HttpResponseBase:
        line = self._line()
        now_shown = (
            {"words": _("Readers see now"), "text": line.text, "until": self._until(line.until)} if line else None
        )
        response: HttpResponseBase = self.render_to_response(
            self.get_context_data(
                form=form,
                media=form.media,
                strips=[strip for strip in (now_shown, preview) if strip],
                language=self.edition.language,
                says=[
                    _("%(edition)s: at the top of its front and of the fronts of its sections.")
                    % {"edition": self.edition.name},
                    self.zone_words,
                ],
                breaking=self._word(),
                can_clear=line is not None,
                words={
                    "set": _("Show it to readers"),
                    "preview": _("Look at it first"),
                    "clear": _("Take it away"),
                },
            )
        )
        return response

    def _word(self) -> str:
        with translation.override(self.edition.language):
            return _("Breaking")


class FrontsMenuItem(MenuItem):
    """The way to the fronts; shown to those who may arrange some."""

    def is_shown(self, request: HttpRequest) -> bool:
        return has_right(request.user, RIGHT)


def desk_urls() -> list[URLPattern]:
    """The addresses of the desk that are no viewset's: a front is arranged whole, as one thing."""
    return [
        path("fronts/", FrontList.as_view(), name="fronts"),
        path("fronts/<int:edition_id>/", ArrangeFront.as_view(), name="arrange-edition"),
        path("fronts/<int:edition_id>/breaking/", BreakingPage.as_view(), name="breaking"),
        path("fronts/<int:edition_id>/<int:section_id>/", ArrangeFront.as_view(), name="arrange-section"),
    ]


def menu_item() -> MenuItem:
    """The entry of the menu, for the hook `register_admin_menu_item`."""
    return FrontsMenuItem(gettext_lazy("Fronts"), reverse_lazy("fronts"), name="fronts", icon_name="desktop", order=105)


def _row(edition: Edition, section: Section | None, front: Front | None) -> dict[str, str]:
    ids = [edition.pk, section.pk] if section else [edition.pk]
    return {
        "url": reverse("arrange-section" if section else "arrange-edition", args=ids),
        "name": str(section) if section else _("Front page"),
        "arranged": _arranged_words(front, edition.zone) if front else _("as by default"),
    }


def _arranged_words(front: Front, zone: str) -> str:
    when = _moment(front.arranged_at, zone) if front.arranged_at else ""
    return f"{front.arranged_by}, {when}" if front.arranged_by else when


def _breaking_row(edition: Edition, line: BreakingLine | None) -> dict[str, str]:
    text = (
        f"{line.text} ({_('until %(moment)s') % {'moment': _moment(line.until, edition.zone)}})" if line else _("none")
    )
    return {"url": reverse("breaking", args=[edition.pk]), "text": text}


def _moment(moment: datetime, zone: str) -> str:
    return as_moment(moment, (translation.get_language() or "en")[:2], zone)


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
