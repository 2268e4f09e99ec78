"""What the pages about fronts share: who sees them, of which front they are, in whose time."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse_lazy
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.generic.base import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.design.words import as_moment
from broadsheet.editions.access import has_right
from broadsheet.editions.models import Edition, Section
from broadsheet.editions.times import in_zone
from broadsheet.fronts.access import RIGHT, access_place
from broadsheet.stories.desk import KnowsWhoAsks


class FrontsPage(WagtailAdminTemplateMixin, View):
    """A page about fronts; shown only to those who may arrange some."""

    header_icon = "desktop"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not has_right(request.user, RIGHT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": reverse_lazy("fronts"), "label": _("Fronts")}]


class PageOfFront(KnowsWhoAsks, FrontsPage):
    """A page about the front of an edition or section, in the edition's own time; asks for the right to arrange it."""

    edition: Edition
    section: Section | None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.edition, self.section = access_place(request.user, kwargs["edition_id"], kwargs.get("section_id"))
        with in_zone(self.edition.zone):
            response = super().dispatch(request, *args, **kwargs)
            return response.render() if isinstance(response, TemplateResponse) else response

    @property
    def zone_words(self) -> str:
        return _("Times are those of the edition (%(zone)s).") % {"zone": self.edition.zone}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


def moment_words(moment: datetime, zone: str) -> str:
    """A moment as the desk says it, in an edition's zone."""
    return as_moment(moment, (translation.get_language() or "en")[:2], zone)
