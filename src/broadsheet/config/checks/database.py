"""What can be wrong with the database. All but the first need its answer."""

from broadsheet.config.checks.findings import Findings, Situation, advice, wrong

OLDEST_POSTGRESQL = 14
UPGRADE = "Start “broadsheet serve” once: it brings the database up to date."


def does_not_answer(situation: Situation) -> Findings:
    """The database cannot be reached, or is no database."""
    from django.db import DatabaseError, InterfaceError, connection

    if connection.vendor == "sqlite" and not situation.home.database.exists():
        yield wrong(
            f"There is no database {situation.home.database}.",
            "Nothing can be read or saved.",
            "Start “broadsheet serve”, which makes one, or restore a backup.",
        )
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError) as error:
        yield wrong(
            f"The database does not answer: {_reason(error)}.",
            "Nothing can be read or saved.",
            "See that it runs, and that database_url names it."
            if connection.vendor == "postgresql"
            else "Keep the file aside and restore a backup.",
        )


def is_too_old(situation: Situation) -> Findings:
    """PostgreSQL is older than what this program is tested with."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        version = int(cursor.fetchone()[0]) // 10_000
    if version < OLDEST_POSTGRESQL:
        yield wrong(
            f"The database is PostgreSQL {version}.",
            f"This program needs {OLDEST_POSTGRESQL} or newer.",
            "Upgrade the server.",
        )


def is_not_up_to_date(situation: Situation) -> Findings:
    """Migrations are due, or are known that this program does not have."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from broadsheet.config.processes.database import refuse_newer
    from broadsheet.foundation.home import HomeUnusable

    executor = MigrationExecutor(connection)
    try:
        refuse_newer(executor)
    except HomeUnusable as error:
        yield wrong(str(error), "", "")
        return
    due = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if due:
        yield wrong(f"The database is {due} steps behind this program.", "Pages may fail.", UPGRADE)


def lacks_rules(situation: Situation) -> Findings:
    """Triggers are missing."""
    from broadsheet.foundation.triggers import missing_triggers

    missing = missing_triggers()
    if missing:
        yield wrong(
            f"The database lacks {len(missing)} of its rules: {', '.join(missing)}.",
            "It would let through what must never be, such as a changed address of a story.",
            UPGRADE,
        )


def index_is_not_right(situation: Situation) -> Findings:
    """Stories are missing in what readers search in."""
    from broadsheet.index.sources import wrong_in
    from broadsheet.stories.indexing import SOURCE

    wrong_stories = len(wrong_in(SOURCE))
    if wrong_stories:
        yield advice(
            f"The search does not know {wrong_stories} {'story' if wrong_stories == 1 else 'stories'} as they are now.",
            "Readers may not find them.",
            "Start “broadsheet serve” anew: it puts that right in the background, some thousand stories a minute.",
        )


def is_damaged(situation: Situation) -> Findings:
    """SQLite finds its file not whole."""
    from broadsheet.config.backups.sqlite import is_sound

    if not situation.settings.text("database_url") and not is_sound(situation.home.database):
        yield wrong(
            f"{situation.home.database} is damaged.",
            "What is lost cannot be told, and it may get worse.",
            "Stop the site, keep the file aside, and restore the newest backup.",
        )


def keeps_no_log(situation: Situation) -> Findings:
    """SQLite is not in WAL mode."""
    from django.db import connection

    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
    if mode != "wal":
        yield wrong(
            f"SQLite keeps its journal in the mode “{mode}”, not “wal”.",
            "Readers and writers wait for each other.",
            "The file system may not allow it: move the home to a disk of this machine.",
        )


def _reason(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[-1].strip().rstrip(".")
