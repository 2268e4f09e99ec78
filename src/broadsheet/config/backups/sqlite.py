"""A consistent copy of the SQLite database, made while the site writes."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

PAGES = 1000
"""Pages copied in one step: 4 MB, some milliseconds."""
PAUSE = 0.01
"""Seconds between steps, so that the disk serves the site meanwhile."""


def copy_database(source: Path, target: Path, *, pages: int = PAGES, pause: float = PAUSE) -> None:
    """Copy the database as it stands at this moment; writers go on writing, and the copy is one moment of it.

    The read transaction is what keeps the moment: without it SQLite begins the copy anew after every write of
    another process, and on a busy site never ends. VACUUM INTO would do too, but without a pause.
    """
    with closing(_opened(source)) as site, closing(sqlite3.connect(target)) as copy:
        copy.execute("PRAGMA synchronous=OFF")
        site.execute("BEGIN DEFERRED")
        site.execute("SELECT count(*) FROM sqlite_master").fetchone()
        site.backup(copy, pages=pages, progress=lambda *_: time.sleep(pause))
        site.execute("ROLLBACK")
        _without_sessions(copy)


def is_sound(database: Path) -> bool:
    """Whether SQLite finds the file's structure whole."""
    with closing(_opened(database)) as connection:
        try:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
        except sqlite3.DatabaseError:
            return False


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=20, isolation_level=None)


def _without_sessions(copy: sqlite3.Connection) -> None:
    """Who is logged in now is nobody's business later; and a single file, without a log beside it."""
    copy.execute("PRAGMA secure_delete=ON")
    if copy.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'django_session'").fetchone():
        copy.execute("DELETE FROM django_session")
        copy.commit()
    copy.execute("PRAGMA journal_mode=DELETE")
