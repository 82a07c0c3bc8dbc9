"""Whether the key results of an import can be measured; those of a draft need not be, yet."""

from collections.abc import Mapping

from data.core.problems import Code, Named
from data.exchange.importing.batch import Batch, live_rows, terms_agreed
from data.exchange.importing.lookup import key_result_of, objective_of
from data.okrs.commands.key_result_rows import missing_cells
from models import OVER, KeyResult, KeyResultTerms, ObjectiveState, ObjectiveTerms

Lacks = Mapping[int, Mapping[str, str]]
"""What each key result lacks: its columns, and their names in words."""

REMEDIES = {
    "start": "a metric needs a start, write a number",
    "target": "a metric needs a target, write a number",
    "kpi": "a hold needs the KPI to hold, write its name",
    "hold_periods": "a hold needs them, for example 8",
}


def note_unmeasured(batch: Batch) -> None:
    """Note what cannot be measured as it stands: that is no fault of the import."""
    batch.unmeasured = _lacks(batch)


def check_measured(batch: Batch) -> None:
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
    if not batch.tables.objectives and not batch.tables.key_results:
        return {}
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
