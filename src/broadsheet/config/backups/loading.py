"""The way back into an empty PostgreSQL database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.db.migrations import Migration
from psycopg import sql

from broadsheet.config.backups.postgresql import Connection, Contents, connected, name_of, tables_of
from broadsheet.foundation.refusals import Refused

OLDEST = 14
UNFINISHED = "broadsheet_restore_is_unfinished"
"""A table that stands while a restore is under way: what a killed one left is known by it and removed by the next."""
RESTORING = 7_226_101
"""The advisory lock that a restore holds."""
# What belongs to an extension is not ours, and a database that has one is still empty.
OURS = "NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = {oid} AND d.deptype = 'e')"
RELATIONS = (
    "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN "
    f"('r', 'p', 'v', 'm', 'S', 'f') AND {OURS.format(oid='pg_class.oid')}"
)
FUNCTIONS = (
    "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = current_schema()::regnamespace "
    f"AND {OURS.format(oid='pg_proc.oid')}"
)
OWNED_SEQUENCES = """
    SELECT c.relname, a.attname, s.relname FROM pg_depend d
    JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
    JOIN pg_class c ON c.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
    WHERE d.deptype IN ('a', 'i') AND c.relnamespace = current_schema()::regnamespace
"""


@contextmanager
def empty_database(address: str) -> Iterator[Connection]:
    """The database, held for one restore; emptied again if the block fails. Refused where it holds anything."""
    with connected(address) as connection:
        if connection.info.server_version < OLDEST * 10_000:
            raise Refused("restore.old_server", f"{name_of(address)} is older than PostgreSQL {OLDEST}.", "")
        if not connection.execute("SELECT pg_try_advisory_lock(%s)", [RESTORING]).fetchone() == (True,):
            raise Refused("busy", f"{name_of(address)} is being restored by another process.", "")
        standing = _standing(connection)
        if UNFINISHED in standing:
            _clear(connection)
        elif standing:
            raise Refused(
                "restore.not_empty",
                f"{name_of(address)} is not empty, and a backup is only restored into an empty one. "
                "Name an empty one with BROADSHEET_DATABASE_URL.",
                "Nothing was changed.",
            )
        connection.execute(f"CREATE TABLE {UNFINISHED} ()")
        try:
            yield connection
        except BaseException:
            _clear(connection)
            raise


def declare_finished(connection: Connection) -> None:
    """Say that the database is whole. From here on no later restore takes it for what a killed one left, which is why
    this comes before the home is put in place and not after."""
    connection.execute(f"DROP TABLE {UNFINISHED}")


def make_tables(contents: Contents) -> bool:
    """Make the tables as the backup knew them; True where these are also the newest, False where a migrate is due."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    targets = executor.loader.graph.leaf_nodes()
    everything = executor.migration_plan(targets)
    done = set(contents.migrations)
    _refuse_unknown(done, executor.loader.disk_migrations or {})
    plan = [step for step in everything if _was_done(step[0], done)]
    executor.migrate(targets, plan=plan)
    connection.close()
    return len(plan) == len(everything)


def _was_done(migration: Migration, done: set[tuple[str, str]]) -> bool:
    # A squashed migration has been done where all that it stands for have been.
    stands_for = set(migration.replaces)
    return (migration.app_label, migration.name) in done or (bool(stands_for) and stands_for <= done)


def _refuse_unknown(done: set[tuple[str, str]], known: dict[tuple[str, str], Migration]) -> None:
    names = set(known).union(*(migration.replaces for migration in known.values()))
    for app, name in sorted(done - names):
        raise Refused(
            "restore.newer",
            f"The backup knows a change of the database ({app} {name}) that this program does not know. "
            "Install the version that made the backup, or a later one.",
            "Nothing was changed.",
        )


def make_rules() -> None:
    """Make the triggers; where a migrate is still due, it will make them."""
    from django.db import connection

    from broadsheet.foundation import triggers

    triggers.make_triggers()
    connection.close()


def begin_load(connection: Connection) -> None:
    """Empty the tables of what the migrations put there; foreign keys wait for the end of the transaction."""
    tables = [table for table in tables_of(connection) if table != UNFINISHED]
    connection.execute("SET CONSTRAINTS ALL DEFERRED")
    connection.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(map(sql.Identifier, tables))))


def load_table(connection: Connection, table: str, columns: list[str], rows: IO[bytes]) -> None:
    """Fill one table with the rows that `dump` wrote."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        while block := rows.read(1 << 20):
            copy.write(block)


def set_sequences(connection: Connection, contents: Contents) -> None:
    """Let every sequence go on where it stood, and never below what its column holds."""
    least = {name: value for name, value in contents.sequences.items() if _is_sequence(connection, name)}
    for table, column, sequence in connection.execute(OWNED_SEQUENCES).fetchall():
        query = sql.SQL("SELECT max({}) FROM {}").format(sql.Identifier(column), sql.Identifier(table))
        highest = (connection.execute(query).fetchone() or (None,))[0]
        least[sequence] = max(least.get(sequence, 0), highest or 0)
    for sequence, value in least.items():
        if value > 0:
            connection.execute("SELECT setval(quote_ident(%s)::regclass, %s)", [sequence, value])


def _is_sequence(connection: Connection, name: str) -> bool:
    found = connection.execute("SELECT to_regclass(quote_ident(%s)) IS NOT NULL", [name]).fetchone()
    return found == (True,)


def _standing(connection: Connection) -> set[str]:
    return {row[0] for query in (RELATIONS, FUNCTIONS) for row in connection.execute(query)}


def _clear(connection: Connection) -> None:
    """Remove everything from a database that was empty when we began."""
    with connection.transaction():
        for kind, letters in (("TABLE", "rp"), ("VIEW", "v"), ("MATERIALIZED VIEW", "m"), ("SEQUENCE", "S")):
            query = RELATIONS.replace("('r', 'p', 'v', 'm', 'S', 'f')", f"({', '.join(map(repr, letters))})")
            for (name,) in connection.execute(query).fetchall():
                statement = sql.SQL("DROP {} IF EXISTS {} CASCADE").format(sql.SQL(kind), sql.Identifier(name))
                connection.execute(statement)
        for (signature,) in connection.execute(FUNCTIONS).fetchall():
            connection.execute(sql.SQL("DROP FUNCTION IF EXISTS {} CASCADE").format(sql.SQL(signature)))
