"""The order of a team's objectives, and of an objective's key results."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, select

from data.core.as_of import table_of
from data.core.errors import CommandRejected
from data.core.unit_of_work import UnitOfWork, command
from data.okrs.commands.key_result_rows import live_with_terms
from data.okrs.commands.objectives import (
    check_permitted_for_objective,
    editable_objective,
    live_objective,
)
from models import Entity, KeyResult, Objective


def reorder_objective(
    engine: Engine, *, person_id: int, objective_id: int, after_id: int | None
) -> int | None:
    """Put an objective after another of its team and cycle, None in front of all."""
    with command(engine, "reorder objectives", person_id=person_id) as work:
        row = live_objective(work, objective_id)
        check_permitted_for_objective(work, row)
        columns = table_of(Objective).c
        beside = [columns.team_id == row.team_id, columns.cycle_id == row.cycle_id]
        moved = _reorder(work, Objective, objective_id, after_id, beside)
        return work.command_id if moved else None


def reorder_key_result(
    engine: Engine, *, person_id: int, key_result_id: int, after_id: int | None
) -> int | None:
    """Put a key result after another of its objective, None in front of all."""
    with command(engine, "reorder key results", person_id=person_id) as work:
        row = live_with_terms(work, key_result_id)
        editable_objective(work, row.objective_id)
        beside = [table_of(KeyResult).c.objective_id == row.objective_id]
        moved = _reorder(work, KeyResult, key_result_id, after_id, beside)
        return work.command_id if moved else None


def _reorder(
    work: UnitOfWork, entity: type[Entity], key: int, after: int | None, beside: Sequence[Any]
) -> bool:
    """Put a row after another among those beside it; tell whether anything moved."""
    columns = table_of(entity).c
    rows = work.connection.execute(
        select(columns.id, columns.position)
        .where(*beside, columns.withdrawn_at.is_(None))
        .order_by(columns.position, columns.id)
    ).all()
    before = [row.id for row in rows]
    order = [each for each in before if each != key]
    if after is not None and after not in order:
        raise CommandRejected(
            "order", "The row to put it after is no longer here: reload the page."
        )
    order.insert(0 if after is None else order.index(after) + 1, key)
    if order == before:
        return False
    places = {row.id: row.position for row in rows}
    for position, each in enumerate(order):
        if places[each] != position:
            work.alter(entity, each, position=position)
    return True
