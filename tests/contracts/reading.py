"""A reader without a browser: fetches addresses as they stand, keeps what came back, and follows every link."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any
from urllib.parse import unquote_to_bytes, urljoin, urlsplit
from xml.etree import ElementTree
from zlib import crc32

import html5lib
from django.conf import settings
from django.test import Client

LINKS = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "src", "iframe": "src"}
RENDITION = "/media/renditions/"
Element = ElementTree.Element


@dataclass(frozen=True)
class Answer:
    """What came back from an address; header names are in small letters."""

    address: str
    status: int
    headers: Mapping[str, str]
    cookies: tuple[str, ...]
    body: bytes
    keys: frozenset[str]
    """What the press must watch for the page to stay true."""

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def is_html(self) -> bool:
        return self.type == "text/html"

    @cached_property
    def text(self) -> str:
        return self.body.decode()

    @cached_property
    def _parsed(self) -> tuple[Element, list[str]]:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        root: Element = parser.parse(self.text)
        return root, [f"{place}: {code} {details}" for place, code, details in parser.errors]

    @property
    def root(self) -> Element:
        """The page's <html>."""
        return self._parsed[0]

    @property
    def errors(self) -> list[str]:
        """What a strict parser of HTML objects to."""
        return self._parsed[1]

    def all(self, name: str) -> list[Element]:
        return list(self.root.iter(name))

    def meta(self, name: str) -> list[str]:
        """The contents of <meta> with this name or property."""
        return [tag.get("content", "") for tag in self.all("meta") if name in (tag.get("name"), tag.get("property"))]

    def links(self) -> Iterator[str]:
        """Whatever the page refers to, as whole addresses."""
        for tag in self.root.iter():
            found = tag.get(LINKS[str(tag.tag)]) if tag.tag in LINKS else None
            if found is not None and not found.startswith("#"):
                yield urljoin(f"{settings.SITE_URL}{self.address}", found)
        yield from self.meta("og:image")


def words_of(tag: Element) -> str:
    """The text in an element, white space joined."""
    return " ".join("".join(tag.itertext()).split())


@cache
def _client() -> Client:
    # One for all, because each new one loads every middleware again; its cookies are emptied before each request.
    return Client()


def fetch(address: str, method: str = "GET", *, host: str | None = "localhost", **headers: Any) -> Answer:
    """Ask the site for an address (a path, perhaps with a query), byte for byte as it is written."""
    path, _, query = address.partition("#")[0].partition("?")
    environ = {"REQUEST_METHOD": method, "QUERY_STRING": query, **headers}
    environ["PATH_INFO"] = unquote_to_bytes(path).decode("iso-8859-1")
    if host is not None:
        environ["HTTP_HOST"] = host
    client = _client()
    client.cookies.clear()
    response: Any = client.request(**environ)
    # The client has closed it, or does at the end of a stream; to close it again would close the database.
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return Answer(
        address=address,
        status=response.status_code,
        headers={name.lower(): value for name, value in response.headers.items()},
        cookies=tuple(response.cookies),
        body=body,
        keys=getattr(response, "press_keys", frozenset()),
    )


def within_site(address: str) -> str | None:
    """The path and query of a whole address on this site; None for another site's."""
    parts = urlsplit(address)
    if f"{parts.scheme}://{parts.netloc}" != settings.SITE_URL:
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def is_left_out(path: str) -> bool:
    """Whether a rendition is not asked for: all come from the same code, and to make one costs as much as six pages.

    One in eight is asked for, the same ones each time; with EVERY_PAGE=true, as in `make prove`, all.
    """
    return RENDITION in path and not os.environ.get("EVERY_PAGE") and crc32(path.encode()) % 8 > 0


def crawl(begin: Iterable[str]) -> dict[str, Answer]:
    """Every address that can be reached by links, with what it answered; the first ones first."""
    found: dict[str, Answer] = {}
    waiting = list(begin)
    while waiting:
        address = waiting.pop(0)
        if address in found:
            continue
        answer = found[address] = fetch(address)
        if answer.is_html:
            shown = set(answer.meta("og:image"))
            waiting.extend(
                path
                for link in answer.links()
                if (path := within_site(link)) is not None and (link in shown or not is_left_out(path))
            )
        elif answer.type in ("application/xml", "application/rss+xml"):
            tree = ElementTree.fromstring(answer.body)
            texts = (tag.text or "" for tag in tree.iter() if tag.tag.endswith(("loc", "link")))
            waiting.extend(path for link in texts if (path := within_site(link)) is not None)
    return found
