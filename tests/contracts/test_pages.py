"""What every page of the demo newsroom keeps, in both editions: whole titles, sound structure, true addresses."""

import itertools
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from broadsheet.design.styles import FIRST_SCRIPT, hash_of, style_hash, style_sheet
from broadsheet.press.keys import undeclared
from tests.contracts.conftest import Site
from tests.contracts.reading import Answer, Element, is_left_out, within_site, words_of

pytestmark = [pytest.mark.database, pytest.mark.django_db, pytest.mark.alike]

SEPARATORS = "|–—-·:/•,;"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def is_half(text: str) -> bool:
    """Whether a title is empty, or begins or ends with a separator."""
    bare = text.strip()
    return not any(character.isalnum() for character in bare) or bare != bare.strip(SEPARATORS + " \u00a0")


@pytest.mark.parametrize("title", ["", " ", "–", "World –", "| World", "Gazette:", "\u00a0", "World, ", "· World", "/"])
def test_a_half_title_is_known_as_one(title: str) -> None:
    assert is_half(title)


@pytest.mark.parametrize("title", ["World", "World – Gazette", "“World”", "World?", "© Agency / A. Person", "Why not."])
def test_a_whole_title_is_none(title: str) -> None:
    assert not is_half(title)


def outside_aria_hidden(tag: Element, hidden: bool = False) -> Iterator[tuple[Element, bool]]:
    """Every element below, with whether it stands in one that is hidden from those who listen."""
    hidden = hidden or tag.get("aria-hidden") == "true"
    yield tag, hidden
    for child in tag:
        yield from outside_aria_hidden(child, hidden)


def _head_titles(page: Answer) -> Iterator[tuple[str, str]]:
    names = ("description", "og:title", "og:description", "og:site_name", "og:image:alt", "twitter:title")
    titles = page.all("title")
    assert len(titles) == 1, page.address
    yield "<title>", words_of(titles[0])
    for name in names:
        found = page.meta(name)
        assert len(found) <= 1, (page.address, name)
        for text in found:
            yield name, text


def _body_titles(page: Answer) -> Iterator[tuple[str, str]]:
    for tag, hidden in outside_aria_hidden(page.root):
        if tag.tag in HEADINGS or tag.tag in ("button", "caption", "dt", "dd", "summary", "legend", "option"):
            yield f"<{tag.tag}>", words_of(tag)
        elif tag.tag == "figcaption":
            yield "<figcaption>", words_of(tag)
            for part in tag:
                yield "part of <figcaption>", words_of(part)
        elif tag.tag == "a" and not hidden:
            alt = " ".join(image.get("alt", "") for image in tag.iter("img"))
            yield "<a>", f"{words_of(tag)} {alt}"
        elif tag.tag == "img" and not hidden:
            yield "alt", tag.get("alt", "")
        for name in ("aria-label", "title"):
            if tag.get(name) is not None:
                yield name, tag.get(name, "")


def test_no_title_alt_heading_link_or_caption_is_empty_or_half(site: Site) -> None:
    assert len(site.html) > 60
    wrong = [
        f"{page.address} {what}: {text!r}"
        for page in site.html
        for what, text in (*_head_titles(page), *_body_titles(page))
        if is_half(text)
    ]
    assert wrong == []


def test_an_alt_text_is_empty_only_where_the_picture_is_decoration_and_there_it_is(site: Site) -> None:
    wrong = []
    for page in site.html:
        for tag, hidden in outside_aria_hidden(page.root):
            if tag.tag == "img" and (tag.get("alt") is None or (tag.get("alt") == "") is not hidden):
                wrong.append(f"{page.address} hidden={hidden} alt={tag.get('alt')!r}")
    assert wrong == []


def test_what_is_hidden_from_listeners_cannot_be_reached_by_the_keyboard(site: Site) -> None:
    wrong = [
        page.address
        for page in site.html
        for tag, hidden in outside_aria_hidden(page.root)
        if hidden and tag.tag in ("a", "button", "input", "iframe") and tag.get("tabindex") != "-1"
    ]
    assert wrong == []


def test_each_page_has_one_h1_and_its_headings_skip_no_level(site: Site) -> None:
    wrong = []
    for page in site.html:
        levels = [int(str(tag.tag)[1]) for tag in page.root.iter() if tag.tag in HEADINGS]
        jumps = [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1]
        if levels.count(1) != 1 or levels[0] != 1 or jumps:
            wrong.append(f"{page.address} {levels}")
    assert wrong == []


def test_ids_are_unique_and_what_refers_to_one_finds_it(site: Site) -> None:
    wrong = []
    for page in site.html:
        ids = Counter(tag.get("id") for tag in page.root.iter() if tag.get("id"))
        wrong += [f"{page.address} #{name} {times} times" for name, times in ids.items() if times > 1]
        referred = [tag.get("href", "")[1:] for tag in page.all("a") if tag.get("href", "").startswith("#")]
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            referred += [word for tag in page.root.iter() for word in tag.get(name, "").split()]
        wrong += [f"{page.address} lacks #{name}" for name in referred if name not in ids]
    assert wrong == []


def test_html_parses_without_errors(site: Site) -> None:
    assert [f"{page.address} {error}" for page in site.html for error in page.errors] == []


def test_language_and_direction_are_those_of_the_edition(site: Site) -> None:
    wrong = []
    for page in site.html:
        language = "ru" if page.address.startswith("/ru/") else "en"
        root = page.root
        said = (root.get("lang"), root.get("dir"), page.headers.get("content-language"))
        if said != (language, "ltr", language):
            wrong.append(f"{page.address} {said}")
        wrong += [
            f"{page.address} lang={tag.get('lang')!r} says nothing new"
            for tag in root.iter()
            if tag is not root and tag.get("lang") == language and tag.tag != "a"
        ]
    assert wrong == []


def ok(site: Site) -> list[Answer]:
    return [page for page in site.html if page.status == 200]


def _link(page: Answer, rel: str) -> list[Element]:
    return [tag for tag in page.all("link") if rel in tag.get("rel", "").split()]


def test_a_front_shows_no_story_and_no_picture_twice(site: Site) -> None:
    fronts = [page for page in site.html if re.fullmatch(r"(/ru)?/([a-z-]+/)?", page.address)]
    fronts = [page for page in fronts if list(with_class(page.root, "container"))]
    assert len(fronts) > 10
    wrong = []
    for page in fronts:
        cards = list(with_class(page.root, "card"))
        links = [link.get("href") for card in cards for head in with_class(card, "card-headline") for link in head]
        assert len(links) == len(cards) > 0, page.address
        files = [image.get("src") for card in cards for image in card.iter("img")]
        wrong += [f"{page.address} {what}" for what, times in Counter(links + files).items() if times > 1]
    assert wrong == []


def with_class(root: Element, name: str) -> Iterator[Element]:
    return (tag for tag in root.iter() if name in tag.get("class", "").split())


def test_the_canonical_address_is_the_pages_own_and_errors_have_none(site: Site) -> None:
    wrong = []
    for page in site.html:
        found = [tag.get("href") for tag in _link(page, "canonical")]
        expected = [f"{settings.SITE_URL}{page.address}"] if page.status == 200 else []
        if found != expected or page.meta("og:url") != expected:
            wrong.append(f"{page.address} {found} {page.meta('og:url')}")
    assert wrong == []


def test_error_pages_and_the_search_ask_not_to_be_indexed_and_others_do_not(site: Site) -> None:
    hidden = {page.address for page in site.html if page.status != 200 or page.address in ("/search/", "/ru/search/")}
    assert {page.address for page in site.html if page.meta("robots") == ["noindex"]} == hidden


def _alternates(page: Answer) -> dict[str, str]:
    pairs = [(tag.get("hreflang"), tag.get("href")) for tag in _link(page, "alternate") if tag.get("hreflang")]
    assert len(dict(pairs)) == len(pairs), page.address
    return {str(language): str(address) for language, address in pairs}


def test_each_pair_of_languages_is_named_from_both_sides_and_names_itself(site: Site) -> None:
    wrong = []
    for page in ok(site):
        pairs = _alternates(page)
        if pairs and pairs.get(page.root.get("lang", "")) != f"{settings.SITE_URL}{page.address}":
            wrong.append(f"{page.address} does not name itself: {pairs}")
        for address in pairs.values():
            other = site.pages.get(within_site(address) or "")
            if other is None or _alternates(other) != pairs:
                wrong.append(f"{page.address} -> {address}: {other and _alternates(other)}")
    assert wrong == []


def test_stories_that_are_the_same_in_both_editions_are_paired(site: Site) -> None:
    paired = [page for page in site.stories() if len(_alternates(page)) == 2]
    assert len(paired) >= 4


def test_open_graph_is_whole_on_every_page_and_on_stories_with_a_picture_describes_it(site: Site) -> None:
    names = ("og:title", "og:type", "og:url", "og:site_name", "og:locale")
    picture = ("og:image", "og:image:width", "og:image:height", "og:image:alt")
    wrong = []
    for page in ok(site):
        wanted = names + (("og:description",) if page.meta("description") else ())
        if page.meta("og:image") or page.address.split("/")[-4:-3] == ["mediabank"]:
            wanted += picture
        wrong += [f"{page.address} {name}" for name in wanted if len(page.meta(name)) != 1]
        for image in page.meta("og:image"):
            shown = site.pages.get(within_site(image) or "")
            if shown is None or not shown.type.startswith("image/"):
                wrong.append(f"{page.address} shows no picture: {image}")
    assert wrong == []
    assert sum(bool(page.meta("og:image")) for page in site.stories()) >= 12


def test_open_graph_locale_is_the_editions_and_names_the_pair(site: Site) -> None:
    for page in ok(site):
        own, other = ("ru_RU", "en_GB") if page.root.get("lang") == "ru" else ("en_GB", "ru_RU")
        assert page.meta("og:locale") == [own], page.address
        assert page.meta("og:locale:alternate") == ([other] if len(_alternates(page)) == 2 else []), page.address


def test_every_page_has_a_description_unless_there_is_nothing_to_say(site: Site) -> None:
    people = re.compile(r"/(ru/)?people/")
    assert [page.address for page in ok(site) if not page.meta("description") and not people.match(page.address)] == []


def _with_offset(text: object) -> bool:
    return isinstance(text, str) and datetime.fromisoformat(text).tzinfo is not None


ARTICLE: dict[str, Callable[[object], bool]] = {
    "@context": lambda value: value == "https://schema.org",
    "headline": lambda value: isinstance(value, str) and not is_half(value),
    "datePublished": _with_offset,
    "dateModified": _with_offset,
    "inLanguage": lambda value: value in ("en", "ru"),
    "mainEntityOfPage": lambda value: isinstance(value, str) and value.startswith(settings.SITE_URL),
    "publisher": lambda value: isinstance(value, dict) and bool(value.get("name")) and bool(value.get("url")),
}


def structured(page: Answer) -> list[dict[str, object]]:
    scripts = [tag for tag in page.all("script") if tag.get("type") == "application/ld+json"]
    return [json.loads("".join(tag.itertext())) for tag in scripts]


def test_each_story_says_what_it_is_as_structured_data(site: Site) -> None:
    stories = site.stories()
    assert len(stories) >= 12
    for page in stories:
        [data] = structured(page)
        assert str(data["@type"]).endswith(("NewsArticle", "LiveBlogPosting")), page.address
        for name, check in ARTICLE.items():
            assert check(data.get(name)), (page.address, name, data.get(name))
        assert data["mainEntityOfPage"] == f"{settings.SITE_URL}{page.address}"
        assert data["headline"] == words_of(page.all("h1")[0])
        for author in data.get("author", []):  # type: ignore[attr-defined]
            assert author["name"]
            assert within_site(author["url"]) in site.pages
        assert data.get("image", []) == page.meta("og:image")


def test_the_times_of_a_story_carry_its_zones_offset_everywhere(site: Site) -> None:
    for page in site.html:
        moments = [tag.get("datetime", "") for tag in page.all("time")]
        moments += page.meta("article:published_time") + page.meta("article:modified_time")
        for moment in moments:
            assert re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d[+-]\d\d:\d\d)?", moment), (page.address, moment)


def test_every_link_within_the_site_leads_somewhere(site: Site) -> None:
    from_page = {
        path: page.address for page in site.html for link in page.links() if (path := within_site(link)) is not None
    }
    asked = {path: by for path, by in from_page.items() if path in site.pages or not is_left_out(path)}
    broken = {path: (site.pages[path].status, by) for path, by in asked.items() if site.pages[path].status != 200}
    assert broken == {}


def test_links_to_other_sites_go_by_https(site: Site) -> None:
    links = {link for page in site.html for link in page.links() if within_site(link) is None}
    assert {link for link in links if urlsplit(link).scheme not in ("https", "mailto")} == set()


def test_the_crawl_came_by_every_kind_of_page(site: Site) -> None:
    kinds = {
        "front": "/",
        "second page of a front": r"/\?before=\d+-\d+",
        "section": "/economy/",
        "second page of a section": r"/society/\?before=\d+-\d+",
        "topic": "/topics/lusvik-port/",
        "person": "/people/[a-z-]+/",
        "story": r"/economy/\d{4}/\d\d/\d\d/[a-z-]+/",
        "picture": r"/mediabank/\d+/[a-z-]+/",
        "newsfeed": "/newsfeed/",
        "brief": r"/newsfeed/\d+/",
        "day": r"/\d{4}/\d\d/\d\d/",
        "standing page": "/about/",
        "feed": "/rss.xml",
        "feed of a section": "/economy/rss.xml",
        "not found": "/nothing/",
    }
    for prefix in ("", "/ru"):
        for kind, pattern in kinds.items():
            assert any(re.fullmatch(prefix + pattern, address) for address in site.pages), (prefix, kind)
    assert site.pages[site.withdrawn].status == 410
    assert site.pages["/nothing/"].status == site.pages["/ru/nothing/"].status == 404


def test_nothing_public_sets_a_cookie_or_depends_on_one(site: Site) -> None:
    wrong = [
        address
        for address, answer in site.pages.items()
        if answer.cookies or "set-cookie" in answer.headers or "cookie" in answer.headers.get("vary", "").lower()
    ]
    assert wrong == []


def test_every_page_bears_its_policy_with_the_hash_of_its_style_and_no_other_script_or_style(site: Site) -> None:
    for page in site.html:
        assert "default-src 'none'" in page.headers["content-security-policy"], page.address
        assert page.headers["x-content-type-options"] == "nosniff"
        script = "cyrillic" if page.root.get("lang") == "ru" else "latin"
        assert [tag.text for tag in page.all("style")] == [style_sheet(script)]
        assert style_hash(script) in page.headers["content-security-policy"]
        scripts = [tag for tag in page.all("script") if not tag.get("src") and tag.get("type") != "application/ld+json"]
        assert [tag.text for tag in scripts] == [FIRST_SCRIPT]
        assert hash_of(FIRST_SCRIPT) in page.headers["content-security-policy"]
        inline = [
            tag for tag in page.root.iter() if any(name == "style" or name.startswith("on") for name in tag.attrib)
        ]
        assert inline == [], page.address


def test_every_page_names_what_it_depends_on_by_declared_keys(site: Site) -> None:
    made = [answer for answer in site.pages.values() if not answer.address.startswith(("/static/", "/media/"))]
    assert {answer.address for answer in made if not answer.keys} == {"/robots.txt"}
    assert undeclared(key for answer in made for key in answer.keys) == []
