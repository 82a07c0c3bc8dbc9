"""Rows by the ten thousand into a table, as columns: what drivers take in one statement."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table, text

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


def new_keys(connection: Connection, table: Table, count: int) -> Sequence[int]:
    """Give the keys of so many rows that this writer is to add next."""
    if connection.dialect.name == "postgresql":
        asked = (
            "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)"
        )
        found = connection.execute(text(asked), {"name": table.name, "count": count})
        return [int(key) for key in found.scalars()]
    last = connection.exec_driver_sql(f"SELECT max(id) FROM {table.name}").scalar() or 0
    return range(last + 1, last + 1 + count)


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
            varying.append([write(value) for value in values])
        parts.append(json.dumps(name).replace("%", "%%") + f": {cell}")
    form = "{" + ", ".join(parts) + "}"
    if not varying:
        return [form % ()] * count
    return [form % cells for cells in zip(*varying, strict=True)]


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
