"""Whether the objectives of an import may stand: measurable, one recovery a KPI at a time."""

from collections.abc import Mapping, Set
from typing import Any

from data.core.problems import Code, Named
from data.exchange.importing.batch import Batch, live_rows, terms_agreed
from data.exchange.importing.lookup import key_result_of, objective_of
from data.okrs.commands.key_result_rows import missing_cells
from data.okrs.queries.holds import bringing_back
from models import (
    OVER,
    Cycle,
    KeyResult,
    KeyResultTerms,
    Kpi,
    Objective,
    ObjectiveState,
    ObjectiveTerms,
)

Lacks = Mapping[int, Mapping[str, str]]
"""What each key result lacks: its columns, and their names in words."""

REMEDIES = {
    "start": "a metric needs a start, write a number",
    "target": "a metric needs a target, write a number",
    "kpi": "a hold needs the KPI to hold, write its name",
    "hold_periods": "a hold needs them, for example 8",
}

NOT_UNDER_WAY = (ObjectiveState.DRAFT, *OVER)


def note_objectives(batch: Batch) -> None:
    """Note what cannot be measured, and which recoveries are under way.

    That something was wrong before is no fault of the import.
    """
    if batch.tables.objectives or batch.tables.key_results:
        batch.unmeasured, batch.recovering = _lacks(batch), _under_way(batch)


def check_objectives(batch: Batch) -> None:
    """Report what an import makes of objectives that may not stand."""
    if batch.tables.objectives or batch.tables.key_results:
        _check_measured(batch)
        _check_one_recovery(batch)


def _check_measured(batch: Batch) -> None:
    """Report what an import leaves without its measure, on its own row or its objective's."""
    lacks = _lacks(batch)
    before = batch.unmeasured
    new = {key: lacks[key].keys() - before.get(key, {}).keys() for key in lacks}
    if not any(new.values()):
        return
    rows = {key_result_of(batch, row): row for row in batch.tables.key_results}
    lines = {objective_of(batch, row): row.line for row in batch.tables.objectives}
    for result in live_rows(batch, KeyResult):
        for column in [each for each in lacks.get(result.id, {}) if each in new[result.id]]:
            row = rows.get(result.id)
            if row is None:
                what = f"key result “{result.name}” has no {lacks[result.id][column]} yet"
                remedy = "write it in key_results, or leave the objective a draft"
                batch.problem_on(
                    "objectives",
                    lines.get(result.objective_id, 1),
                    what,
                    remedy,
                    code=Code.INCOMPLETE,
                    about=Named("key_results", result.name),
                )
            # A KPI that nobody knows is reported already.
            elif not (column == "kpi" and row.kpi):
                batch.problem(row, f"{column} is empty", REMEDIES[column])


def _lacks(batch: Batch) -> Lacks:
    objectives = terms_agreed(batch, ObjectiveTerms, "objective_id")
    terms = terms_agreed(batch, KeyResultTerms, "key_result_id")
    lacks = {}
    for row in live_rows(batch, KeyResult):
        state = objectives[row.objective_id]["state"]
        if state != ObjectiveState.DRAFT:
            cells = {**row._asdict(), **terms[row.id]}
            # Without a step it shows “no value”, and its steps may come in a file of their own.
            missing = missing_cells(cells, has_steps=True)
            # The KPI may have been archived since it was over.
            if state in OVER:
                missing.pop("kpi_id", None)
            lacks[row.id] = {field.removesuffix("_id"): what for field, what in missing.items()}
    return lacks


def _check_one_recovery(batch: Batch) -> None:
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
    states = terms_agreed(batch, ObjectiveTerms, "objective_id")
    going_on = [
        row for row in live_rows(batch, Objective) if states[row.id]["state"] not in NOT_UNDER_WAY
    ]
    return bringing_back(going_on, live_rows(batch, KeyResult))
