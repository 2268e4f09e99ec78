"""The preview of a front: the page as readers would see it, of a plan that nobody keeps."""

from typing import Any

import pytest
from django.test import Client

from broadsheet.fronts.models import Container, Front
from tests.factories import Newsroom
from tests.unit.desk.test_front_forms import form, row
from tests.unit.fronts.arranging import RECENT, arrange, box

pytestmark = pytest.mark.database


@pytest.fixture
def desk(newsroom: Newsroom) -> Client:
    return newsroom.at_desk(newsroom.chief)


def preview(client: Client, newsroom: Newsroom, *rows: dict[str, Any], section: str = "") -> Any:
    within = f"{newsroom.sections[section].pk}/" if section else ""
    return client.post(f"/desk/fronts/{newsroom.english.pk}/{within}preview/", form(0, *rows))


def test_it_is_byte_for_byte_the_page_that_readers_get_when_the_front_is_arranged_so(
    newsroom: Newsroom, desk: Client, reader: Client
) -> None:
    story = newsroom.published(headline="Ferry comes")
    newsroom.published(headline="Ferry goes")
    rows = (
        row("lead", "topic", {"story": story.pk}, title="Now", topic=newsroom.topic.pk),
        row("recent", "edition", most=9),
    )
    before = reader.get("/").content
    shown = preview(desk, newsroom, *rows)
    assert shown.status_code == 200
    assert not Front.objects.exists()
    assert reader.get("/").content == before != shown.content
    assert desk.post(f"/desk/fronts/{newsroom.english.pk}/", form(0, *rows)).status_code == 302
    assert reader.get("/").content == shown.content


def test_so_is_that_of_a_section(newsroom: Newsroom, desk: Client, reader: Client) -> None:
    newsroom.published(headline="Ferry comes")
    world = newsroom.sections["world"]
    rows = (row("grid", "section", section=world.pk, title="Near and far"),)
    shown = preview(desk, newsroom, *rows, section="world")
    assert desk.post(f"/desk/fronts/{newsroom.english.pk}/{world.pk}/", form(0, *rows)).status_code == 302
    assert reader.get("/world/").content == shown.content


def test_nobody_finds_it_again(newsroom: Newsroom, desk: Client) -> None:
    shown = preview(desk, newsroom, row("recent", "edition"))
    assert "noindex" in shown.headers["X-Robots-Tag"]
    assert "no-store" in shown.headers["Cache-Control"]
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert desk.get(f"/desk/fronts/{newsroom.english.pk}/preview/").status_code == 405


def test_what_readers_may_not_see_is_not_in_it(newsroom: Newsroom, desk: Client) -> None:
    secret = newsroom.draft(headline="Kanareika")
    foreign = newsroom.published(headline="Чужое", edition=newsroom.russian)
    pins = ({"story": secret.pk}, {"story": foreign.pk})
    page = preview(desk, newsroom, row("lead", "edition", *pins), row("recent", "edition")).content.decode()
    assert "Kanareika" not in page
    assert "Чужое" not in page


def test_only_who_may_arrange_the_front_looks_at_it(newsroom: Newsroom) -> None:
    editor = newsroom.at_desk(newsroom.member("editor", edition="main", section="world"))
    own = row("grid", "section", section=newsroom.sections["world"].pk)
    assert preview(editor, newsroom, own, section="world").status_code == 200
    assert preview(editor, newsroom, own).status_code == 403
    assert preview(editor, newsroom, own, section="economy").status_code == 403


@pytest.mark.parametrize(
    "rows", [[row("", "edition")], [row("grid", "section")], [row("lead", "edition", {"story": "x"})]]
)
def test_a_form_with_something_missing_is_no_page(newsroom: Newsroom, desk: Client, rows: list[dict[str, Any]]) -> None:
    arrange(newsroom, box("lead", "edition", 4), RECENT)
    shown = preview(desk, newsroom, *rows)
    assert shown.status_code == 422
    assert "data-not-ready" in shown.content.decode()
    assert Container.objects.count() == 2


def test_a_form_that_is_none_is_no_page(newsroom: Newsroom, desk: Client) -> None:
    assert desk.post(f"/desk/fronts/{newsroom.english.pk}/preview/", {}).status_code == 422
