"""The front page, the fronts of sections, topics and persons, and what is said where there is no page."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from broadsheet.editions.names import Localized
from broadsheet.editions.pages import edition_page, editions_as_alternates, render_page
from broadsheet.editions.reads import EditionValue, all_editions
from broadsheet.fronts.reads import person_at, section_at, topic_at
from broadsheet.press.pages import public_page
from broadsheet.stories.reads import list_page
from broadsheet.stories.values import ListPage
from broadsheet.stories.views import story_or_redirect


@edition_page
def front(request: HttpRequest, edition: EditionValue) -> HttpResponse:
    """The edition's front: the newest stories."""
    page = _list_page(request, edition, "edition", edition.id)
    return render_page(
        edition,
        "fronts/front.jinja",
        title=edition.name,
        description=edition.description or edition.motto,
        path="/",
        alternates=editions_as_alternates("/"),
        page=page,
    )


@edition_page
def section_front(request: HttpRequest, edition: EditionValue, section: str) -> HttpResponse:
    """A section's front."""
    found = section_at(section, edition.language)
    if found is None:
        raise Http404
    page = _list_page(request, edition, "section", found.id)
    return _front_of_list(edition, page, found.address, found.name, found.description, feed=f"{found.address}rss.xml")


@edition_page
def topic_front(request: HttpRequest, edition: EditionValue, topic: str) -> HttpResponse:
    """All stories on a topic."""
    found = topic_at(topic, edition.language)
    if found is None:
        raise Http404
    page = _list_page(request, edition, "topic", found.id)
    return _front_of_list(edition, page, f"/topics/{found.slug}/", found.name, found.description)


@edition_page
def person_front(request: HttpRequest, edition: EditionValue, person: str) -> HttpResponse:
    """A person and the stories they wrote."""
    found = person_at(person, edition.language)
    if found is None:
        raise Http404
    page = _list_page(request, edition, "person", found.id)
    return _front_of_list(edition, page, found.address, found.name, found.role, text=found.biography)


def _list_page(request: HttpRequest, edition: EditionValue, kind: str, list_id: int) -> ListPage:
    try:
        return list_page(edition, kind, list_id, before=request.GET.get("before", ""))
    except ValueError:
        raise Http404 from None


def _front_of_list(
    edition: EditionValue,
    page: ListPage,
    path: str,
    name: Localized,
    description: Localized,
    *,
    text: Localized | None = None,
    feed: str = "",
) -> HttpResponse:
    return render_page(
        edition,
        "fronts/list.jinja",
        title=f"{name} – {edition.name}",
        description=str(description),
        path=path,
        alternates=editions_as_alternates(path),
        page=page,
        heading=name,
        subheading=description,
        text=text,
        feed=feed,
    )


@edition_page
def elsewhere(request: HttpRequest, edition: EditionValue, path: str) -> HttpResponse:
    """What has no page at its address: a forgotten slash or a former address is redirected, all else is not found."""
    within = f"/{path}"
    if "\x00" in within or len(within) > 250:
        raise Http404
    if not within.endswith("/"):
        _require_page(request, edition, f"{within}/")
        return HttpResponsePermanentRedirect(edition.path(f"{within}/"))
    return story_or_redirect(edition, within)


def _require_page(request: HttpRequest, edition: EditionValue, within: str) -> None:
    """Raise Http404 (or what the page raises) unless there is a page at the address with its slash."""
    try:
        match = resolve(edition.path(within))
    except Resolver404:
        raise Http404 from None
    if match.func is elsewhere or not getattr(match.func, "is_public_page", False):
        raise Http404
    match.func(request, *match.args, **match.kwargs)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 in the language of the edition that the address speaks of."""
    return _message(
        request, 404, lambda: (_("Page not found"), _("There is no page at this address. It may have been mistyped."))
    )


def gone(request: HttpRequest) -> HttpResponse:
    """410 for a story that was withdrawn."""
    return _message(request, 410, lambda: (_("Withdrawn"), _("The story at this address was withdrawn.")))


def _message(request: HttpRequest, status: int, words: object) -> HttpResponse:
    assert callable(words)

    @public_page
    def page(request: HttpRequest) -> HttpResponse:
        first = request.path.strip("/").split("/")[0]
        editions = all_editions()
        edition = next((edition for edition in editions if edition.prefix == first), editions[0] if editions else None)
        if edition is None:
            return HttpResponse("This newsroom has no edition yet.", status=status, content_type="text/plain")
        with translation.override(edition.language):
            title, sentence = words()
            return render_page(edition, "fronts/message.jinja", title=title, path="", sentence=sentence, status=status)

    if request.method not in ("GET", "HEAD"):
        request.method = "GET"
    return page(request)
