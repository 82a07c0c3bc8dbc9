"""Objectives and key results of an import, with what they support, guard and count."""

from functools import partial
from typing import Any

from data.core.problems import Named
from data.exchange.importing.batch import MISSING, Batch, live_rows, terms_in_force
from data.exchange.importing.company import person_of, team_of
from data.exchange.importing.kpis import kpi_of
from data.exchange.importing.things import store_terms, store_things, store_ties, tally
from data.names.scopes import Names
from data.okrs.fields import KeyResultRow, MilestoneRow, ObjectiveRow
from models import Cycle, KeyResult, Milestone, Objective, ObjectiveState, ObjectiveTerms

ObjectiveKey = tuple[int, int, str]
KeyResultKey = tuple[int, str]


def import_objectives(batch: Batch, names: Names) -> None:
    """Bring in the objectives with their terms, alignment and guardrails."""
    here = {(row.cycle_id, row.team_id, row.name): row for row in live_rows(batch, Objective)}
    terms = terms_in_force(batch, ObjectiveTerms, "objective_id")
    begun = {row.id for row in live_rows(batch, Cycle) if row.starts_on <= batch.work.today}
    rows: dict[ObjectiveKey, ObjectiveRow] = {}
    for row in batch.tables.objectives:
        if (place := _place(batch, names, "objectives", row)) is not None:
            rows[(*place, row.objective)] = row

    def kpi(key: ObjectiveKey, row: ObjectiveRow, text: str) -> int | None:
        return kpi_of(batch, names, "objectives", row.line, text, key[1])

    def links(key: ObjectiveKey, row: ObjectiveRow) -> dict[str, Any]:
        origin = kpi(key, row, row.origin_kpi) if row.origin_kpi else None
        return {"cycle_id": key[0], "team_id": key[1], "origin_kpi_id": origin}

    def agreed(key: ObjectiveKey, row: ObjectiveRow) -> dict[str, Any]:
        before = terms.get(names.objectives[key])
        return {
            "state": row.state or _state(before, has_begun=key[0] in begun),
            "owner_id": person_of(batch, names, "objectives", row.line, row.owner),
        }

    names.objectives, changed = store_things(batch, "objectives", rows, here, links)
    ids = names.objectives
    changed |= store_terms(batch, "objectives", rows, ids, agreed).keys()
    changed |= store_ties(
        batch, "objectives", "supports", rows, ids, partial(_supported, batch, names)
    )
    changed |= store_ties(batch, "objectives", "guardrails", rows, ids, kpi)
    tally(batch, "objectives", rows, here, changed)


def _place(batch: Batch, names: Names, file: str, row: Any) -> tuple[int, int] | None:
    """Give the keys of a row's cycle and team; report those that nobody knows."""
    team_id = team_of(batch, names, file, row)
    cycle = Named("cycles", row.cycle)
    cycle_id = batch.find(names.cycles, row.cycle, file, row.line, cycle)
    return None if MISSING in (team_id, cycle_id) else (cycle_id, team_id)


def _state(before: Any | None, *, has_begun: bool) -> ObjectiveState:
    """Give the state of an objective of which a file says none: what stands, stays."""
    if before is not None:
        return ObjectiveState(before.state)
    return ObjectiveState.ACTIVE if has_begun else ObjectiveState.DRAFT


def _supported(
    batch: Batch, names: Names, key: ObjectiveKey, row: ObjectiveRow, text: str
) -> int | None:
    cycle_id, team_id, name = key
    try:
        found = names.objective(text, team_id, cycle_id)
    except LookupError as error:
        batch.problem("objectives", row.line, str(error), "write it as Team / Objective")
        return None
    if found is None:
        remedy = "add it to objectives, or write another team's as Team / Objective"
        supported = Named("objectives", text)
        batch.unknown("objectives", row.line, supported, where=" in supports", remedy=remedy)
    elif found == names.objectives[key]:
        batch.problem(
            "objectives", row.line, f"“{name}” supports itself", "take it out of supports"
        )
        return None
    return found


def import_key_results(batch: Batch, names: Names) -> None:
    """Bring in the key results with their terms."""
    here = {(row.objective_id, row.name): row for row in live_rows(batch, KeyResult)}
    rows: dict[KeyResultKey, KeyResultRow] = {}
    for row in batch.tables.key_results:
        if (objective_id := objective_of(batch, names, "key_results", row)) is not None:
            rows[objective_id, row.key_result] = row

    def links(key: KeyResultKey, row: KeyResultRow) -> dict[str, Any]:
        place = "key_results", row.line, row.kpi, names.teams[row.team]
        return {
            "objective_id": key[0],
            "kpi_id": kpi_of(batch, names, *place) if row.kpi else None,
        }

    def agreed(_key: KeyResultKey, row: KeyResultRow) -> dict[str, Any]:
        return {"owner_id": person_of(batch, names, "key_results", row.line, row.owner)}

    names.key_results, changed = store_things(batch, "key_results", rows, here, links)
    changed |= store_terms(batch, "key_results", rows, names.key_results, agreed).keys()
    tally(batch, "key_results", rows, here, changed)


def objective_of(batch: Batch, names: Names, file: str, row: Any) -> int | None:
    """Give the key of a row's objective; report one that nobody knows, once."""
    place = _place(batch, names, file, row)
    if place is None:
        return None
    named, where = Named("objectives", row.objective), f" of {row.team} in {row.cycle}"
    key = (*place, row.objective)
    found = batch.find(names.objectives, key, file, row.line, named, where)
    return None if found == MISSING else found


def key_result_of(batch: Batch, names: Names, file: str, row: Any) -> int | None:
    """Give the key of a row's key result; report one that nobody knows, once."""
    objective_id = objective_of(batch, names, file, row)
    if objective_id is None:
        return None
    named, where = Named("key_results", row.key_result), f" of “{row.objective}”"
    key = (objective_id, row.key_result)
    found = batch.find(names.key_results, key, file, row.line, named, where)
    return None if found == MISSING else found


def import_milestones(batch: Batch, names: Names) -> None:
    """Bring in the steps of key results."""
    here = {(row.key_result_id, row.step): row for row in live_rows(batch, Milestone)}
    rows: dict[KeyResultKey, MilestoneRow] = {}
    for row in batch.tables.milestones:
        if (key_result_id := key_result_of(batch, names, "milestones", row)) is not None:
            rows[key_result_id, row.step] = row
    _, changed = store_things(
        batch, "milestones", rows, here, lambda key, _row: {"key_result_id": key[0]}
    )
    tally(batch, "milestones", rows, here, changed)
