"""A small home without Django, and what tests of backups do with it."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from broadsheet.config.backups.making import Made, make_backup
from broadsheet.config.backups.restoring import restore_backup
from broadsheet.foundation.home import Home
from broadsheet.foundation.refusals import Refused

VERSION = "1.2.0"


def a_home(path: Path) -> Home:
    """A home with a database of two tables, two pictures, a mail and settings."""
    home = Home(path)
    home.prepare(VERSION)
    home.secret("secret_key")
    with closing(sqlite3.connect(home.database)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE story (id INTEGER PRIMARY KEY, headline TEXT)")
        database.execute("CREATE TABLE django_session (session_key TEXT)")
        database.executemany(
            "INSERT INTO story (headline) VALUES (?)", [(f"{n} {'word ' * 200}",) for n in range(2000)]
        )
        database.execute("INSERT INTO django_session VALUES ('the-secret-of-a-session')")
        database.commit()
    (home.media / "pictures").mkdir()
    (home.media / "pictures" / "порт ночью.jpg").write_bytes(os.urandom(50_000))
    (home.media / os.fsdecode(b"old-\xff-name.jpg")).write_bytes(b"picture")
    (home.mailbox / "mail.eml").write_text("Subject: hello\r\n")
    home.settings_file.write_text('mail_from = "desk@news.example"\n')
    home.run.joinpath("serve.lock").write_text("not kept")
    return home


def backup(home: Home, target: Path, **more: Any) -> Made:
    return make_backup(home, target, **{"database_url": "", "version": VERSION, "say": lambda _: None, **more})


def restore(home: Home, source: Path, **more: Any) -> list[str]:
    lines: list[str] = []
    restore_backup(home, source, **{"version": VERSION, "environment": {}, "say": lines.append, **more})
    return lines


def files_of(home: Home) -> dict[str, bytes]:
    """Every file of a home by its name, except the database and what is not kept."""
    return {
        str(path.relative_to(home.path)): path.read_bytes()
        for path in sorted(home.path.rglob("*"))
        if path.is_file() and path.parent != home.run and not path.name.startswith(home.database.name)
    }


def rows_of(database: Path) -> dict[str, list[Any]]:
    """Every table's rows, except who is logged in."""
    with closing(sqlite3.connect(database)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}


def refusal(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as raised:
        act()
    assert raised.value.sentence.endswith(".")
    return raised.value.code
