"""A whole site, on the engine that the tests run on: backed up, restored, and compared."""

import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from broadsheet.foundation.home import Home
from tests.homes import ROOT, RealHome, clean_environment, home_with_demo, real_home
from tests.unit.config.small_homes import files_of

SERVER = os.environ.get("BROADSHEET_DATABASE_URL", "")
# In one group: the site is filled and backed up once.
pytestmark = pytest.mark.database
only_postgresql = pytest.mark.skipif(not SERVER, reason="is about PostgreSQL")

MORE = """
from broadsheet.mail.actions import queue_mail
from django.contrib.sessions.models import Session
from django.utils import timezone
queue_mail(to="reader@example.org", subject="Привет\\tи \\\\ до свидания", text="one\\ntwo\\r\\nthree", purpose="test")
gone = queue_mail(to="reader@example.org", subject="last", text="", purpose="test")
gone.delete()
Session.objects.create(session_key="k" * 32, session_data="secret", expire_date=timezone.now())
"""
PAGES = "import sys\nfrom tests.unit.config.every_page import print_pages\nprint_pages(sys.argv[1])"
RULES = "from broadsheet.foundation.triggers import missing_triggers\nprint(missing_triggers())"
NEXT_MAIL = """
from broadsheet.mail.models import OutgoingMail
print(OutgoingMail.objects.create(to="a@b.example", sender="a@b.example", subject="s", text="", purpose="test").pk)
"""
PENDING = """
from django.core.management import call_command
call_command("migrate", check_unapplied=True, verbosity=0)
print("nothing is due")
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> RealHome:
    """The demo newsroom, a mail that waits, and somebody who is logged in."""
    home = home_with_demo(tmp_path_factory.mktemp("site") / "home", postgresql=SERVER)
    home.run(MORE)
    (home.path / "settings.toml").write_text('mail_from = "desk@news.example"\n')
    return home


@pytest.fixture(scope="module")
def backup(site: RealHome, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its backup."""
    file = tmp_path_factory.mktemp("backups") / "newsroom.tar.gz"
    broadsheet(site, "backup", str(file))
    return file


@pytest.fixture
def place(tmp_path: Path) -> Iterator[RealHome]:
    """An empty home, with an empty database beside the others of the server."""
    environment = clean_environment(tmp_path / "place" / "home")
    (tmp_path / "place").mkdir()
    name = f"broadsheet_empty_{os.getpid()}"
    if SERVER:
        administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}" TEMPLATE template0')
        environment["BROADSHEET_DATABASE_URL"] = urlsplit(SERVER)._replace(path=f"/{name}").geturl()
    yield RealHome(tmp_path / "place" / "home", environment)
    if SERVER:
        administer(f'DROP DATABASE "{name}" WITH (FORCE)')


def administer(*statements: str) -> None:
    with psycopg.connect(SERVER, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def broadsheet(home: RealHome, *arguments: str, code: int = 0) -> str:
    """Run a command on a home; what it says, on both ways out."""
    done = subprocess.run(
        [sys.executable, "-m", "broadsheet.cli", *arguments],
        env=home.environment,
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert done.returncode == code, done.stdout
    return done.stdout


def every_row(home: RealHome) -> dict[str, list[str]]:
    """Each table's rows as texts, without an order."""
    if not SERVER:
        with closing(sqlite3.connect(home.path / "broadsheet.sqlite3")) as database:
            names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: sorted(map(repr, database.execute(f'SELECT * FROM "{name}"'))) for name in names}
    names = [row[0] for row in home.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    return {name: sorted(row[0] for row in home.rows(f'SELECT t::text FROM "{name}" t')) for name in names}


def pages(home: RealHome, moment: datetime) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(home.run(PAGES, moment.isoformat()))
    return found


def test_a_restored_site_is_the_site_that_was_backed_up(site: RealHome, backup: Path, place: RealHome) -> None:
    before = every_row(site)
    broadsheet(place, "restore", str(backup))
    after = every_row(place)
    assert len(before.pop("django_session")) == 1
    assert after.pop("django_session") == []
    assert after == before
    assert {"stories_story", "stories_story_topics", "django_migrations", "django_content_type"} <= before.keys()
    assert all(before[name] for name in ("stories_story", "stories_story_topics", "django_content_type"))
    assert files_of(Home(place.path)) == files_of(Home(site.path))
    assert place.run(RULES) == "[]\n"
    assert "nothing is due" in place.run(PENDING)

    moment = datetime.now(UTC)
    old, new = pages(site, moment), pages(place, moment)
    assert len(old) > 40
    assert {path for path in old if old[path] != new.get(path)} == set()
    assert new.keys() == old.keys()
    assert [path for path, (status, _) in old.items() if status != 200] == ["/there-is-no-such-page/"]

    # The last row was deleted before the backup: its number must not come again, for other places may hold it.
    assert place.run(NEXT_MAIL) == site.run(NEXT_MAIL)


def test_a_home_that_is_not_empty_and_a_file_that_exists_are_refused_in_a_sentence(
    site: RealHome, backup: Path
) -> None:
    before = every_row(site), backup.read_bytes()
    assert "is not empty" in broadsheet(site, "restore", str(backup), code=1)
    assert "exists already" in broadsheet(site, "backup", str(backup), code=1)
    assert (every_row(site), backup.read_bytes()) == before


def test_check_finds_nothing_wrong_with_the_site(site: RealHome) -> None:
    said = broadsheet(site, "check")
    assert "Nothing is wrong" in said
    assert "Wrong:" not in said


def test_a_backup_of_a_home_that_is_not_there_is_a_sentence(place: RealHome, tmp_path: Path) -> None:
    said = broadsheet(place, "backup", str(tmp_path / "b.tar.gz"), code=1)
    assert "There is no newsroom in" in said
    assert list(place.path.parent.iterdir()) == []


STOPPED = """
import os, signal, sys
from broadsheet import cli
from broadsheet.config.backups import loading, restoring
def kill(*_):
    os.kill(os.getpid(), signal.SIGKILL)
def fail(*_):
    raise OSError(5, "Input/output error")
module, name = {"begin_load": (loading, "begin_load"), "_take_place": (restoring, "_take_place")}[sys.argv[1]]
setattr(module, name, {"kill": kill, "fail": fail}[sys.argv[2]])
sys.exit(cli.main(["restore", sys.argv[3]]))
"""


def standing(home: RealHome) -> set[str]:
    query = "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    more = "SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    return {row[0] for row in (*home.rows(query), *home.rows(more))}


def stopped(home: RealHome, where: str, how: str, backup: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", STOPPED, where, how, str(backup)]
    return subprocess.run(command, env=home.environment, cwd=ROOT, text=True, capture_output=True)


@only_postgresql
def test_a_restore_that_is_killed_does_not_hinder_the_next_and_one_that_fails_leaves_nothing(
    backup: Path, place: RealHome
) -> None:
    assert stopped(place, "begin_load", "kill", backup).returncode == -signal.SIGKILL
    assert not place.path.exists()
    assert "stories_story" in standing(place), "it was killed in the middle"

    failed = stopped(place, "_take_place", "fail", backup)
    assert (failed.returncode, standing(place)) == (1, set()), failed.stderr
    assert "Input/output error" in failed.stderr
    assert list(place.path.parent.iterdir()) == []


@only_postgresql
@pytest.mark.parametrize(
    "thing",
    ["TABLE other (id int)", "VIEW other AS SELECT 1", "SEQUENCE other", "FUNCTION other() RETURNS int RETURN 1"],
)
def test_a_database_that_holds_anything_is_not_restored_into(thing: str, backup: Path, place: RealHome) -> None:
    with psycopg.connect(place.environment["BROADSHEET_DATABASE_URL"]) as connection:
        connection.execute(f"CREATE {thing}".encode())
    said = broadsheet(place, "restore", str(backup), code=1)
    assert "is not empty" in said
    assert "@" not in said, "an address with a password was shown"
    assert standing(place) == {"other"}
    assert list(place.path.parent.iterdir()) == []


@only_postgresql
def test_a_database_that_does_not_answer_is_a_sentence(backup: Path, place: RealHome) -> None:
    place.environment["BROADSHEET_DATABASE_URL"] = "postgresql://nobody:a-secret@127.0.0.1:9/nowhere"
    said = broadsheet(place, "restore", str(backup), code=1)
    assert "cannot be reached" in said
    assert "a-secret" not in said
    assert list(place.path.parent.iterdir()) == []


WRITING_MEANWHILE = """
import sys
import psycopg
from broadsheet import cli
from broadsheet.config.backups import postgresql
from broadsheet.foundation.home import home_from_environment
from broadsheet.foundation.settings import load_settings
address = load_settings(home_from_environment().settings_file).text("database_url")
real = postgresql._copy_out
def copy_out(connection, table, *rest):
    real(connection, table, *rest)
    with psycopg.connect(address, autocommit=True) as writer:
        writer.execute("UPDATE accounts_user SET name = 'changed meanwhile'")
        writer.execute("UPDATE stories_story SET headline = 'changed meanwhile'")
postgresql._copy_out = copy_out
sys.exit(cli.main(["backup", sys.argv[1]]))
"""


@only_postgresql
def test_all_tables_are_of_one_moment_though_the_site_writes_between_them(tmp_path: Path) -> None:
    site = home_with_demo(tmp_path / "busy" / "home", postgresql=SERVER)
    file = tmp_path / "b.tar.gz"
    subprocess.run([sys.executable, "-c", WRITING_MEANWHILE, str(file)], env=site.environment, cwd=ROOT, check=True)
    assert any("changed meanwhile" in row for row in every_row(site)["stories_story"])
    with tarfile.open(file) as tar:
        members = {one.name: (tar.extractfile(one) or io.BytesIO()).read() for one in tar}
    assert members["postgresql/stories_story.copy"]
    assert [name for name, content in members.items() if b"changed meanwhile" in content] == []


OLDER = """
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from broadsheet.foundation.triggers import drop_triggers
drop_triggers()
executor = MigrationExecutor(connection)
executor.migrate([("wagtailusers", "0014_userprofile_contrast")])
"""


@only_postgresql
def test_a_backup_of_an_older_state_of_the_database_is_restored_as_it_was_and_can_be_migrated(
    place: RealHome, tmp_path: Path
) -> None:
    old = real_home(tmp_path / "old" / "home", postgresql=SERVER)
    old.run(OLDER)
    before = every_row(old)
    broadsheet(old, "backup", str(tmp_path / "b.tar.gz"))
    broadsheet(place, "restore", str(tmp_path / "b.tar.gz"))
    after = every_row(place)
    before.pop("django_session"), after.pop("django_session")
    assert after == before
    place.run("from broadsheet.config.processes.database import prepare_database\nprepare_database(print)")
    assert "nothing is due" in place.run(PENDING)
    assert place.run(RULES) == "[]\n"


@only_postgresql
def test_a_backup_that_knows_an_unknown_migration_is_refused(place: RealHome, tmp_path: Path) -> None:
    newer = real_home(tmp_path / "newer" / "home", postgresql=SERVER)
    newer.run(
        "from django.db.migrations.recorder import MigrationRecorder\nfrom django.db import connection\n"
        "MigrationRecorder(connection).record_applied('stories', '9999_of_next_year')"
    )
    broadsheet(newer, "backup", str(tmp_path / "b.tar.gz"))
    assert "9999_of_next_year" in broadsheet(place, "restore", str(tmp_path / "b.tar.gz"), code=1)
    assert standing(place) == set()
    assert list(place.path.parent.iterdir()) == []
