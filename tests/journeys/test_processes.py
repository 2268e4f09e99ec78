"""`broadsheet serve` and what it survives: every process of it is killed once, and the site is there again."""

import os
import signal
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.homes import RealHome, clean_environment, real_home
from tests.journeys.serving import Serve, free_port, get, is_alive, serving, starting
from tests.waiting import eventually


@pytest.fixture(scope="module")
def served_home(tmp_path_factory: pytest.TempPathFactory) -> RealHome:
    return real_home(tmp_path_factory.mktemp("served") / "home")


@pytest.fixture(scope="module")
def _served(served_home: RealHome) -> Iterator[Serve]:
    with serving(served_home) as serve:
        yield serve


@pytest.fixture
def serve(_served: Serve) -> Serve:
    """A serve that several tests share; each finds it well."""
    eventually(lambda: _served.answers() and _served.pid_of("worker") and _served.pid_of("timekeeper"), 60)
    return _served


@pytest.fixture
def home(tmp_path: Path) -> RealHome:
    return real_home(tmp_path / "home")


def refused(environment: dict[str, str], *options: str) -> str:
    """What a `serve` says that does not start: one line on stderr, nothing else, and a non-zero exit code."""
    serve = Serve({"BROADSHEET_PORT": str(free_port()), **environment}, *options)
    try:
        assert serve.ends_with(60) == 1
    finally:
        serve.process.kill()
    assert serve.output == []
    [sentence] = serve.errors
    return sentence


@pytest.mark.parametrize("kind", ["web", "granian", "worker", "timekeeper"])
def test_a_killed_process_comes_back_and_what_it_made_is_gone(serve: Serve, kind: str) -> None:
    pid = serve.pid_of(kind)
    made = serve.pid_of("granian")
    os.kill(pid, signal.SIGKILL)
    eventually(lambda: serve.pid_of(kind) not in (0, pid), 60)
    assert not is_alive(pid)
    assert eventually(serve.answers, 60)
    if kind == "web":
        assert not is_alive(made), "what the dead process made does not go on answering"


@pytest.mark.parametrize("kind", ["granian", "web"])
def test_nobody_is_refused_while_the_process_that_answers_comes_back(serve: Serve, kind: str) -> None:
    answering = serve.pid_of("granian")
    os.kill(serve.pid_of(kind), signal.SIGKILL)
    eventually(lambda: not is_alive(answering))
    assert get(serve.port, "/-/health", timeout=30) == 200, "the first who asks waits, and is answered"


def test_a_second_serve_on_the_home_says_where_the_first_is(serve: Serve, served_home: RealHome) -> None:
    sentence = refused(served_home.environment)
    assert "already running" in sentence
    assert f"http://localhost:{serve.port} (process {serve.process.pid})" in sentence


def test_connections_on_which_nothing_is_asked_keep_nobody_from_reading(serve: Serve) -> None:
    with closing(_Crowd(serve.port, 1500)):
        assert serve.answers()


def test_ctrl_c_ends_every_process_with_exit_code_0(home: RealHome) -> None:
    with serving(home) as serve:
        pids = [pid for pid, _ in serve.processes()]
        assert sorted(kind for _, kind in serve.processes()) == ["granian", "timekeeper", "web", "worker"]
        assert serve.interrupt() == 0
        assert not [pid for pid in pids if is_alive(pid)]
        assert serve.errors == []
        assert not list((home.path / "run").glob("worker-*.lock"))


def test_ctrl_c_lets_a_request_finish_that_is_under_way(home: RealHome) -> None:
    with serving(home) as serve, socket.create_connection(("127.0.0.1", serve.port), 10) as asked:
        asked.sendall(
            b"POST /account/login/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: csrftoken="
            + 32 * b"a"
            + b"\r\n"
        )
        asked.sendall(b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n")
        asked.sendall(b"Expect: 100-continue\r\n\r\n")
        assert asked.recv(100).startswith(b"HTTP/1.1 100 "), "the site reads what is sent"
        serve.process.send_signal(signal.SIGINT)
        eventually(lambda: not serve.pid_of("worker"))
        asked.sendall(b"a=b")
        answer = asked.makefile("rb").read()
        assert answer.startswith(b"HTTP/1.1 403 ")
        assert answer.rstrip().endswith(b"</html>")
        assert serve.ends_with() == 0


def test_when_the_supervisor_is_killed_the_rest_ends_and_the_home_can_be_served_again(home: RealHome) -> None:
    with serving(home) as first:
        pids = [pid for pid, _ in first.processes()]
        first.process.kill()
        with serving(home) as second:
            assert not [pid for pid in pids if is_alive(pid)], "the new one waited for the last of the old ones"
            assert second.answers()


def test_a_first_start_that_is_killed_while_it_fills_the_demo_is_taken_up_by_the_next_one(tmp_path: Path) -> None:
    empty = RealHome(tmp_path / "home", clean_environment(tmp_path / "home"))
    with starting(empty, "--demo-if-empty") as first:
        eventually(lambda: "Filling the demo newsroom ...\n" in first.output, 60)
        first.process.kill()
    with serving(empty, "--demo-if-empty") as second:
        assert "Filling the demo newsroom ...\n" in second.output
        assert get(second.port, "/ru/") == 200
        assert empty.rows("SELECT count(*) FROM editions_edition") == [(2,)]
    with serving(empty, "--demo-if-empty") as third:
        assert "Filling the demo newsroom ...\n" not in third.output


def test_ctrl_c_while_the_home_is_prepared_ends_it_with_exit_code_0(tmp_path: Path) -> None:
    empty = RealHome(tmp_path / "home", clean_environment(tmp_path / "home"))
    with starting(empty, "--demo-if-empty") as serve:
        eventually(lambda: serve.output, 60)
        preparing = serve.pid_of("prepare")
        assert serve.interrupt() == 0
        assert not is_alive(preparing)


@pytest.mark.database
def test_the_site_is_served_from_the_database_that_the_settings_name(tmp_path: Path) -> None:
    home = real_home(tmp_path / "home", postgresql=os.environ.get("BROADSHEET_DATABASE_URL", ""))
    with serving(home) as serve:
        assert serve.answers()
        eventually(lambda: len(home.rows("SELECT pid FROM jobs_worker")) == 2, 60)
        assert serve.interrupt() == 0
        assert home.rows("SELECT pid FROM jobs_worker") == []


def test_a_port_that_is_taken_is_refused_with_a_sentence(home: RealHome) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        sentence = refused({**home.environment, "BROADSHEET_PORT": str(port)})
    assert sentence.startswith(f"Port {port} on 127.0.0.1 is taken by another program. Nothing was started.")


def test_a_home_that_cannot_be_written_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    sentence = refused(clean_environment(tmp_path / "file" / "home"))
    assert sentence.startswith(f"The home folder {tmp_path / 'file' / 'home'} cannot be written")


def test_a_home_of_a_newer_version_is_refused_with_a_sentence_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "home.txt").write_text("format 2\nmade by broadsheet 9.0.0\n")
    sentence = refused(clean_environment(tmp_path))
    assert "was made by broadsheet 9.0.0, which is newer than this program" in sentence
    assert (tmp_path / "home.txt").read_text() == "format 2\nmade by broadsheet 9.0.0\n"


def test_a_database_that_a_newer_version_changed_is_refused_with_a_sentence(home: RealHome) -> None:
    with closing(sqlite3.connect(home.path / "broadsheet.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('stories', '9999_from_tomorrow', '2030-01-01')"
        )
    sentence = refused(home.environment)
    assert sentence.startswith("The database was changed by a newer version of Broadsheet than this one")


@pytest.mark.parametrize(
    ("line", "said"),
    [("prot = 8010\n", "line 1: prot is not a setting. Did you mean port?"), ("port = [\n", "cannot be read")],
)
def test_a_typing_error_in_the_settings_is_refused_with_a_sentence_that_names_the_place(
    home: RealHome, line: str, said: str
) -> None:
    (home.path / "settings.toml").write_text(line)
    sentence = refused(home.environment)
    assert str(home.path / "settings.toml") in sentence
    assert said in sentence


def test_a_process_that_comes_back_has_the_settings_that_were_in_force_when_serve_began(home: RealHome) -> None:
    with serving(home) as serve:
        before = _read(serve.port, "/robots.txt")
        assert b"http://localhost:" in before
        (home.path / "settings.toml").write_text('site_url = "https://elsewhere.example"\n')
        answering = serve.pid_of("granian")
        os.kill(serve.pid_of("web"), signal.SIGKILL)
        eventually(lambda: not is_alive(answering))
        assert _read(serve.port, "/robots.txt") == before


class _Crowd:
    """Many open connections that never ask anything."""

    def __init__(self, port: int, number: int) -> None:
        self._open = [socket.create_connection(("127.0.0.1", port), 5) for _ in range(number)]

    def close(self) -> None:
        for connection in self._open:
            connection.close()


def _read(port: int, path: str) -> bytes:
    with urlopen(f"http://localhost:{port}{path}", timeout=30) as answer:
        content: bytes = answer.read()
    return content
