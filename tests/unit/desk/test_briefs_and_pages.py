"""Briefs and standing pages through the desk's forms."""

import pytest
from django.test import Client

from broadsheet.editions.models import StandingPage
from broadsheet.newsfeed.models import Brief
from tests.contracts.permissions.forms import rich_text
from tests.factories import Newsroom

pytestmark = pytest.mark.database


@pytest.fixture
def desk(newsroom: Newsroom) -> Client:
    return newsroom.at_desk(newsroom.chief)


def form(newsroom: Newsroom, **changes: object) -> dict[str, object]:
    fields = {"text": "Afloat.", "edition": newsroom.english.pk, "section": "", "picture": newsroom.picture.pk}
    return {**fields, **changes}


def test_a_brief_is_published_changed_and_withdrawn(newsroom: Newsroom, desk: Client, reader: Client) -> None:
    assert desk.post("/desk/briefs/add/", form(newsroom)).status_code == 302
    brief = Brief.objects.get()
    assert (brief.text, brief.written_by, brief.picture) == ("Afloat.", newsroom.chief, newsroom.picture)
    assert "Afloat." in reader.get("/newsfeed/").content.decode()
    assert desk.post(f"/desk/briefs/edit/{brief.pk}/", form(newsroom, text="Aground.")).status_code == 302
    assert "Aground." in reader.get(brief.address).content.decode()
    page = desk.get(f"/desk/briefs/delete/{brief.pk}/").content.decode()
    assert "Withdraw this brief?" in page
    assert "Yes, delete" not in page
    assert desk.post(f"/desk/briefs/delete/{brief.pk}/").status_code == 302
    assert reader.get(brief.address).status_code == 410
    assert Brief.objects.get().withdrawn_at is not None
    assert "Aground." in desk.get("/desk/briefs/").content.decode()


@pytest.mark.parametrize(("text", "sentence"), [("—", "The brief has no text."), ("a" * 401, "at most 400")])
def test_what_is_refused_is_said_in_the_form_and_what_was_typed_stays(
    newsroom: Newsroom, desk: Client, text: str, sentence: str
) -> None:
    page = desk.post("/desk/briefs/add/", form(newsroom, text=text)).content.decode()
    assert sentence in page
    assert text in page
    assert not Brief.objects.exists()


def test_the_form_begins_in_an_edition_in_which_the_person_may_publish(newsroom: Newsroom) -> None:
    reporter = newsroom.member("reporter", edition="ru")
    page = newsroom.at_desk(reporter).get("/desk/briefs/add/").content.decode()
    assert f'<option value="{newsroom.russian.pk}" selected>' in page


def test_a_standing_page_is_written_and_its_slug_is_refused_where_a_section_has_it(
    newsroom: Newsroom, desk: Client, reader: Client
) -> None:
    fields = {"title": "About", "slug": "world", "edition": newsroom.english.pk, "order": "1", "in_footer": "on"}
    data = {**fields, "body": rich_text("We print.")}
    assert "A section has this slug." in desk.post("/desk/standing-pages/add/", data).content.decode()
    assert desk.post("/desk/standing-pages/add/", {**data, "slug": "about"}).status_code == 302
    assert StandingPage.objects.get().body.startswith("<p>We print.")
    assert "We print." in reader.get("/about/").content.decode()
    assert (
        "has a page with this slug"
        in desk.post("/desk/standing-pages/add/", {**data, "slug": "about"}).content.decode()
    )
