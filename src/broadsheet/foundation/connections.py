"""How this program uses its database: SQLite by its own rules, and one read-only snapshot for each render."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-32000",
)

BULK_PRAGMAS = {"wal_autocheckpoint": 64_000, "cache_size": -128_000}


def install() -> None:
    """Set each new connection up as this program needs it."""
    connection_created.connect(_set_up, weak=False, dispatch_uid="broadsheet.foundation.connections")


def _set_up(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for pragma in SQLITE_PRAGMAS:
            cursor.execute(pragma)


@contextmanager
def bulk_writing() -> Iterator[None]:
    """Write very much in the block, in short transactions.

    SQLite then takes its log into the database at each 256 MB of it instead of each 4: a page that many transactions
    change is written once. Afterwards the log is empty again, unless somebody reads from it.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in BULK_PRAGMAS}
        for name, value in BULK_PRAGMAS.items():
            cursor.execute(f"PRAGMA {name}={value}")
        try:
            yield
        finally:
            for name, value in usual.items():
                cursor.execute(f"PRAGMA {name}={value}")
            if not connection.in_atomic_block:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def snapshot() -> Iterator[None]:
    """Run the block's queries in one read-only snapshot of the database.

    SQLite: BEGIN DEFERRED with query_only, because renders that begin IMMEDIATE starve each other.
    PostgreSQL: REPEATABLE READ, READ ONLY. Inside a transaction that is already open, that one is used as it is.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with _deferred_sqlite():
            yield
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


@contextmanager
def _deferred_sqlite() -> Iterator[None]:
    wrapper: Any = connection
    wrapper.ensure_connection()
    usual = wrapper.transaction_mode
    wrapper.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic():
            wrapper.transaction_mode = usual
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA query_only=ON")
            try:
                yield
            finally:
                with connection.cursor() as cursor:
                    cursor.execute("PRAGMA query_only=OFF")
    finally:
        wrapper.transaction_mode = usual
