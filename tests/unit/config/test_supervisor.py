"""The parts of `serve`, each alone; the whole of it is in tests/journeys/test_processes.py."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from broadsheet.config.processes import child as children
from broadsheet.config.processes.child import DELAYS, Child
from broadsheet.config.processes.locks import lock_home
from broadsheet.config.processes.port import listen_on
from broadsheet.config.processes.prepared import demo_mark, is_prepared, note_prepared
from broadsheet.config.processes.ready import ready_lines
from broadsheet.config.supervisor import environment_for
from broadsheet.foundation.home import Home, HomeUnusable
from broadsheet.foundation.refusals import Refused
from broadsheet.foundation.settings import Settings, load_settings
from tests.homes import clean_environment
from tests.waiting import eventually

NOWHERE = Path("/there is no such file")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.prepare("0.1.0")
    return home


@pytest.fixture
def settings() -> Settings:
    return load_settings(NOWHERE, {})


@pytest.fixture
def child() -> Iterator[Callable[..., Child]]:
    made: list[Child] = []

    def make(*command: str) -> Child:
        made.append(Child("test", command, environment=dict(os.environ), descriptors=()))
        return made[-1]

    yield make
    for one in made:
        one.kill()


def test_a_process_is_started_again_at_once_and_then_each_time_later_if_it_keeps_ending(
    child: Callable[..., Child], monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = 1000.0
    monkeypatch.setattr(children, "monotonic", lambda: moment)
    one = child("false")
    waited = []
    for _ in range(len(DELAYS) + 2):
        one.look_after()
        eventually(one.has_ended)
        one.look_after()
        if one.due is not None:
            waited.append(one.due - moment)
            moment = one.due
        else:
            waited.append(0.0)
    assert waited == [*DELAYS, DELAYS[-1], DELAYS[-1]]


def test_a_process_that_lived_long_is_started_again_at_once(
    child: Callable[..., Child], monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = 1000.0
    monkeypatch.setattr(children, "monotonic", lambda: moment)
    one = child("false")
    for _ in range(3):
        one.look_after()
        eventually(one.has_ended)
        moment += children.QUICK
        one.look_after()
        assert one.due is None, "it runs again"


def test_what_a_process_made_ends_with_it(child: Callable[..., Child], tmp_path: Path) -> None:
    one = child("sh", "-c", f"sleep 1000 & echo $! > {tmp_path}/made; exit 1")
    one.look_after()
    eventually(one.has_ended)
    made = int((tmp_path / "made").read_text())
    one.look_after()
    eventually(lambda: not Path(f"/proc/{made}").exists() or "Z" in Path(f"/proc/{made}/stat").read_text().split())


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"PORT": "8010"},
        {"BROADSHEET_ALLOWED_HOSTS": "a.example,b.example", "BROADSHEET_DEBUG": "true"},
        {"BROADSHEET_SMTP_PASSWORD": "with spaces, commas = and “quotes”", "BROADSHEET_WEB_THREADS": "3"},
    ],
)
def test_every_process_has_the_settings_that_were_in_force_when_serve_began(home: Home, given: dict[str, str]) -> None:
    settings = load_settings(home.settings_file, given)
    home.settings_file.write_text("port = 9999\nweb_threads = 99\n")
    environment = environment_for(home, settings)
    assert load_settings(home.settings_file, environment) == settings
    assert environment["BROADSHEET_HOME"] == str(home.path)
    assert "PORT" not in environment


def test_a_home_that_is_served_is_not_given_to_another_and_the_sentence_says_where(home: Home) -> None:
    locks = lock_home(home, print)
    locks.note("http://localhost:8123")
    with pytest.raises(HomeUnusable, match=rf"already running .* at http://localhost:8123 \(process {os.getpid()}\)"):
        lock_home(home, print)
    locks.release()
    lock_home(home, print).release()


def test_a_home_waits_for_the_processes_of_its_last_serve(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    locks = lock_home(home, print)
    left_behind = subprocess.Popen(["sleep", "1000"], pass_fds=(locks.processes,))
    locks.release()
    said: list[str] = []
    monkeypatch.setattr("broadsheet.config.processes.locks.WAIT_FOR_THE_LAST", 0.3)
    with pytest.raises(HomeUnusable, match="Processes of an earlier run still use the home folder"):
        lock_home(home, said.append)
    assert said == ["Processes of the last run are still ending; waiting for them ..."]

    def end_it(line: str) -> None:
        left_behind.kill()
        left_behind.wait()

    lock_home(home, end_it).release()


def test_a_port_that_is_taken_is_refused_and_a_free_one_is_listened_on() -> None:
    with closing(listen_on("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        socket.create_connection(("127.0.0.1", port), 5).close()
        with pytest.raises(
            Refused, match=rf"Port {port} on 127.0.0.1 is taken by another program\. Nothing was started"
        ):
            listen_on("127.0.0.1", port)


@pytest.mark.parametrize(
    ("address", "said"),
    [("192.0.2.1", "is on an address that this machine does not have"), ("no such host.invalid", "cannot be used")],
)
def test_an_address_that_is_not_this_machines_is_refused_with_a_sentence(address: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        listen_on(address, 8000)


def test_the_last_lines_say_where_to_read_where_the_desk_is_and_its_log_in(home: Home, settings: Settings) -> None:
    home.desk_login.write_text("desk@broadsheet.example\nsecret-word\n")
    assert ready_lines(home, settings)[-3:] == [
        "  Read    http://localhost:8000/",
        "  Desk    http://localhost:8000/desk/",
        "  Log-in  desk@broadsheet.example  password secret-word",
    ]


@pytest.mark.parametrize("kept", [None, "", "half\n"])
def test_without_a_first_log_in_the_last_line_says_how_to_add_people(
    home: Home, settings: Settings, kept: str | None
) -> None:
    if kept is not None:
        home.desk_login.write_text(kept)
    assert "broadsheet user --help" in ready_lines(home, settings)[-1]


def test_the_public_address_is_named_where_there_is_one(home: Home) -> None:
    settings = load_settings(NOWHERE, {"BROADSHEET_SITE_URL": "https://news.example/"})
    assert ready_lines(home, settings)[-3:-1] == [
        "  Read    https://news.example/",
        "  Desk    https://news.example/desk/",
    ]


@pytest.fixture
def prepared(home: Home, settings: Settings) -> Home:
    with closing(sqlite3.connect(home.database)) as database, database:
        database.execute("CREATE TABLE django_migrations (id integer PRIMARY KEY, app text, name text)")
        database.execute("INSERT INTO django_migrations VALUES (1, 'stories', '0001_initial')")
    note_prepared(home, settings)
    assert is_prepared(home, settings)
    return home


@pytest.mark.parametrize(
    "change",
    [
        lambda home: demo_mark(home).touch(),
        lambda home: home.database.unlink(),
        lambda home: home.database.write_text("no database"),
        lambda home: sqlite3.connect(home.database).execute("DELETE FROM django_migrations").connection.commit(),
        lambda home: (home.run / "prepared").unlink(),
    ],
)
def test_a_home_is_prepared_anew_when_anything_has_changed(
    prepared: Home, settings: Settings, change: Callable[[Home], None]
) -> None:
    change(prepared)
    assert not is_prepared(prepared, settings)


def test_a_home_is_prepared_anew_for_a_program_that_has_changed(
    prepared: Home, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "__init__.py").write_text("# another version")
    monkeypatch.setattr("broadsheet.__file__", str(tmp_path / "package" / "__init__.py"))
    assert not is_prepared(prepared, settings)


def test_a_postgresql_is_asked_each_time(prepared: Home) -> None:
    settings = load_settings(NOWHERE, {"BROADSHEET_DATABASE_URL": "postgresql://somewhere/news"})
    note_prepared(prepared, settings)
    assert not is_prepared(prepared, settings)


def test_help_is_answered_without_loading_django_or_the_server() -> None:
    question = """
import sys
from broadsheet import cli
try:
    cli.main(["serve", "--help"])
except SystemExit:
    pass
import broadsheet.config.supervisor
print(sorted({"django", "granian", "wagtail"} & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", question], env=clean_environment(NOWHERE), capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_supervisor_takes_ctrl_c_sigterm_and_a_closed_terminal_as_the_wish_to_stop() -> None:
    from broadsheet.config.processes.signals import STOPPING

    assert set(STOPPING) == {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
