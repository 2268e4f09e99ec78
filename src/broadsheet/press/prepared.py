"""Queries of public pages that are compiled once: Django's ORM takes longer to write most of them than to run them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Expression, F, Func, Q, QuerySet
from django.db.models.lookups import Exact, GreaterThan, GreaterThanOrEqual, In, IsNull, LessThan, LessThanOrEqual

Row = tuple[Any, ...]
LOOKUPS: dict[str, Any] = {
    "": Exact, "lt": LessThan, "lte": LessThanOrEqual, "gt": GreaterThan, "gte": GreaterThanOrEqual, "in": In,
}  # fmt: skip


class Slot(Expression):
    """The place of a value in a compiled query: the argument's number, and the item's where that is a tuple."""

    def __init__(self, argument: int, item: int = -1) -> None:
        super().__init__()
        self.argument, self.item = argument, item

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", (self,)

    def value_in(self, values: tuple[Any, ...]) -> Any:
        value = values[self.argument]
        return _as_parameter(value if self.item < 0 else value[min(self.item, len(value) - 1)])


class Unindexed(Func):
    """A column in a condition for which no index is wanted.

    SQLite, which is told no sizes of tables, may prefer an index that halves a table to a list of ids; a condition on
    `+column` leaves it no choice. PostgreSQL knows better, and is given the column as it is.
    """

    arity = 1
    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **extra)


def without_index(condition: Q) -> Q:
    """The same condition on columns as `Unindexed`; it may ask for equals, less, more, and one of."""
    leaves = map(_leaf_without_index, condition.children)
    return Q(*leaves, _connector=condition.connector, _negated=condition.negated)


def _leaf_without_index(leaf: Any) -> Any:
    if isinstance(leaf, Q):
        return without_index(leaf)
    column, _, lookup = leaf[0].partition("__")
    bare = Unindexed(F(column))
    return IsNull(bare, True) if leaf[1] is None else LOOKUPS[lookup](bare, leaf[1])


@dataclass
class Prepared:
    """A query that is compiled once for each engine and size of its tuples, and then asked with other values.

    `build` gets a slot for each value (a list of slots for a tuple, which must not be empty) and returns a
    `values_list`, or several with the same columns, whose rows then come together in one query, each with its own order
    and limit; keywords go to it as they are. Calling it runs the query and returns all rows.
    """

    build: Callable[..., QuerySet[Any, Row] | list[QuerySet[Any, Row]]]
    compiled: dict[Any, "_Compiled"] = field(default_factory=dict)

    def __call__(self, *values: Any, **constants: Any) -> list[Row]:
        sizes = tuple(_rounded(len(value)) if isinstance(value, tuple) else -1 for value in values)
        wanted = (connection.vendor, sizes, *constants.items())
        found = self.compiled.get(wanted)
        if found is None:
            slots = [_slots(argument, size) for argument, size in enumerate(sizes)]
            found = self.compiled[wanted] = _compile(self.build(*slots, **constants))
        return found.run(values)


@dataclass(frozen=True)
class _Compiled:
    sql: str
    parameters: tuple[Any, ...]
    compiler: Any
    converters: dict[int, Any]

    def run(self, values: tuple[Any, ...]) -> list[Row]:
        filled = [part.value_in(values) if isinstance(part, Slot) else part for part in self.parameters]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, filled)
            rows = cursor.fetchall()
        return [tuple(row) for row in self._converted(rows)] if self.converters else rows

    def _converted(self, rows: list[Row]) -> Iterator[list[Any]]:
        for row in map(list, rows):
            for place, (converters, expression) in self.converters.items():
                for convert in converters:
                    row[place] = convert(row[place], expression, connection)
            yield row


def _compile(built: QuerySet[Any, Row] | list[QuerySet[Any, Row]]) -> _Compiled:
    parts = built if isinstance(built, list) else [built]
    compilers: list[Any] = [part.query.get_compiler(connection=connection) for part in parts]
    written = [compiler.as_sql() for compiler in compilers]
    columns = [column for column, *_rest in compilers[0].select]
    parameters = tuple(parameter for _sql, more in written for parameter in more)
    return _Compiled(
        _together([sql for sql, _ in written]), parameters, compilers[0], compilers[0].get_converters(columns)
    )


def _together(statements: list[str]) -> str:
    """One statement: SQLite takes the order and limit of a part only within a part of its own."""
    if len(statements) == 1:
        return statements[0]
    return " UNION ALL ".join(f"SELECT * FROM ({sql}) AS part_{number}" for number, sql in enumerate(statements))


def _slots(argument: int, size: int) -> Slot | list[Slot]:
    return Slot(argument) if size < 0 else [Slot(argument, item) for item in range(size)]


def _rounded(size: int) -> int:
    """The next power of two, so that there are few variants; the last value is asked again for what is left over."""
    assert size, "an empty tuple is no question"
    return 1 << (size - 1).bit_length()


def _as_parameter(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value
