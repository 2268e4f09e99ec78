"""What every public page of an edition shares: which edition it is of, its language, masthead and sections."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from broadsheet.design.jinja import render
from broadsheet.design.styles import FIRST_SCRIPT, hash_of, style_hash
from broadsheet.design.words import as_script
from broadsheet.editions.reads import EditionValue, all_editions, all_sections, standing_page, standing_pages
from broadsheet.press.pages import public_page

P = ParamSpec("P")


@functools.cache
def policy(script: str) -> str:
    """The Content-Security-Policy of pages in a script ("latin" or "cyrillic")."""
    return (
        "default-src 'none'; img-src 'self' data:; media-src 'self'; font-src 'self'; "
        f"script-src 'self' '{hash_of(FIRST_SCRIPT)}'; "
        f"style-src '{style_hash(script)}'; connect-src 'self'; "
        "frame-src https://www.youtube-nocookie.com https://player.vimeo.com https://www.openstreetmap.org "
        "https://datawrapper.dwcdn.net; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    )


@dataclass(frozen=True)
class Alternate:
    """The same page in another language; the address is whole."""

    language: str
    name: str
    address: str


def edition_of(request: HttpRequest, prefix: str) -> EditionValue:
    """The edition that an address speaks of, by its host or its prefix; Http404 where there is none."""
    editions = all_editions()
    host = request.get_host().partition(":")[0].lower()
    by_host = [edition for edition in editions if edition.host and edition.host == host]
    if by_host and not prefix:
        return by_host[0]
    for edition in editions:
        if edition.prefix == prefix and not edition.host:
            return edition
    raise Http404


def edition_page(
    view: Callable[Concatenate[HttpRequest, EditionValue, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Make a view the public page of an edition: it gets the edition, and runs in its language."""

    @public_page
    def page(request: HttpRequest, /, *args: Any, prefix: str = "", **kwargs: Any) -> HttpResponse:
        edition = edition_of(request, prefix)
        with translation.override(edition.language):
            return view(request, edition, *args, **kwargs)

    page.__name__, page.__module__, page.__doc__ = view.__name__, view.__module__, view.__doc__
    return page


def render_page(
    edition: EditionValue,
    template: str,
    *,
    title: str,
    path: str,
    description: str = "",
    alternates: tuple[Alternate, ...] = (),
    status: int = 200,
    **values: Any,
) -> HttpResponse:
    """A page of an edition; `path` is its address within the edition, empty where it has none (an error)."""
    html = render(
        template,
        edition=edition,
        editions=all_editions(),
        sections=all_sections(edition.language),
        title=title,
        description=description,
        path=path,
        canonical=edition.canonical(path) if path else "",
        alternates=alternates,
        footer_pages=standing_pages(edition),
        **values,
    )
    response = HttpResponse(html, status=status)
    response.headers["Content-Language"] = edition.language
    response.headers["Content-Security-Policy"] = policy(as_script(edition.language))
    return response


def standing_page_at(edition: EditionValue, slug: str) -> HttpResponse:
    """The standing page of an edition with this slug; Http404 where there is none."""
    page = standing_page(edition, slug)
    if page is None:
        raise Http404
    words = " ".join(page.body.replace("</p>", "</p> ").striptags().split())
    return render_page(
        edition,
        "editions/page.jinja",
        title=f"{page.title} – {edition.name}",
        description=words if len(words) <= 200 else f"{words[:200].rsplit(' ', 1)[0]} …",
        path=page.address,
        alternates=tuple(
            Alternate(other.language, other.short_name, other.canonical(page.address))
            for other in all_editions()
            if other.id in page.edition_ids
        ),
        page=page,
    )


def editions_as_alternates(path: str) -> tuple[Alternate, ...]:
    """A page that every edition has at the same address."""
    return tuple(Alternate(other.language, other.short_name, other.canonical(path)) for other in all_editions())
