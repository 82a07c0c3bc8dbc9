"""Objectives and key results of an import, with what they support, guard and count."""

from collections.abc import Hashable, Mapping
from typing import Any, TypeVar

from data.core.fields import name_of, plain_values
from data.core.problems import Named
from data.exchange.importing.batch import (
    MISSING,
    Batch,
    lines_of,
    live_rows,
    store,
    store_links,
    tally,
    terms_in_force,
)
from data.exchange.importing.company import person_of, team_of
from data.exchange.importing.kpis import agreed, kpi_of
from data.exchange.tables import FILES
from data.names.scopes import Names
from data.okrs.fields import KeyResultRow, MilestoneRow, ObjectiveRow
from models import (
    Alignment,
    Cycle,
    Entity,
    Guardrail,
    KeyResult,
    KeyResultTerms,
    Milestone,
    Objective,
    ObjectiveState,
    ObjectiveTerms,
)

K = TypeVar("K", bound=Hashable)

ObjectiveKey = tuple[int, int, str]
KeyResultKey = tuple[int, str]


def import_objectives(batch: Batch, names: Names) -> None:
    """Bring in the objectives with their terms, alignment and guardrails."""
    here = {(row.cycle_id, row.team_id, row.name): row for row in live_rows(batch, Objective)}
    rows: dict[ObjectiveKey, ObjectiveRow] = {}
    for row in batch.tables.objectives:
        place = _place(batch, names, "objectives", row)
        if place is not None:
            rows[(*place, row.objective)] = row
    entities = {
        key: {
            "cycle_id": key[0],
            "team_id": key[1],
            **plain_values(row, Objective),
            "origin_kpi_id": kpi_of(batch, names, "objectives", row.line, row.origin_kpi, key[1])
            if row.origin_kpi
            else None,
            "position": number,
        }
        for number, (key, row) in enumerate(rows.items(), len(here))
    }
    names.objectives, changed = store(batch, "objectives", Objective, entities, here)
    changed |= _objective_terms(batch, names, rows)
    changed |= _import_links(batch, names, rows, "supports", Alignment, "supports_id")
    changed |= _import_links(batch, names, rows, "guardrails", Guardrail, "kpi_id")
    tally(batch, "objectives", rows, here, changed, lines_of(rows))


def _place(batch: Batch, names: Names, file: str, row: Any) -> tuple[int, int] | None:
    """Give the keys of a row's cycle and team; report those that nobody knows."""
    team_id = team_of(batch, names, file, row)
    cycle = Named("cycles", row.cycle)
    cycle_id = batch.find(names.cycles, row.cycle, file, row.line, cycle)
    return None if MISSING in (team_id, cycle_id) else (cycle_id, team_id)


def _objective_terms(
    batch: Batch, names: Names, rows: dict[ObjectiveKey, ObjectiveRow]
) -> set[ObjectiveKey]:
    here = terms_in_force(batch, ObjectiveTerms, "objective_id")
    begun = {row.id for row in live_rows(batch, Cycle) if row.starts_on <= batch.work.today}
    said = {
        key: {
            **plain_values(row, ObjectiveTerms),
            "state": row.state
            or _state(here.get(names.objectives[key]), has_begun=key[0] in begun),
            "owner_id": person_of(batch, names, "objectives", row.line, row.owner),
        }
        for key, row in rows.items()
    }
    return _store_terms(batch, "objectives", ObjectiveTerms, here, names.objectives, said)


def _state(before: Any | None, *, has_begun: bool) -> ObjectiveState:
    """Give the state of an objective of which a file says none: what stands, stays."""
    if before is not None:
        return ObjectiveState(before.state)
    return ObjectiveState.ACTIVE if has_begun else ObjectiveState.DRAFT


def _import_links(
    batch: Batch,
    names: Names,
    rows: dict[ObjectiveKey, ObjectiveRow],
    column: str,
    entity: type[Entity],
    link: str,
) -> set[ObjectiveKey]:
    """Tie objectives to what their list names, and untie what it names no more."""
    if not batch.gives("objectives", column):
        return set()
    wanted: dict[tuple[int, int], ObjectiveKey] = {}
    for key, row in rows.items():
        for text in getattr(row, column):
            target = (
                _supported(batch, names, row, text, key)
                if column == "supports"
                else kpi_of(batch, names, "objectives", row.line, text, key[1])
            )
            if target is not None:
                wanted[names.objectives[key], target] = key
    owners = {names.objectives[key]: key for key in rows}
    return store_links(batch, entity, ("objective_id", link), wanted, owners)


def _supported(
    batch: Batch, names: Names, row: ObjectiveRow, text: str, key: ObjectiveKey
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
    entities = {
        key: {
            "objective_id": key[0],
            **plain_values(row, KeyResult),
            "kpi_id": kpi_of(batch, names, "key_results", row.line, row.kpi, names.teams[row.team])
            if row.kpi
            else None,
            "position": number,
        }
        for number, (key, row) in enumerate(rows.items(), len(here))
    }
    names.key_results, changed = store(batch, "key_results", KeyResult, entities, here)
    changed |= _key_result_terms(batch, names, rows)
    tally(batch, "key_results", rows, here, changed, lines_of(rows))


def _key_result_terms(
    batch: Batch, names: Names, rows: dict[KeyResultKey, KeyResultRow]
) -> set[KeyResultKey]:
    here = terms_in_force(batch, KeyResultTerms, "key_result_id")
    said = {
        key: {
            **plain_values(row, KeyResultTerms),
            "owner_id": person_of(batch, names, "key_results", row.line, row.owner),
        }
        for key, row in rows.items()
    }
    return _store_terms(batch, "key_results", KeyResultTerms, here, names.key_results, said)


def _store_terms(
    batch: Batch,
    file: str,
    terms: type[ObjectiveTerms | KeyResultTerms],
    here: Mapping[int, Any],
    ids: Mapping[K, int],
    said: Mapping[K, dict[str, Any]],
) -> set[K]:
    """Append the terms that do not hold already, for whom they are by key; give those."""
    link = f"{name_of(FILES[file].TABLE)}_id"
    added = {
        key: {link: ids[key], **complete}
        for key, values in said.items()
        if (complete := agreed(batch, file, values, here.get(ids[key])))
    }
    # A file may name one thing by its former name and by that of today: the later row counts.
    batch.agreed[terms] = {ids[key]: row for key, row in added.items()}
    batch.work.add(terms, batch.agreed[terms].values())
    return set(added)


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
    entities = {
        key: {
            "key_result_id": key[0],
            **plain_values(row, Milestone),
            "position": number,
        }
        for number, (key, row) in enumerate(rows.items(), len(here))
    }
    _, changed = store(batch, "milestones", Milestone, entities, here)
    tally(batch, "milestones", rows, here, changed, lines_of(rows))
