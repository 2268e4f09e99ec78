"""Which fronts there are, for those who may arrange some."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from broadsheet.editions.models import Edition, Section
from broadsheet.foundation.clock import now
from broadsheet.fronts.access import may_arrange
from broadsheet.fronts.desk.pages import FrontsPage, moment_words
from broadsheet.fronts.models import BreakingLine, Front


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


def _row(edition: Edition, section: Section | None, front: Front | None) -> dict[str, str]:
    ids = [edition.pk, section.pk] if section else [edition.pk]
    return {
        "url": reverse("arrange-section" if section else "arrange-edition", args=ids),
        "name": str(section) if section else _("Front page"),
        "arranged": _arranged_words(front, edition.zone) if front else _("as by default"),
    }


def _arranged_words(front: Front, zone: str) -> str:
    when = moment_words(front.arranged_at, zone) if front.arranged_at else ""
    return f"{front.arranged_by}, {when}" if front.arranged_by else when


def _breaking_row(edition: Edition, line: BreakingLine | None) -> dict[str, str]:
    text = (
        f"{line.text} ({_('until %(moment)s') % {'moment': moment_words(line.until, edition.zone)}})"
        if line
        else _("none")
    )
    return {"url": reverse("breaking", args=[edition.pk]), "text": text}
