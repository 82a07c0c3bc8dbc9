"""Whether an import brings back each KPI by one recovery at a time, as a reroute does."""

from collections.abc import Mapping, Set
from typing import Any

from data.exchange.importing.batch import Batch, live_rows, terms_agreed
from data.exchange.importing.lookup import key_result_of, objective_of
from data.okrs.queries.holds import bringing_back
from models import (
    OVER,
    Cycle,
    KeyResult,
    Kpi,
    Objective,
    ObjectiveState,
    ObjectiveTerms,
)

NOT_UNDER_WAY = (ObjectiveState.DRAFT, *OVER)


def note_recoveries(batch: Batch) -> None:
    """Note which recoveries are under way: that two of a KPI are is no fault of the import."""
    batch.recovering = _under_way(batch)


def check_one_recovery(batch: Batch) -> None:
    """Report each objective by which an import brings back a KPI that another one does already."""
    here = {row.id: row for row in live_rows(batch, Objective)}
    for kpi_id, found in _under_way(batch).items():
        new = sorted(found - batch.recovering.get(kpi_id, set()))
        others = sorted(found - {*new}) or new[:1]
        for objective_id in new:
            if objective_id != others[0]:
                _report(batch, kpi_id, here[objective_id], here[others[0]])


def _report(batch: Batch, kpi_id: int, objective: Any, other: Any) -> None:
    cycles = {row.id: row.name for row in live_rows(batch, Cycle)}
    kpis = {row.id: row.name for row in live_rows(batch, Kpi)}
    file, line = _place(batch, objective.id, kpi_id)
    batch.problem_on(
        file,
        line,
        f"“{objective.name}” is a second recovery of “{kpis[kpi_id]}”, beside “{other.name}” in "
        f"{cycles[other.cycle_id]}",
        "keep one, and write closed as the state of the other",
    )


def _place(batch: Batch, objective_id: int, kpi_id: int) -> tuple[str, int]:
    """Give the file and the line by which an objective became a recovery."""
    for row in batch.tables.objectives:
        if objective_of(batch, row) == objective_id:
            return "objectives", row.line
    holding = {row.id for row in live_rows(batch, KeyResult) if row.kpi_id == kpi_id}
    lines = (
        row.line
        for row in batch.tables.key_results
        if objective_of(batch, row) == objective_id and key_result_of(batch, row) in holding
    )
    return "key_results", next(lines, 1)


def _under_way(batch: Batch) -> Mapping[int, Set[int]]:
    if not batch.tables.objectives and not batch.tables.key_results:
        return {}
    states = terms_agreed(batch, ObjectiveTerms, "objective_id")
    going_on = [
        row for row in live_rows(batch, Objective) if states[row.id]["state"] not in NOT_UNDER_WAY
    ]
    return bringing_back(going_on, live_rows(batch, KeyResult))
