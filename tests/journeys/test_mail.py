"""Mail from end to end: who forgot a password gets a link, the desk sees what left, and a kill loses nothing."""

import email
import email.policy
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from broadsheet.accounts.roles import Role, roles_with
from broadsheet.foundation.home import Home
from broadsheet.foundation.settings import SETTINGS, Settings
from broadsheet.jobs.actions import claim_due, succeed
from broadsheet.mail.actions import queue_mail
from broadsheet.mail.models import MailState, OutgoingMail, Trouble
from tests.factories import PASSWORD, Newsroom
from tests.homes import RealHome, real_home
from tests.unit.mail.servers import Start, mail_servers
from tests.waiting import eventually


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Home:
    """A home of this test's own, in which mail goes to the folder."""
    home = Home(tmp_path / "home")
    home.prepare("0")
    settings.HOME = home
    settings.BROADSHEET = Settings({setting.name: setting.default for setting in SETTINGS})
    settings.EMAIL_BACKEND = "broadsheet.mail.backend.OutboxBackend"
    return home


def work() -> None:
    """Run every job that is due, as a worker does."""
    while job := claim_due("worker"):
        job.task.call(*job.args_kwargs["args"])
        succeed(job, None)


def a_mail(number: int = 1, **fields: Any) -> OutgoingMail:
    values = {"to": f"reader-{number}@example.org", "subject": f"Subject {number}", "text": "The text.", **fields}
    return queue_mail(**{"purpose": "newsletter", **values})


def words(response: Any) -> str:
    assert response.status_code == 200, response
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


@pytest.mark.database
@pytest.mark.django_db
def test_who_forgot_a_password_gets_a_link_by_mail_and_sets_a_new_one(newsroom: Newsroom, home: Home) -> None:
    user = newsroom.staff[Role.REPORTER]
    client = Client(HTTP_HOST="localhost")
    asked = client.post("/account/password/reset/", {"email": user.email})
    assert asked.status_code == 302
    work()
    (file,) = home.mailbox.iterdir()
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert message["to"] == user.email
    found = re.search(r"http://localhost[^/\s]*(/account/password/reset/key/\S+)", str(message.get_content()))  # type: ignore[attr-defined]
    assert found, message
    form = client.get(found[1], follow=True)
    new = "quite another pass phrase"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    user.refresh_from_db()
    assert user.check_password(new)
    assert not user.check_password(PASSWORD)


@pytest.mark.database
@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_only_who_has_the_right_reads_the_mailbox(role: Role, newsroom: Newsroom, home: Home) -> None:
    mail = a_mail()
    client = newsroom.at_desk(newsroom.staff[role])
    may = role in roles_with("mailbox.read")
    for address in ("/desk/mailbox/", f"/desk/mailbox/{mail.pk}/"):
        response = client.get(address)
        assert (response.status_code == 200) is may, response
        assert (b"Subject 1" in response.content) is may
    assert client.post(f"/desk/mailbox/{mail.pk}/").status_code == 302
    assert ("/desk/mailbox/" in client.get("/desk/").content.decode()) is may


@pytest.mark.database
@pytest.mark.django_db
def test_the_mailbox_shows_what_left_and_what_failed_the_newest_first(newsroom: Newsroom, home: Home) -> None:
    for number in range(1, 53):
        a_mail(number)
    OutgoingMail.objects.filter(subject="Subject 52").update(state=MailState.FAILED, last_error=Trouble.RECIPIENT)
    client = newsroom.at_desk(newsroom.staff[Role.CHIEF])
    first = client.get("/desk/mailbox/")
    page = words(first)
    assert page.index("Subject 52 ") < page.index("Subject 51 ") < page.index("Subject 3 ")
    assert "failed The mail server refused the recipient." in page
    assert "Subject 2 " not in page
    older = BeautifulSoup(first.content, "html.parser").find("a", string="Older mails")
    assert older is not None
    page = words(client.get("/desk/mailbox/" + str(older["href"]).partition("/mailbox/")[2]))
    assert "Subject 2 " in page
    assert "Subject 1 " in page
    assert "Older mails" not in page


@pytest.mark.database
@pytest.mark.django_db
@pytest.mark.parametrize("query", ["before=", "before=x", "before=-1", "before=²", "before=" + "9" * 40, "before=0"])
def test_a_query_that_makes_no_sense_is_a_page_all_the_same(query: str, newsroom: Newsroom, home: Home) -> None:
    client = newsroom.at_desk(newsroom.staff[Role.CHIEF])
    assert "No mail yet." in words(client.get(f"/desk/mailbox/?{query}"))


@pytest.mark.database
@pytest.mark.django_db
@pytest.mark.parametrize("number", ["0", "999", str(2**63 - 1), str(2**63), "9" * 40])
def test_a_mail_that_is_not_there_is_not_found(number: str, newsroom: Newsroom, home: Home) -> None:
    client = newsroom.at_desk(newsroom.staff[Role.CHIEF])
    assert client.get(f"/desk/mailbox/{number}/").status_code == 404
    assert client.post(f"/desk/mailbox/{number}/").status_code == 404


@pytest.mark.database
@pytest.mark.django_db
def test_a_link_that_sets_a_password_is_shown_to_administrators_alone(newsroom: Newsroom, home: Home) -> None:
    mail = a_mail(text="http://localhost/account/password/reset/key/SECRET/", purpose="account")
    address = f"/desk/mailbox/{mail.pk}/"
    assert "SECRET" not in words(newsroom.at_desk(newsroom.staff[Role.CHIEF]).get(address))
    assert "SECRET" in words(newsroom.at_desk(newsroom.staff[Role.ADMINISTRATOR]).get(address))


@pytest.mark.database
@pytest.mark.django_db
def test_script_in_a_mail_comes_out_as_text(newsroom: Newsroom, home: Home) -> None:
    script = "<script>alert(1)</script>"
    mail = a_mail(subject=script, text=script, html=script)
    client = newsroom.at_desk(newsroom.staff[Role.CHIEF])
    for address in ("/desk/mailbox/", f"/desk/mailbox/{mail.pk}/"):
        body = client.get(address).content.decode()
        assert script not in body
        assert "&lt;script&gt;alert(1)" in body


@pytest.mark.database
@pytest.mark.django_db
def test_a_failed_mail_is_sent_again_from_the_desk(newsroom: Newsroom, home: Home) -> None:
    mail = a_mail()
    work()
    OutgoingMail.objects.update(state=MailState.FAILED, sent_at=None, last_error=Trouble.LOG_IN)
    client = newsroom.at_desk(newsroom.staff[Role.CHIEF])
    address = f"/desk/mailbox/{mail.pk}/"
    assert "Send again" in words(client.get(address))
    assert "The mail will be sent again." in words(client.post(address, follow=True))
    work()
    mail.refresh_from_db()
    assert mail.state == MailState.SENT
    assert "Send again" not in words(client.get(address))
    assert "has been sent already" in words(client.post(address, follow=True))


# With real processes: a worker that is killed after the server took the mail, and before it is marked.

QUEUE = """
from broadsheet.mail.actions import queue_mail
queue_mail(to="reader@example.org", subject="Ночь прилива", text="Вечер.", purpose="test")
"""
# A worker whose clock is some minutes ahead: what an operator would see who waits.
LATER_WORKER = """
import sys
from datetime import UTC, datetime, timedelta
from broadsheet.config.processes import worker
from broadsheet.foundation import clock
clock.now = lambda: datetime.now(UTC) + timedelta(minutes=6)
sys.exit(worker.main())
"""
MAIL = "SELECT state, attempts FROM mail_outgoingmail"
WORKER = ("-m", "broadsheet.config.processes.worker")


@pytest.fixture
def mail_server() -> Iterator[Start]:
    with mail_servers() as start:
        yield start


@pytest.fixture
def pipe() -> Iterator[int]:
    """What a worker watches: it ends with whoever holds the other end."""
    end, own_end = os.pipe()
    yield end
    os.close(end)
    os.close(own_end)


@pytest.fixture
def site(tmp_path: Path) -> RealHome:
    home = real_home(tmp_path / "home", postgresql=os.environ.get("BROADSHEET_DATABASE_URL", ""))
    home.environment.update(
        BROADSHEET_MAIL="smtp",
        BROADSHEET_SMTP_HOST="127.0.0.1",
        BROADSHEET_SMTP_SECURITY="none",
        BROADSHEET_MAIL_FROM="desk@news.example",
    )
    return home


def start_worker(site: RealHome, pipe: int, port: int, *command: str) -> subprocess.Popen[str]:
    site.environment["BROADSHEET_SMTP_PORT"] = str(port)
    return site.python(*command, "--pipe", str(pipe), pass_fds=(pipe,), start_new_session=True)


@pytest.mark.database
def test_a_worker_killed_while_it_sends_loses_no_mail(site: RealHome, mail_server: Start, pipe: int) -> None:
    site.run(QUEUE)
    hanging, answering = mail_server("--mode", "take-and-hang"), mail_server()
    first = start_worker(site, pipe, hanging.port, *WORKER)
    once = hanging.next_message()
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert site.rows(MAIL) == [("waiting", 1)]

    second = start_worker(site, pipe, answering.port, "-c", LATER_WORKER)
    try:
        again = answering.next_message()
        eventually(lambda: site.rows(MAIL) == [("sent", 2)])
    finally:
        second.kill()
        second.wait()
    messages = [email.message_from_string(one["content"], policy=email.policy.default) for one in (once, again)]
    assert messages[0]["message-id"] == messages[1]["message-id"]
    assert str(messages[1]["subject"]) == "Ночь прилива"
    assert answering.stop() == []
