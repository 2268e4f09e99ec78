"""The guard: while a public page is made, no query runs outside a keyed read."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from broadsheet.press.render import current_render

logger = logging.getLogger("broadsheet.press.guard")

# Statements that are no reads: opening and closing the snapshot, and SQLite's own switches.
HOUSEKEEPING = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SET TRANSACTION")


class UnkeyedQuery(Exception):
    """A query ran while a public page was made, and no keyed read was open: the page would not know that it used it."""


def install() -> None:
    """Set the guard on every connection, present and future."""
    connection_created.connect(_watch, weak=False, dispatch_uid="broadsheet.press.guard")
    for connection in connections.all(initialized_only=True):
        _watch(connection=connection)


def _watch(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard)


def guard(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Let a query through if it stands in a keyed read; else raise where reads are strict, and report elsewhere."""
    render = current_render()
    if render is not None and not sql.lstrip().upper().startswith(HOUSEKEEPING):
        render.queries += 1
        if render.open_reads == 0:
            if settings.STRICT_READS:
                raise UnkeyedQuery(sql[:300])
            logger.error("a query outside a keyed read while a public page was made: %s", sql[:300])
    return execute(sql, params, many, context)
