"""Objectives as a cockpit shows them: key results become lanes with their progress."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

import numpy as np
from sqlalchemy import Connection, bindparam, select

from analytics.periods import first_day, ordinal
from analytics.progress import (
    hold_progress,
    milestone_progress,
    objective_progress,
    progress,
    score,
    standing,
)
from data.queries.gauges import Assessed, health_of
from data.queries.readings import PERIODS
from data.queries.statements import MOMENT, any_of, in_force, live, table
from data.views import CycleView, GuardrailView, Lane, ObjectiveView, Standing, Step
from models import (
    Ambition,
    Cadence,
    Confidence,
    KeyResultKind,
    ObjectiveState,
    Scope,
)

_objective, _objective_terms = table("objective"), table("objective_terms")
_key_result, _key_result_terms = table("key_result"), table("key_result_terms")
_team, _owner, _kpi = table("team"), table("person"), table("kpi")
_check_in, _milestone, _guardrail = table("check_in"), table("milestone"), table("guardrail")

OBJECTIVES = (
    select(
        _objective.c.id,
        _objective.c.name,
        _objective.c.team_id,
        _objective.c.scope,
        _team.c.name.label("team"),
        _owner.c.name.label("owner"),
        _objective_terms.c.state,
        _objective_terms.c.ambition,
    )
    .select_from(_objective)
    .join(_objective_terms, in_force(_objective_terms, _objective.c.id))
    .join(_team, _team.c.id == _objective.c.team_id)
    .outerjoin(_owner, _owner.c.id == _objective_terms.c.owner_id)
    .where(
        _objective.c.cycle_id == bindparam("cycle"),
        _objective.c.team_id.in_(any_of("teams")),
        _objective_terms.c.state != ObjectiveState.DRAFT.value,
        live(_objective),
    )
    .order_by(_objective.c.position, _objective.c.id)
)
KEY_RESULTS = (
    select(
        _key_result.c.id,
        _key_result.c.objective_id,
        _key_result.c.name,
        _key_result.c.kind,
        _key_result.c.unit,
        _key_result.c.kpi_id,
        _kpi.c.name.label("fed_by"),
        _kpi.c.cadence,
        _owner.c.name.label("owner"),
        _key_result_terms.c.start,
        _key_result_terms.c.target,
        _key_result_terms.c.weight,
        _key_result_terms.c.hold_periods,
    )
    .select_from(_key_result)
    .join(_key_result_terms, in_force(_key_result_terms, _key_result.c.id))
    .outerjoin(_owner, _owner.c.id == _key_result_terms.c.owner_id)
    .outerjoin(_kpi, _kpi.c.id == _key_result.c.kpi_id)
    .where(_key_result.c.objective_id.in_(any_of("objectives")), live(_key_result))
    .order_by(_key_result.c.position, _key_result.c.id)
)
CHECK_INS = (
    select(
        *(
            _check_in.c[name]
            for name in ("key_result_id", "date", "value", "confidence", "note", "withdrawn")
        )
    )
    .where(_check_in.c.key_result_id.in_(any_of("key_results")), _check_in.c.known_at <= MOMENT)
    .order_by(_check_in.c.key_result_id, _check_in.c.date, _check_in.c.known_at, _check_in.c.id)
)
MILESTONES = (
    select(*(_milestone.c[name] for name in ("key_result_id", "step", "share", "done_on")))
    .where(_milestone.c.key_result_id.in_(any_of("key_results")), live(_milestone))
    .order_by(_milestone.c.position, _milestone.c.id)
)
GUARDRAILS = (
    select(_guardrail.c.objective_id, _guardrail.c.kpi_id, _kpi.c.name)
    .join(_kpi, _kpi.c.id == _guardrail.c.kpi_id)
    .where(_guardrail.c.objective_id.in_(any_of("objectives")), live(_guardrail), live(_kpi))
    .order_by(_guardrail.c.id)
)


@dataclass(frozen=True, slots=True)
class Road:
    """The rows behind a cockpit's objectives, and how many more there are."""

    objectives: Sequence[Any]
    key_results: Mapping[int, Sequence[Any]]
    check_ins: Mapping[int, Sequence[Any]]
    milestones: Mapping[int, Sequence[Any]]
    guardrails: Mapping[int, Sequence[Any]]
    more: int

    def kpi_ids(self) -> list[int]:
        """Give the keys of the KPIs that feed a key result or guard an objective."""
        feeding = {row.kpi_id for rows in self.key_results.values() for row in rows if row.kpi_id}
        guarding = {row.kpi_id for rows in self.guardrails.values() for row in rows}
        return sorted(feeding | guarding)


def road(
    connection: Connection,
    *,
    cycle_id: int | None,
    team_id: int,
    teams: Sequence[int],
    all_objectives: bool,
    focus: tuple[str, int] | None,
    day: date,
    moment: datetime,
) -> Road:
    """Read the objectives of a cockpit and what hangs on them: five statements."""
    at = {"day": day, "moment": moment}
    found = connection.execute(OBJECTIVES, {"cycle": cycle_id, "teams": teams, **at}).all()
    key_results = _by(
        "objective_id",
        connection.execute(KEY_RESULTS, {"objectives": [row.id for row in found], **at}),
    )
    shown = found if all_objectives else _first(found, key_results, team_id, focus)
    key_results = {row.id: key_results.get(row.id, []) for row in shown}
    keys = {"key_results": [row.id for rows in key_results.values() for row in rows], **at}
    guardrails = connection.execute(GUARDRAILS, {"objectives": [row.id for row in shown], **at})
    return Road(
        objectives=shown,
        key_results=key_results,
        check_ins=_by("key_result_id", connection.execute(CHECK_INS, keys).all()),
        milestones=_by("key_result_id", connection.execute(MILESTONES, keys).all()),
        guardrails=_by("objective_id", guardrails),
        more=len(found) - len(shown),
    )


def _by(owner: str, rows: Iterable[Any]) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[getattr(row, owner)].append(row)
    return grouped


def _first(
    found: Sequence[Any],
    key_results: Mapping[int, Sequence[Any]],
    team_id: int,
    focus: tuple[str, int] | None,
) -> list[Any]:
    """Choose the team's own objectives, those of the teams below where it has none."""
    shared = [row for row in found if row.scope == Scope.TEAM]
    first = [row for row in shared if row.team_id == team_id] or shared or list(found)

    def looked_for(row: Any) -> bool:
        keys = {("objective", row.id)}
        keys |= {("key result", key_result.id) for key_result in key_results.get(row.id, ())}
        return focus in keys

    return [row for row in found if row in first or looked_for(row)]


def objectives(
    found: Road, kpis: Assessed, cycle: CycleView | None, day: date
) -> tuple[ObjectiveView, ...]:
    """Give the objectives with their lanes, as they stood on the day."""
    if cycle is None:
        return ()
    return tuple(_objective_view(found, kpis, cycle, day, row) for row in found.objectives)


def _objective_view(
    found: Road, kpis: Assessed, cycle: CycleView, day: date, row: Any
) -> ObjectiveView:
    key_results = found.key_results[row.id]
    lanes = tuple(_lane(found, kpis, cycle, day, key_result) for key_result in key_results)
    guards = found.guardrails.get(row.id, ())
    health = health_of(kpis, [guard.kpi_id for guard in guards])
    return ObjectiveView(
        id=row.id,
        name=row.name,
        team=row.team,
        owner=row.owner,
        scope=Scope(row.scope),
        ambition=Ambition(row.ambition),
        state=ObjectiveState(row.state),
        progress=objective_progress(
            [score(lane.progress) for lane in lanes],
            [key_result.weight for key_result in key_results],
        ),
        lanes=lanes,
        guardrails=tuple(
            GuardrailView(guard.kpi_id, guard.name, health[guard.kpi_id]) for guard in guards
        ),
        unvalued=tuple(lane.name for lane in lanes if lane.standing == "no value"),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of a key result's value over time."""

    values: Sequence[tuple[date, float]]

    @property
    def value(self) -> float | None:
        return self.values[-1][1] if self.values else None

    @property
    def on(self) -> date | None:
        return self.values[-1][0] if self.values else None

    @property
    def change(self) -> float | None:
        return self.values[-1][1] - self.values[-2][1] if len(self.values) > 1 else None

    @property
    def unchanged_since(self) -> date | None:
        """Give the first of at least two days that say the same as the last."""
        same = [day for day, value in self.values if value == self.value]
        run = next(
            (at for at, (_, value) in enumerate(reversed(self.values)) if value != self.value),
            len(self.values),
        )
        return same[-run] if run > 1 else None


def _lane(found: Road, kpis: Assessed, cycle: CycleView, day: date, row: Any) -> Lane:
    said = _current(found.check_ins.get(row.id, ()))
    typed = [(check_in.date, check_in.value) for check_in in said if check_in.value is not None]
    told = _Told(_fed(kpis, row) if row.kpi_id else typed)
    steps = tuple(
        Step(step.step, step.share, step.done_on if step.done_on and step.done_on <= day else None)
        for step in found.milestones.get(row.id, ())
    )
    held = _held(kpis, row, cycle) if row.kind == KeyResultKind.HOLD else 0
    gone, valued = _progress(row, told, steps, held)
    last = said[-1] if said else None
    return Lane(
        key_result_id=row.id,
        name=row.name,
        kind=KeyResultKind(row.kind),
        unit=row.unit,
        owner=row.owner,
        start=row.start,
        target=row.target,
        value=told.value,
        change=told.change,
        checked_on=last.date if last else told.on,
        unchanged_since=told.unchanged_since,
        progress=gone,
        pace=cycle.elapsed,
        standing=cast(Standing, standing(gone, cycle.elapsed)) if valued else "no value",
        confidence=Confidence(last.confidence) if last and last.confidence else None,
        note=last.note if last else "",
        fed_by=row.fed_by,
        fed_by_id=row.kpi_id,
        cadence=Cadence(row.cadence) if row.cadence else None,
        held=held,
        hold_periods=row.hold_periods,
        steps=steps,
    )


def _progress(row: Any, told: _Told, steps: Sequence[Step], held: int) -> tuple[float, bool]:
    """Give the share of the way that is done, and whether anything says so."""
    if row.kind == KeyResultKind.MILESTONE:
        shares, done = [step.share for step in steps], [bool(step.done_on) for step in steps]
        return milestone_progress(shares, done), bool(steps)
    if row.kind == KeyResultKind.HOLD:
        periods = row.hold_periods or 0
        return hold_progress([True] * held, periods), told.value is not None
    if told.value is None or row.start is None or row.target is None:
        return 0.0, False
    return progress(row.start, row.target, told.value), True


def _current(rows: Sequence[Any]) -> list[Any]:
    """Keep the last known check-in of each day."""
    by_day = {row.date: row for row in rows}
    return [row for row in by_day.values() if not row.withdrawn]


def _fed(kpis: Assessed, row: Any) -> list[tuple[date, float]]:
    """Give a KPI's readings by the first day of their periods."""
    at = kpis.row(row.kpi_id)
    latest = kpis.readings.latest[at]
    if latest is None:
        return []
    last = ordinal(latest, row.cadence)
    return [
        (first_day(last - (PERIODS - 1 - column), row.cadence), float(value))
        for column, value in enumerate(kpis.readings.values[at].tolist())
        if value == value
    ]


def _held(kpis: Assessed, row: Any, cycle: CycleView) -> int:
    """Count the last consecutive periods in range since the cycle began, at most those asked."""
    at = kpis.row(row.kpi_id)
    latest = kpis.readings.latest[at]
    if latest is None or np.isnan([kpis.low[at], kpis.high[at]]).all():
        return 0
    began = ordinal(cycle.starts_on, row.cadence)
    columns = min(max(ordinal(latest, row.cadence) - began + 1, 0), PERIODS)
    values = kpis.readings.values[at, PERIODS - columns :]
    inside = ~np.isnan(values) & ~(values < kpis.low[at]) & ~(values > kpis.high[at])
    run = int(np.argmin(inside[::-1])) if not inside.all() else len(inside)
    return min(run, row.hold_periods or 0)
