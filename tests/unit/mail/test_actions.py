from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from broadsheet.foundation import clock
from broadsheet.foundation.home import Home
from broadsheet.foundation.refusals import Refused
from broadsheet.jobs.actions import claim_due, succeed, take_back
from broadsheet.mail import actions
from broadsheet.mail.actions import DELAYS, LEASE, deliver_mail, queue_mail, send_again
from broadsheet.mail.backend import OutboxBackend
from broadsheet.mail.delivery import Undelivered
from broadsheet.mail.models import MailState, OutgoingMail, Trouble
from broadsheet.mail.reads import mail_counts, newest_mails, whole_mail

pytestmark = [pytest.mark.database, pytest.mark.django_db]


class Killed(BaseException):
    """Stands for SIGKILL: nothing in the program catches it."""


@pytest.fixture(autouse=True)
def _a_home(home: Home, wish: Any) -> None:
    wish(mail_from="Harbour News <desk@news.example>")


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Subjects in the order in which they left."""
    subjects: list[str] = []
    monkeypatch.setattr(actions, "deliver", lambda mail: subjects.append(mail.subject))
    return subjects


def a_queued_mail(**fields: Any) -> OutgoingMail:
    return queue_mail(**{"to": "reader@example.org", "subject": "Hello", "text": "Hello.", "purpose": "test", **fields})


def work(moment: datetime | None = None) -> int:
    """Run every job that is due, as a worker does; returns how many."""
    with clock.stopped_at(moment or clock.now()):
        count = 0
        while job := claim_due("worker"):
            job.task.call(*job.args_kwargs["args"])
            succeed(job, None)
            count += 1
        return count


def refusing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def deliver(_: OutgoingMail) -> None:
        raise error

    monkeypatch.setattr(actions, "deliver", deliver)


def test_a_queued_mail_leaves_and_is_marked(home: Home) -> None:
    mail = a_queued_mail()
    assert (mail.state, mail.sender) == (MailState.WAITING, "Harbour News <desk@news.example>")
    work()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.last_error) == (MailState.SENT, 1, "")
    assert mail.sent_at is not None
    assert len(list(home.mailbox.iterdir())) == 1


def test_a_mail_and_its_job_are_both_there_or_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    def queue_and_fail() -> None:
        with transaction.atomic():
            a_queued_mail()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        queue_and_fail()
    assert (OutgoingMail.objects.count(), DBTaskResult.objects.count()) == (0, 0)
    with monkeypatch.context() as broken:
        broken.delattr(actions, "run_soon")
        with pytest.raises(NameError):
            a_queued_mail()
    assert OutgoingMail.objects.count() == 0
    a_queued_mail()
    assert (OutgoingMail.objects.count(), DBTaskResult.objects.count()) == (1, 1)


REFUSED = {
    "a subject of two lines": ({"subject": "Hello\nBcc: all@example.org"}, "mail.subject"),
    "a subject with a carriage return": ({"subject": "Hello\rBcc: all@example.org"}, "mail.subject"),
    "an address of two lines": ({"to": "reader@example.org\nBcc: all@example.org"}, "mail.address"),
    "two addresses in one": ({"to": "reader@example.org, all@example.org"}, "mail.address"),
    "no address": ({"to": ""}, "mail.address"),
    "an answer to two lines": ({"reply_to": "a@example.org\r\nBcc: all@example.org"}, "mail.address"),
    "a word for an address": ({"to": "reader"}, "mail.address"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_could_break_out_of_a_header_is_refused(name: str) -> None:
    fields, code = REFUSED[name]
    with pytest.raises(Refused) as raised:
        a_queued_mail(**fields)
    assert raised.value.code == code
    assert OutgoingMail.objects.count() == 0


def test_a_mail_that_is_sent_is_not_sent_again_by_another_job(sent: list[str]) -> None:
    mail = a_queued_mail()
    work()
    deliver_mail.call(mail.pk)
    deliver_mail.call(mail.pk)
    assert sent == ["Hello"]


def test_two_jobs_at_once_send_once(sent: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    mail = a_queued_mail()

    def deliver(row: OutgoingMail) -> None:
        deliver_mail.call(mail.pk)  # the other job comes while this one speaks with the server
        sent.append(row.subject)

    monkeypatch.setattr(actions, "deliver", deliver)
    work()
    work(clock.now() + LEASE)
    assert sent == ["Hello"]


def test_a_failed_attempt_is_followed_by_others_at_growing_distance(monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, Undelivered(Trouble.NO_SERVER))
    mail = a_queued_mail()
    moment = clock.now()
    work(moment)
    for number, delay in enumerate(DELAYS, start=1):
        mail.refresh_from_db()
        assert (mail.state, mail.attempts, mail.last_error) == (MailState.WAITING, number, Trouble.NO_SERVER)
        assert mail.not_before == moment + delay
        assert work(moment + delay - timedelta(seconds=1)) == 0
        moment += delay
        work(moment)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.FAILED, len(DELAYS) + 1)
    assert work(moment + timedelta(days=30)) == 0
    assert list(DELAYS) == sorted(DELAYS)


def test_what_the_server_refuses_for_good_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, Undelivered(Trouble.RECIPIENT, final=True))
    mail = a_queued_mail()
    work()
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == (MailState.FAILED, Trouble.RECIPIENT)
    assert work(clock.now() + timedelta(days=30)) == 0


def test_a_mistake_of_the_program_delays_a_mail_and_does_not_lose_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    refusing(monkeypatch, ZeroDivisionError())
    mail = a_queued_mail()
    work()
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == (MailState.WAITING, Trouble.PROGRAM)
    assert "ZeroDivisionError" in caplog.text
    monkeypatch.undo()
    work(clock.now() + DELAYS[0])
    mail.refresh_from_db()
    assert mail.state == MailState.SENT


def test_a_process_killed_between_sending_and_marking_sends_again_and_loses_nothing(
    sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = a_queued_mail()

    def die(_: OutgoingMail) -> None:
        raise Killed

    monkeypatch.setattr(actions, "_mark_sent", die)
    job = claim_due("worker")
    assert job is not None
    with pytest.raises(Killed):
        job.task.call(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, sent) == (MailState.WAITING, ["Hello"])
    monkeypatch.undo()
    monkeypatch.setattr(actions, "deliver", lambda row: sent.append(row.subject))
    take_back(job)
    work()
    assert sent == ["Hello"], "the job came again at once, but the attempt might still be under way"
    work(clock.now() + LEASE)
    mail.refresh_from_db()
    assert (mail.state, sent) == (MailState.SENT, ["Hello", "Hello"])


def test_a_mail_that_kills_whoever_sends_it_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, Killed())
    mail = a_queued_mail()
    moment = clock.now()
    attempts = 0
    while OutgoingMail.objects.get().state == MailState.WAITING:
        assert attempts < 50
        with clock.stopped_at(moment):
            try:
                deliver_mail.call(mail.pk)
            except Killed:
                attempts += 1
        moment += LEASE
    assert attempts == len(DELAYS) + 1
    assert OutgoingMail.objects.get().last_error == Trouble.PROGRAM


def test_a_failed_mail_can_be_sent_again_and_begins_anew(monkeypatch: pytest.MonkeyPatch, sent: list[str]) -> None:
    mail = a_queued_mail()
    OutgoingMail.objects.update(state=MailState.FAILED, attempts=8, last_error=Trouble.LOG_IN)
    DBTaskResult.objects.all().delete()
    send_again(mail_id=mail.pk)
    work()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, sent) == (MailState.SENT, 1, ["Hello"])


@pytest.mark.parametrize("state", [MailState.SENT, MailState.WAITING])
def test_a_mail_that_left_or_is_leaving_cannot_be_sent_again(state: str) -> None:
    mail = a_queued_mail()
    if state == MailState.SENT:
        work()
    with pytest.raises(Refused):
        send_again(mail_id=mail.pk)
    with pytest.raises(Refused):
        send_again(mail_id=mail.pk + 1)


def test_the_database_refuses_a_sent_mail_without_its_time() -> None:
    mail = a_queued_mail()
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.SENT)
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.filter(pk=mail.pk).update(state="lost")


def test_a_job_that_has_a_time_only_hands_the_delivery_in(monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, Undelivered(Trouble.TOO_SLOW))
    a_queued_mail()
    work()
    refusing(monkeypatch, AssertionError("the timekeeper spoke with a mail server"))
    with clock.stopped_at(clock.now() + DELAYS[0]):
        job = claim_due("timekeeper", only_timed=True)
        assert job is not None
        job.task.call(*job.args_kwargs["args"])
        succeed(job, None)
        assert claim_due("timekeeper", only_timed=True) is None
        assert claim_due("worker") is not None


def test_a_mail_of_django_goes_through_the_outbox_to_each_recipient_alone(settings: Any) -> None:
    settings.EMAIL_BACKEND = "broadsheet.mail.backend.OutboxBackend"
    message = EmailMultiAlternatives(
        "Пароль", "Вот он.", None, ["Reader <reader@example.org>"], bcc=["second@example.org"], reply_to=["a@b.example"]
    )
    message.attach_alternative("<p>Вот он.</p>", "text/html")
    assert message.send() == 1
    rows = OutgoingMail.objects.order_by("pk").values_list("to", "reply_to", "subject", "text", "html", "purpose")
    rest = ("a@b.example", "Пароль", "Вот он.", "<p>Вот он.</p>", "account")
    assert list(rows) == [("reader@example.org", *rest), ("second@example.org", *rest)]
    assert DBTaskResult.objects.count() == 2


def test_of_several_messages_all_are_queued_or_none() -> None:
    good, bad = EmailMultiAlternatives("a", "b", None, ["a@example.org"]), EmailMultiAlternatives("a", "b", None, ["a"])
    with pytest.raises(Refused):
        OutboxBackend().send_messages([good, bad])
    assert OutboxBackend(fail_silently=True).send_messages([good, bad]) == 0
    assert OutgoingMail.objects.count() == 0
    assert not hasattr(django_mail, "outbox") or django_mail.outbox == []


def test_an_attachment_is_refused_and_not_lost_silently() -> None:
    message = EmailMultiAlternatives("a", "b", None, ["a@example.org"])
    message.attach("a.txt", "text", "text/plain")
    with pytest.raises(ValueError, match="attachments"):
        OutboxBackend().send_messages([message])


def test_the_newest_mails_come_first_and_a_page_at_a_time() -> None:
    ids = [a_queued_mail(subject=str(number)).pk for number in range(5)]
    seen: list[int] = []
    before: int | None = None
    while True:
        lines, before = newest_mails(before=before, limit=2)
        seen += [line.id for line in lines]
        if before is None:
            break
    assert seen == ids[::-1]


def test_a_list_of_mails_is_one_query_without_their_texts(django_assert_num_queries: Callable[..., Any]) -> None:
    for _ in range(3):
        a_queued_mail()
    with django_assert_num_queries(1) as queries:
        newest_mails()
    assert '"html"' not in queries.captured_queries[0]["sql"]


def test_the_desk_reads_what_went_wrong_as_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, Undelivered(Trouble.LOG_IN))
    mail = a_queued_mail(html="<p>Hello.</p>")
    work()
    found = whole_mail(mail.pk)
    assert found is not None
    assert found.line.trouble == "The mail server refused the log-in."
    assert (found.text, found.html) == ("Hello.", "<p>Hello.</p>")
    assert found.line.next_attempt_at is not None
    assert whole_mail(mail.pk + 1) is None


def test_the_counts_tell_mails_that_are_late_from_those_that_just_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, Undelivered(Trouble.LOG_IN))
    a_queued_mail()
    work()
    a_queued_mail()
    counts = mail_counts()
    assert (counts.waiting, counts.delayed, counts.failed) == (2, 1, 0)
