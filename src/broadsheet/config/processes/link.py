"""What ties a process to its supervisor: a pipe that closes when the supervisor is gone, however it went."""

import os
import signal
import threading
import time

# Time to finish what is under way when the supervisor is gone; a new `serve` on the home waits for it.
GRACE = 3.0


def end_with_supervisor(pipe: int, grace: float = GRACE) -> None:
    """Watch the pipe in a thread; when it closes, ask this process to end, and after `grace` seconds end its group.

    The group is this process and those it made: each process of the supervisor leads a session of its own.
    """
    threading.Thread(target=_watch, args=(pipe, grace), name="supervisor", daemon=True).start()


def _watch(pipe: int, grace: float) -> None:
    while os.read(pipe, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(grace)
    os.killpg(0, signal.SIGKILL)
