"""Rows by the ten thousand into a table, as columns: what drivers take in one statement."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import isfinite
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Dialect,
    FromClause,
    Table,
    cast,
    insert,
    literal,
    select,
    text,
)

Columns = Mapping[str, Sequence[Any]]
"""The cells of rows, column by column, each as long as the others."""


def insert_columns(
    connection: Connection, table: Table, columns: Columns, *, ready: Collection[str] = ()
) -> None:
    """Insert rows; `ready` are the columns whose cells are as the database keeps them."""
    dialect = connection.dialect
    cells = [
        values if name in ready else _bound(table, name, values, dialect)
        for name, values in columns.items()
    ]
    if dialect.name == "postgresql":
        connection.exec_driver_sql(
            _from_arrays(table, tuple(columns), dialect), tuple(map(list, cells))
        )
    else:
        marks = ", ".join("?" for _ in columns)
        statement = f"INSERT INTO {_named(table, columns, dialect)} VALUES ({marks})"
        connection.exec_driver_sql(statement, list(zip(*cells, strict=True)))


@dataclass(frozen=True, slots=True)
class Selected:
    """Rows that stand in other tables: where, their numbers from 0 to `last`, and their cells.

    `alike` are the cells that all have the same of; `said` is the end of the JSON object of each,
    with the others.
    """

    source: FromClause
    number: ColumnElement[int]
    last: int
    cells: Mapping[str, ColumnElement[Any]]
    alike: Mapping[str, Any]
    said: ColumnElement[str]

    def insert(
        self,
        connection: Connection,
        table: Table,
        cells: Mapping[str, Any],
        numbers: tuple[int, int],
    ) -> int:
        """Insert those of some numbers into a table, and give how many these are.

        Cells are columns, or alike in all rows.
        """
        columns = [
            cell if isinstance(cell, ColumnElement) else literal(cell, table.c[name].type)
            for name, cell in cells.items()
        ]
        rows = (
            select(*columns)
            .select_from(self.source)
            .where(self.number.between(*numbers))
            .order_by(self.number)
        )
        added = insert(table).from_select(list(cells), rows, include_defaults=False)
        # Else a driver may have forgotten it by the time it is asked.
        counted = added.execution_options(preserve_rowcount=True)
        return connection.execute(counted).rowcount

    def as_json(self, alike: Mapping[str, Any], dialect: Dialect) -> ColumnElement[Any]:
        """Give each row as JSON, with the cells that are alike in all of them."""
        whole = literal(f"{json.dumps(alike)[:-1]}, ") + self.said
        return cast(whole, JSON) if dialect.name == "postgresql" else whole


def new_keys(connection: Connection, table: Table, count: int) -> range:
    """Give the keys of so many rows that this writer is to add next."""
    if connection.dialect.name == "postgresql":
        # No other writer takes a key in between.
        keys = "pg_get_serial_sequence(:name, 'id')"
        asked = f"SELECT setval(keys, nextval(keys) + :count - 1) FROM {keys} AS keys"
        found = connection.execute(text(asked), {"name": table.name, "count": count})
        last = int(found.scalar_one())
    else:
        most = connection.exec_driver_sql(f"SELECT max(id) FROM {table.name}").scalar() or 0
        last = most + count
    return range(last - count + 1, last + 1)


def json_of_rows(columns: Columns) -> list[str]:
    """Write rows as JSON, each an object of its cells by their names."""
    count = len(next(iter(columns.values())))
    write = lru_cache(None, typed=True)(json.dumps)
    parts, varying = [], []
    for name, values in columns.items():
        if _is_alike(values):
            cell = json.dumps(values[0]).replace("%", "%%")
        else:
            cell = "%s"
            varying.append(_numbers(values) or [write(value) for value in values])
        parts.append(json.dumps(name).replace("%", "%%") + f": {cell}")
    form = "{" + ", ".join(parts) + "}"
    if not varying:
        return [form % ()] * count
    return [form % cells for cells in zip(*varying, strict=True)]


def _numbers(values: Sequence[Any]) -> list[str] | None:
    """Write finite floats as JSON has them; None where others are among them."""
    if all(type(value) is float and isfinite(value) for value in values):
        return list(map(repr, values))
    return None


def _is_alike(values: Sequence[Any]) -> bool:
    first = values[0]
    return all(value is first for value in values)


def _bound(table: Table, name: str, values: Sequence[Any], dialect: Dialect) -> Sequence[Any]:
    kind: Any = table.c[name].type
    process: Callable[[Any], Any] | None = kind._cached_bind_processor(dialect)
    if process is None:
        return list(values)
    # The same few days and moments come again and again.
    return list(map(cache(process), values))


def _named(table: Table, names: Collection[str], dialect: Dialect) -> str:
    quote = dialect.identifier_preparer.quote
    return f"{quote(table.name)} ({', '.join(map(quote, names))})"


def _from_arrays(table: Table, names: Sequence[str], dialect: Dialect) -> str:
    arrays = ", ".join(f"%s::{table.c[name].type.compile(dialect)}[]" for name in names)
    return f"INSERT INTO {_named(table, names, dialect)} SELECT * FROM unnest({arrays})"
