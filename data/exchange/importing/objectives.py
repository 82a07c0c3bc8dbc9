"""Objectives and key results of an import, with what they support and guard."""

from typing import Any

from data.exchange.importing.batch import Batch, live_rows, terms_in_force
from data.exchange.importing.lookup import place_of
from data.exchange.importing.things import (
    import_parts,
    store_terms,
    store_things,
    store_ties,
    tally,
)
from data.okrs.fields import ObjectiveRow
from models import Cycle, Objective, ObjectiveState, ObjectiveTerms

ObjectiveKey = tuple[int, int, str]


def import_objectives(batch: Batch) -> None:
    """Bring in the objectives with their terms, alignment and guardrails."""
    here = {(row.cycle_id, row.team_id, row.name): row for row in live_rows(batch, Objective)}
    terms = terms_in_force(batch, ObjectiveTerms, "objective_id")
    begun = {row.id for row in live_rows(batch, Cycle) if row.starts_on <= batch.work.today}
    rows: dict[ObjectiveKey, ObjectiveRow] = {}
    for row in batch.tables.objectives:
        if (place := place_of(batch, row)) is not None:
            rows[(*place, row.objective)] = row

    def state(key: ObjectiveKey, row: ObjectiveRow) -> dict[str, Any]:
        before = terms.get(batch.names.objectives[key])
        return {"state": row.state or _state(before, has_begun=key[0] in begun)}

    batch.names.objectives, changed = store_things(
        batch, "objectives", rows, here, lambda key, _: {"cycle_id": key[0], "team_id": key[1]}
    )
    ids = batch.names.objectives
    changed |= store_terms(batch, "objectives", rows, ids, state).keys()
    changed |= store_ties(batch, "objectives", rows, ids)
    tally(batch, "objectives", rows, here, changed)


def _state(before: Any | None, *, has_begun: bool) -> ObjectiveState:
    """Give the state of an objective of which a file says none: what stands, stays."""
    if before is not None:
        return ObjectiveState(before.state)
    return ObjectiveState.ACTIVE if has_begun else ObjectiveState.DRAFT


def import_key_results(batch: Batch) -> None:
    """Bring in the key results with their terms."""
    batch.names.key_results = import_parts(batch, "key_results")
