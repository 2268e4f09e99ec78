"""The signals that the supervisor hears, as something it can wait for."""

import os
import select
import signal
from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Signals:
    """Counts the requests to stop; wakes whoever waits, also when a process ends."""

    def __init__(self) -> None:
        self.stops = 0
        self._ear, self._mouth = os.pipe()
        os.set_blocking(self._mouth, False)

    def listen(self) -> None:
        """Take over the signals of this process; only from its main thread."""
        signal.set_wakeup_fd(self._mouth, warn_on_full_buffer=False)
        for number in STOPPING:
            signal.signal(number, self._stop)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)

    def wait(self, seconds: float) -> None:
        """Wait until a signal comes, the given time at most."""
        if select.select([self._ear], [], [], max(0.0, seconds))[0]:
            os.read(self._ear, 64)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stops += 1
