"""Fronts through the desk's forms: what is shown to whom, what is arranged, what is refused and kept."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from broadsheet.accounts.roles import Role
from broadsheet.foundation.clock import stopped_at
from broadsheet.fronts.actions import set_breaking
from broadsheet.fronts.models import BreakingLine, Container, Front, Pin
from tests.factories import Newsroom
from tests.unit.desk.page_forms import sent_by
from tests.unit.fronts.arranging import RECENT, arrange, box, shown

pytestmark = pytest.mark.database
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def desk(newsroom: Newsroom) -> Client:
    return newsroom.at_desk(newsroom.chief)


def row(look: str, rule: str, *pins: dict[str, Any], most: int = 4, **more: Any) -> dict[str, Any]:
    """A container as the form sends it."""
    fields = {"look": look, "rule": rule, "most": most, "title": "", "section": "", "topic": "", "kinds": []}
    return {**fields, "pins": inline_formset([{"until": "", **pin} for pin in pins]), **more}


def form(version: int, *rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    data = dict(nested_form_data({"version": version, "containers": inline_formset(rows), **more}))
    for number, one in enumerate(rows):
        data[f"containers-{number}-kinds"] = one["kinds"]
    return data


def test_a_front_is_arranged_and_arranged_again(newsroom: Newsroom, desk: Client) -> None:
    story, other = newsroom.published(headline="a"), newsroom.published(headline="b")
    address = f"/desk/fronts/{newsroom.english.pk}/"
    page = desk.get(address).content.decode()
    assert "Nobody has arranged this front" in page
    assert 'name="version" value="0"' in page
    rows = (
        row("lead", "kinds", {"story": story.pk, "until": "2040-01-02 10:00"}, kinds=["news"], title="Now"),
        row("recent", "edition", most=9),
    )
    assert desk.post(address, form(0, *rows)).status_code == 302
    assert shown() == [("lead", ["a", "b"])]
    pin = Pin.objects.get()
    assert pin.until == datetime(2040, 1, 2, 8, tzinfo=UTC)  # the edition's own time
    page = desk.get(address).content.decode()
    assert 'name="version" value="1"' in page
    assert 'name="containers-0-title" value="Now"' in page
    assert 'value="2040-01-02 10:00"' in page
    assert f'name="containers-0-pins-0-story" value="{story.pk}"' in page
    swapped = [
        {**rows[0], "ORDER": "2", "look": "grid"},
        row("list", "edition", {"story": other.pk}, most=1, ORDER="1"),
    ]
    data = form(1, *swapped, row("recent", "edition", ORDER="3"))
    data |= {"containers-0-ORDER": "2", "containers-1-ORDER": "1", "containers-2-ORDER": "3"}
    assert desk.post(address, data).status_code == 302
    assert shown() == [("list", ["b"]), ("grid", ["a"])]


def test_a_second_editor_is_told_and_what_they_typed_stays(newsroom: Newsroom, desk: Client) -> None:
    arrange(newsroom, RECENT)
    data = form(0, row("lead", "edition", title="Mine"), row("recent", "edition"))
    page = desk.post(f"/desk/fronts/{newsroom.english.pk}/", data).content.decode()
    assert "Clara Chief arranged this front after you had opened it" in page
    assert 'value="Mine"' in page
    assert Container.objects.count() == 1
    assert "<ins>lead: Mine · the newest of the edition · 4" in page
    again = desk.post(f"/desk/fronts/{newsroom.english.pk}/", {**data, "version": sent_by(page)["version"]})
    assert again.status_code == 302
    assert Container.objects.filter(title="Mine").exists()


def test_both_arrangements_name_a_pinned_draft_only_to_those_who_may_read_it(newsroom: Newsroom) -> None:
    secret = newsroom.draft(headline="Kanareika", section=newsroom.sections["economy"])
    world = newsroom.sections["world"]
    own = {"section_id": world.pk}
    arrange(newsroom, box("lead", "edition", 4, secret), box("grid", "section", **own), section=world)
    address = f"/desk/fronts/{newsroom.english.pk}/{world.pk}/"
    data = form(0, row("grid", "section", section=world.pk))
    editor = newsroom.member("editor", edition="main", section="world")
    assert "– Kanareika" in newsroom.at_desk(newsroom.chief).post(address, data).content.decode()
    page = newsroom.at_desk(editor).post(address, data).content.decode()
    assert "arranged this front after" in page
    assert "Kanareika" not in page


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "A front needs a container."),
        ([row("lead", "section"), row("recent", "edition")], "needs the section"),
        ([row("lead", ""), row("recent", "edition")], "Something is missing below."),
        ([row("lead", "edition", most=99), row("recent", "edition")], "between 1 and 30"),
        ([row("lead", "edition", {"story": 10**12}), row("recent", "edition")], "Something is missing below."),
        ([row("lead", "edition", {"story": "x"}), row("recent", "edition")], "Something is missing below."),
        ([row("lead", "kinds"), row("recent", "edition")], "at least one kind"),
        ([row("lead", "kinds", kinds=["rumour"]), row("recent", "edition")], "Something is missing below."),
        ([row("recent", "edition"), row("grid", "kinds", kinds=["news"])], "The last container shows the newest"),
    ],
)
def test_what_is_refused_is_said_in_the_form(
    newsroom: Newsroom, desk: Client, rows: list[dict[str, Any]], sentence: str
) -> None:
    response = desk.post(f"/desk/fronts/{newsroom.english.pk}/", form(0, *rows))
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not Container.objects.exists()


@pytest.mark.parametrize("data", [{}, {"version": "x"}, {"containers-TOTAL_FORMS": "-1"}, {"containers-0-id": "99"}])
def test_a_form_that_is_none_changes_nothing(newsroom: Newsroom, desk: Client, data: dict[str, str]) -> None:
    response = desk.post(f"/desk/fronts/{newsroom.english.pk}/", data)
    assert response.status_code == 200
    assert not Front.objects.exists()


def test_a_front_is_given_back_to_its_default(newsroom: Newsroom, desk: Client) -> None:
    arrange(newsroom, RECENT)
    data = form(1, row("recent", "edition"), reset="on")
    assert desk.post(f"/desk/fronts/{newsroom.english.pk}/", data).status_code == 302
    assert not Container.objects.exists()
    assert "stands as by default" in desk.get(f"/desk/fronts/{newsroom.english.pk}/").content.decode()


def test_the_list_holds_the_fronts_that_a_person_may_arrange(newsroom: Newsroom) -> None:
    arrange(newsroom, RECENT)
    english, russian = newsroom.english.pk, newsroom.russian.pk
    world = newsroom.sections["world"].pk
    ways = re.compile(r'href="/desk/fronts/([0-9/a-z]+)"')
    everywhere = ways.findall(newsroom.at_desk(newsroom.chief).get("/desk/fronts/").content.decode())
    assert {f"{english}/", f"{english}/breaking/", f"{russian}/{world}/", f"{russian}/"} <= set(everywhere)
    editor = newsroom.at_desk(newsroom.member("editor", edition="main", section="world"))
    assert ways.findall(editor.get("/desk/fronts/").content.decode()) == [f"{english}/{world}/"]
    assert editor.get(f"/desk/fronts/{english}/").status_code == 403
    assert "/desk/fronts/" in editor.get("/desk/").content.decode()
    reporter = newsroom.at_desk(newsroom.member("reporter"))
    assert "/desk/fronts/" not in reporter.get("/desk/").content.decode()


def test_a_pin_whose_end_has_come_is_not_in_the_form(newsroom: Newsroom, desk: Client) -> None:
    story = newsroom.published()
    arrange(newsroom, box("lead", "edition", 4, story), RECENT)
    Pin.objects.update(until=NOON)
    assert "containers-0-pins-0-story" not in desk.get(f"/desk/fronts/{newsroom.english.pk}/").content.decode()


def test_a_pinned_draft_tells_its_headline_only_to_those_who_may_read_it(newsroom: Newsroom) -> None:
    secret = newsroom.draft(headline="Kanareika", section=newsroom.sections["economy"])
    world = newsroom.sections["world"]
    own = {"section_id": world.pk}
    arrange(newsroom, box("lead", "edition", 4, secret), box("grid", "section", **own), section=world)
    address = f"/desk/fronts/{newsroom.english.pk}/{world.pk}/"
    editor = newsroom.member("editor", edition="main", section="world")
    assert "Kanareika" in newsroom.at_desk(newsroom.chief).get(address).content.decode()
    page = newsroom.at_desk(editor).get(address).content.decode()
    assert "Kanareika" not in page
    assert f'value="{secret.pk}"' in page


def line(**changes: Any) -> dict[str, Any]:
    return {"text": "Port closed", "story": "", "until": "", **changes}


def test_a_breaking_line_is_looked_at_shown_and_taken_away(newsroom: Newsroom, desk: Client) -> None:
    address = f"/desk/fronts/{newsroom.english.pk}/breaking/"
    with stopped_at(NOON):
        page = desk.post(address, line(preview="1")).content.decode()
        assert "So readers would see it" in page
        assert "</b> Port closed</p>" in page
        assert "until 23 November 2026, 16:00" in page
        assert not BreakingLine.objects.exists()
        assert desk.post(address, line(until="2026-11-23 18:30")).status_code == 302
        assert BreakingLine.objects.get().until == datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
        page = desk.get(address).content.decode()
        assert "Readers see now" in page
        assert 'value="Port closed"' in page
        assert "until 23 November 2026, 18:30" in desk.get("/desk/fronts/").content.decode()
        assert desk.post(address, {"clear": "1"}).status_code == 302
    assert not BreakingLine.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "Something is wrong below."),
        ({"text": "a" * 121}, "Something is wrong below."),
        ({"text": "—"}, "The line has no text."),
        ({"until": "2020-01-01 10:00"}, "at most a day from now"),
        ({"until": "soon"}, "Something is wrong below."),
        ({"story": "x"}, "Something is wrong below."),
        ({"clear": "1"}, "There is no breaking line."),
    ],
)
@pytest.mark.parametrize("preview", [{}, {"preview": "1"}])
def test_a_line_that_is_refused_says_why(
    newsroom: Newsroom, desk: Client, changes: dict[str, str], sentence: str, preview: dict[str, str]
) -> None:
    address = f"/desk/fronts/{newsroom.english.pk}/breaking/"
    page = desk.post(address, line(**changes, **preview), follow=True).content.decode()
    assert sentence in page
    assert not BreakingLine.objects.exists()


def test_a_second_line_does_not_replace_one_that_was_not_seen(newsroom: Newsroom, desk: Client) -> None:
    address = f"/desk/fronts/{newsroom.english.pk}/breaking/"
    hers = newsroom.at_desk(newsroom.staff[Role.ADMINISTRATOR])
    with stopped_at(NOON):
        first, later = (sent_by(client.get(address).content.decode()) for client in (hers, desk))
        assert first["version"] == later["version"] == [""]
        assert hers.post(address, {**first, "text": "Port closed"}).status_code == 302
        page = desk.post(address, {**later, "text": "Port open"}).content.decode()
        assert "changed this at" in page
        assert "<del>closed</del><ins>open</ins>" in page
        assert BreakingLine.objects.get().text == "Port closed"
        assert "changed this at" in desk.post(address, {**later, "clear": "1"}, follow=True).content.decode()
        assert desk.post(address, sent_by(page)).status_code == 302
    assert BreakingLine.objects.get().text == "Port open"


def test_a_line_that_has_ended_meanwhile_is_in_nobodys_way(newsroom: Newsroom, desk: Client) -> None:
    address = f"/desk/fronts/{newsroom.english.pk}/breaking/"
    with stopped_at(NOON):
        set_breaking(newsroom.chief, newsroom.english.pk, "Port closed")
        later = sent_by(desk.get(address).content.decode())
    with stopped_at(NOON + timedelta(hours=3)):
        assert desk.post(address, {**later, "text": "Port open", "until": ""}).status_code == 302


def test_a_line_that_is_over_is_none_on_the_desk_either(newsroom: Newsroom, desk: Client) -> None:
    with stopped_at(NOON):
        set_breaking(newsroom.chief, newsroom.english.pk, "Port closed")
    with stopped_at(NOON + timedelta(hours=3)):
        assert "Port closed" not in desk.get(f"/desk/fronts/{newsroom.english.pk}/breaking/").content.decode()
        assert "Port closed" not in desk.get("/desk/fronts/").content.decode()


@pytest.mark.parametrize("rows", ["51", "9" * 30])
def test_rows_beyond_all_measure_are_refused_and_not_made(newsroom: Newsroom, desk: Client, rows: str) -> None:
    sent = {**form(0, row("recent", "edition")), "containers-TOTAL_FORMS": rows}
    answer = desk.post(f"/desk/fronts/{newsroom.english.pk}/", sent)
    page = answer.content.decode()
    assert answer.status_code in (200, 422)
    assert "At most 50 of them can be sent." in page
    assert len(re.findall(r'name="containers-\d+-look"', page)) == 50
    assert shown() == []
