"""A reader reports an error in a story: the form, what becomes of it, and the thanks."""

from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils import translation
from django.utils.translation import gettext as _

from broadsheet.editions.pages import edition_of, edition_page, render_page
from broadsheet.editions.reads import EditionValue
from broadsheet.stories.actions import report_error
from broadsheet.stories.reads import named_story
from broadsheet.stories.reports import Report, may_report, read_report

THANKS = "/-/report/thanks/"


def report(request: HttpRequest, story_id: int, prefix: str = "") -> HttpResponse:
    """The form by itself; what is sent goes to the desk, and what is wrong with it is said beside what was written."""
    if request.method in ("GET", "HEAD"):
        return _empty_form(request, story_id=story_id, prefix=prefix)
    if request.method != "POST":
        return HttpResponseNotAllowed(("GET", "HEAD", "POST"))
    edition = edition_of(request, prefix)
    with translation.override(edition.language):
        return _take(request, edition, story_id)


@edition_page
def thanks(request: HttpRequest, edition: EditionValue) -> HttpResponse:
    """What a reader is told after the report has left."""
    title, sentence = _("Thank you"), _("Your report is with the desk. What proves wrong is corrected in the open.")
    return render_page(edition, "stories/thanks.jinja", title=title, path="", sentence=sentence)


@edition_page
def _empty_form(request: HttpRequest, edition: EditionValue, story_id: int) -> HttpResponse:
    return _form(edition, story_id, Report())


def _take(request: HttpRequest, edition: EditionValue, story_id: int) -> HttpResponse:
    found = named_story(edition, story_id)
    if found is None:
        raise Http404
    headline, address = found
    sent = read_report(request.POST)
    if not _is_from_here(request):
        return _form(edition, story_id, sent, 403, _("The report came from another site and was not sent."))
    if sent.wrong:
        return _form(edition, story_id, sent, 400)
    if sent.is_of_a_machine:
        return HttpResponseRedirect(edition.path(THANKS))
    if not may_report(request.META.get("REMOTE_ADDR", "")):
        return _form(edition, story_id, sent, 429, _("There were many reports in this hour. Please try again later."))
    address = edition.canonical(address)
    report_error(story_id=story_id, headline=headline, address=address, text=sent.text, mail=sent.mail)
    return HttpResponseRedirect(edition.path(THANKS))


def _form(edition: EditionValue, story_id: int, sent: Report, status: int = 200, refused: str = "") -> HttpResponse:
    found = named_story(edition, story_id)
    if found is None:
        raise Http404
    values: dict[str, Any] = {"wrong": (refused,) if refused else sent.wrong, "sent": sent}
    return render_page(
        edition,
        "stories/report.jinja",
        title=_("Report an error"),
        path="",
        status=status,
        story_id=story_id,
        headline=found[0],
        address=found[1],
        **values,
    )


def _is_from_here(request: HttpRequest) -> bool:
    """Whether a page of this site sent the form: browsers say so themselves (Fetch Metadata, RFC 6454)."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()
