"""Renaming: the old name stays an alias for imports, and expressions follow the new one."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import col

from data.core.errors import CommandRejected
from data.core.unit_of_work import UnitOfWork
from data.names.lookup import names_here
from data.names.rename_in_expressions import renamed_in_expression
from data.names.scopes import Names
from models import Alias, Entity, Kpi


def rename(work: UnitOfWork, entity: type[Entity], row: Any, changes: dict[str, Any]) -> None:
    """Change a named row, keep its old name as an alias, and respell the drivers that named it."""
    before = names_here(work.connection)
    driven = _driven(work.connection)
    work.alter(entity, row.id, **changes)
    for kpi_id, expression in _follow(driven, before, names_here(work.connection)):
        work.alter(Kpi, kpi_id, driven_by=expression)
    if changes.get("name", row.name) != row.name:
        said = {"entity": _table(entity).name, "entity_id": row.id, "name": row.name}
        work.add(Alias, [said])


def check_free(
    connection: Connection, entity: type[Entity], name: str, message: str, **place: int
) -> None:
    """Raise `CommandRejected` where something here has that name, in that place."""
    if named(connection, entity, name, **place) is not None:
        raise CommandRejected("name", message)


def named(connection: Connection, entity: type[Entity], name: str, **place: int) -> Any:
    """Give the row of what has a name here, None where nothing has."""
    columns = _table(entity).c
    here = [columns[each] == key for each, key in place.items()]
    found = select(columns.id, columns.version).where(
        columns.name == name, columns.withdrawn_at.is_(None), *here
    )
    return connection.execute(found).first()


def _follow(driven: Sequence[Any], before: Names, after: Names) -> Iterator[tuple[int, str]]:
    """Give the expressions that must be spelled anew, by their KPI."""
    teams = {key: team_id for (team_id, _), key in after.kpis.items()}
    for row in driven:
        expression = renamed_in_expression(row.driven_by, before, after, row.team_id, teams[row.id])
        if expression != row.driven_by:
            yield row.id, expression


def _driven(connection: Connection) -> Sequence[Any]:
    query = select(col(Kpi.id), col(Kpi.team_id), col(Kpi.driven_by)).where(
        col(Kpi.withdrawn_at).is_(None), col(Kpi.driven_by) != ""
    )
    return connection.execute(query).all()


def _table(entity: type[Entity]) -> Any:
    return entity.__table__  # type: ignore[attr-defined]
