"""A recovery as rows: its objective with what holds its KPI, and going on in the next cycle."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import select

from data.core.as_of import table_of
from data.core.errors import CommandRejected
from data.core.fact_store import check_live
from data.core.ties import tie, tied
from data.core.unit_of_work import UnitOfWork
from data.kpis.recovery_rules import check_follows
from data.kpis.views.recovery import RecoveryView
from data.names.name_check import check_free, named
from data.okrs.commands.from_template import copy_objective, supportable
from data.okrs.commands.key_result_rows import write_key_result
from data.okrs.commands.objectives import (
    SAME_NAME,
    SUPPORTS,
    live_objective,
    write_objective,
    write_terms,
)
from data.okrs.queries.objective_progress import objective_progress
from data.okrs.queries.objectives import OBJECTIVES
from models import Ambition, Cycle, KeyResultKind, Kpi, Objective, ObjectiveState


def write_recovery(
    work: UnitOfWork, kpi: Any, cycle_id: int, names: tuple[str, str], terms: dict[str, Any]
) -> int:
    """Write a recovery objective of a KPI's team with what holds the KPI; give its key."""
    objective, key_result = names
    place = {"cycle_id": cycle_id, "team_id": kpi.team_id}
    check_free(work.connection, Objective, objective, SAME_NAME, **place)
    key = write_objective(
        work,
        {**place, "name": objective, "origin_kpi_id": kpi.id},
        ambition=Ambition.COMMITTED,
        owner_id=terms["owner_id"],
        state=ObjectiveState.ACTIVE,
    )
    holds = {"name": key_result, "kind": KeyResultKind.HOLD, "unit": kpi.unit, "kpi_id": kpi.id}
    write_key_result(work, {"objective_id": key, **holds}, **terms)
    return key


def carry_over_recovery(
    work: UnitOfWork, recovery: RecoveryView, wanted: Collection[int] | None = None
) -> int:
    """Close a recovery in its cycle, with its score, and go on with it in the next; give its key.

    What holds the KPI goes along as it is, and of the other key results those `wanted`, or all
    that are unfinished, each from where it stands; so do guardrails and what it supports. The
    decision to reroute holds with it. Raises `CommandRejected` where no cycle follows.
    """
    check_follows("carry over", recovery.phase, recovery.objective)
    here, row = work.connection, live_objective(work, recovery.objective_id)
    check_live(here, Kpi, recovery.kpi_id, what="KPI")
    place = {"cycle_id": _next_cycle(work, row, recovery).id, "team_id": row.team_id}
    taken = named(here, Objective, row.name, **place) is not None
    name = f"{row.name} (goes on)" if taken else row.name
    check_free(here, Objective, name, SAME_NAME, **place)
    left = list(_left(work, row, recovery.key_result_id, wanted))
    write_terms(work, row, state=ObjectiveState.CLOSED)
    key = copy_objective(work, row, {**place, "name": name}, left, state=ObjectiveState.ACTIVE)
    above = tied(here, SUPPORTS, row.id)
    tie(work, SUPPORTS, key, supportable(work, place["cycle_id"], above))
    return key


def _left(
    work: UnitOfWork, row: Any, held: int, wanted: Collection[int] | None
) -> Iterator[tuple[int, float | None]]:
    """Give the key results that go along, with where each stands; what is held goes on as it is."""
    at = {"day": work.today, "moment": work.at}
    cycle = check_live(work.connection, Cycle, row.cycle_id, what="cycle")
    rows = work.connection.execute(OBJECTIVES, {"cycles": [cycle.id], **at})
    mine = [each for each in rows if each.id == row.id]
    (reached,) = objective_progress(work.connection, mine, {cycle.id: cycle}, at).progress
    for key_result, progress in reached.key_results:
        if key_result.id == held:
            yield held, None
        elif progress.done < 1 if wanted is None else key_result.id in wanted:
            yield key_result.id, progress.value


def _next_cycle(work: UnitOfWork, row: Any, recovery: RecoveryView) -> Any:
    """Give the cycle that follows the one of a recovery: the first to begin, then the shortest."""
    cycles = table_of(Cycle)
    later = (
        select(cycles)
        .where(cycles.c.starts_on > recovery.ends_on, cycles.c.withdrawn_at.is_(None))
        .order_by(cycles.c.starts_on, cycles.c.ends_on, cycles.c.id)
        .limit(1)
    )
    if (found := work.connection.execute(later).first()) is None:
        told = f"“{row.name}” still recovers and goes on in the next cycle"
        raise CommandRejected("cycle", f"{told}: add the one after {recovery.cycle} first.")
    return found
