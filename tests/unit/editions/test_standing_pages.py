"""Standing pages: their text, their addresses, and who has a slug."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from broadsheet.editions.actions import add_named, delete_named, save_named
from broadsheet.editions.cleaning import as_page
from broadsheet.editions.models import Section, SectionName, StandingPage, refuse_slug_of_no_page
from broadsheet.editions.reads import all_editions, standing_pages
from broadsheet.foundation.refusals import Refused
from tests.factories import Newsroom

pytestmark = pytest.mark.database


def page_of(newsroom: Newsroom, slug: str = "about", body: str = "<p>We print.</p>", **fields: object) -> StandingPage:
    """A standing page of the English edition."""
    values = {"edition": newsroom.english, "title": "About us", **fields}
    page = add_named(newsroom.chief, StandingPage(slug=slug, body=body, **values))
    assert isinstance(page, StandingPage)
    return page


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>a <b>b</b> <i>c</i><br>d</p>", "<p>a <b>b</b> <i>c</i><br>d</p>"),
        ('<h2 id="x" class="y">A</h2><ul><li>b</li></ul>', "<h2>A</h2><ul><li>b</li></ul>"),
        ('<p><a href="/imprint/" onclick="x()">b</a></p>', '<p><a href="/imprint/">b</a></p>'),
        ('<p><a href="mailto:a@example.org">b</a></p>', '<p><a href="mailto:a@example.org">b</a></p>'),
        ('<p><a href="javascript:x()">b</a> c</p>', "<p>b c</p>"),
        ('<p><a linktype="page" id="3">b</a></p>', "<p>b</p>"),
        ('<p>the <i lang="ru">Листок</i></p>', '<p>the <i lang="ru">Листок</i></p>'),
        ("<p>a</p><script>x()</script><style>y</style>", "<p>a</p>"),
        ('<p>a</p><p>&nbsp;</p><h2> </h2><img src="x" onerror="y">', "<p>a</p>"),
    ],
)
def test_a_text_keeps_what_a_standing_page_needs(html: str, kept: str) -> None:
    assert as_page(html) == kept
    assert as_page(kept) == kept


def test_a_page_stands_at_its_slug_in_its_edition_and_says_where_its_counterpart_is(
    newsroom: Newsroom, reader: Client
) -> None:
    page_of(newsroom, body="<h2>The paper</h2><p>We print.</p><script>x()</script>")
    text = reader.get("/about/").content.decode()
    assert "<h1>About us</h1>" in text
    assert "<h2>The paper</h2><p>We print.</p>" in text
    assert "x()" not in text
    assert 'hreflang="ru" href' not in text.split("<body")[0]
    assert reader.get("/ru/about/").status_code == 404
    page_of(newsroom, edition=newsroom.russian, title="О нас", body="<p>Печатаем.</p>")
    head = reader.get("/about/").content.decode().split("<body")[0]
    assert '<link rel="alternate" hreflang="ru" href="http://localhost:8000/ru/about/">' in head
    assert "О нас" in reader.get("/ru/about/").content.decode()
    assert reader.get("/about")["Location"] == "/about/"
    assert "/about/" in reader.get("/sitemap.xml").content.decode()


def test_no_slug_is_of_a_section_and_a_page(newsroom: Newsroom) -> None:
    with pytest.raises(Refused, match="A section has this slug"):
        page_of(newsroom, slug="world")
    page = page_of(newsroom, slug="jobs")
    section = Section(slug="jobs", names=[SectionName(language="en", name="Jobs")])
    with pytest.raises(Refused, match="A standing page has this slug"):
        add_named(newsroom.chief, section)
    world = newsroom.sections["world"]
    world.slug = "jobs"
    with pytest.raises(Refused, match="A standing page has this slug"):
        save_named(newsroom.chief, world)
    page.slug = "culture"
    with pytest.raises(Refused, match="A section has this slug"):
        save_named(newsroom.chief, page)


@pytest.mark.parametrize("slug", ["newsfeed", "desk", "ru", "2026", "topics"])
def test_a_word_that_stands_for_something_else_is_no_slug_of_a_page(slug: str) -> None:
    with pytest.raises(ValidationError):
        refuse_slug_of_no_page(slug)


@pytest.mark.parametrize("slug", ["about", "imprint", "standards", "privacy", "contact", "corrections", "our-history"])
def test_words_that_are_kept_for_pages_are_theirs(slug: str) -> None:
    refuse_slug_of_no_page(slug)


def test_a_page_without_words_is_refused(newsroom: Newsroom) -> None:
    with pytest.raises(Refused, match="The page has no text"):
        page_of(newsroom, body="<p><script>x()</script> — </p>")


def test_the_foot_names_the_pages_of_its_edition_in_their_order(newsroom: Newsroom) -> None:
    page_of(newsroom, "contact", order=2, title="Contact")
    page_of(newsroom, "about", order=1)
    page_of(newsroom, "hidden", order=0, in_footer=False)
    page_of(newsroom, edition=newsroom.russian)
    english, russian = all_editions()
    assert [(page.address, page.title) for page in standing_pages(english)] == [
        ("/about/", "About us"),
        ("/contact/", "Contact"),
    ]
    assert len(standing_pages(russian)) == 1


def test_a_deleted_page_is_not_found(newsroom: Newsroom, reader: Client) -> None:
    delete_named(newsroom.chief, page_of(newsroom))
    assert reader.get("/about/").status_code == 404


def test_a_chief_of_one_edition_writes_no_page_of_another(newsroom: Newsroom) -> None:
    chief = newsroom.member("chief", edition="ru")
    page = page_of(newsroom)
    for act in (
        lambda: add_named(chief, StandingPage(edition=newsroom.english, slug="x-y", title="X", body="<p>x</p>")),
        lambda: save_named(chief, page),
        lambda: delete_named(chief, page),
    ):
        with pytest.raises(Refused, match="Your role does not allow this"):
            act()
    page.edition = newsroom.russian  # nor takes one over
    with pytest.raises(Refused, match="Your role does not allow this"):
        save_named(chief, page)
