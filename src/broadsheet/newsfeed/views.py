"""The newsfeed, the page of a brief, and the page of a day."""

from datetime import date
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from broadsheet.design.words import as_whole_day
from broadsheet.editions.pages import edition_page, editions_as_alternates, render_page
from broadsheet.editions.reads import EditionValue
from broadsheet.newsfeed.beside import newest
from broadsheet.newsfeed.models import ItemKind
from broadsheet.newsfeed.reads import brief_page, day_page, feed_page, was_withdrawn
from broadsheet.stories.views import Gone

HERE = "/newsfeed/"


@edition_page
def feed(request: HttpRequest, edition: EditionValue) -> HttpResponse:
    """Everything that the edition publishes, the newest first, by day."""
    try:
        before = request.GET.get("before", "")  # bytes that are no text are a ValueError, too
        page = feed_page(edition, before)
    except ValueError:
        raise Http404 from None
    days = [(day, list(items)) for day, items in groupby(page.items, lambda item: item.day)]
    return render_page(
        edition,
        "newsfeed/feed.jinja",
        title=f"{_('Newsfeed')} – {edition.name}",
        description=_("Everything that %(edition)s publishes, as it comes.") % {"edition": edition.name},
        path=f"{HERE}?before={before}" if before else HERE,
        alternates=() if before else editions_as_alternates(HERE),
        days=[(day, items, any(item.kind == ItemKind.STORY for item in items)) for day, items in days],
        older=page.older,
    )


@edition_page
def brief(request: HttpRequest, edition: EditionValue, brief_id: int) -> HttpResponse:
    """A brief, and the newest beside it; one that was withdrawn is gone (410)."""
    found = brief_page(edition, brief_id)
    if found is None:
        if was_withdrawn(brief_id):
            raise Gone
        raise Http404
    return render_page(
        edition,
        "newsfeed/brief.jinja",
        title=found.title,
        description=found.text,
        path=found.address,
        brief=found,
        beside=newest(edition, but=found.address),
    )


@edition_page
def day(request: HttpRequest, edition: EditionValue, year: str, month: str, day: str) -> HttpResponse:
    """The stories of a day; a day without stories has no page."""
    try:
        asked = date(int(year), int(month), int(day))
    except ValueError:
        raise Http404 from None
    page = day_page(edition, asked)
    if not page.cards:
        raise Http404
    name = as_whole_day(asked, edition.language)
    return render_page(
        edition,
        "newsfeed/day.jinja",
        title=f"{name} – {edition.name}",
        description=_("%(day)s: what %(edition)s published.") % {"edition": edition.name, "day": name},
        path=f"/{asked:%Y/%m/%d}/",
        page=page,
    )
