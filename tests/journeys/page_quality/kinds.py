"""One address for every kind of page that a reader can ask for, found as a reader finds it: by sitemap and links."""

import functools
import re
import tomllib
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

from tests.homes import ROOT

EDITIONS = {"en": "", "ru": "/ru"}
_PAGES = tomllib.loads((ROOT / "src/broadsheet/editions/demo_pages/pages.toml").read_text(encoding="utf-8"))["page"]
KINDS_OF_STORY = (
    "news", "live", "analysis", "feature", "off-beat", "opinion", "explainer", "in-brief", "video", "gallery",
)  # fmt: skip
STORIES = tuple(f"story: {kind}" for kind in KINDS_OF_STORY)
STANDING = tuple(f"standing page: {row['slug']}" for row in _PAGES)
KINDS = (
    "front", "front, older stories", "section", "section, older stories", "section without stories", *STORIES,
    "topic", "person who writes", "person who speaks", "picture", "newsfeed", "newsfeed, older news", "brief", "day",
    "search", "search with hits", "search without hits", "search, asked wrongly", "subscribe", *STANDING,
    "not found", "withdrawn", "mediabank",
)  # fmt: skip
# What the demo newsroom need not have, in the edition of fewer stories; all else is missed.
OPTIONAL: dict[str, set[str]] = {
    "en": set(),
    "ru": {"story: video", "story: analysis", *(kind for kind in KINDS if ", older" in kind)},
}
# The addresses within an edition that pages of these kinds have; a page at any other address is of an unknown kind.
SHAPES = (
    r"/", r"/[a-z0-9-]+/", r"/[a-z0-9-]+/\d{4}/\d\d/\d\d/[a-z0-9-]+/", r"/topics/[a-z0-9-]+/", r"/people/[a-z0-9-]+/",
    r"/mediabank/\d+/[a-z0-9-]+/", r"/newsfeed/\d+/", r"/\d{4}/\d\d/\d\d/",
)  # fmt: skip
STORY, BRIEF, DAY = (re.compile(SHAPES[number]) for number in (2, 6, 7))
HREF = re.compile(r'\shref="([^"#]+)"')
KIND_OF_STORY = re.compile(r'class="story kind-([a-z-]+)')


@dataclass(frozen=True)
class Answer:
    """What the site says at an address."""

    status: int
    html: str
    type: str

    def links(self) -> list[str]:
        return [link.replace("&amp;", "&") for link in HREF.findall(self.html.partition("<body")[2])]

    def marked(self, mark: str) -> str:
        """The address of the first link that carries a mark, such as rel="next"."""
        tag = next((tag for tag in re.findall(r"<a\s[^>]*>", self.html) if mark in tag), "")
        found = HREF.search(tag)
        return found[1].replace("&amp;", "&") if found else ""


@dataclass(frozen=True)
class Surface:
    """The public pages of one edition of a site, as they are asked for."""

    site: str
    prefix: str

    @functools.cache  # noqa: B019  (a surface lives as long as the tests)
    def get(self, address: str) -> Answer:
        """What is at an address, which is relative to the site."""
        try:
            answer = urllib.request.urlopen(self.site + urllib.parse.quote(address, safe="/?&=%+"))
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Answer(int(answer.status), answer.read().decode(), str(answer.headers.get_content_type()))

    def within(self, address: str) -> str:
        """The address within the edition, "" where it is none of this edition."""
        path = address.removeprefix(self.site)
        if not path.startswith(f"{self.prefix}/") or (not self.prefix and path.startswith("/ru/")):
            return ""
        return path.removeprefix(self.prefix)

    @functools.cache  # noqa: B019
    def known(self) -> tuple[str, ...]:
        """The addresses of the edition that the sitemap names, within it."""
        named = re.findall("<loc>([^<]+)</loc>", self.get("/sitemap.xml").html)
        return tuple(filter(None, map(self.within, named)))

    @functools.cache  # noqa: B019
    def stories(self) -> dict[str, Answer]:
        return {path: self.get(self.prefix + path) for path in self.known() if STORY.fullmatch(path)}

    @functools.cache  # noqa: B019
    def linked(self) -> tuple[str, ...]:
        """Every address that stories and the newsfeed link to, within the edition, without what is asked of it."""
        answers = (*self.stories().values(), self.get(f"{self.prefix}/newsfeed/"))
        paths = dict.fromkeys(self.within(link).partition("?")[0] for answer in answers for link in answer.links())
        return tuple(filter(None, paths))


def pages_of(surface: Surface, withdrawn: str) -> dict[str, str]:
    """The address of a page of each kind that the edition has, relative to the site."""
    found = dict(_fronts(surface)) | dict(_stories(surface)) | dict(_of_links(surface))
    found["not found"] = "/there-is-no-such-page/"
    found = {kind: surface.prefix + path for kind, path in found.items() if path}
    return found | {"withdrawn": withdrawn}


def _fronts(surface: Surface) -> Iterator[tuple[str, str]]:
    def get(path: str) -> Answer:
        return surface.get(surface.prefix + path)

    yield "front", "/"
    yield "front, older stories", get("/").marked('rel="next"').removeprefix(surface.prefix)
    feeds = [surface.within(link) for link in get("/subscribe/").links() if link.endswith("/rss.xml")]
    sections = [path.removesuffix("rss.xml") for path in dict.fromkeys(feeds) if path != "/rss.xml"]
    full = [path for path in sections if any(map(STORY.fullmatch, map(surface.within, get(path).links())))]
    yield "section", full[0]
    yield "section without stories", next((path for path in sections if path not in full), "")
    yield "section, older stories", next(filter(None, (get(path).marked('rel="next"') for path in full)), "")
    yield "newsfeed", "/newsfeed/"
    yield "newsfeed, older news", get("/newsfeed/").marked('rel="next"').removeprefix(surface.prefix)
    yield "mediabank", "/mediabank/"
    yield "subscribe", "/subscribe/"
    yield from ((name, f"/{name.partition(': ')[2]}/") for name in STANDING)


def _stories(surface: Surface) -> Iterator[tuple[str, str]]:
    """For each kind of story the longest page: it shows the most parts."""
    for path, answer in sorted(surface.stories().items(), key=lambda item: len(item[1].html)):
        kind = KIND_OF_STORY.search(answer.html)
        assert kind, f"{path} does not say what kind of story it is"
        yield f"story: {kind[1]}", path


def _of_links(surface: Surface) -> Iterator[tuple[str, str]]:
    linked, first = surface.linked(), next(iter(surface.stories().values()))
    authors = {surface.within(answer.marked('rel="author"')) for answer in surface.stories().values()}
    people = [path for path in linked if path.startswith("/people/")]
    yield "person who writes", next((path for path in people if path in authors), "")
    yield "person who speaks", next((path for path in people if path not in authors), "")
    yield "topic", next((path for path in linked if path.startswith("/topics/")), "")
    yield "picture", next((path for path in linked if path.startswith("/mediabank/")), "")
    yield "day", next((path for path in linked if DAY.fullmatch(path)), "")
    yield "brief", next((path for path in surface.known() if BRIEF.fullmatch(path)), "")
    headline = re.sub("<[^>]+>", "", first.html.partition("<h1>")[2].partition("</h1>")[0])
    yield "search", "/search/"
    longest = max(re.findall(r"[^\W\d]+", headline), key=len)
    yield "search with hits", f"/search/?q={longest}"
    yield "search without hits", "/search/?q=qqxzzyj"
    yield "search, asked wrongly", "/search/?q=a&from=2026-02-02&to=2026-01-01"
