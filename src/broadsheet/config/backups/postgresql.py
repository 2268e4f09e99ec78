"""What a PostgreSQL database holds, from one snapshot, table by table."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from broadsheet.config.backups.archive import POSTGRESQL, Writer
from broadsheet.config.backups.unpacking import CONTENTS
from broadsheet.foundation.refusals import Refused

ROWS = ".copy"
WITHOUT_ROWS = frozenset({"django_session"})
"""Who is logged in now is nobody's business later."""
# As pg_dump does: values must not depend on the server's settings.
STEADY = (
    "SET client_encoding = 'UTF8'; SET datestyle = 'ISO'; SET intervalstyle = 'postgres'; "
    "SET extra_float_digits = 3; SET timezone = 'UTC'"
)
TABLES = """
    SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    GROUP BY c.relname ORDER BY c.relname
"""
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema() ORDER BY 1"

Connection = psycopg.Connection[Any]


@dataclass(frozen=True)
class Contents:
    """The tables with their columns, how far each sequence has counted, and the migrations that made the tables."""

    tables: dict[str, list[str]]
    sequences: dict[str, int]
    migrations: list[tuple[str, str]]


@contextmanager
def connected(address: str) -> Iterator[Connection]:
    """A connection in autocommit with settings on which values do not depend; Refused where there is no answer."""
    try:
        connection = psycopg.connect(address, autocommit=True, connect_timeout=10)
    except psycopg.Error as error:
        raise Refused(
            "database.unreachable",
            f"{name_of(address)} cannot be reached: {_reason(error)}.",
            "Nothing was changed.",
        ) from None
    try:
        with connection:
            connection.execute(STEADY)
            yield connection
    except psycopg.Error as error:
        raise Refused(
            "database.failed", f"{name_of(address)} could not do it: {_reason(error)}.", "Nothing was left behind."
        ) from None


def name_of(address: str) -> str:
    """A database as it may be shown: without user and password."""
    parts = urlsplit(address)
    host = f"{parts.hostname or 'this machine'}{f':{parts.port}' if parts.port else ''}"
    return f"The database “{parts.path.lstrip('/')}” on {host}"


def dump(address: str, archive: Writer, folder: Path) -> int:
    """Add every table's rows to the archive, all of one moment, and return their size; `folder` is for what is between.

    The tables are locked against changes of their shape only: readers and writers go on.
    """
    size = 0
    with connected(address) as connection, connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        tables = tables_of(connection)
        if tables:
            names = sql.SQL(", ").join(map(sql.Identifier, tables))
            connection.execute(sql.SQL("LOCK TABLE {} IN ACCESS SHARE MODE").format(names))
        for table, columns in tables.items():
            if table not in WITHOUT_ROWS:
                rows = folder / "rows"
                _copy_out(connection, table, columns, rows)
                size += archive.add_file(f"{POSTGRESQL}/{table}{ROWS}", rows) or 0
        contents = Contents(tables, _sequences(connection), _migrations(connection))
    archive.add_bytes(CONTENTS, json.dumps(asdict(contents), indent=1).encode())
    return size


def contents_from_bytes(data: bytes) -> Contents:
    """What `dump` wrote about a database."""
    found = json.loads(data)
    migrations = [(app, name) for app, name in found["migrations"]]
    return Contents(found["tables"], found["sequences"], migrations)


def tables_of(connection: Connection) -> dict[str, list[str]]:
    """The tables of the schema in use, with the columns that can be written."""
    return dict(connection.execute(TABLES).fetchall())


def _copy_out(connection: Connection, table: str, columns: list[str], target: Path) -> None:
    # The size of a member stands before it in the archive, so the rows go to a file first.
    statement = sql.SQL("COPY {} ({}) TO STDOUT").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, target.open("wb") as file, cursor.copy(statement) as rows:
        for block in rows:
            file.write(block)


def _sequences(connection: Connection) -> dict[str, int]:
    return {name: last for name, last in connection.execute(SEQUENCES) if last is not None}


def _migrations(connection: Connection) -> list[tuple[str, str]]:
    return connection.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()


def _reason(error: psycopg.Error) -> str:
    """The server's sentence without its details, which may hold rows; or libpq's last one."""
    lines = (error.diag.message_primary or str(error)).strip().splitlines() or ["no reason given"]
    return lines[-1].rstrip(".")
