"""Renaming: the old name stays an alias for imports, and expressions follow the new one."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import col

from data.core.fields import name_of
from data.core.unit_of_work import UnitOfWork
from data.names.expressions import renamed_in_expression
from data.names.lookup import names_here
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
        work.add(Alias, [{"entity": name_of(entity), "entity_id": row.id, "name": row.name}])


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
