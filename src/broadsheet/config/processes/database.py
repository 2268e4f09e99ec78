"""Brings the database to the state that this program needs. Needs Django to be set up."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from broadsheet.foundation.home import HomeUnusable
from broadsheet.foundation.triggers import make_triggers, missing_triggers

# Any number will do, as long as every host of a newsroom uses the same.
MIGRATE_LOCK = 8_000_143


def prepare_database(say: Callable[[str], None]) -> None:
    """Migrate if that is needed; raise HomeUnusable if a newer version has already been at work."""
    connection.ensure_connection()
    with _alone():
        executor = MigrationExecutor(connection)
        refuse_newer(executor)
        steps = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if steps:
            say(f"Preparing the database ({len(steps)} steps) ...")
            call_command("migrate", verbosity=0, interactive=False)
        elif missing_triggers():
            make_triggers()


def refuse_newer(executor: MigrationExecutor) -> None:
    """Raise HomeUnusable if the database went through a migration that this program does not have."""
    loader = executor.loader
    known = set(loader.disk_migrations or {})
    for migration in (loader.disk_migrations or {}).values():
        known.update(migration.replaces)
    unknown = sorted(set(loader.applied_migrations) - known)
    if unknown:
        app, name = unknown[0]
        raise HomeUnusable(
            f"The database was changed by a newer version of Broadsheet than this one (by “{app} {name}”). "
            "Nothing was changed. Install that version or a later one, or name another home with BROADSHEET_HOME."
        )


@contextmanager
def _alone() -> Iterator[None]:
    """Let one host at a time migrate; on SQLite the home's own lock does that."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATE_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATE_LOCK])
