"""The front page, the fronts of sections, topics and persons, and what is said where there is no page."""

import json
from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from broadsheet.design.jinja import render
from broadsheet.design.styles import style_hash
from broadsheet.editions.names import Localized
from broadsheet.editions.pages import (
    edition_of,
    edition_page,
    editions_as_alternates,
    render_page,
    standing_page_at,
)
from broadsheet.editions.reads import EditionValue, SectionValue, all_editions, all_sections, slug_of_former_topic
from broadsheet.fronts.containers import FilledFront, Naming, fill, to_container
from broadsheet.fronts.models import Look
from broadsheet.fronts.plans import default_plan
from broadsheet.fronts.reads import Arranged, Breaking, arranged, breaking_line, person_at, section_at, topic_at
from broadsheet.newsfeed.beside import newest_items, rail
from broadsheet.people.reads import is_public
from broadsheet.press.pages import public_page
from broadsheet.stories.reads import list_page, read_mark
from broadsheet.stories.values import ListPage
from broadsheet.stories.views import story_or_redirect

DESK = "/desk"


@edition_page
def front(request: HttpRequest, edition: EditionValue) -> HttpResponse:
    """The edition's front: its containers; with a place in the list, the stories older than that."""
    breaking = breaking_line(edition)
    if _mark(request):
        page = _list_page(request, edition, "edition", edition.id)
        place = _place_in_list(request, "/")
        name, description = Localized(_("Older stories")), Localized(edition.description)
        return _front_of_list(edition, page, place, name, description, breaking=breaking)
    return _edition_front(edition, arranged(edition, None), _place_in_list(request, "/"), breaking)


def _edition_front(
    edition: EditionValue, plan: tuple[Arranged, ...], place: dict[str, Any], breaking: Breaking | None
) -> HttpResponse:
    items = newest_items(edition)
    filled = _filled(edition, None, plan, frozenset(item.address for item in items))
    return render_page(
        edition,
        "fronts/front.jinja",
        title=edition.name,
        description=edition.description or edition.motto,
        **place,
        containers=filled.containers,
        older=filled.older,
        beside=rail(edition, items),
        breaking=breaking,
    )


@edition_page
def section_front(request: HttpRequest, edition: EditionValue, section: str) -> HttpResponse:
    """A section's front, or the standing page at an address of the same shape: no slug is of both."""
    found = section_at(section, edition.language)
    if found is None:
        return standing_page_at(edition, section)
    names = _names_of_section(edition, found)
    if _mark(request):
        page = _list_page(request, edition, "section", found.id)
        return _front_of_list(edition, page, _place_in_list(request, found.address), **names)
    place = _place_in_list(request, found.address)
    return _front_of_containers(edition, _filled(edition, found.id, arranged(edition, found.id)), place, **names)


def _names_of_section(edition: EditionValue, found: SectionValue) -> dict[str, Any]:
    return {
        "name": found.name,
        "description": found.description,
        "feed": f"{found.address}rss.xml",
        "tone": found.tone,
        "at": found.id,
        "breaking": breaking_line(edition),
    }


def front_as_planned(edition: EditionValue, section_id: int | None, plan: tuple[Arranged, ...]) -> HttpResponse:
    """The first page of a front as it would stand if it were arranged so; to be made in a render of the edition's."""
    if section_id is None:
        place = {"path": "/", "list_address": "/", "alternates": editions_as_alternates("/")}
        return _edition_front(edition, plan, place, breaking_line(edition))
    found = next(one for one in all_sections(edition.language) if one.id == section_id)
    place = {"path": found.address, "list_address": found.address, "alternates": editions_as_alternates(found.address)}
    names = _names_of_section(edition, found)
    return _front_of_containers(edition, _filled(edition, found.id, plan), place, **names)


@edition_page
def subscribe(request: HttpRequest, edition: EditionValue) -> HttpResponse:
    """How to hear of new stories: the feeds there are."""
    return render_page(
        edition,
        "fronts/subscribe.jinja",
        title=f"{_('Subscribe')} – {edition.name}",
        description=_("Feeds of the whole newspaper and of each section."),
        path="/subscribe/",
        alternates=editions_as_alternates("/subscribe/"),
    )


@edition_page
def offline(request: HttpRequest, edition: EditionValue) -> HttpResponse:
    """What a browser shows that has no connection: it keeps this page from an earlier visit."""
    title, sentence = _("No connection"), _("This page could not be reached. It opens when you are connected again.")
    return render_page(edition, "fronts/message.jinja", title=title, path="", sentence=sentence)


@public_page
def offline_script(request: HttpRequest) -> HttpResponse:
    """The service worker: it keeps each edition's offline page, and shows it where the network fails; nothing else."""
    here = edition_of(request, "").host
    pages = {edition.path("/"): edition.path("/-/offline/") for edition in all_editions() if edition.host == here}
    script = render(
        "fronts/offline.js.jinja", pages=json.dumps(pages), version=f"{style_hash('latin')} {style_hash('cyrillic')}"
    )
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response.headers["Service-Worker-Allowed"] = "/"
    return response


@edition_page
def topic_front(request: HttpRequest, edition: EditionValue, topic: str) -> HttpResponse:
    """All stories on a topic."""
    found = topic_at(topic, edition.language)
    if found is None:
        now_at = slug_of_former_topic(topic)
        if not now_at:
            raise Http404
        return HttpResponsePermanentRedirect(_with_mark(request, edition.path(f"/topics/{now_at}/")))
    page = _list_page(request, edition, "topic", found.id)
    return _front_of_list(
        edition, page, _place_in_list(request, f"/topics/{found.slug}/"), found.name, found.description
    )


@edition_page
def person_front(request: HttpRequest, edition: EditionValue, person: str) -> HttpResponse:
    """A person of whom readers hear, and the stories they wrote."""
    found = person_at(person, edition.language)
    if found is None or not is_public(found.id):
        raise Http404
    page = _list_page(request, edition, "person", found.id)
    place = _place_in_list(request, found.address)
    return _front_of_list(edition, page, place, found.name, found.role, text=found.biography)


def _mark(request: HttpRequest) -> str:
    """The place in a list that was asked for; Http404 where the query cannot be read."""
    try:
        return request.GET.get("before", "")
    except ValueError:
        raise Http404 from None


def _list_page(request: HttpRequest, edition: EditionValue, kind: str, list_id: int) -> ListPage:
    try:
        return list_page(edition, kind, list_id, before=request.GET.get("before", ""))
    except ValueError:
        raise Http404 from None


def _place_in_list(request: HttpRequest, address: str) -> dict[str, Any]:
    """Where a page of a list stands: the first at the list's address, in every edition; later ones by their mark."""
    before = request.GET.get("before", "")
    if before:
        return {"path": f"{address}?before={before}", "list_address": address}
    return {"path": address, "list_address": address, "alternates": editions_as_alternates(address)}


def _filled(
    edition: EditionValue, section_id: int | None, plan: tuple[Arranged, ...], but: frozenset[str] = frozenset()
) -> FilledFront:
    """The front of an edition or of one of its sections, as editors arranged it or, with no plan, as by default."""
    sections = all_sections(edition.language)
    words = {
        Look.OPINION: _("Opinion"),
        Look.PICTURES: _("In pictures"),
        Look.BRIEF: _("In brief"),
        Look.RECENT: _("Most recent"),
    }
    naming = Naming(edition, sections, {str(look): word for look, word in words.items()}, section_id)
    plan = plan or tuple(Arranged(one) for one in default_plan(sections, section_id))
    return fill(edition, tuple(to_container(one, naming) for one in plan), naming.own_list, but)


def _front_of_list(
    edition: EditionValue, page: ListPage, place: dict[str, Any], name: Localized, description: Localized, **more: Any
) -> HttpResponse:
    shown = {"page": page, "older": page.older}
    return _named_front(edition, "fronts/list.jinja", place | shown, name, description, **more)


def _front_of_containers(
    edition: EditionValue,
    front: FilledFront,
    place: dict[str, Any],
    name: Localized,
    description: Localized,
    **more: Any,
) -> HttpResponse:
    shown = {"containers": front.containers, "older": front.older}
    return _named_front(edition, "fronts/section.jinja", place | shown, name, description, **more)


def _named_front(
    edition: EditionValue,
    template: str,
    shown: dict[str, Any],
    name: Localized,
    description: Localized,
    *,
    text: Localized | None = None,
    feed: str = "",
    tone: int = 0,
    at: int = 0,
    breaking: Breaking | None = None,
) -> HttpResponse:
    return render_page(
        edition,
        template,
        title=f"{name} – {edition.name}",
        description=str(description),
        **shown,
        heading=name,
        subheading=description,
        text=text,
        feed=feed,
        tone=tone,
        at=at,
        breaking=breaking,
    )


@edition_page
def elsewhere(request: HttpRequest, edition: EditionValue, path: str) -> HttpResponse:
    """What has no page at its address: a forgotten slash or a former address is redirected, all else is not found."""
    within = f"/{path}"
    if "\x00" in within or len(within) > 250:
        raise Http404
    if within == DESK:
        return HttpResponsePermanentRedirect(f"{DESK}/")
    if within.endswith("/"):
        return story_or_redirect(edition, within)
    answer = _page_at(request, edition, f"{within}/")
    if answer.status_code == HttpResponsePermanentRedirect.status_code:
        return answer
    return HttpResponsePermanentRedirect(_with_mark(request, edition.path(f"{within}/")))


def _with_mark(request: HttpRequest, address: str) -> str:
    """The address with the place in a list that was asked for; whatever else was asked makes no other page."""
    before = request.GET.get("before", "")
    try:
        read_mark(before)
    except ValueError:
        return address
    return f"{address}?before={before}"


def _page_at(request: HttpRequest, edition: EditionValue, within: str) -> HttpResponse:
    """The public page at an address within the edition; Http404 (or what the page raises) where there is none."""
    try:
        match = resolve(edition.path(within))
    except Resolver404:
        raise Http404 from None
    if not getattr(match.func, "is_public_page", False):
        raise Http404
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 in the language of the edition that the address speaks of."""
    return _message(
        request, 404, lambda: (_("Page not found"), _("There is no page at this address. It may have been mistyped."))
    )


def gone(request: HttpRequest) -> HttpResponse:
    """410 for a story that was withdrawn."""
    return _message(request, 410, lambda: (_("Withdrawn"), _("The story at this address was withdrawn.")))


def _edition_spoken_of(request: HttpRequest) -> EditionValue | None:
    """The edition that an address without a page speaks of: by its prefix, else by its host, else the main one."""
    editions = all_editions()
    first = request.path.strip("/").split("/")[0]
    by_prefix = [edition for edition in editions if edition.prefix and edition.prefix == first]
    if by_prefix:
        return by_prefix[0]
    try:
        return edition_of(request, "")
    except (Http404, DisallowedHost):
        return editions[0] if editions else None


def _message(request: HttpRequest, status: int, words: object) -> HttpResponse:
    assert callable(words)

    @public_page
    def page(request: HttpRequest) -> HttpResponse:
        edition = _edition_spoken_of(request)
        if edition is None:
            return HttpResponse("This newsroom has no edition yet.", status=status, content_type="text/plain")
        with translation.override(edition.language):
            title, sentence = words()
            return render_page(edition, "fronts/message.jinja", title=title, path="", sentence=sentence, status=status)

    if request.method not in ("GET", "HEAD"):
        request.method = "GET"
    return page(request)
