"""The mailbox on the desk: what is new since somebody looked, in whose time, and what of it is not for everybody."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from broadsheet.accounts.roles import Role
from broadsheet.desk.actions import hand_over, note_mailbox_seen
from broadsheet.desk.mailbox import new_mails
from broadsheet.foundation.clock import stopped_at
from broadsheet.mail.actions import queue_mail
from broadsheet.mail.models import OutgoingMail
from tests.factories import Newsroom

pytestmark = pytest.mark.database


@pytest.fixture
def desk(newsroom: Newsroom) -> Client:
    return newsroom.at_desk(newsroom.chief)


def send(subject: str, text: str = "Text") -> OutgoingMail:
    return queue_mail(to="a@reader.example", subject=subject, text=text, purpose="test")


def test_what_is_new_since_i_looked_is_marked_and_counted(newsroom: Newsroom, desk: Client) -> None:
    send("Old")
    assert new_mails(newsroom.chief) == "1"
    desk.get("/desk/mailbox/")
    assert new_mails(newsroom.chief) == ""
    send("New one")
    assert "New in the mailbox: 1" in desk.get("/desk/").content.decode()
    page = desk.get("/desk/mailbox/").content.decode()
    assert page.count('class="desk-new-mark"') == 1
    assert "New in the mailbox" not in desk.get("/desk/").content.decode()
    assert new_mails(newsroom.staff[Role.CHIEF]) == "2"
    assert new_mails(newsroom.staff[Role.REPORTER]) == ""


def test_an_older_part_of_the_mailbox_is_not_taken_for_the_newest(newsroom: Newsroom) -> None:
    note_mailbox_seen(newsroom.chief, 7)
    note_mailbox_seen(newsroom.chief, 3)
    for _ in range(60):
        send("One")
    assert new_mails(newsroom.chief) == "50+"


def test_times_are_those_of_the_edition(newsroom: Newsroom, desk: Client) -> None:
    with stopped_at(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        mail = send("At noon")
    assert "23 November 2026, 14:00" in desk.get("/desk/mailbox/").content.decode()
    assert "23 November 2026, 14:00" in desk.get(f"/desk/mailbox/{mail.pk}/").content.decode()


def test_addresses_in_a_text_are_links_and_nothing_else_is(newsroom: Newsroom, desk: Client) -> None:
    mail = send("Links", "See http://localhost:8000/a/?b=1&c=2 or javascript:alert(1) <script>alert(1)</script>")
    page = desk.get(f"/desk/mailbox/{mail.pk}/").content.decode()
    assert '<a href="http://localhost:8000/a/?b=1&amp;c=2"' in page
    assert 'href="javascript' not in page
    assert "<script>alert(1)" not in page


def test_a_mail_that_names_a_story_is_read_by_those_who_may_read_every_story(newsroom: Newsroom, desk: Client) -> None:
    story = newsroom.draft(headline="Kanareika")
    hand_over(newsroom.chief, story.pk, "with-editor", newsroom.staff[Role.EDITOR].pk, seen=0)
    mail = OutgoingMail.objects.latest("pk")
    elsewhere = newsroom.at_desk(newsroom.member("chief", edition="main", section="economy"))
    for address in ("/desk/mailbox/", f"/desk/mailbox/{mail.pk}/"):
        assert "Kanareika" in desk.get(address).content.decode()
        assert "Kanareika" not in elsewhere.get(address).content.decode()
