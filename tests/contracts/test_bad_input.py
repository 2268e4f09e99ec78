"""Addresses that make no sense, at every route: never a 500, never another host, never slow.

2,000 of them in all; BAD_INPUTS=2000 asks that many at every route, SEED=... asks others. The same seed always asks
the same ones of the same newsroom.
"""

import os
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from broadsheet.mediabank.models import Film, FilmCaptions, Picture
from broadsheet.mediabank.renditions import name_of
from broadsheet.newsfeed.models import Brief
from broadsheet.stories.models import Story
from tests.contracts.conftest import FORMER, Site
from tests.contracts.reading import Answer, fetch

pytestmark = [pytest.mark.database, pytest.mark.django_db]

SEED = int(os.environ.get("SEED", "20261123"))
IN_ALL = 2_000
SECONDS = 1.0
"""Of this process's own time, so that a busy machine fails nothing."""
PUBLIC = {200, 301, 404, 405, 410}
# 400: who is not logged in is led to the log-in with the address they asked for, unless that is too long to lead to.
PRIVATE = {200, 301, 302, 400, 403, 404, 405, 429}

PIECES = (
    "%00", "%0a", "%0d%0aSet-Cookie:%20a=b", "%09", "%1b", "%7f", "%ff", "%c3%28", "%c0%af", "%ed%a0%80",
    "%f0%9f%98%80", "%e2%80%ae", "%ef%bb%bf", "%e2%80%8b", "%", "%zz", "%2", "%25", "%252e", ".", "..", "...",
    "%2e%2e", "..;", "%2f", "%2F%2F", "%5c", "\\", "/", "//", "///", "~", "*", "-", "--", "-a", "a-", "a--b", "_",
    "a" * 300, "b" * 5000, "%41", quote("０１"), quote("％"), quote("٣"), quote("ﬁ"), quote("ⅷ"), quote("ΑΒ"),
    quote("есть"), quote("İ"), quote("ß"), "ECONOMY", "Economy", "'", "%22", "'%20OR%201=1--", "<script>",
    "%3Cscript%3E", "{{7*7}}", "{%25debug%25}", "%25s", "%25(a)s", "$(id)", "`id`", ";a=b", ":80", "@evil.example",
    "evil.example", "http:", "javascript:alert(1)", ".env", "wp-login.php", "index.html", "rss.xml", "null", "None",
    "NaN", "true", "0", "00", "01", "-1", "+1", "1e9", "1.5", "0x10", "9" * 9, "9" * 18, "9" * 19, "9" * 20,
    "9223372036854775807", "9223372036854775808", "9" * 400, "2026", "0000", "9999", "99", "13", "30", "31", "02",
    "desk", "account", "static", "media", "-", "ru", "en", "xx", "RU", "rU", quote("ру"), "mediabank", "topics",
    "people", "search", "feed.json", "history",
)  # fmt: skip
MARKS = (
    "", "1-1", "0-0", "5-5", "-1", "-1--1", "1", "1-", "-", "1-1-1", "99999999999999999-999999999999999",
    "9" * 17 + "-1", "9" * 18 + "-1", "1-" + "9" * 15, "1-" + "9" * 16, "9" * 4000, "abc", "1e5-1", "1.5-1", "0x1-1",
    "%00", "1-1%00", "1-1%0a", "%ff", quote("١-١"), quote("1–1"), "[]", "{}", "<script>", "1-1'", "null", "01-01",
    "%2b1-1", "1%2d1", "1- 1",
)  # fmt: skip
WORDS = (
    "port", "%22the+port%22", "-port", "port+-night", "%22", "%22%22", "AND", "NEAR(a+b)", "a*", "*", "^port", "port:a",
    "%26", "a+%7C+b", "!", "%3C-%3E", "2026-11-23", "2026-02-30", "0000-00-00", "9999-12-31", "world", "11", "10",
    "port%00", "a+" * 3000, "-a+" * 3000, "%22a+b%22+" * 1000, "%22" * 3000, quote("порт"), quote("«ёлка»"),
)  # fmt: skip
HOSTS = (
    "evil.example", "LOCALHOST", "localhost:80", "localhost:99999", "[::1]", "[::1]:8000", "[::2]", "", " ", "a b",
    "a,b", "localhost,localhost", "localhost@evil.example", "localhost:", ":8000", "*", "..", "localhost..",
    "x" * 500, "%00", "\u00e9", "localhost\r\nX: y", None,
)  # fmt: skip
DAYS = (
    "2026/02/30", "0000/00/00", "9999/99/99", "0000/01/01", "0001/01/01", "9999/12/31", "2026/13/01", "2026/00/10",
    "2026/1/1", "20260/01/01", "-026/01/01", "2026/11/31", "2026/02/29", quote("２０２６") + "/11/23", "2026//11/23",
)  # fmt: skip


def route_names() -> set[str]:
    """The name of every public route, and the beginnings of the private ones."""
    names: set[str] = set()

    def gather(patterns: list[URLPattern | URLResolver]) -> None:
        for entry in patterns:
            if str(entry.pattern) in ("desk/", "account/"):
                names.add(str(entry.pattern))
            elif isinstance(entry, URLPattern):
                names.add(str(entry.name))
            else:
                gather(entry.url_patterns)

    gather(get_resolver().url_patterns)
    return names


@pytest.fixture(scope="module")
def true_addresses(alive: Site) -> dict[str, list[str]]:
    """By route, addresses that exist or could: what is bad is made from them."""
    public = Story.objects.filter(state="published")
    stories = [f"/ru{story.address}" if story.edition.path_prefix else story.address for story in public]
    pictures = list(Picture.objects.all())
    briefs = Brief.objects.select_related("edition")[:6]
    day = re.compile(r"\d{4}/\d\d/\d\d")
    days = sorted({found.group() for story in stories[:6] if (found := day.search(story))})
    return {
        "front": ["/", "/ru/"],
        "search": ["/search/", "/ru/search/"],
        "edition-feed": ["/rss.xml", "/ru/rss.xml"],
        "newsfeed": ["/newsfeed/", "/ru/newsfeed/"],
        "brief": [f"/ru{brief.address}" if brief.edition.path_prefix else brief.address for brief in briefs],
        "day": [f"{prefix}/{bad}/" for bad in (*DAYS, *days) for prefix in ("", "/ru")],
        "picture": [prefix + picture.address for picture in pictures for prefix in ("", "/ru")],
        "topic": ["/topics/lusvik-port/", "/ru/topics/railways/"],
        "person": ["/people/joren-velk/", "/ru/people/aglaya-verestova/"],
        "section-feed": ["/economy/rss.xml", "/ru/culture/rss.xml"],
        "subscribe": ["/subscribe/", "/ru/subscribe/"],
        "mediabank": ["/mediabank/", "/ru/mediabank/", "/mediabank/?before=3"],
        "report-error": ["/-/report/1/", "/ru/-/report/1/", "/-/report/999999/"],
        "report-thanks": ["/-/report/thanks/", "/ru/-/report/thanks/"],
        "offline": ["/-/offline/", "/ru/-/offline/"],
        "offline-script": ["/-/offline.js"],
        "gallery-of-parts": ["/-/gallery/", "/-/gallery/card/"],
        "rendition": [f"/media/{name_of(str(picture.shown.name), 320, 'webp')}" for picture in pictures[:6]],
        "section": ["/economy/", "/ru/opinion/", "/about/", "/ru/privacy/"],
        "story": [*stories, *(day.sub(bad, story) for story in stories[:6] for bad in DAYS), alive.withdrawn],
        "elsewhere": [
            FORMER,
            "/nothing/",
            "/economy",
            "/ru",
            "//evil.example",
            "/\\evil.example",
            "/%5cevil.example/",
            "/",
        ],
        "shown-file": [f"/media/{picture.shown.name}" for picture in pictures] + ["/media/originals/a.jpg"],
        "film-file": [f"/media/{film.file.name}" for film in Film.objects.all()] + ["/media/films/a.mp4"],
        "captions-file": [f"/media/{captions.file.name}" for captions in FilmCaptions.objects.all()],
        "health": ["/-/health"],
        "sitemap": ["/sitemap.xml"],
        "robots": ["/robots.txt"],
        "desk/": ["/desk/", "/desk/stories/edit/1/", "/desk/login/", "/desk/mailbox/1/", "/desk/pictures/"],
        "account/": [
            "/account/login/",
            "/account/password/reset/key/1-abc/",
            "/account/confirm-email/abc/",
            "/account/",
        ],
    }


def spoil(chance: random.Random, path: str) -> str:
    """The path with one to three things done to it that nobody means."""
    for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
        segments = path.split("/")
        place = chance.randrange(len(segments))
        match chance.randrange(9):
            case 0:
                segments[place] = chance.choice(PIECES)
            case 1:
                segments.insert(place, chance.choice(PIECES))
            case 2:
                at = chance.randrange(len(segments[place]) + 1)
                segments[place] = segments[place][:at] + chance.choice(PIECES) + segments[place][at:]
            case 3 if len(segments) > 2:
                del segments[place]
            case 4:
                segments.insert(place, segments[place])
            case 5:
                segments[place] = segments[place].swapcase()
            case 6:
                segments[place] = "".join(f"%{ord(letter) % 256:02x}" for letter in segments[place])
            case 7:
                return "/" + "/".join(segments).strip("/")
            case _:
                letters = [chr(chance.randrange(0x21, 0x7F)) for _ in range(chance.randrange(1, 9))]
                segments[place] += quote("".join(letters)) if chance.random() < 0.5 else "".join(letters)
        path = "/".join(segments)
    path = path.replace("?", "%3f").replace("#", "%23")
    return path if path.startswith("/") else f"/{path}"


def query(chance: random.Random) -> str:
    """A query that no page of ours has written, or none."""
    parts = []
    for _ in range(chance.choice((0, 0, 1, 1, 2))):
        name = chance.choice(
            (
                "before",
                "before",
                "before",
                "q",
                "q",
                "section",
                "from",
                "to",
                "page",
                "Before",
                "%00",
                "before[]",
                "next",
                "",
                "a" * 2000,
            )
        )
        parts.append(f"{name}={chance.choice(MARKS + PIECES + WORDS)}" if chance.random() < 0.9 else name)
    return "?" + chance.choice("&&&;").join(parts) if parts else ""


def wrong_with(answer: Answer, taken: float, host: str | None, allowed: set[int]) -> str:
    """What is wrong with an answer that took so many seconds; empty if nothing is."""
    if answer.status not in (allowed if host == "localhost" else allowed | {400}):
        return f"answered {answer.status}"
    if taken > SECONDS:
        return f"took {taken:.1f} s"
    if allowed is PUBLIC and answer.cookies:
        return f"set cookies {answer.cookies}"
    location = answer.headers.get("location")
    if location is not None and not re.fullmatch(r"/(?![/\\])[!-~]*", location):
        return f"led to {location!r}"
    if location is not None and answer.status == 301 and allowed is PUBLIC:
        onward = fetch(location, host="localhost").status
        return "" if onward in (200, 410) else f"led to {location!r}, which answered {onward}"
    return ""


def test_every_route_is_asked(true_addresses: dict[str, list[str]]) -> None:
    assert set(true_addresses) == route_names()


def _ask(chance: random.Random, true: list[str]) -> tuple[str, str, str | None]:
    address = spoil(chance, chance.choice(true)) + query(chance)
    method = chance.choice(("GET", "GET", "GET", "GET", "GET", "HEAD", "POST", "get"))
    return address, method, chance.choice(HOSTS) if chance.random() < 0.06 else "localhost"


def test_bad_addresses_are_answered_as_what_they_are(true_addresses: dict[str, list[str]]) -> None:
    each = int(os.environ.get("BAD_INPUTS", "0")) or IN_ALL // len(true_addresses)
    statuses: Counter[int] = Counter()
    wrong = []
    for route, true in true_addresses.items():
        chance = random.Random(f"{SEED} {route}")
        allowed = PRIVATE if route.endswith("/") else PUBLIC
        for number in range(each):
            address, method, host = _ask(chance, true)
            belongs = PRIVATE if re.match(r"/(desk|account)(/|\Z)", address.partition("?")[0]) else allowed
            began = time.thread_time()
            try:
                answer = fetch(address, method, host=host)
            except Exception as error:  # noqa: BLE001 - the edge: each one is reported with its address
                sentence = f"raised {type(error).__name__}: {error}"
            else:
                statuses[answer.status] += 1
                sentence = wrong_with(answer, time.thread_time() - began, host, belongs)
            if sentence:
                wrong.append(f"seed {SEED} {route} {number}: {method} {address[:300]!r} at {host!r} {sentence[:300]}")
    print(f"seed {SEED}: {each} at each of {len(true_addresses)} routes, {len(wrong)} wrong, {dict(statuses)}")
    assert wrong == []
    # What asks nothing but nonsense asks nothing: true addresses must be among them, and near ones.
    assert min(statuses[status] for status in (200, 301, 302, 400, 404, 405)) >= each // 30


MADE: tuple[Callable[[random.Random], str], ...] = (
    lambda chance: spoil(chance, "/economy/2026/11/23/slug/"),
    query,
)


@pytest.mark.parametrize("make", MADE)
def test_the_same_seed_makes_the_same_input_and_all_of_it_differs(make: Callable[[random.Random], str]) -> None:
    first, second = ([make(random.Random(seed)) for seed in range(500)] for _ in range(2))
    assert first == second
    assert len(set(first)) > 200


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "//evil.example/",
        "///evil.example/%2e%2e",
        "/\\evil.example",
        "/%5cevil.example/",
        "/%2f%2fevil.example/",
        "/%09/evil.example",
        "/http://evil.example/",
        "//evil.example/economy",
        "/ru//evil.example",
        "//economy",
        "/economy//",
        "/economy/..//",
        "/./economy",
        "/ru/../economy",
        "/%2e%2e/economy",
        "/economy/%2f..",
        "/economy%00",
        "/economy%0a",
        "/economy/%0d%0aLocation:%20//evil.example/",
        "/economy;/",
        "/economy%3f",
        "/economy%23",
    ],
)
def test_nothing_leads_to_another_host_or_out_of_its_place(alive: Site, address: str) -> None:
    answer = fetch(address)
    assert answer.status == 404
    assert "location" not in answer.headers


@pytest.mark.parametrize("day", DAYS)
def test_a_day_that_is_none_is_not_found(alive: Site, day: str) -> None:
    for prefix in ("", "/ru"):
        assert fetch(f"{prefix}/economy/{day}/lusvik-port-ends-night-unloading/").status == 404


@pytest.mark.parametrize(
    "number", ["0", "-1", "00001", "1.0", "9" * 18, "9" * 19, "9223372036854775808", "9" * 300, "%d9%a1"]
)
def test_a_number_that_no_row_has_is_not_found(alive: Site, number: str) -> None:
    assert fetch(f"/mediabank/{number}/clock/").status == 404
    assert fetch(f"/?before=1-{number}").status in ((200, 404) if number.isdigit() and len(number) < 16 else (404,))


@pytest.mark.parametrize("prefix", ["xx", "RU", "rU", "r", "ruu", "%d1%80%d1%83", "en"])
def test_an_edition_that_is_none_is_not_found_and_said_so_by_the_main_one(alive: Site, prefix: str) -> None:
    for rest in ("/", "/economy/", "/rss.xml"):
        answer = fetch(f"/{prefix}{rest}")
        assert (answer.status, answer.headers["content-language"]) == (404, "en")
