"""Rows for a table in bulk: columns that are not named get the model's defaults, as a new row of it would."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import AutoField, Field, Model

Row = dict[str, Any]


class Table:
    """A model's table as a place for many rows; their values are given as the engine keeps them (see `as_stored`)."""

    def __init__(self, model: type[Model]) -> None:
        fields = [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]
        self.name = model._meta.db_table
        self.defaults: Row = {str(field.column): as_stored(_default(field)) for field in fields}

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows that all name the same columns."""
        filled = [self.defaults | row for row in rows]
        if filled:
            columns = ", ".join(f'"{column}"' for column in filled[0])
            values = ", ".join(["%s"] * len(filled[0]))
            with connection.cursor() as cursor:
                statement = f'INSERT INTO "{self.name}" ({columns}) VALUES ({values})'
                cursor.executemany(statement, [tuple(row.values()) for row in filled])

    def next_ids(self, wanted: int) -> list[int]:
        """Ids that no row has or had; must run in the transaction that uses them."""
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = %s", [self.name])
                last = cursor.fetchone()[0]
                return list(range(last + 1, last + 1 + wanted))
            query = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(query, [self.name, wanted])
            return [row[0] for row in cursor.fetchall()]


def _default(field: Field[Any, Any]) -> Any:
    """What a new row has there; a moment of its making is named by whoever adds it."""
    return None if field.primary_key else field.get_db_prep_save(field.get_default(), connection)


def as_stored(value: Any) -> Any:
    """A value as the engine keeps it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    if isinstance(value, list | dict):
        return json.dumps(value)
    return value
