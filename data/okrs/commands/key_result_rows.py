"""The rows behind a key result: read, written, withdrawn, and what it cannot go without."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, exists, select
from sqlmodel import col

from data.core.as_of import table_of
from data.core.fact_store import live
from data.core.fields import stored_in
from data.core.terms import add_with_terms, from_today, with_terms_of_today
from data.core.unit_of_work import UnitOfWork
from data.okrs.commands.steps import steps_of
from data.okrs.fields import KeyResultRow
from models import CheckIn, Cycle, KeyResult, KeyResultKind, KeyResultTerms, Milestone, Objective

ENTITY = tuple(name for name in stored_in(KeyResultRow, KeyResult) if name != "objective_id")
TERMS = stored_in(KeyResultRow, KeyResultTerms)
NEEDED = {
    KeyResultKind.METRIC: {"start": "start", "target": "target"},
    KeyResultKind.HOLD: {"kpi_id": "KPI to hold", "hold_periods": "number of periods to hold"},
    KeyResultKind.MILESTONE: {"steps": "step"},
}
"""The cells that a key result of each kind cannot be measured without, with their names."""


def live_with_terms(work: UnitOfWork, key: int) -> Any:
    """Give a key result that is still here with the terms that hold today, else refuse."""
    return with_terms_of_today(work, KeyResult, KeyResultTerms, TERMS, key, what="key result")


def write_key_result(
    work: UnitOfWork, row: Mapping[str, Any], *, owner_id: int | None, **terms: Any
) -> int:
    """Write a new key result with its first terms; give its key."""
    said = {"owner_id": owner_id, **terms, **from_today(work)}
    return add_with_terms(work, KeyResult, row, KeyResultTerms, said)


def key_results_of(connection: Connection, objective_id: int) -> Sequence[int]:
    """Give the keys of the key results of an objective that are here."""
    columns = table_of(KeyResult).c
    here = columns.objective_id == objective_id, columns.withdrawn_at.is_(None)
    return connection.execute(select(columns.id).where(*here)).scalars().all()


def has_progress(connection: Connection, key_result_id: int) -> bool:
    """Tell whether somebody ever checked a key result in, or a step of it is done."""
    said = exists().where(
        col(CheckIn.key_result_id) == key_result_id, col(CheckIn.withdrawn).is_(False)
    )
    done = exists().where(
        col(Milestone.key_result_id) == key_result_id,
        col(Milestone.done_on).is_not(None),
        col(Milestone.withdrawn_at).is_(None),
    )
    return bool(connection.execute(select(said | done)).scalar())


def withdraw(work: UnitOfWork, key_result_id: int) -> None:
    """Withdraw a key result and its steps."""
    for step in steps_of(work.connection, key_result_id):
        work.alter(Milestone, step.id, withdrawn_at=work.at)
    work.alter(KeyResult, key_result_id, withdrawn_at=work.at)


def missing_cells(cells: Mapping[str, Any], has_steps: bool) -> dict[str, str]:
    """Give all cells that a key result cannot be measured without, with their names."""
    needed = NEEDED[KeyResultKind(cells["kind"])]
    there = {**cells, "steps": True if has_steps else None}
    return {field: what for field, what in needed.items() if there[field] is None}


def live_key_result(connection: Connection, key: int) -> Any:
    """Give a key result that is still there with its team and the first day of its cycle.

    Raises `CommandRejected` where it is not.
    """
    columns = table_of(KeyResult).c
    query = (
        select(*columns, col(Objective.team_id), col(Cycle.starts_on))
        .join(Objective, col(Objective.id) == columns.objective_id)
        .join(Cycle, col(Cycle.id) == col(Objective.cycle_id))
    )
    return live(connection, query, columns, key, what="key result")
