"""What the site answers to a request that is no plain GET, or asks with a query, a host, a condition."""

import pytest
from django.conf import settings
from django.test import override_settings

from broadsheet.editions.models import Edition
from broadsheet.mediabank.models import Picture
from broadsheet.mediabank.renditions import name_of
from broadsheet.newsfeed.models import Brief
from broadsheet.stories.models import Story
from tests.contracts.conftest import FORMER, Site
from tests.contracts.reading import Answer, fetch, within_site

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture(scope="module")
def addresses(alive: Site) -> dict[str, str]:
    """An address of each kind of public page, by the name of its route."""
    stories = Story.objects.filter(state="published", address__contains="/economy/", edition__path_prefix="")
    story = stories.order_by("pk")[0]
    picture = Picture.objects.filter(uses__is_public=True).order_by("pk")[0]
    return {
        "front": "/",
        "other front": "/ru/",
        "section": "/economy/",
        "topic": "/topics/lusvik-port/",
        "person": f"/people/{story.bylines.all()[0].person.slug}/",
        "story": story.address,
        "picture": picture.address,
        "subscribe": "/subscribe/",
        "edition-feed": "/rss.xml",
        "section-feed": "/economy/rss.xml",
        "sitemap": "/sitemap.xml",
        "robots": "/robots.txt",
        "health": "/-/health",
        "shown-file": f"/media/{picture.shown.name}",
        "rendition": f"/media/{name_of(str(picture.shown.name), 320, 'webp')}",
        "not found": "/nothing/",
        "withdrawn": alive.withdrawn,
        "moved": FORMER,
        "newsfeed": "/newsfeed/",
        "brief": Brief.objects.filter(edition__path_prefix="").order_by("pk")[0].address,
        "day": "/" + "/".join(story.address.split("/")[2:5]) + "/",
        "standing page": "/about/",
        "style": "/static/design/page.css",
    }


EXPECTED = {"not found": 404, "withdrawn": 410, "moved": 301}
STATIC = {"style"}


def test_each_kind_of_address_answers_as_it_should(addresses: dict[str, str]) -> None:
    answers = {kind: fetch(address).status for kind, address in addresses.items()}
    assert answers == {kind: EXPECTED.get(kind, 200) for kind in addresses}


def _without_date(answer: Answer) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name != "date"}


def test_head_answers_as_get_does_without_the_body(addresses: dict[str, str]) -> None:
    for kind, address in addresses.items():
        whole, head = fetch(address), fetch(address, "HEAD")
        assert (head.status, head.body) == (whole.status, b""), kind
        assert _without_date(head) == _without_date(whole), kind


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_what_only_reads_allows_nothing_else(addresses: dict[str, str], method: str) -> None:
    for kind, address in addresses.items():
        if kind not in STATIC:
            answer = fetch(address, method)
            assert (answer.status, answer.headers.get("allow")) == (405, "GET, HEAD"), (kind, method)
            assert not answer.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_IF_NONE_MATCH": '"anything"'},
        {"HTTP_IF_NONE_MATCH": "*"},
        {"HTTP_IF_NONE_MATCH": "no quotes, \u00ff"},
        {"HTTP_IF_MODIFIED_SINCE": "Sat, 29 Oct 1994 19:43:31 GMT"},
        {"HTTP_IF_MODIFIED_SINCE": "yesterday"},
        {"HTTP_IF_MATCH": '"other"'},
        {"HTTP_IF_UNMODIFIED_SINCE": "Sat, 29 Oct 1994 19:43:31 GMT"},
        {"HTTP_IF_RANGE": '"x"', "HTTP_RANGE": "bytes=999999-"},
        {"HTTP_RANGE": "bytes=5-2"},
        {"HTTP_RANGE": "lines=1-2"},
    ],
)
def test_conditions_are_harmless(addresses: dict[str, str], headers: dict[str, str]) -> None:
    for kind, address in addresses.items():
        if kind not in STATIC:
            assert fetch(address, **headers).body == fetch(address).body, kind


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_COOKIE": "sessionid=abc; csrftoken=def; django_language=ru"},
        {"HTTP_ACCEPT_LANGUAGE": "ru,en;q=0.5"},
        {"HTTP_USER_AGENT": "curl/8"},
        {"HTTP_AUTHORIZATION": "Basic YTpi"},
        {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_X_FORWARDED_FOR": "10.0.0.1", "HTTP_REFERER": "https://evil.example/"},
        {"HTTP_ACCEPT": "application/json"},
        {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},
    ],
)
def test_a_public_page_is_the_same_for_everybody(addresses: dict[str, str], headers: dict[str, str]) -> None:
    for kind, address in addresses.items():
        one, other = fetch(address), fetch(address, **headers)
        assert (one.status, _without_date(one), one.body) == (other.status, _without_date(other), other.body), kind
        assert not other.cookies
        assert "cookie" not in other.headers.get("vary", "").lower()


@pytest.mark.parametrize("query", ["x=1", "page=2", "utm_source=a&fbclid=b", "before=", "Before=1-1", "&&=", "%00=%ff"])
def test_no_query_makes_another_page(addresses: dict[str, str], query: str) -> None:
    for kind, address in addresses.items():
        plain, asked = fetch(address), fetch(f"{address}?{query}")
        assert (asked.status, asked.body, asked.headers.get("location")) == (
            plain.status,
            plain.body,
            plain.headers.get("location"),
        ), kind


LISTS = ("front", "other front", "section", "topic", "person", "newsfeed")


def test_only_lists_have_later_pages(addresses: dict[str, str]) -> None:
    far = "before=1-1"
    for kind, address in addresses.items():
        plain, asked = fetch(address), fetch(f"{address}?{far}")
        assert asked.status == plain.status, kind
        assert (asked.body != plain.body) is (kind in LISTS), kind


@pytest.mark.parametrize("mark", ["1", "abc", "-1-1", "1-", "1-1-1", "1e3-1", "١-١", "9" * 18 + "-1", "1-1%00", "1-1 "])
def test_a_mark_that_marks_nothing_is_not_found(addresses: dict[str, str], mark: str) -> None:
    for kind in LISTS:
        assert fetch(f"{addresses[kind]}?before={mark}").status == 404, kind


def test_past_the_end_of_a_list_a_sentence_says_so(addresses: dict[str, str]) -> None:
    assert "There are no stories here." in fetch("/?before=1-1").text
    assert "Здесь нет материалов." in fetch("/ru/?before=1-1").text


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/ru", "/ru/"),
        ("/economy", "/economy/"),
        ("/ru/economy", "/ru/economy/"),
        ("/topics/lusvik-port", "/topics/lusvik-port/"),
        ("/economy?x=1&before=5-5&y=2", "/economy/?before=5-5"),
        ("/economy?x=1", "/economy/"),
        ("/economy?before=", "/economy/"),
        ("/ru?before=5-5", "/ru/?before=5-5"),
    ],
)
def test_a_forgotten_slash_is_led_to_the_page_with_its_place_in_the_list(asked: str, led_to: str, alive: Site) -> None:
    answer = fetch(asked)
    assert (answer.status, answer.headers.get("location")) == (301, led_to)
    assert fetch(led_to).status == 200


@pytest.mark.parametrize(
    "asked", ["/nothing", "/ru/nothing", "/economy/nothing", "/xx", "/economy?before=abc", "/rss.xml/"]
)
def test_a_forgotten_slash_of_no_page_is_not_found(asked: str, alive: Site) -> None:
    assert fetch(asked).status == 404


def test_a_story_is_found_by_its_former_address_its_other_section_and_without_its_slash(alive: Site) -> None:
    elsewhere = alive.moved.replace("/society/", "/economy/")
    for asked in (FORMER, FORMER.rstrip("/"), elsewhere, elsewhere.rstrip("/"), alive.moved.rstrip("/")):
        answer = fetch(f"{asked}?utm_source=letter")
        assert (answer.status, answer.headers.get("location")) == (301, alive.moved), asked


def test_a_withdrawn_story_is_gone_and_says_so_in_its_edition(alive: Site) -> None:
    answer = fetch(alive.withdrawn)
    assert answer.status == 410
    assert "was withdrawn" in answer.text
    assert fetch(alive.withdrawn.rstrip("/")).status == 410
    assert fetch(f"/ru{alive.withdrawn}").status == 404


@pytest.mark.parametrize(
    ("asked", "language"),
    [("/nothing/", "en"), ("/ru/nothing/", "ru"), ("/ru/economy/2026/01/01/nothing/", "ru"), ("/xx/nothing/", "en")],
)
def test_what_is_not_found_is_said_in_the_language_of_the_edition(asked: str, language: str, alive: Site) -> None:
    answer = fetch(asked)
    assert (answer.status, answer.headers["content-language"]) == (404, language)
    assert {"en": "Page not found", "ru": "Страница не найдена"}[language] in answer.text


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST", "localhost:8000", "127.0.0.1", "[::1]", "[::1]:8000", "localhost."]
)
def test_a_known_host_is_answered_in_any_spelling(host: str, alive: Site) -> None:
    answer = fetch("/", host=host)
    assert answer.status == 200
    assert answer.body == fetch("/").body


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "",
        "localhost,evil.example",
        "localhost evil.example",
        "localhost@evil.example",
        "localhost:80:80",
        "localhost:port",
        "[::2]",
        "[::1",
        "localhost/evil",
        "a" * 300,
        "\u00e9vil",
        "localhost\x00",
        ".",
        "::1",
    ],
)
def test_an_unknown_host_is_refused_and_never_repeated(host: str, addresses: dict[str, str]) -> None:
    for kind, address in addresses.items():
        answer = fetch(address, host=host)
        assert answer.status in (400, EXPECTED.get(kind, 200)), (kind, answer.status)
        assert b"evil" not in answer.body, kind
        assert "evil" not in str(dict(answer.headers)), kind
    assert fetch("/", host=host).status == 400


def test_an_edition_with_a_host_of_its_own_answers_there_and_nowhere_else(alive: Site) -> None:
    edition = Edition.objects.get(path_prefix="ru")
    Edition.objects.filter(pk=edition.pk).update(host="ru.example")
    with override_settings(ALLOWED_HOSTS=["localhost", "ru.example"]):
        front = fetch("/", host="ru.example")
        assert (front.status, front.headers["content-language"]) == (200, "ru")
        assert 'rel="canonical" href="http://ru.example/"' in front.text
        lost = fetch("/nothing/", host="ru.example")
        assert (lost.status, lost.headers["content-language"]) == (404, "ru")
        assert fetch("/ru/").status == 404


def test_addresses_in_pages_never_come_from_the_request(alive: Site) -> None:
    page = fetch("/", host="127.0.0.1:9999")
    assert "127.0.0.1" not in page.text
    assert any(within_site(link) == "/" for link in page.links() if link.startswith(settings.SITE_URL))
