"""Whether a home is known to be prepared for this program, found out without loading Django.

Django needs two seconds to say that there is nothing to migrate. That answer depends on the code and on the list of
migrations in the database alone, so it is kept with a hash of both; any difference has Django asked anew.
"""

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import broadsheet
from broadsheet.foundation.home import Home
from broadsheet.foundation.settings import Settings

# PostgreSQL is asked by Django each time: its answer is not worth a second way to connect.
UNKNOWN = "ask"


def demo_mark(home: Home) -> Path:
    """A file that stands while the demo newsroom is wanted and not whole, so that a broken start is taken up again."""
    return home.run / "demo-wanted"


def is_prepared(home: Home, settings: Settings) -> bool:
    """Whether this program has prepared this home, and neither has changed since."""
    try:
        known = _memo(home).read_text()
    except OSError:
        return False
    return not demo_mark(home).exists() and known != UNKNOWN and known == _fingerprint(home, settings)


def note_prepared(home: Home, settings: Settings) -> None:
    """Keep the answer for the next start."""
    _memo(home).write_text(_fingerprint(home, settings))


def _memo(home: Home) -> Path:
    return home.run / "prepared"


def _fingerprint(home: Home, settings: Settings) -> str:
    if settings.text("database_url"):
        return UNKNOWN
    digest = hashlib.sha256()
    root = Path(broadsheet.__file__).parent
    for file in sorted(root.rglob("*.py")):
        digest.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes())
    digest.update("\n".join(_installed()).encode())
    digest.update("\n".join(_applied(home)).encode())
    return digest.hexdigest()


def _installed() -> list[str]:
    import django

    packages = Path(django.__file__).parent.parent
    return sorted(name for name in os.listdir(packages) if name.endswith(".dist-info"))


def _applied(home: Home) -> list[str]:
    address = f"{home.database.absolute().as_uri()}?mode=ro"
    query = "SELECT app, name FROM django_migrations ORDER BY id"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=5)) as database:
            return [f"{app} {name}" for app, name in database.execute(query)]
    except sqlite3.Error:
        return ["none that can be read"]
