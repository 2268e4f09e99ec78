"""RSS of an edition and of its sections, the sitemap, robots.txt."""

import re
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Rss201rev2Feed

from broadsheet.design.jinja import render
from broadsheet.editions.pages import edition_page
from broadsheet.editions.reads import EditionValue, all_editions, all_sections, standing_pages
from broadsheet.press.pages import public_page
from broadsheet.stories.reads import list_page
from broadsheet.syndication.reads import SitemapEntry, newest_addresses, newest_briefs

NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class SteadyFeed(Rss201rev2Feed):
    """RSS 2.0 that depends on its stories alone: an empty feed does not say when it was asked for."""

    def add_root_elements(self, handler: Any) -> None:
        if self.items:
            super().add_root_elements(handler)
            return
        for name, value in (("title", self.feed["title"]), ("link", self.feed["link"])):
            handler.addQuickElement(name, value)
        handler.addQuickElement("description", self.feed["description"])
        handler.addQuickElement("atom:link", None, {"rel": "self", "href": self.feed["feed_url"]})
        handler.addQuickElement("language", self.feed["language"])


@edition_page
def edition_feed(request: HttpRequest, edition: EditionValue) -> HttpResponse:
    """The newest stories of an edition as RSS 2.0."""
    return _feed(
        edition, "edition", edition.id, "/", edition.name, edition.description or edition.motto or edition.name
    )


@edition_page
def section_feed(request: HttpRequest, edition: EditionValue, section: str) -> HttpResponse:
    """The newest stories of a section as RSS 2.0."""
    found = next((item for item in all_sections(edition.language) if item.slug == section), None)
    if found is None:
        raise Http404
    title = f"{found.name} – {edition.name}"
    return _feed(edition, "section", found.id, found.address, title, found.description.text or title)


def _feed(edition: EditionValue, kind: str, list_id: int, path: str, title: str, description: str) -> HttpResponse:
    feed = SteadyFeed(
        title=_for_xml(title),
        link=edition.canonical(path),
        description=_for_xml(description),
        language=edition.language,
        feed_url=edition.canonical(f"{path}rss.xml"),
    )
    cards = list_page(edition, kind, list_id, size=30).cards
    for card in cards:
        feed.add_item(
            title=_for_xml(card.headline),
            link=edition.canonical(card.address),
            description=_for_xml(card.standfirst),
            pubdate=card.published_at,
            unique_id=edition.canonical(card.address),
            categories=[_for_xml(card.section.name.text)] if card.section else [],
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")
    response.headers["Content-Language"] = edition.language
    return response


def _for_xml(text: str) -> str:
    """The text without the characters that XML 1.0 cannot hold."""
    return NO_XML.sub("", text)


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """The front, the newsfeed, the sections, stories and briefs of every edition."""
    places = [_places(edition) for edition in all_editions()]
    return HttpResponse(
        render("syndication/sitemap.jinja", places=places), content_type="application/xml; charset=utf-8"
    )


def _places(edition: EditionValue) -> tuple[EditionValue, list[str], tuple[SitemapEntry, ...]]:
    """An edition, its fronts and standing pages, and what it published with the times of change."""
    sections = [section.address for section in all_sections(edition.language)]
    fronts = ["/", "/newsfeed/", *sections, *(page.address for page in standing_pages(edition))]
    return edition, fronts, (*newest_addresses(edition), *newest_briefs(edition))


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """What machines may fetch: everything that readers may."""
    lines = [
        "User-agent: *",
        "Disallow: /desk/",
        "Disallow: /account/",
        "Disallow: /-/",
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
