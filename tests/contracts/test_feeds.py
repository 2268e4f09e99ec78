"""What machines read: every feed keeps RSS 2.0, the sitemap keeps the rules of sitemaps.org, robots.txt names it."""

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings

from tests.contracts.conftest import Site
from tests.contracts.reading import Answer, within_site, words_of

pytestmark = [pytest.mark.database, pytest.mark.django_db, pytest.mark.alike]
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def feeds(site: Site) -> list[Answer]:
    """Every feed of both editions."""
    found = [answer for answer in site.pages.values() if answer.address.endswith("/rss.xml")]
    assert len(found) == 2 + 2 * 6
    return found


def _text(parent: ElementTree.Element, name: str) -> str:
    found = parent.findall(name)
    assert len(found) == 1, (name, len(found))
    return (found[0].text or "").strip()


def _is_rfc822(text: str) -> bool:
    pattern = r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}"
    return re.fullmatch(pattern, text) is not None and parsedate_to_datetime(text).tzinfo is not None


def test_a_feed_says_what_it_is_and_where_it_stands(feeds: list[Answer]) -> None:
    for feed in feeds:
        assert feed.status == 200
        assert feed.headers["content-type"] == "application/rss+xml; charset=utf-8"
        root = ElementTree.fromstring(feed.body)
        assert (root.tag, root.get("version")) == ("rss", "2.0")
        [channel] = list(root)
        language = "ru" if feed.address.startswith("/ru/") else "en"
        for name in ("title", "description"):
            assert re.search(r"\w\W*$", _text(channel, name)), feed.address
            assert _text(channel, name) == _text(channel, name).strip("|–—-·:/•,; ")
        assert _text(channel, "link") == f"{settings.SITE_URL}{feed.address.removesuffix('rss.xml')}"
        assert _text(channel, "language") == feed.headers["content-language"] == language
        [itself] = channel.findall(f"{ATOM}link")
        assert (itself.get("rel"), itself.get("href")) == ("self", f"{settings.SITE_URL}{feed.address}")


def test_each_item_of_a_feed_is_a_story_of_the_site_once_and_the_newest_stand_first(
    feeds: list[Answer], site: Site
) -> None:
    items = 0
    shown = {words_of(tag) for page in site.html for name in ("h1", "h2", "h3") for tag in page.all(name)}
    for feed in feeds:
        channel = ElementTree.fromstring(feed.body)[0]
        guids, moments = [], []
        for item in channel.findall("item"):
            items += 1
            link, guid = _text(item, "link"), item.findall("guid")
            story = site.pages[within_site(link) or ""]
            assert story.status == 200
            assert _text(item, "title")
            assert _text(item, "title") in shown
            assert [tag.text for tag in guid] == [link]
            assert guid[0].get("isPermaLink", "true") == "true"
            assert _is_rfc822(_text(item, "pubDate")), _text(item, "pubDate")
            guids.append(link)
            moments.append(parsedate_to_datetime(_text(item, "pubDate")))
        assert len(set(guids)) == len(guids)
        assert moments == sorted(moments, reverse=True)
        if guids:
            assert _is_rfc822(_text(channel, "lastBuildDate"))
    assert items > 50


def test_what_is_newest_in_a_feed_is_on_its_front(feeds: list[Answer], site: Site) -> None:
    compared = 0
    for feed in feeds:
        front = site.pages[feed.address.removesuffix("rss.xml")]
        shown = {
            path for link in front.links() if (path := within_site(link)) and re.search(r"/\d{4}/\d\d/\d\d/", path)
        }
        fed = [within_site(tag.text or "") for tag in ElementTree.fromstring(feed.body).iter("link")]
        newest = [path for path in fed if re.search(r"/\d{4}/\d\d/\d\d/", path or "")][:12]
        assert set(newest) <= shown, feed.address
        compared += len(newest)
    assert compared > 30


def test_each_page_names_the_feed_of_its_edition(site: Site) -> None:
    for page in site.html:
        named = [tag.get("href") for tag in page.all("link") if tag.get("type") == "application/rss+xml"]
        assert named == ["/ru/rss.xml" if page.root.get("lang") == "ru" else "/rss.xml"], page.address


def test_the_sitemap_keeps_its_rules_and_lists_every_front_and_story_once(site: Site) -> None:
    answer = site.pages["/sitemap.xml"]
    assert answer.type == "application/xml"
    assert len(answer.body) < 50 * 2**20
    root = ElementTree.fromstring(answer.body)
    assert root.tag == f"{MAP}urlset"
    places = []
    for entry in root:
        assert entry.tag == f"{MAP}url"
        assert {tag.tag for tag in entry} <= {f"{MAP}loc", f"{MAP}lastmod"}
        loc = _text(entry, f"{MAP}loc")
        assert len(loc) < 2048
        path = within_site(loc)
        assert path is not None
        assert site.pages[path].status == 200
        assert [tag.get("href") for tag in site.pages[path].all("link") if tag.get("rel") == "canonical"] == [loc]
        for tag in entry.findall(f"{MAP}lastmod"):
            assert datetime.fromisoformat(tag.text or "").tzinfo is not None
        places.append(path)
    assert len(set(places)) == len(places) <= 50_000
    stories = {page.address for page in site.stories()}
    fronts = {f"{prefix}/{slug}" for prefix in ("", "/ru") for slug in ("", "economy/", "culture/", "opinion/")}
    assert stories | fronts <= set(places)


def test_robots_are_kept_from_what_is_no_page_and_shown_the_sitemap(site: Site) -> None:
    lines = site.pages["/robots.txt"].text.splitlines()
    assert lines[0] == "User-agent: *"
    assert {line for line in lines if line.startswith("Disallow")} == {
        f"Disallow: {path}" for path in ("/desk/", "/account/", "/-/")
    }
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in lines
