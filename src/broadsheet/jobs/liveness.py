"""Whether a worker lives: it holds a lock on a file of its own, which the system lets go when the process ends.

A process id alone would not do: after a restart of the machine another process may have it.
"""

import fcntl
import os
import socket
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from broadsheet.foundation import clock
from broadsheet.jobs.models import Worker

SILENT = timedelta(seconds=60)


@dataclass(frozen=True)
class HeldLock:
    """A lock that this process holds as long as it lives."""

    path: Path
    descriptor: int

    def release(self) -> None:
        """Remove the file, then let go."""
        self.path.unlink(missing_ok=True)
        os.close(self.descriptor)


def hold_lock(path: Path) -> HeldLock:
    """Make the file and lock it for this process."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return HeldLock(path, descriptor)


def this_host() -> str:
    return socket.gethostname()


def is_dead(worker: Worker) -> bool:
    """Whether the process is gone, as far as can be told from here.

    On the worker's own host its lock file decides. Elsewhere, or where the file is out of sight (another container
    of the same name), a minute's silence does.
    """
    if worker.host == this_host() and (held := _lock_is_held(Path(worker.lock))) is not None:
        return not held
    return clock.now() - worker.seen_at > SILENT


def _lock_is_held(path: Path) -> bool | None:
    """Whether a process holds the file's lock; None where there is no such file."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
