"""Changing some cells of a fact and keeping the others: whoever changes another is no rival."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from sqlalchemy import Connection, select

from data.core.as_of import latest_first, table_of
from data.core.errors import Conflict
from data.core.outcomes import CurrentValue
from models import Fact


class Unset(Enum):
    """What stands for a cell that nobody says anything about."""

    UNSET = "keep"


UNSET = Unset.UNSET
NOTHING = {"value": None, "confidence": None, "note": "", "blocked_by": ""}
"""What stands in the cells where nobody has said anything yet."""


def set_cells(cells: Mapping[str, Any]) -> dict[str, Any]:
    """Give the cells that somebody says something about."""
    return {name: value for name, value in cells.items() if value is not UNSET}


def current_cells(standing: Any, *names: str) -> dict[str, Any]:
    """Give what stands in some cells, nothing where there is no fact."""
    return {name: NOTHING[name] if standing is None else getattr(standing, name) for name in names}


def check_cells(
    connection: Connection,
    table: type[Fact],
    key: Mapping[str, Any],
    standing: Any,
    said: Mapping[str, Any],
    base_version: int,
) -> None:
    """Raise `Conflict` where a cell was changed since the data's version that was seen.

    One that stands as it is said now, or as it was seen, is none.
    """
    if standing is None or standing.version <= base_version:
        return
    before = _as_seen(connection, table, key, base_version)
    for name, mine in said.items():
        theirs = getattr(standing, name)
        if theirs not in (mine, NOTHING[name] if before is None else getattr(before, name)):
            raise Conflict(_theirs(standing, name))


def _as_seen(
    connection: Connection, table: type[Fact], key: Mapping[str, Any], base_version: int
) -> Any:
    """Give the fact that counted at a version of the data."""
    columns = table_of(table).c
    return connection.execute(
        select(*columns)
        .where(
            *(columns[name] == value for name, value in key.items()),
            columns.version <= base_version,
        )
        .order_by(*latest_first(columns))
        .limit(1)
    ).first()


def _theirs(standing: Any, field: str) -> CurrentValue:
    said = "" if field == "value" else str(getattr(standing, field) or "")
    return CurrentValue(
        standing.value, standing.who, standing.recorded_at, standing.version, field=field, text=said
    )
