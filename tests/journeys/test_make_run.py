"""`make run` as a newcomer meets it: in a fresh copy of the project, with nothing prepared."""

import contextlib
import hashlib
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.homes import ROOT, clean_environment
from tests.journeys.serving import free_port, get
from tests.waiting import eventually

NOT_COPIED = (".venv", ".git", ".tools", "newsroom", "dist", "__pycache__", ".*_cache", ".hypothesis")
# Times are printed; what is held is their ratio, which other load changes little.
PATIENCE = 360.0
SECOND_OF_FIRST = 0.5
# A Python that says it is another one, or that lacks a module.
PRETENDER = """#!/bin/sh
exec {python} - "$@" <<'END'
import runpy, sys
sys.executable = "{itself}"
{pretence}
arguments = sys.argv[1:]
if arguments[0] == "-c":
    exec(arguments[1])
else:
    sys.argv = arguments
    sys.path.insert(0, arguments[0].rsplit("/", 1)[0])
    runpy.run_path(arguments[0], run_name="__main__")
END
"""


class Make:
    """A `make run` in a session of its own, as in a terminal of its own."""

    def __init__(self, clone: Path, **environment: str) -> None:
        kept = {name: value for name, value in clean_environment(clone).items() if name != "PYTHONPATH"}
        del kept["BROADSHEET_HOME"]
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            ["make", "run"],
            cwd=clone,
            env={**kept, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.output: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self.output.append(line)

    def seconds_until_ready(self) -> float:
        eventually(lambda: self.process.poll() is not None or self._is_ready(), PATIENCE)
        assert self._is_ready(), "".join(self.output) + (self.process.stderr.read() if self.process.stderr else "")
        return time.monotonic() - self.began

    def ctrl_c(self) -> None:
        """What a terminal does: the whole group of processes hears it."""
        os.killpg(self.process.pid, signal.SIGINT)
        self.ends()

    def ends(self) -> tuple[int, list[str]]:
        """The exit code, and the lines on stderr that are not make's own."""
        code = self.process.wait(120)
        self._reader.join(10)
        errors = [line for line in self.process.stderr or () if not line.startswith("make")]
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()
        return code, errors

    def _is_ready(self) -> bool:
        return bool(self.output) and "Log-in" in self.output[-1]


def copy_of_the_project(folder: Path) -> Path:
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*NOT_COPIED))
    return folder


@pytest.fixture
def clone(tmp_path: Path) -> Iterator[Path]:
    """A fresh copy of the project; afterwards nothing runs in it, however the test ended."""
    folder = copy_of_the_project(tmp_path / "clone")
    yield folder
    for pid in processes_in(folder):
        os.kill(pid, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)


def processes_in(folder: Path) -> list[int]:
    """Processes that work in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "cwd").readlink() == folder:
                found.append(int(process.name))
    return found


def state_of(folder: Path) -> str:
    """A hash of every file's name, size and moment of change."""
    rows = ((str(path), path.lstat().st_size, path.lstat().st_mtime_ns) for path in sorted(folder.rglob("*")))
    return hashlib.sha256(repr([row for row in rows if "__pycache__" not in row[0]]).encode()).hexdigest()


def content_of(database: Path) -> list[str]:
    """Every row of the newsroom; not the workers and the jobs that they work on, such as making pictures ready."""
    with closing(sqlite3.connect(database)) as connection:
        return [line for line in connection.iterdump() if not re.search(r"\bjobs_|django_tasks_database", line)]


def test_a_newcomer_reads_the_demo_after_one_command_and_the_second_start_changes_nothing(clone: Path) -> None:
    port = str(free_port())
    first = Make(clone, PORT=port)
    took_first = first.seconds_until_ready()
    read, desk, login = (line.split() for line in first.output[-3:])
    assert read == ["Read", f"http://localhost:{port}/"]
    assert desk == ["Desk", f"http://localhost:{port}/desk/"]
    assert re.fullmatch(r"Log-in desk@broadsheet\.example password \S{12,}", " ".join(login))
    assert get(int(port), "/") == 200
    kept = clone / "newsroom" / "keys" / "first-login.txt"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.read_text().split() == [login[1], login[3]]

    other = Make(clone, PORT=str(free_port()))
    code, errors = other.ends()
    assert code != 0
    assert [line for line in errors if f"already running on the home folder {clone}/newsroom" in line] == errors

    first.ctrl_c()
    assert get(int(port), "/") == 0
    environment, newsroom = state_of(clone / ".venv"), content_of(clone / "newsroom" / "broadsheet.sqlite3")
    second = Make(clone, PORT=port)
    took_second = second.seconds_until_ready()
    print(f"first start: {took_first:.1f} s, second start: {took_second:.1f} s")
    assert took_second < took_first * SECOND_OF_FIRST
    assert second.output[-3:] == first.output[-3:]
    second.ctrl_c()
    assert state_of(clone / ".venv") == environment
    assert content_of(clone / "newsroom" / "broadsheet.sqlite3") == newsroom


@pytest.mark.parametrize(
    ("pretence", "sentence"),
    [
        (
            "sys.version_info = (3, 9, 2, 'final', 0)",
            "Broadsheet needs Python 3.11 or newer; this machine has Python 3.9 ",
        ),
        ("sys.modules['ensurepip'] = None", "apt install python3-venv"),
    ],
)
def test_a_python_that_will_not_do_is_refused_with_one_sentence(
    clone: Path, tmp_path: Path, pretence: str, sentence: str
) -> None:
    binaries = tmp_path / "bin"
    binaries.mkdir()
    for name in ("sh", "env", "test", "echo"):
        (binaries / name).symlink_to(shutil.which(name) or "")
    make = shutil.which("make") or ""
    (binaries / "make").symlink_to(make)
    pretender = binaries / "python3"
    pretender.write_text(PRETENDER.format(python=sys.executable, itself=pretender, pretence=pretence))
    pretender.chmod(0o755)
    code, errors = Make(clone, PATH=str(binaries)).ends()
    assert code != 0
    [line] = errors
    assert sentence in line
    assert not (clone / ".venv").exists()


def test_a_machine_without_a_python_is_told_so_in_one_sentence(clone: Path, tmp_path: Path) -> None:
    binaries = tmp_path / "bin"
    binaries.mkdir()
    for name in ("sh", "make", "test", "echo"):
        (binaries / name).symlink_to(shutil.which(name) or "")
    code, errors = Make(clone, PATH=str(binaries)).ends()
    assert code != 0
    [line] = errors
    assert line.startswith("There is no Python on this machine. Install Python 3.11 or newer")


def test_without_a_network_the_first_start_says_so_in_one_sentence_and_names_the_report(clone: Path) -> None:
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1"}
    code, errors = Make(clone, **nowhere, PIP_FIND_LINKS="").ends()
    assert code != 0
    [line] = errors
    assert line.startswith("The packages could not be downloaded")
    assert "pip's report" in line
    assert (clone / ".tools" / "pip.log").exists()
    assert not (clone / "newsroom").exists()
