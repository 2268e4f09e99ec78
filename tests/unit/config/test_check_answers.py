"""What `broadsheet check` asks of the database and the mail server, and the command as a whole."""

import socket
import sqlite3
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from broadsheet.config.checks import database, jobs, machine, mail
from broadsheet.config.checks.findings import Finding
from broadsheet.config.checks.listing import listed_settings
from broadsheet.config.commands import check as command
from broadsheet.editions.models import Edition
from broadsheet.foundation import clock
from broadsheet.foundation.home import Home
from broadsheet.foundation.settings import SETTINGS, load_settings
from broadsheet.foundation.triggers import drop_triggers, make_triggers
from broadsheet.index.models import Entry
from broadsheet.jobs.actions import run_soon
from broadsheet.jobs.models import Worker
from broadsheet.mail.actions import deliver_mail, queue_mail
from broadsheet.mail.models import MailState, OutgoingMail, Trouble
from tests.factories import Newsroom
from tests.homes import ROOT, clean_environment
from tests.unit.config.checking import SMTP, found


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.prepare("0")
    home.secret("secret_key")
    return home


@contextmanager
def a_port_without_answer() -> Iterator[int]:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]


def test_a_mail_server_that_is_not_there_is_wrong() -> None:
    with a_port_without_answer() as port:
        (finding,) = found(mail.server_refuses, **SMTP | {"smtp_host": "127.0.0.1", "smtp_port": port})
        assert found(mail.server_refuses, smtp_host="127.0.0.1", smtp_port=port) == []
    assert finding.is_wrong
    assert f"127.0.0.1:{port}: The mail server could not be reached." in finding.what


def a_mail() -> OutgoingMail:
    return queue_mail(to="reader@example.org", subject="Hello", text="Hello.", purpose="test")


@pytest.mark.database
@pytest.mark.django_db
def test_mails_that_are_held_up_are_advice() -> None:
    a_mail()
    assert found(mail.is_held_up) == []
    OutgoingMail.objects.update(last_error=Trouble.LOG_IN)
    (finding,) = found(mail.is_held_up)
    assert (finding.is_wrong, finding.what) == (False, "1 mail waits for another attempt.")
    OutgoingMail.objects.update(state=MailState.FAILED)
    (finding,) = found(mail.is_held_up)
    assert finding.what == "1 mail has failed and will not be tried again."


@pytest.mark.database
@pytest.mark.django_db
def test_failed_jobs_are_wrong() -> None:
    run_soon(deliver_mail, 1)
    assert found(jobs.have_failed) == []
    DBTaskResult.objects.update(status="FAILED", finished_at=clock.now())
    (finding,) = found(jobs.have_failed)
    assert (finding.is_wrong, finding.what) == (True, "1 job has failed in the last week.")


@pytest.mark.database
@pytest.mark.django_db
def test_late_jobs_are_wrong_where_a_worker_runs_and_advice_where_none_does() -> None:
    run_soon(deliver_mail, 1)
    assert found(jobs.are_late) == []
    with clock.stopped_at(clock.now() + timedelta(minutes=5)):
        (finding,) = found(jobs.are_late)
        assert (finding.is_wrong, finding.what) == (False, "1 job waits, the oldest for 5 min.")
        Worker.objects.create(id="w", host="h", pid=1, lock="", started_at=clock.now(), seen_at=clock.now())
        assert [finding.is_wrong for finding in found(jobs.are_late)] == [True]


@pytest.mark.database
@pytest.mark.django_db
def test_a_zone_that_the_machine_does_not_know_is_wrong() -> None:
    Edition.objects.create(name="The Gazette", language="en", zone="Europe/Riga")
    assert found(machine.zones_are_unknown) == []
    Edition.objects.update(zone="Europe/Atlantis")
    (finding,) = found(machine.zones_are_unknown)
    assert "Europe/Atlantis" in finding.what


@pytest.mark.database
@pytest.mark.django_db
def test_a_database_that_is_up_to_date_is_well() -> None:
    for check in (database.is_too_old, database.is_not_up_to_date, database.lacks_rules):
        assert found(check) == [], check


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_a_missing_trigger_is_wrong() -> None:
    drop_triggers()
    try:
        (finding,) = found(database.lacks_rules)
    finally:
        make_triggers()
    assert finding.is_wrong
    assert found(database.lacks_rules) == []


@pytest.mark.database
def test_stories_that_the_search_does_not_know_are_advice(newsroom: Newsroom) -> None:
    newsroom.published()
    assert found(database.index_is_not_right) == []
    Entry.objects.all().delete()
    (finding,) = found(database.index_is_not_right)
    assert (finding.is_wrong, "does not know 1 story" in finding.what) == (False, True)


@pytest.mark.database
@pytest.mark.django_db
def test_a_migration_that_is_due_or_unknown_is_wrong() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'mail' AND name = '0001_initial'")
    (finding,) = found(database.is_not_up_to_date)
    assert (finding.is_wrong, "behind" in finding.what) == (True, True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET name = '9999_later' WHERE app = 'jobs'")
    (finding,) = found(database.is_not_up_to_date)
    assert "9999_later" in finding.what


def test_a_damaged_sqlite_file_is_wrong(home: Home) -> None:
    with closing(sqlite3.connect(home.database)) as file:
        file.execute("CREATE TABLE story (headline TEXT)")
        file.executemany("INSERT INTO story VALUES (?)", [("word " * 500,)] * 200)
        file.commit()
    assert found(database.is_damaged, home) == []
    with home.database.open("r+b") as raw:
        raw.seek(4096 * 10)
        raw.write(b"\0" * 4096)
    assert [finding.is_wrong for finding in found(database.is_damaged, home)] == [True]
    assert found(database.is_damaged, home, database_url="postgresql://db/newsroom") == []


def test_the_settings_are_listed_with_their_source_and_without_their_secrets(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('smtp_password = "deep secret"\nmail = "smtp"\n')
    environment = {
        "BROADSHEET_DATABASE_URL": "postgresql://desk:deeper%20secret@db:5432/newsroom",
        "PORT": "8123",
        "BROADSHEET_DEBUG": "yes",
    }
    lines = list(listed_settings(load_settings(file, environment), file, environment))
    table = {line.split()[0]: line.split(maxsplit=1)[1] for line in lines}
    assert table.keys() == {setting.name for setting in SETTINGS}
    assert "secret" not in "".join(lines)
    assert table["smtp_password"].split() == ["(hidden)", "settings.toml"]
    assert table["database_url"].startswith("postgresql://desk:(hidden)@db:5432/newsroom")
    assert table["port"].split() == ["8123", "environment,", "PORT"]
    assert table["debug"].split() == ["true", "environment,", "BROADSHEET_DEBUG"]
    assert table["mail"].split() == ["smtp", "settings.toml"]
    assert table["allowed_hosts"].split() == ["(none)", "default"]


def run(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "broadsheet.cli", "check", *arguments],
        env={**clean_environment(home), **environment},
        cwd=ROOT,
        text=True,
        capture_output=True,
    )


def test_a_home_that_is_not_there_is_wrong_and_stays_so(tmp_path: Path) -> None:
    done = run(tmp_path / "home")
    assert done.returncode == 1
    assert "There is no newsroom in the home folder" in done.stdout
    assert "1 thing is wrong." in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_does_not_answer_is_one_sentence_and_the_rest_is_left(home: Home) -> None:
    with a_port_without_answer() as port:
        address = f"postgresql://desk:a-secret@127.0.0.1:{port}/newsroom"
        done = run(home.path, BROADSHEET_DATABASE_URL=address)
    assert (done.returncode, done.stderr) == (1, "")
    assert "The database does not answer" in done.stdout
    assert "a-secret" not in done.stdout
    missing = run(home.path)
    assert "There is no database" in missing.stdout
    assert not home.database.exists()


def test_wrong_settings_are_one_sentence(home: Home) -> None:
    home.settings_file.write_text("prot = 8000\n")
    done = run(home.path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "settings.toml, line 1: prot is not a setting" in done.stderr


@pytest.mark.parametrize(
    ("wrong", "advice", "sentence"),
    [
        (0, 0, "Nothing is wrong."),
        (0, 2, "Nothing is wrong, and there is advice on 2."),
        (1, 0, "1 thing is wrong."),
        (2, 1, "2 things are wrong, and there is advice on 1."),
    ],
)
def test_the_last_line_says_how_it_stands(
    wrong: int, advice: int, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    findings = [Finding(True, "It is bad.", "", "Do.")] * wrong + [Finding(False, "It is well.", "", "")] * advice
    monkeypatch.setattr(command, "_findings", lambda _: iter(findings))
    parser = ArgumentParser()
    command.add_arguments(parser)
    assert command.run(parser.parse_args([])) == (1 if wrong else 0)
    assert capsys.readouterr().out.splitlines()[-1] == sentence
