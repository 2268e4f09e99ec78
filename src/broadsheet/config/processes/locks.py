"""The locks of a home: one `serve` at a time, and none before the processes of the last one are gone."""

import fcntl
import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from broadsheet.foundation.home import Home, HomeUnusable

WAIT_FOR_THE_LAST = 20.0


@dataclass(frozen=True)
class HomeLocks:
    """Held locks: `serving` by the supervisor alone, `processes` by it and by every process that it starts."""

    serving: int
    processes: int

    def note(self, address: str) -> None:
        """Write down where this home is served, for whoever tries to serve it too."""
        os.ftruncate(self.serving, 0)
        os.pwrite(self.serving, f"{address}\n{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        os.close(self.processes)
        os.close(self.serving)


def lock_home(home: Home, say: Callable[[str], None]) -> HomeLocks:
    """Take the home for this process, or raise HomeUnusable with a sentence that says where it is served.

    The locks are the system's (flock), so that they go with their process, however it ends; a file with a process
    id would be left behind.
    """
    with ExitStack() as opened:
        serving = _open(home.run / "serve.lock", opened)
        if not _take(serving, fcntl.LOCK_EX):
            raise HomeUnusable(_already_running(home, serving))
        os.ftruncate(serving, 0)
        processes = _open(home.run / "processes.lock", opened)
        if not _take(processes, fcntl.LOCK_EX):
            say("Processes of the last run are still ending; waiting for them ...")
            _wait_for(processes, home)
        fcntl.flock(processes, fcntl.LOCK_SH)
        opened.pop_all()
        return HomeLocks(serving, processes)


def _open(path: Path, opened: ExitStack) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    opened.callback(os.close, descriptor)
    return descriptor


def _take(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait_for(processes: int, home: Home) -> None:
    until = time.monotonic() + WAIT_FOR_THE_LAST
    while not _take(processes, fcntl.LOCK_EX):
        if time.monotonic() > until:
            raise HomeUnusable(
                f"Processes of an earlier run still use the home folder {home.path}. Nothing was changed. "
                "Try again in a minute, or end them."
            )
        time.sleep(0.1)


def _already_running(home: Home, serving: int) -> str:
    address, number, *_ = (*os.pread(serving, 1000, 0).decode().splitlines(), "", "")
    where = f" at {address} (process {number})" if number else ""
    return f"Broadsheet is already running on the home folder {home.path}{where}. Nothing was changed."
