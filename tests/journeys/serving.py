"""A real `broadsheet serve` on a free port, its processes, and what it says."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.homes import ROOT, RealHome
from tests.waiting import eventually

# Long enough for a machine that does something else beside.
SECONDS_TO_START = 120.0


class Serve:
    """The process of one `serve`. What it prints is read as it comes, so that it never waits for us."""

    def __init__(self, environment: dict[str, str], *options: str) -> None:
        command = [sys.executable, "-m", "broadsheet.cli", "serve", *options]
        self.process = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.port = int(environment["BROADSHEET_PORT"])
        self.output: list[str] = []
        self.errors: list[str] = []
        self._readers = [
            threading.Thread(target=lambda: self.output.extend(self.process.stdout or ()), daemon=True),
            threading.Thread(target=lambda: self.errors.extend(self.process.stderr or ()), daemon=True),
        ]
        for reader in self._readers:
            reader.start()

    def wait_until_ready(self, seconds: float = SECONDS_TO_START) -> "Serve":
        eventually(lambda: self.process.poll() is not None or any("Log-in" in line for line in self.output), seconds)
        assert self.process.poll() is None, "".join(self.errors)
        return self

    def ends_with(self, seconds: float = 60) -> int:
        """Its exit code, once it has ended and everything it said is read."""
        code = self.process.wait(seconds)
        for reader in self._readers:
            reader.join(seconds)
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()
        return code

    def interrupt(self) -> int:
        """Ctrl-C; its exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.ends_with()

    def pid_of(self, kind: str) -> int:
        """The process of a kind: “web”, “worker”, “timekeeper” or “granian” (what answers); 0 while there is none."""
        return next((pid for pid, one in self.processes() if one == kind), 0)

    def processes(self) -> list[tuple[int, str]]:
        """The living processes of this serve and their kinds."""
        found = []
        for pid, parent, command in _processes():
            if parent == self.process.pid and "broadsheet.config.processes." in command:
                found.append((pid, _kind(command)))
                found += [(child, "granian") for child, its_parent, _ in _processes() if its_parent == pid]
        return found

    def answers(self) -> bool:
        """Whether the site answers a request within five seconds."""
        return get(self.port, "/-/health") == 200


def get(port: int, path: str, timeout: float = 5) -> int:
    """The status of an answer, 0 if there is none."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        asked.request("GET", path, headers={"Host": "localhost"})
        return asked.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        asked.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def starting(home: RealHome, *options: str) -> Iterator[Serve]:
    """Start to serve a home; afterwards every process of it is gone, however the test ended."""
    serve = Serve({**home.environment, "BROADSHEET_PORT": str(free_port())}, *options)
    try:
        yield serve
    finally:
        if serve.process.poll() is None:
            serve.process.kill()
        for pid in _processes_of(home.path):
            with contextlib.suppress(ProcessLookupError):  # it ended by itself meanwhile
                os.kill(pid, signal.SIGKILL)
        if serve.process.stdout and not serve.process.stdout.closed:
            serve.ends_with()


@contextmanager
def serving(home: RealHome, *options: str, seconds: float = SECONDS_TO_START) -> Iterator[Serve]:
    """Serve a home, from when the site answers; afterwards every process of it is gone, however the test ended."""
    with starting(home, *options) as serve:
        yield serve.wait_until_ready(seconds)


def _processes_of(home: Path) -> list[int]:
    """Processes that were started on a home, whoever their parent is now."""
    mark = f"BROADSHEET_HOME={home}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
    return found


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not yet asked for its end does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def _processes() -> list[tuple[int, int, str]]:
    listing = subprocess.run(
        ["ps", "-eww", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    ).stdout
    rows = (line.split(maxsplit=2) for line in listing.splitlines())
    return [(int(row[0]), int(row[1]), row[2] if row[2:] else "") for row in rows]


def _kind(command: str) -> str:
    if "--only-timed" in command:
        return "timekeeper"
    return command.partition("broadsheet.config.processes.")[2].split()[0]
