"""What the desk's screens say: no word of Wagtail's that means nothing in a newsroom, whoever looks and wherever."""

import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from zlib import crc32

import pytest

from tests.contracts.permissions.arguments import arguments_for, query_for
from tests.contracts.permissions.cast import Stage
from tests.contracts.permissions.routes import Route, all_routes

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

ACTORS = ("rep-here", "author", "ed-here", "pictures", "moderator", "chief", "admin")
# What is tried in the place of a thing, by the beginning of the address.
THINGS = {
    "desk/stories/": ("draft", "published"),
    "desk/hand-over/": ("draft",),
    "desk/reported/": ("report",),
    "desk/pictures/": ("picture",),
    "desk/films/": ("film",),
    "desk/people/": ("person",),
    "desk/editions/": ("edition",),
    "desk/sections/": ("section",),
    "desk/topics/": ("topic",),
    "desk/standing-pages/": ("page",),
    "desk/briefs/": ("brief",),
    "desk/fronts/": ("edition", "section"),
    "desk/steps/": ("section",),
    "desk/mailbox/": ("mail",),
}
FOREIGN = re.compile(r"\b(snippets?|pages?|wagtail|users?|unpublish\w*|model log)\b", re.IGNORECASE)
# Where “page” is meant: an edition's standing pages, and a page of a long list.
MEANT = re.compile(
    r"\bstanding pages?\b|\bpage \d+ of \d+|\b(?:first|last|previous|next|front|every) page\b|foot of every page",
    re.IGNORECASE,
)
ABOUT_PAGES = (
    "desk/standing-pages/",
    "desk/choose-page/",
    "desk/choose/standing-pages/",
    "desk/editing-sessions/",
    "desk/logout/",
)
UNSEEN = ("script", "style", "template", "svg", "noscript")
SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-w-tooltip-content-value")


class Reader(HTMLParser):
    """Takes from a page what a person reads, and what is read to those who cannot see it."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in UNSEEN
        if not self.hidden:
            self.words += [value or "" for name, value in attrs if name in SPOKEN]

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in UNSEEN

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def visible(page: str) -> str:
    """The words of a page, in their order."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    return " ".join(" ".join(reader.words).split())


def foreign_words(page: str) -> list[str]:
    """The foreign words on a page, each with what stands around it."""
    text = MEANT.sub("…", visible(page))
    return [text[max(0, found.start() - 40) : found.end() + 30] for found in FOREIGN.finditer(text)]


def is_looked_at(actor: str, route: Route) -> bool:
    """An administrator sees nearly every screen and looks at each; of the others each looks at one in three, the same
    ones each time; with EVERY_PAGE=true, as in `make prove`, at all."""
    everything = actor == "admin" or bool(os.environ.get("EVERY_PAGE"))
    return everything or crc32(f"{actor} {route.text}".encode()) % 3 == 0


def places(stage: Stage) -> Iterator[tuple[Route, str]]:
    for route in all_routes().values():
        if not route.text.startswith("desk/") or route.text.startswith(ABOUT_PAGES) or "GET" not in route.methods:
            continue
        own = next((things for start, things in THINGS.items() if route.text.startswith(start)), ("draft",))
        for of in own:
            yield route, route.path(arguments_for(stage, of)) + query_for(route.text, stage, of)


@pytest.mark.parametrize("actor", ACTORS)
def test_no_screen_of_the_desk_speaks_of_snippets_or_pages(stage: Stage, actor: str) -> None:
    browser, wrong, seen = stage.browser(actor), [], 0
    for route, path in places(stage):
        if not is_looked_at(actor, route):
            continue
        answer = browser.get(path)
        answer.close()
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html") or answer.streaming:
            continue
        seen += 1
        wrong += [f"{route.text}: {words}" for words in foreign_words(answer.content.decode())]
    assert not wrong, "\n".join(sorted(set(wrong)))
    assert seen > 5


def test_a_foreign_word_is_seen() -> None:
    assert foreign_words("<p>Edit this <b>snippet</b></p>")
    assert foreign_words('<button aria-label="Choose a page"></button>')
    assert not foreign_words("<p>Standing pages</p><p>Page 1 of 3.</p><script>page()</script>")
