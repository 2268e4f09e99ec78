"""A hidden folder for what is not finished: one process at a time, and nothing of it stays."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from broadsheet.foundation.refusals import Refused

LOCK = "lock"


@contextmanager
def workplace(folder: Path) -> Iterator[Path]:
    """Make the folder, empty, for the block alone, and remove it afterwards.

    What a killed process left there is removed first; Refused while another process works in it.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(
                "busy", f"Another backup or restore is at work in {folder}. Wait until it has ended.", ""
            ) from None
        for entry in folder.iterdir():
            if entry.name != LOCK:
                shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
