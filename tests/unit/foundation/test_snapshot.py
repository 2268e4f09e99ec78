"""A page is made in one read-only snapshot: it sees no commit that is made meanwhile, and writes nothing.

The tests work on connections of their own, outside of any transaction: on SQLite on a file of its own, because a
database in memory knows no snapshots.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from broadsheet.foundation.connections import snapshot

pytestmark = pytest.mark.database
TABLE = "foundation_probe"


@pytest.fixture
def database(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[None]:
    """The default connection, outside of any transaction, on a database with a table that holds the number 1."""
    usual = connections["default"]
    with django_db_blocker.unblock():
        connections["default"] = own = new_connection(tmp_path)
        try:
            execute(f"CREATE TABLE {TABLE} (number integer)", f"INSERT INTO {TABLE} VALUES (1)")
            yield
        finally:
            execute(f"DROP TABLE {TABLE}")
            own.close()
            connections["default"] = usual


def new_connection(folder: Path) -> BaseDatabaseWrapper:
    """Another connection: to the same PostgreSQL database, or to the file in the folder."""
    wrapper: Any = connections.create_connection("default")
    if wrapper.vendor == "sqlite":
        wrapper.settings_dict = {**wrapper.settings_dict, "NAME": str(folder / "probe.sqlite3")}
    return wrapper  # type: ignore[no-any-return]


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def number() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number FROM {TABLE}")
        return int(cursor.fetchone()[0])


def commit_elsewhere(folder: Path, value: int) -> None:
    """Another process's commit, in a thread with a connection of its own."""

    def write() -> None:
        with closing(new_connection(folder)) as other, other.cursor() as cursor:
            cursor.execute(f"UPDATE {TABLE} SET number = %s", [value])

    thread = Thread(target=write)
    thread.start()
    thread.join()


def test_a_snapshot_does_not_see_a_commit_that_is_made_meanwhile(database: None, tmp_path: Path) -> None:
    with snapshot():
        assert number() == 1
        commit_elsewhere(tmp_path, 2)
        assert number() == 1
        commit_elsewhere(tmp_path, 3)
        assert number() == 1
    assert number() == 3
    with snapshot():
        assert number() == 3


def test_the_other_side_without_a_snapshot_the_commit_is_seen(database: None, tmp_path: Path) -> None:
    assert number() == 1
    commit_elsewhere(tmp_path, 2)
    assert number() == 2


@pytest.mark.parametrize(
    "statement",
    [
        f"INSERT INTO {TABLE} VALUES (2)",
        f"UPDATE {TABLE} SET number = 2",
        f"DELETE FROM {TABLE}",
        "CREATE TABLE x (y int)",
    ],
)
def test_a_write_in_a_snapshot_fails_and_the_next_one_outside_does_not(database: None, statement: str) -> None:
    with pytest.raises(DatabaseError, match=r"readonly|read-only"), snapshot():
        execute(statement)
    assert number() == 1
    execute(f"UPDATE {TABLE} SET number = 5")
    assert number() == 5


def fail_after_a_query() -> float:
    return 1 / (number() - 1)


def test_a_page_that_fails_leaves_a_connection_that_can_write(database: None) -> None:
    with pytest.raises(ZeroDivisionError), snapshot():
        fail_after_a_query()
    with transaction.atomic():
        execute(f"UPDATE {TABLE} SET number = 5")
    assert number() == 5
    assert not connection.in_atomic_block


def test_a_snapshot_within_a_transaction_is_that_transaction(database: None) -> None:
    with transaction.atomic():
        execute(f"UPDATE {TABLE} SET number = 5")
        with snapshot():
            assert number() == 5
        execute(f"UPDATE {TABLE} SET number = 6")
    assert number() == 6


def test_snapshots_do_not_wait_for_a_writer(database: None, tmp_path: Path) -> None:
    """A render that began as a writer would wait here for ever, or be turned away."""
    with closing(new_connection(tmp_path)) as other, other.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE" if other.vendor == "sqlite" else "BEGIN")
        cursor.execute(f"UPDATE {TABLE} SET number = 2")
        with snapshot():
            assert number() == 1
        cursor.execute("COMMIT")
    assert number() == 2


def test_sqlite_is_used_by_the_rules_of_the_house(database: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("these are SQLite's own rules")
    wanted = {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "temp_store": 2, "query_only": 0}
    with connection.cursor() as cursor:
        for name, value in wanted.items():
            assert cursor.execute(f"PRAGMA {name}").fetchone()[0] == value, name
    assert connection.transaction_mode == "IMMEDIATE"  # type: ignore[attr-defined]
    with snapshot():
        assert connection.transaction_mode == "IMMEDIATE"  # type: ignore[attr-defined]
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA query_only").fetchone()[0] == 1
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA query_only").fetchone()[0] == 0
