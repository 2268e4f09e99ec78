"""An edition's breaking line on the desk."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from broadsheet.editions.form_words import differences
from broadsheet.editions.two_saves import both_texts
from broadsheet.editions.versions import CODE, version_of
from broadsheet.foundation.clock import now
from broadsheet.foundation.refusals import Refused
from broadsheet.fronts.actions import USUAL_TIME, clear_breaking, set_breaking
from broadsheet.fronts.checks import check_line, plain
from broadsheet.fronts.desk.pages import PageOfFront, moment_words
from broadsheet.fronts.forms import BreakingForm
from broadsheet.fronts.models import BreakingLine


class BreakingPage(PageOfFront):
    """The breaking line of an edition: what readers see now, the line as it would look, and its end."""

    template_name = "fronts/desk/breaking.html"
    page_title = gettext_lazy("Breaking line")

    version = ""
    meanwhile: dict[str, Any] | None = None

    def get(self, request: HttpRequest, edition_id: int) -> HttpResponseBase:
        self.version = self._standing()
        return self._answer(self._as_it_stands())

    def post(self, request: HttpRequest, edition_id: int) -> HttpResponseBase:
        self.version = request.POST.get("version", "")
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
            line, sent = form.cleaned_data["text"], request.POST.get("version")
            set_breaking(request.user, self.edition.pk, line, story_id=story_id, until=until, version=sent)
        except Refused as refusal:
            return self._say(refusal, form)
        messages.success(request, _("Readers see the line."))
        return HttpResponseRedirect(request.path)

    def _say(self, refusal: Refused, form: BreakingForm) -> HttpResponseBase:
        """The form again; where another line stands by now, with what stands beside what was typed."""
        if refusal.code == CODE:
            self.version = self._standing()
            rows = differences(self._as_it_stands(), form)
            self.meanwhile = both_texts(refusal, rows, self.request.path)
        else:
            messages.error(self.request, str(refusal))
        return self._answer(form)

    def _standing(self) -> str:
        line = self._line()
        return version_of(line) if line else ""

    def _as_it_stands(self) -> BreakingForm:
        line = self._line()
        return BreakingForm(initial={"text": line.text, "story": line.story_id, "until": line.until} if line else {})

    def _preview(self, form: BreakingForm, story_id: int | None, until: datetime) -> HttpResponseBase:
        line = plain(form.cleaned_data["text"])
        check_line(line, self.edition.pk, story_id, until, now())
        return self._answer(form, {"words": _("So readers would see it"), "text": line, "until": self._until(until)})

    def _clear(self) -> HttpResponseBase:
        try:
            clear_breaking(self.request.user, self.edition.pk, version=self.request.POST.get("version"))
            messages.success(self.request, _("The line is gone."))
        except Refused as refusal:
            messages.error(self.request, str(refusal))
        return HttpResponseRedirect(self.request.path)

    def _line(self) -> BreakingLine | None:
        return BreakingLine.objects.filter(edition=self.edition, until__gt=now()).first()

    def _until(self, moment: datetime) -> str:
        return _("until %(moment)s") % {"moment": moment_words(moment, self.edition.zone)}

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
                version=self.version,
                meanwhile=self.meanwhile,
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
