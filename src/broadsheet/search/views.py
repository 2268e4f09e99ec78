"""The search page of an edition."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from broadsheet.editions.pages import edition_page, editions_as_alternates, render_page
from broadsheet.editions.reads import EditionValue, all_sections
from broadsheet.search.question import understand
from broadsheet.search.reads import results

ADDRESS = "/search/"


@edition_page
def search(request: HttpRequest, edition: EditionValue) -> HttpResponse:
    """The form, and under it what was found; the form alone where nothing, or nothing sensible, is asked."""
    question, wrong = understand(request.GET, all_sections(edition.language))
    return render_page(
        edition,
        "search/search.jinja",
        title=f"{_('Search')} – {edition.name}",
        description=_("Search the stories of %(name)s.") % {"name": edition.name},
        path=ADDRESS,
        alternates=editions_as_alternates(ADDRESS),
        question=question,
        wrong=wrong,
        results=results(edition, question) if question.words and not wrong else None,
    )
