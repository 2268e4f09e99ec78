"""How a worker is told to stop: it finishes its job if that is short, and else gives it back."""

import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# The supervisor ends a process that is still there after 10 s; the job must be given back before that.
PATIENCE = 7.0


class GiveBack(BaseException):
    """The job's time is up. Not an Exception, so that a job that catches those does not catch this."""


class Stop:
    """Whether the worker was asked to stop; `listen` has SIGTERM and SIGINT ask it."""

    def __init__(self) -> None:
        self.asked = False
        self._in_job = False
        self._ear, self._mouth = os.pipe()
        os.set_blocking(self._mouth, False)

    def listen(self) -> None:
        """Take over SIGTERM, SIGINT and SIGALRM of this process; only from its main thread."""
        signal.set_wakeup_fd(self._mouth, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)
        signal.signal(signal.SIGALRM, self._time_is_up)

    def rest(self, seconds: float) -> None:
        """Wait, but no longer than until stopping is asked."""
        if not self.asked and select.select([self._ear], [], [], seconds)[0]:
            os.read(self._ear, 64)

    @contextmanager
    def interrupting(self) -> Iterator[None]:
        """Within the block, raise GiveBack when a stop was asked `PATIENCE` seconds ago."""
        self._in_job = True
        try:
            if self.asked:
                signal.setitimer(signal.ITIMER_REAL, PATIENCE)
            yield
        finally:
            self._in_job = False
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        if not self.asked and self._in_job:
            signal.setitimer(signal.ITIMER_REAL, PATIENCE)
        self.asked = True

    def _time_is_up(self, number: int, frame: FrameType | None) -> None:
        if self._in_job:
            raise GiveBack
