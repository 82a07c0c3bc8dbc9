"""Objectives and key results of an import, with what they support, guard and count."""

from datetime import date
from typing import Any

from data.exchange.importing.batch import Batch, live_rows, terms_in_force
from data.exchange.importing.lookup import key_result_of, objective_of, place_of
from data.exchange.importing.things import store_terms, store_things, store_ties, tally
from data.okrs.fields import (
    KeyResultRow,
    LearningRow,
    MilestoneRow,
    ObjectiveRow,
    ScoreRow,
    TargetRow,
)
from models import (
    Cycle,
    KeyResult,
    KeyResultScore,
    Learning,
    Milestone,
    Objective,
    ObjectiveState,
    ObjectiveTerms,
    TargetStep,
)

ObjectiveKey = tuple[int, int, str]
KeyResultKey = tuple[int, str]


def import_objectives(batch: Batch) -> None:
    """Bring in the objectives with their terms, alignment and guardrails."""
    here = {(row.cycle_id, row.team_id, row.name): row for row in live_rows(batch, Objective)}
    terms = terms_in_force(batch, ObjectiveTerms, "objective_id")
    begun = {row.id for row in live_rows(batch, Cycle) if row.starts_on <= batch.work.today}
    rows: dict[ObjectiveKey, ObjectiveRow] = {}
    for row in batch.tables.objectives:
        if (place := place_of(batch, "objectives", row)) is not None:
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
    here = {(row.objective_id, row.name): row for row in live_rows(batch, KeyResult)}
    rows: dict[KeyResultKey, KeyResultRow] = {}
    for row in batch.tables.key_results:
        if (objective_id := objective_of(batch, "key_results", row)) is not None:
            rows[objective_id, row.key_result] = row

    batch.names.key_results, changed = store_things(
        batch, "key_results", rows, here, lambda key, _row: {"objective_id": key[0]}
    )
    changed |= store_terms(batch, "key_results", rows, batch.names.key_results).keys()
    tally(batch, "key_results", rows, here, changed)


def import_milestones(batch: Batch) -> None:
    """Bring in the steps of key results."""
    here = {(row.key_result_id, row.step): row for row in live_rows(batch, Milestone)}
    rows: dict[KeyResultKey, MilestoneRow] = {}
    for row in batch.tables.milestones:
        if (key_result_id := key_result_of(batch, "milestones", row)) is not None:
            rows[key_result_id, row.step] = row
    _, changed = store_things(
        batch, "milestones", rows, here, lambda key, _row: {"key_result_id": key[0]}
    )
    tally(batch, "milestones", rows, here, changed)


def import_targets(batch: Batch) -> None:
    """Bring in the targets of key results on their way."""
    here = {(row.key_result_id, row.by): row for row in live_rows(batch, TargetStep)}
    rows: dict[tuple[int, date], TargetRow] = {}
    for row in batch.tables.targets:
        if (key_result_id := key_result_of(batch, "targets", row)) is not None:
            rows[key_result_id, row.by] = row
    _, changed = store_things(
        batch, "targets", rows, here, lambda key, _row: {"key_result_id": key[0]}
    )
    tally(batch, "targets", rows, here, changed)


def import_scores(batch: Batch) -> None:
    """Bring in what was made of key results as their cycles were closed."""
    here = {row.key_result_id: row for row in live_rows(batch, KeyResultScore)}
    rows: dict[int, ScoreRow] = {}
    for row in batch.tables.scores:
        if (key_result_id := key_result_of(batch, "scores", row)) is not None:
            rows[key_result_id] = row
    _, changed = store_things(batch, "scores", rows, here, lambda key, _row: {"key_result_id": key})
    tally(batch, "scores", rows, here, changed)


def import_learnings(batch: Batch) -> None:
    """Bring in what helped and hindered objectives."""
    here = {row.objective_id: row for row in live_rows(batch, Learning)}
    rows: dict[int, LearningRow] = {}
    for row in batch.tables.learnings:
        if (objective_id := objective_of(batch, "learnings", row)) is not None:
            rows[objective_id] = row
    _, changed = store_things(
        batch, "learnings", rows, here, lambda key, _row: {"objective_id": key}
    )
    tally(batch, "learnings", rows, here, changed)
