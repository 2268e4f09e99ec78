"""Each thing that `broadsheet check` knows: quiet where all is well, heard where it is not."""

import os
import resource
import socket
import sqlite3
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from broadsheet.config import checks
from broadsheet.config.checks import database, homes, jobs, machine, mail, public
from broadsheet.config.checks.findings import Check, Finding, Situation, is_this_machine
from broadsheet.config.checks.listing import listed_settings
from broadsheet.config.commands import check as command
from broadsheet.editions.models import Edition
from broadsheet.foundation import clock
from broadsheet.foundation.home import Home
from broadsheet.foundation.settings import SETTINGS, Settings, load_settings
from broadsheet.foundation.triggers import drop_triggers
from broadsheet.jobs.actions import run_soon
from broadsheet.jobs.models import Worker
from broadsheet.mail.actions import deliver_mail, queue_mail
from broadsheet.mail.models import MailState, OutgoingMail, Trouble
from tests.homes import ROOT, clean_environment

SMTP = {"mail": "smtp", "smtp_host": "mail.news.example", "mail_from": "desk@news.example"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.prepare("0")
    home.secret("secret_key")
    return home


def found(check: Check, home: Home | None = None, **values: Any) -> list[Finding]:
    defaults = {setting.name: setting.default for setting in SETTINGS}
    return list(check(Situation(home or Home(Path("/nowhere")), Settings({**defaults, **values}))))


OF_SETTINGS: list[tuple[Check, dict[str, Any], bool | None]] = [
    # check, settings, and what is found: None nothing, True wrong, False advice
    (public.errors_are_shown, {}, None),
    (public.errors_are_shown, {"debug": True}, True),
    (public.address_is_missing, {}, None),
    (public.address_is_missing, {"listen": "::1"}, None),
    (public.address_is_missing, {"listen": "0.0.0.0"}, True),
    (public.address_is_missing, {"listen": "192.0.2.7"}, True),
    (public.address_is_missing, {"listen": "0.0.0.0", "site_url": "https://news.example"}, None),
    (public.address_is_not_secure, {}, None),
    (public.address_is_not_secure, {"site_url": "http://localhost:8000"}, None),
    (public.address_is_not_secure, {"site_url": "http://[::1]:8000"}, None),
    (public.address_is_not_secure, {"site_url": "https://news.example"}, None),
    (public.address_is_not_secure, {"site_url": "http://news.example"}, True),
    (public.every_host_is_allowed, {"allowed_hosts": ("news.example",)}, None),
    (public.every_host_is_allowed, {"allowed_hosts": ("news.example", "*")}, True),
    (mail.server_has_no_name, {"smtp_host": ""}, None),
    (mail.server_has_no_name, SMTP, None),
    (mail.server_has_no_name, {**SMTP, "smtp_host": ""}, True),
    (mail.password_travels_in_the_open, {**SMTP, "smtp_password": "x"}, None),
    (mail.password_travels_in_the_open, {**SMTP, "smtp_security": "none"}, None),
    (mail.password_travels_in_the_open, {**SMTP, "smtp_security": "none", "smtp_password": "x"}, True),
    (
        mail.password_travels_in_the_open,
        {**SMTP, "smtp_security": "none", "smtp_password": "x", "smtp_host": "127.0.0.1"},
        None,
    ),
    (mail.log_in_is_half, SMTP, None),
    (mail.log_in_is_half, {**SMTP, "smtp_user": "a", "smtp_password": "b"}, None),
    (mail.log_in_is_half, {**SMTP, "smtp_user": "a"}, True),
    (mail.log_in_is_half, {**SMTP, "smtp_password": "a"}, True),
    (mail.sender_is_no_address, {}, None),
    (mail.sender_is_no_address, {"mail_from": "The Gazette <desk@news.example>"}, None),
    (mail.sender_is_no_address, {"mail_from": "Гавань <desk@гавань.example>"}, None),
    (mail.sender_is_no_address, {"mail_from": "desk"}, True),
    (mail.sender_is_no_address, {"mail_from": "desk@news.example, more@news.example"}, True),
    (mail.sender_is_no_address, {"mail_from": ""}, True),
    (mail.sender_is_this_machine, {}, None),
    (mail.sender_is_this_machine, SMTP, None),
    (mail.sender_is_this_machine, {**SMTP, "mail_from": "Desk <desk@localhost>"}, True),
    (mail.goes_nowhere, {}, None),
    (mail.goes_nowhere, {"site_url": "http://localhost:8000"}, None),
    (mail.goes_nowhere, {"site_url": "https://news.example"}, False),
    (mail.goes_nowhere, {"site_url": "https://news.example", **SMTP}, None),
]


@pytest.mark.parametrize(("check", "values", "expected"), OF_SETTINGS)
def test_a_setting_is_found_wrong_where_it_is_and_nowhere_else(
    check: Check, values: dict[str, Any], expected: bool | None
) -> None:
    assert [finding.is_wrong for finding in found(check, **values)] == ([] if expected is None else [expected])


def test_every_check_of_the_settings_is_in_the_table_above() -> None:
    assert {check for check, _, _ in OF_SETTINGS} | {machine.few_files} == set(checks.OF_THE_SETTINGS)


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("localhost", True),
        ("LOCALHOST.", True),
        ("news.localhost", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("::", False),
        ("localhost.example", False),
        ("10.0.0.1", False),
        ("", False),
    ],
)
def test_this_machine_is_told_from_others(host: str, is_here: bool) -> None:
    assert is_this_machine(host) == is_here


def test_a_low_limit_of_open_files_is_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    for highest, count in ((1024, 1), (4096, 0), (resource.RLIM_INFINITY, 0)):
        monkeypatch.setattr(resource, "getrlimit", lambda _, highest=highest: (1024, highest))
        assert len(found(machine.few_files)) == count


def test_a_fresh_home_is_well(home: Home) -> None:
    for check in checks.OF_THE_HOME:
        if check not in (homes.disk_is_full, homes.lies_on_a_network):  # these are about the machine of the tests
            assert found(check, home) == [], check


def test_a_home_of_a_newer_version_is_wrong(home: Home) -> None:
    home.marker.write_text("format 99\nmade by broadsheet 9.0\n")
    assert "9.0" in str(found(homes.is_newer, home)[0])


def test_a_folder_that_cannot_be_written_is_wrong(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda path, _: path != home.media)
    (finding,) = found(homes.cannot_be_written, home)
    assert finding.is_wrong
    assert str(home.media) in finding.what


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_file_of_another_owner_is_wrong(home: Home) -> None:
    os.chown(home.keys / "secret_key", 12345, -1)
    (finding,) = found(homes.belongs_to_somebody_else, home)
    assert "secret_key belongs to user 12345" in finding.what


@pytest.mark.parametrize("name", ["keys", "mailbox", "keys/secret_key"])
@pytest.mark.parametrize("mode", [0o040, 0o004, 0o010])
def test_secrets_that_others_can_read_are_wrong(name: str, mode: int, home: Home) -> None:
    path = home.path / name
    path.chmod(path.stat().st_mode | mode)
    (finding,) = found(homes.secrets_are_open, home)
    assert finding.is_wrong
    assert f"{path}" in finding.what


def test_settings_are_secret_only_where_they_hold_a_secret(home: Home) -> None:
    home.settings_file.write_text("")
    home.settings_file.chmod(0o644)
    assert found(homes.secrets_are_open, home) == []
    assert len(found(homes.secrets_are_open, home, smtp_password="x")) == 1
    home.settings_file.chmod(0o600)
    assert found(homes.secrets_are_open, home, smtp_password="x") == []


def test_a_database_that_everybody_can_read_is_advice(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.database.write_bytes(b"")
    home.database.chmod(0o644)
    for folder in (home.path, *home.path.parents):
        if folder.stat().st_uid == os.geteuid() and str(folder).startswith(str(home.path.parent.parent)):
            folder.chmod(0o755)
    monkeypatch.setattr(homes, "_can_be_entered", lambda _: True)
    assert [finding.is_wrong for finding in found(homes.secrets_are_open, home)] == [False]
    home.database.chmod(0o640)
    assert found(homes.secrets_are_open, home) == []


def test_a_database_in_a_closed_folder_is_well(home: Home) -> None:
    home.database.write_bytes(b"")
    home.database.chmod(0o644)
    home.path.chmod(0o700)
    assert found(homes.secrets_are_open, home) == []


def test_the_first_log_in_that_lies_there_is_advice(home: Home) -> None:
    home.desk_login.write_text("desk@news.example\nsecret\n")
    (finding,) = found(homes.first_login_lies_there, home)
    assert not finding.is_wrong
    assert "secret" not in str(finding)


@pytest.mark.parametrize(
    ("free", "total", "expected"),
    [(9 * 10**8, 10**10, [True]), (10**9, 10**10, []), (10**10, 10**12, [False]), (6 * 10**10, 10**12, [])],
)
def test_a_full_disk_is_wrong_and_a_nearly_full_one_advice(
    free: int, total: int, expected: list[bool], home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type("Usage", (), {"free": free, "total": total})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    assert [finding.is_wrong for finding in found(homes.disk_is_full, home)] == expected


MOUNTS = """\
/dev/vda / ext4 rw 0 0
server:/srv /srv nfs4 rw 0 0
/dev/vdb /srv/news\\040room ext4 rw 0 0
//server/share /srv/share cifs rw 0 0
me@server: /home/me/far fuse.sshfs rw 0 0
/dev/vdc /home/me/far/near xfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/newsroom", "ext4"),
        ("/srv/newsroom", "nfs4"),
        ("/srv/news room/home", "ext4"),
        ("/srv/share", "cifs"),
        ("/srv/shared", "nfs4"),
        ("/home/me/far/home", "fuse.sshfs"),
        ("/home/me/far/near/home", "xfs"),
    ],
)
def test_a_home_on_a_network_is_found_by_the_mount_it_lies_on(
    path: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mounts").write_text(MOUNTS)
    assert homes.file_system_of(Path(path), tmp_path / "mounts") == kind
    monkeypatch.setattr(homes, "file_system_of", lambda _: kind)
    is_near = kind in ("ext4", "xfs")
    assert [finding.is_wrong for finding in found(homes.lies_on_a_network, Home(Path(path)))] == [True] * (not is_near)
    assert found(homes.lies_on_a_network, Home(Path(path)), database_url="postgresql://db/newsroom") == []


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
    from broadsheet.foundation.triggers import make_triggers

    drop_triggers()
    try:
        (finding,) = found(database.lacks_rules)
    finally:
        make_triggers()
    assert finding.is_wrong
    assert found(database.lacks_rules) == []


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
