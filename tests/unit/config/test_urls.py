"""The table of addresses: each leads to one place, and no section can be founded where something else stands."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from broadsheet.editions.models import refuse_reserved_slug
from broadsheet.editions.words import RESERVED_SLUGS
from broadsheet.foundation.converters import EditionPrefix, RowId

LEADS = {
    "/": "front",
    "/ru/": "front",
    "/subscribe/": "subscribe",
    "/rss.xml": "edition-feed",
    "/ru/rss.xml": "edition-feed",
    "/economy/": "section",
    "/ru/economy/": "section",
    "/economy/rss.xml": "section-feed",
    "/newsfeed/": "newsfeed",
    "/ru/newsfeed/7/": "brief",
    "/newsfeed/0/": "elsewhere",
    "/newsfeed": "elsewhere",
    "/2026/11/23/": "day",
    "/2026/11/": "elsewhere",
    "/about/": "section",
    "/topics/the-port/": "topic",
    "/people/ann-writer/": "person",
    "/mediabank/7/cranes/": "picture",
    "/economy/2026/11/23/port-at-night/": "story",
    "/ru/economy/2026/11/23/port-at-night-2/": "story",
    "/sitemap.xml": "sitemap",
    "/robots.txt": "robots",
    "/-/health": "health",
    "/media/pictures/ab/0123.jpg": "shown-file",
    "/economy": "elsewhere",
    "/desk": "elsewhere",
    "/economy/\n": "elsewhere",
    "/Economy/": "elsewhere",
    "/a--b/": "elsewhere",
    "/mediabank/0/cranes/": "elsewhere",
    "/media/originals/ab.jpg": "elsewhere",
    "/ru/ru/economy/": "elsewhere",
}


@pytest.mark.parametrize("address", LEADS)
def test_an_address_leads_to_its_place(address: str) -> None:
    assert resolve(address).url_name == LEADS[address]


def test_nothing_is_left_over() -> None:
    with pytest.raises(Resolver404):
        resolve("economy")


def _first_words(entry: URLPattern | URLResolver) -> set[str]:
    text = str(entry.pattern).removeprefix("^")
    found = re.match(r"([a-z]+)(?:[/.]|$)", text)
    return {found.group(1)} if found else set()


def test_no_section_can_have_a_slug_that_stands_for_something_else() -> None:
    taken: set[str] = set()
    for entry in get_resolver().url_patterns:
        taken |= _first_words(entry)
        if isinstance(entry, URLResolver) and str(entry.pattern) == "":
            taken |= set().union(*(_first_words(inner) for inner in entry.url_patterns))
    assert {"desk", "account", "media", "mediabank", "topics", "people"} <= taken
    free = {"rss", "sitemap", "robots"}
    assert taken - free <= RESERVED_SLUGS
    for slug in (*taken - free, "ru", "xx", "2026"):
        with pytest.raises(ValidationError):
            refuse_reserved_slug(slug)


@pytest.mark.parametrize("number", ["1", "7", "9" * 18])
def test_a_rows_number_goes_into_an_address_and_comes_back(number: str) -> None:
    assert re.fullmatch(RowId.regex, number)
    assert RowId().to_url(RowId().to_python(number)) == number
    assert int(number) < 2**63


@pytest.mark.parametrize("number", ["", "0", "01", "-1", "9" * 19, "1.0", "١"])
def test_what_is_no_number_of_a_row_is_none(number: str) -> None:
    assert not re.fullmatch(RowId.regex, number)


@pytest.mark.parametrize(
    ("prefix", "is_one"), [("ru", True), ("r", False), ("rus", False), ("RU", False), ("r1", False)]
)
def test_an_edition_is_named_by_two_small_letters(prefix: str, is_one: bool) -> None:
    assert bool(re.fullmatch(EditionPrefix.regex, prefix)) is is_one
    assert EditionPrefix().to_url(EditionPrefix().to_python("ru")) == "ru"
