"""Closing an objective as a team sees it: scores, what was learned, and what goes on."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, select

from analytics.periods import first_day
from analytics.range_proposal import propose_range
from data.core.as_of import table_of
from data.core.conflicts import changed_cells
from data.core.errors import CommandRejected
from data.core.fact_store import check_live, fact_origin, still_here
from data.core.fields import Row
from data.core.unit_of_work import UnitOfWork, command
from data.core.validators import checked_note
from data.kpis.commands.kpis import SAME_NAME, write_kpi
from data.kpis.views.recovery import RecoveryView
from data.names.name_check import check_free, named
from data.okrs.commands.from_template import copy_key_result, copy_objective
from data.okrs.commands.key_result_rows import live_with_terms
from data.okrs.commands.objectives import (
    check_permitted_for_objective,
    live_objective,
    write_terms,
)
from data.okrs.commands.recovering import is_under_way, recovery_of
from data.okrs.commands.recovery_rows import carry_over_recovery
from data.okrs.fields import LearningRow, ScoreRow
from data.okrs.queries.closing_review import better_of, weekly
from data.okrs.queries.objectives import CHECK_INS
from data.okrs.views.closing import KeyResultReview, ObjectiveReview
from data.okrs.views.drafts import OkrObjective
from models import (
    Cadence,
    Cycle,
    Entity,
    KeyResult,
    KeyResultKind,
    KeyResultScore,
    Kpi,
    Learning,
    NextStep,
    Objective,
    ObjectiveState,
    Person,
    Reading,
)

FROM_0_TO_1 = "A score is from 0 to 1: 0.7 for example."
WHY = "Say why the score is another than the computed one."
NO_CYCLE = "Add the next cycle first: there is none yet to carry it over to."
ALREADY = "It feeds from a KPI already: that one goes on as a gauge by itself."
NO_METRIC = "Only what is counted can become a KPI: choose something else."
STILL_RECOVERS = "still recovers: carry it over, or set a new normal for its KPI."


def review_objective(
    engine: Engine,
    *,
    person_id: int,
    review: ObjectiveReview,
    shown: OkrObjective,
    next_cycle_id: int | None,
    base_version: int,
) -> int | None:
    """Keep what a team made of an objective, and close it with that where it says so.

    As it closes, what is carried over is copied to the next cycle as a draft, from where it stands
    as it was `shown`, and what graduates becomes a KPI with the readings of its check-ins. A
    recovery goes on there at once; one on probation stays, and is not closed. Gives the command's
    key, None where all of it stands already. Raises `CommandRejected`, or `Conflict` where somebody
    said otherwise since the data's version that was seen.
    """
    name = "close with a review" if review.closes else "review objective"
    with command(engine, name, person_id=person_id) as work:
        row = live_objective(work, review.objective_id)
        check_permitted_for_objective(work, row)
        if row.state == ObjectiveState.DRAFT:
            raise CommandRejected("state", f"“{row.name}” is a draft: start it first.")
        for each in review.key_results:
            _score(work, row.id, each, base_version)
        said = {name: checked_note(getattr(review, name), name) for name in ("helped", "hindered")}
        _keep(work, Learning, LearningRow, {"objective_id": row.id}, said, base_version)
        if review.closes and row.state in (ObjectiveState.ACTIVE, ObjectiveState.PROBATION):
            recovery = recovery_of(work, row.id)
            if recovery is not None and is_under_way(recovery):
                _go_on(work, recovery, review)
            else:
                write_terms(work, row, state=ObjectiveState.CLOSED)
                _carry_over(work, row, review, shown, next_cycle_id)
            for each in review.key_results:
                if each.next_step is NextStep.GRADUATE:
                    _graduate(work, row, each.key_result_id)
        return work.command_id if work.changes else None


def _score(work: UnitOfWork, objective_id: int, review: KeyResultReview, base_version: int) -> None:
    row = check_live(work.connection, KeyResult, review.key_result_id, what="key result")
    if row.objective_id != objective_id:
        raise CommandRejected("key result", "This key result has moved: reload the page.")
    if review.score is not None and not 0 <= review.score <= 1:
        raise CommandRejected("score", FROM_0_TO_1)
    reason = checked_note(review.reason, "reason")
    if review.score is not None and not reason:
        raise CommandRejected("reason", f"“{row.name}”: {WHY}")
    said = {"score": review.score, "reason": reason, "next_step": review.next_step}
    _keep(work, KeyResultScore, ScoreRow, {"key_result_id": row.id}, said, base_version)


def _keep(
    work: UnitOfWork,
    entity: type[Entity],
    row_class: type[Row],
    of: Mapping[str, int],
    said: Mapping[str, Any],
    base_version: int,
) -> None:
    """Keep what is said of a thing in its one row, which is there once anything was said."""
    columns = table_of(entity).c
    here = (columns[name] == key for name, key in of.items())
    query = select(*columns).where(*here, columns.withdrawn_at.is_(None))
    row = work.connection.execute(query).first()
    if row is None:
        if any(said.values()) or any(value == 0 for value in said.values()):
            work.add(entity, [{**of, **said}])
        return
    stands = {name: getattr(row, name) for name in said}
    changes = changed_cells(work, row_class, row.id, said, stands, base_version)
    if changes:
        work.alter(entity, row.id, **changes)


def _go_on(work: UnitOfWork, recovery: RecoveryView, review: ObjectiveReview) -> None:
    """Let a recovery go on in the next cycle, with what else of it is carried over."""
    wanted = _carried_over(review)
    if recovery.is_open and recovery.key_result_id not in wanted:
        raise CommandRejected("next step", f"“{recovery.objective}” {STILL_RECOVERS}")
    carry_over_recovery(work, recovery, wanted)


def _carried_over(review: ObjectiveReview) -> set[int]:
    return {
        each.key_result_id for each in review.key_results if each.next_step is NextStep.CARRY_OVER
    }


def _carry_over(
    work: UnitOfWork,
    row: Any,
    review: ObjectiveReview,
    shown: OkrObjective,
    next_cycle_id: int | None,
) -> None:
    """Copy what is carried over to the next cycle, to an objective of the same name there."""
    wanted = _carried_over(review)
    left = [each for each in shown.key_results if each.id in wanted]
    if not left:
        return
    if next_cycle_id is None:
        raise CommandRejected("cycle", NO_CYCLE)
    cycle = check_live(work.connection, Cycle, next_cycle_id, what="cycle")
    place = {"team_id": row.team_id, "cycle_id": cycle.id}
    key = named(work.connection, Objective, row.name, **place)
    if key is None:
        copy_objective(work, row, place, [(each.id, each.value) for each in left])
        return
    columns = table_of(KeyResult).c
    here = select(columns.name).where(columns.objective_id == key, columns.withdrawn_at.is_(None))
    taken = set(work.connection.execute(here).scalars())
    new = [each for each in left if each.name not in taken]
    for position, each in enumerate(new, len(taken)):
        copy_key_result(work, key, position, each.id, each.value)


def _graduate(work: UnitOfWork, objective: Any, key: int) -> None:
    """Make a key result that was typed by hand a KPI, with its check-ins as weekly readings."""
    row = live_with_terms(work, key)
    if row.kpi_id is not None:
        raise CommandRejected("next step", f"“{row.name}”: {ALREADY}")
    if row.kind != KeyResultKind.METRIC:
        raise CommandRejected("next step", f"“{row.name}”: {NO_METRIC}")
    check_free(work.connection, Kpi, row.name, SAME_NAME, team_id=objective.team_id)
    at = {"key_results": [key], "day": work.today, "moment": work.at}
    values = weekly(work.connection.execute(CHECK_INS, at).all())
    better = better_of(row)
    proposed = propose_range(list(values.values()), better=better, unit=row.unit)
    said = {
        "team_id": objective.team_id,
        "name": row.name,
        "unit": row.unit,
        "better": better,
        "cadence": Cadence.WEEKLY,
    }
    owner_id = still_here(work.connection, Person, row.owner_id)
    kpi_id = write_kpi(work, said, low=proposed.low, high=proposed.high, owner_id=owner_id)
    origin = fact_origin(work, None)
    work.add(
        Reading,
        [
            {"kpi_id": kpi_id, "period": first_day(week, "weekly"), "value": value, **origin}
            for week, value in values.items()
        ],
    )
