"""A reader reports an error: it reaches the desk as a mail, once, and nothing that was written is lost."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from broadsheet.mail.models import OutgoingMail
from broadsheet.stories.reports import MOST_OF_ONE, read_report
from tests.factories import Newsroom

pytestmark = pytest.mark.database
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
TEXT = "The quay is 1,900 metres long, not 9,100."


@pytest.fixture(autouse=True)
def _no_reports_before() -> None:
    cache.clear()


def send(reader: Client, story_id: int, prefix: str = "", headers: dict[str, Any] = HERE, **fields: str) -> Any:
    extra: dict[str, Any] = headers
    return reader.post(f"{prefix}/-/report/{story_id}/", {"text": TEXT, **fields}, **extra)


def test_a_report_reaches_the_desk_as_a_mail_that_can_be_answered(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.published(headline="The long quay")
    answer = send(reader, story.pk, mail="ann@reader.example")
    assert (answer.status_code, answer["Location"]) == (302, "/-/report/thanks/")
    assert "Thank you" in reader.get("/-/report/thanks/").content.decode()
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.reply_to) == ("desk@localhost", "ann@reader.example")
    assert "The long quay" in mail.subject
    assert TEXT in mail.text
    assert f"http://localhost:8000{story.address}" in mail.text
    assert not answer.cookies


def test_every_story_leads_to_its_form(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.published()
    action = f'action="/-/report/{story.pk}/"'
    assert action in reader.get(story.address).content.decode()
    assert action in reader.get(f"/-/report/{story.pk}/").content.decode()


WRONG = {
    "no text": ({"text": "  \n "}, 400, "in a few words"),
    "too long": ({"text": "x" * 2001}, 400, "too long"),
    "no address": ({"mail": "not an address"}, 400, "Leave it empty"),
    "two lines in the address": ({"mail": "a@b.example\nBcc: c@d.example"}, 400, "Leave it empty"),
}


@pytest.mark.parametrize(("fields", "status", "sentence"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_beside_what_was_written(
    newsroom: Newsroom, reader: Client, fields: dict[str, str], status: int, sentence: str
) -> None:
    story = newsroom.published()
    answer = send(reader, story.pk, **fields)
    page = answer.content.decode()
    assert answer.status_code == status
    assert sentence in page
    assert fields.get("text", TEXT).strip()[:2000] in page
    assert not OutgoingMail.objects.exists()


FROM = {
    "a page of ours": ({"HTTP_SEC_FETCH_SITE": "same-origin"}, 302),
    "an older browser": ({"HTTP_ORIGIN": "http://localhost"}, 302),
    "no browser": ({}, 302),
    "another site": ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
    "a neighbour": ({"HTTP_SEC_FETCH_SITE": "same-site"}, 403),
    "another origin": ({"HTTP_ORIGIN": "https://evil.example"}, 403),
}


@pytest.mark.parametrize(("headers", "status"), FROM.values(), ids=FROM)
def test_only_a_page_of_this_site_sends_a_report(
    newsroom: Newsroom, reader: Client, headers: dict[str, str], status: int
) -> None:
    answer = send(reader, newsroom.published().pk, headers=headers)
    assert answer.status_code == status
    assert OutgoingMail.objects.exists() == (status == 302)


def test_what_a_machine_fills_in_is_thanked_for_and_goes_nowhere(newsroom: Newsroom, reader: Client) -> None:
    assert send(reader, newsroom.published().pk, site="https://spam.example").status_code == 302
    assert not OutgoingMail.objects.exists()


def test_after_many_reports_in_an_hour_the_next_waits_and_its_text_stays(newsroom: Newsroom, reader: Client) -> None:
    story = newsroom.published()
    for _ in range(MOST_OF_ONE):
        assert send(reader, story.pk).status_code == 302
    answer = send(reader, story.pk)
    assert answer.status_code == 429
    assert TEXT in answer.content.decode()
    assert OutgoingMail.objects.count() == MOST_OF_ONE


def test_a_story_that_readers_do_not_see_has_no_form(newsroom: Newsroom, reader: Client) -> None:
    draft, elsewhere = newsroom.draft(), newsroom.published(edition=newsroom.russian)
    for story_id in (draft.pk, elsewhere.pk, 10**9):
        assert reader.get(f"/-/report/{story_id}/").status_code == 404
        assert send(reader, story_id).status_code == 404
    assert reader.get(f"/ru/-/report/{elsewhere.pk}/").status_code == 200


def test_letters_that_are_not_seen_do_not_reach_the_desk() -> None:
    assert read_report({"text": "a\x00b\u202ec\nd"}).text == "abc\nd"
