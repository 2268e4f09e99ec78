"""Says every ten seconds that a worker lives, also while it works on a long job."""

import logging
import threading
from types import TracebackType

from django.db import DatabaseError, connection

from broadsheet.jobs import actions
from broadsheet.jobs.models import Worker

logger = logging.getLogger("broadsheet.jobs")

EVERY = 10.0


class Heartbeat:
    """A thread of its own, as long as the block lasts."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._end.wait(EVERY):
            try:
                actions.enlist(self._worker)
            except DatabaseError as error:
                logger.warning("the database does not take a worker's sign of life: %s", error)
                connection.close()
        connection.close()
