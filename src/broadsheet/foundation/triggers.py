"""Rules that the database itself holds: declared once for both engines, remade around every migrate."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


@dataclass(frozen=True)
class Trigger:
    """A rule on one table: its name, and the statements that make it on each engine; empty where one needs none."""

    name: str
    table: str
    sqlite: str = ""
    postgresql: str = ""

    def statement(self, vendor: str) -> str:
        """What makes it on an engine."""
        return self.sqlite if vendor == "sqlite" else self.postgresql


_declared: dict[str, Trigger] = {}


def declare(trigger: Trigger) -> Trigger:
    """Add a trigger to those that are made after every migrate; SQLite loses triggers when a table is rebuilt."""
    _declared[trigger.name] = trigger
    return trigger


def refuse_change(*, name: str, table: str, when: str, sentence: str, event: str) -> Trigger:
    """Declare a trigger that aborts `event` (such as "UPDATE OF address") on rows where the SQL condition `when` holds.

    `when` speaks of OLD and NEW; `sentence` is the error's text and holds no quotation mark.
    """
    return declare(
        Trigger(
            name=name,
            table=table,
            sqlite=(
                f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH ROW WHEN {when} '
                f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
            ),
            postgresql=(
                f'CREATE OR REPLACE FUNCTION "{name}_refuse"() RETURNS trigger LANGUAGE plpgsql AS '
                f"$$ BEGIN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'; END $$; "
                f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH ROW WHEN ({when}) '
                f'EXECUTE FUNCTION "{name}_refuse"()'
            ),
        )
    )


def install() -> None:
    """Drop the triggers before every migrate and make them after it."""
    pre_migrate.connect(_before_migrate, weak=False, dispatch_uid="broadsheet.triggers.drop")
    post_migrate.connect(_after_migrate, weak=False, dispatch_uid="broadsheet.triggers.make")


def drop_triggers(using: str = "default") -> None:
    """Remove every declared trigger that stands."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for trigger in _declared.values():
            if trigger.table not in tables:
                continue
            target = "" if connection.vendor == "sqlite" else f' ON "{trigger.table}"'
            cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}"{target}')


def make_triggers(using: str = "default") -> None:
    """Make every declared trigger anew on the tables that exist."""
    drop_triggers(using)
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for trigger in _declared.values():
            if trigger.table in tables and trigger.statement(connection.vendor):
                cursor.execute(trigger.statement(connection.vendor))


def missing_triggers(using: str = "default") -> list[str]:
    """Names of declared triggers that do not stand in the database."""
    connection = connections[using]
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {row[0] for row in cursor.fetchall()}
    wanted = {trigger.name for trigger in _declared.values() if trigger.statement(connection.vendor)}
    return sorted(wanted - standing)


def _before_migrate(sender: Any, using: str, **_: Any) -> None:
    if sender.label == _labels_with_models()[0]:
        drop_triggers(using)


def _after_migrate(sender: Any, using: str, **_: Any) -> None:
    if sender.label == _labels_with_models()[-1]:
        make_triggers(using)


def _labels_with_models() -> list[str]:
    """Labels of the apps for which migrate sends its signals, in their order."""
    return [config.label for config in apps.get_app_configs() if config.models_module is not None]
