"""A front as it would be: the page that readers would see, made from a form that nobody has sent yet."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from broadsheet.editions.reads import all_editions
from broadsheet.foundation.connections import snapshot
from broadsheet.fronts.desk.arranging import PlannedFront
from broadsheet.fronts.forms import plan_in
from broadsheet.fronts.plans import Plan
from broadsheet.fronts.reads import as_if_arranged
from broadsheet.fronts.views import front_as_planned
from broadsheet.press.render import rendering

NOT_READY = '<!doctype html><html lang="{}"><meta charset="utf-8"><title>{}</title><p data-not-ready>{}</p></html>'


class PreviewFront(PlannedFront):
    """Renders the plan of a form as a public page is rendered, in a snapshot and from keyed reads; saves nothing."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, **ids: int) -> HttpResponseBase:
        form, _shown = self.sent_form()
        is_ready = form.is_valid()
        response = self._page(plan_in(form)) if is_ready else self._not_ready()
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def _page(self, plan: Plan) -> HttpResponse:
        edition = next(one for one in all_editions() if one.id == self.edition.pk)
        section_id = self.section.pk if self.section else None
        with snapshot(), rendering(), translation.override(edition.language):
            return front_as_planned(edition, section_id, as_if_arranged(edition, plan))

    def _not_ready(self) -> HttpResponse:
        sentence = _("Something is missing in the form.")
        page = format_html(NOT_READY, translation.get_language() or "en", _("Preview"), sentence)
        return HttpResponse(page, status=422)
