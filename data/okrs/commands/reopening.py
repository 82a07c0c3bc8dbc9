"""Reopening an objective: some of what it hung on may have been archived since."""

from typing import Any

from sqlalchemy import select
from sqlmodel import col

from data.company.commands.dependents import check_nothing_is_gone
from data.core.fact_store import still_here
from data.core.terms import amend_terms
from data.core.unit_of_work import UnitOfWork
from data.okrs.commands.key_result_rows import TERMS, key_results_of, live_with_terms
from data.okrs.commands.objectives import write_terms
from models import Guardrail, KeyResultTerms, Kpi, ObjectiveState, Person


def reopen(work: UnitOfWork, row: Any) -> None:
    """Let an objective be active again; an archived owner or guardrail does not come back.

    Raises `CommandRejected` where its team, its cycle or a KPI that feeds it is archived.
    """
    owner_id = still_here(work.connection, Person, row.owner_id)
    write_terms(work, row, state=ObjectiveState.ACTIVE, owner_id=owner_id)
    check_nothing_is_gone(work, [row.id], "state")
    _end_ownership(work, row.id)
    _untie_guardrails(work, row.id)


def _end_ownership(work: UnitOfWork, objective_id: int) -> None:
    """Take key results from owners who are archived."""
    for key in key_results_of(work.connection, objective_id):
        row = live_with_terms(work, key)
        if row.owner_id != still_here(work.connection, Person, row.owner_id):
            amend_terms(work, KeyResultTerms, TERMS, row, {"owner_id": None})


def _untie_guardrails(work: UnitOfWork, objective_id: int) -> None:
    """End the guardrails whose KPI is archived."""
    gone: Any = (
        select(col(Guardrail.id))
        .join(Kpi, col(Kpi.id) == col(Guardrail.kpi_id))
        .where(
            col(Guardrail.objective_id) == objective_id,
            col(Guardrail.withdrawn_at).is_(None),
            col(Kpi.withdrawn_at).is_not(None),
        )
    )
    for key in work.connection.execute(gone).scalars().all():
        work.alter(Guardrail, key, withdrawn_at=work.at)
