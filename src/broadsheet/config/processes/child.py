"""A process that the supervisor keeps alive."""

import contextlib
import logging
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from time import monotonic

logger = logging.getLogger("broadsheet.serve")

# A process that ends is started again at once; one that ends within this time of its start, again and again, waits.
QUICK = 10.0
DELAYS = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0)
# One that somebody killed is not at fault: it does not wait longer than this.
LONGEST_AFTER_KILL = 0.5


class Child:
    """A command, started again whenever it ends; it leads a session and a process group of its own.

    In a group of its own it does not get the terminal's Ctrl-C: the supervisor stops the processes, in order.
    """

    def __init__(
        self, name: str, command: Sequence[str], *, environment: Mapping[str, str], descriptors: Sequence[int]
    ) -> None:
        self.name = name
        self._command = list(command)
        self._environment = dict(environment)
        self._descriptors = tuple(descriptors)
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._quick_ends = 0
        self._due = 0.0

    @property
    def due(self) -> float | None:
        """When it is to be started (monotonic time); None while it runs."""
        return self._due if self._process is None else None

    def look_after(self) -> None:
        """Note it if the process has ended, and start it when that is due."""
        if self._process is not None and self._process.poll() is not None:
            self._note_end(self._process)
        if self._process is None and monotonic() >= self._due:
            self._start()

    def ask_to_end(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def kill(self) -> None:
        """End the process and every process it made, whether or not it still lives."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _start(self) -> None:
        self._started = monotonic()
        self._process = subprocess.Popen(
            self._command,
            env=self._environment,
            pass_fds=self._descriptors,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _note_end(self, process: subprocess.Popen[bytes]) -> None:
        # What the dead process made would go on serving from before: granian's workers outlive granian.
        self.kill()
        self._process = None
        lived = monotonic() - self._started
        self._quick_ends = self._quick_ends + 1 if lived < QUICK else 0
        delay = DELAYS[min(max(self._quick_ends - 1, 0), len(DELAYS) - 1)]
        if process.returncode < 0:
            delay = min(delay, LONGEST_AFTER_KILL)
        self._due = monotonic() + delay
        then = f"is started again in {delay:g} s" if delay else "is started again"
        logger.warning("the %s process %d ended (%s) and %s", self.name, process.pid, _how(process.returncode), then)


def _how(code: int) -> str:
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name
