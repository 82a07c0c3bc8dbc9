"""Reopening an objective: some of what it hung on may have been archived since."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from data.company.commands.dependents import OBJECTIVES, UNDER_WAY
from data.core.as_of import table
from data.core.errors import CommandRejected
from data.core.fact_store import still_here
from data.core.terms import amend_terms
from data.core.unit_of_work import UnitOfWork
from data.okrs.commands.key_result_rows import TERMS, key_results_of, live_with_terms
from data.okrs.commands.objectives import write_terms
from models import Guardrail, KeyResultTerms, Kpi, ObjectiveState, Person

_objective, _key_result, _kpi = table("objective"), table("key_result"), table("kpi")
_team, _cycle = table("team"), table("cycle")

OR_COPY = ", or copy the objective to another cycle"


def reopen(work: UnitOfWork, row: Any) -> None:
    """Let an objective be active again; an archived owner or guardrail does not come back.

    Raises `CommandRejected` where its team, its cycle or a KPI that feeds it is archived.
    """
    owner_id = still_here(work.connection, Person, row.owner_id)
    write_terms(work, row, state=ObjectiveState.ACTIVE, owner_id=owner_id)
    check_nothing_is_gone(work, [row.id], "state")
    _end_ownership(work, row.id)
    _untie_guardrails(work, row.id)


def check_nothing_is_gone(work: UnitOfWork, objective_ids: Collection[int], field: str) -> None:
    """Reject it where objectives under way would hang on something that is archived."""
    feeds = OBJECTIVES.join(_key_result).join(_kpi, _kpi.c.id == _key_result.c.kpi_id)
    for hanging, gone, what, remedy in (
        (_objective, _team, "The team “{}” of “{}”", ""),
        (_objective, _cycle, "The cycle “{}” of “{}”", ""),
        (_key_result, _kpi, "The KPI “{}” that feeds “{}”", OR_COPY),
    ):
        of = OBJECTIVES.join(gone) if hanging is _objective else feeds
        found = (
            select(gone.c.name, hanging.c.name.label("hanging"))
            .select_from(of)
            .where(gone.c.withdrawn_at.is_not(None), hanging.c.withdrawn_at.is_(None))
            .where(_objective.c.id.in_(list(objective_ids)), *UNDER_WAY)
        )
        if row := work.connection.execute(found, {"day": work.today, "moment": work.at}).first():
            stands = f"{what.format(row.name, row.hanging)} is archived"
            raise CommandRejected(field, f"{stands}: take that back in the history first{remedy}.")


def _end_ownership(work: UnitOfWork, objective_id: int) -> None:
    for key in key_results_of(work.connection, objective_id):
        row = live_with_terms(work, key)
        if row.owner_id != still_here(work.connection, Person, row.owner_id):
            amend_terms(work, KeyResultTerms, TERMS, row, {"owner_id": None})


def _untie_guardrails(work: UnitOfWork, objective_id: int) -> None:
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
