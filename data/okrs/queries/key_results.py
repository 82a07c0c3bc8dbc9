"""Objectives and lanes as a cockpit shows them, made from the rows of a road."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import numpy as np

from analytics.periods import first_day, freshness, late_for, ordinal
from analytics.progress import (
    hold_progress,
    milestone_progress,
    objective_progress,
    pace,
    progress,
    score,
    standing,
)
from data.company.views import CycleView
from data.kpis.queries.feed_readings import Feed
from data.kpis.queries.gauges import Assessed, health_of
from data.kpis.queries.readings import PERIODS
from data.okrs.queries.arrivals import with_arrivals
from data.okrs.queries.closing import counts_until, stands_on
from data.okrs.queries.feeds import feed_of
from data.okrs.queries.objectives import Road
from data.okrs.views.key_results import GuardrailView, Lane, ObjectiveView, Standing, Step
from models import OVER, Ambition, Cadence, Confidence, KeyResultKind, ObjectiveState, Scope, Signal


def objectives(
    found: Road, kpis: Assessed, cycle: CycleView | None, day: date, *, ahead: bool = True
) -> tuple[ObjectiveView, ...]:
    """Give the objectives with their lanes, as they stood on the day; `ahead`, when they arrive."""
    if cycle is None:
        return ()
    told = {
        row.id: _told(found, kpis, cycle, day, each, row)
        for each in found.objectives
        for row in found.key_results.get(each.id, ())
    }
    rows = [row for each in found.objectives for row in found.key_results.get(each.id, ())]
    lanes = [_lane(found, kpis, cycle, row, told[row.id]) for row in rows]
    said = {key: each.values for key, each in told.items()}
    arriving = {lane.key_result_id: lane for lane in lanes}
    if ahead:
        arriving = with_arrivals(lanes, said, kpis, cycle, day)
    return tuple(_objective_view(found, kpis, arriving, row) for row in found.objectives)


def _objective_view(
    found: Road, kpis: Assessed, arriving: Mapping[int, Lane], row: Any
) -> ObjectiveView:
    key_results = found.key_results.get(row.id, ())
    lanes = tuple(arriving[key_result.id] for key_result in key_results)
    weights = [key_result.weight for key_result in key_results]
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
            weights,
        ),
        expected=_expected(lanes, weights),
        lanes=lanes,
        guardrails=tuple(
            GuardrailView(guard.kpi_id, guard.name, health[guard.kpi_id], _signal(kpis, guard))
            for guard in guards
        ),
        unvalued=tuple(lane.name for lane in lanes if lane.standing == "no value"),
    )


def _expected(lanes: Sequence[Lane], weights: Sequence[float]) -> float | None:
    """Give an objective's progress at the cycle's end, where all its lanes' can be told."""
    # A lane that is done has a chance and expects nothing more.
    if not lanes or any(lane.chance is None for lane in lanes):
        return None
    ends = [1.0 if lane.expected is None else score(lane.expected) for lane in lanes]
    return objective_progress(ends, weights)


def _signal(kpis: Assessed, guard: Any) -> Signal | None:
    signal = kpis.signals.get(guard.kpi_id)
    return None if signal is None else signal.signal


@dataclass(frozen=True, slots=True)
class _Told:
    """What counts of a key result's value over time, and up to when.

    `until` is the last day of its check-ins and readings, `stands_on` that of its steps; `feed`
    is that of the KPI that feeds it, `is_over` what its objective is.
    """

    values: Sequence[tuple[date, float]]
    until: date
    stands_on: date
    feed: Feed | None
    is_over: bool

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


def _told(
    found: Road, kpis: Assessed, cycle: CycleView, day: date, objective: Any, row: Any
) -> _Told:
    until, feed = counts_until(objective, cycle, day), None
    if row.kpi_id:
        feed = feed_of(objective, row.kpi_id, cycle, day)
        values = _fed(kpis, row, feed)
    else:
        said = _said(found, row, until)
        values = [(each.date, each.value) for each in said if each.value is not None]
    return _Told(values, until, stands_on(objective, day), feed, objective.state in OVER)


def _lane(found: Road, kpis: Assessed, cycle: CycleView, row: Any, told: _Told) -> Lane:
    """Give a lane as it stands; when it arrives is told of all together."""
    said = _said(found, row, told.until)
    silent_for = _silent_for(row, told)
    steps = _steps(found, row, told.stands_on)
    holds = row.kind == KeyResultKind.HOLD and not silent_for
    held = _held(kpis, row, cycle, told.feed) if holds and told.feed else 0
    gone, valued = _progress(row, told, steps, held)
    elapsed = pace(cycle.starts_on, cycle.ends_on, told.until)
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
        pace=elapsed,
        standing=_standing(gone, elapsed, valued=valued, silent=silent_for > 0),
        silent_for=silent_for,
        confidence=Confidence(last.confidence) if last and last.confidence else None,
        note=last.note if last else "",
        fed_by=row.fed_by,
        fed_by_id=row.kpi_id,
        cadence=Cadence(row.cadence) if row.cadence else None,
        held=held,
        hold_periods=row.hold_periods,
        steps=steps,
        ends_on=cycle.ends_on,
        chance=None,
        arrives_on=None,
        expected=None,
        span=None,
        lacks_range=row.kind == KeyResultKind.HOLD and not _has_range(kpis, row),
        is_over=told.is_over,
        feed_is_live=row.kpi_id is None or bool(kpis.kpis[kpis.row(row.kpi_id)].is_live),
    )


def _steps(found: Road, row: Any, day: date) -> tuple[Step, ...]:
    """Give the steps of a key result, those done after the day as not done yet."""
    return tuple(
        Step(step.step, step.share, step.done_on if step.done_on and step.done_on <= day else None)
        for step in found.milestones.get(row.id, ())
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


def _standing(gone: float, pace: float, *, valued: bool, silent: bool) -> Standing:
    if not valued:
        return "no value"
    return "silent" if silent else cast(Standing, standing(gone, pace))


def _silent_for(row: Any, told: _Told) -> int:
    """Count the days since a KPI without data, or two missed weekly check-ins, fell silent."""
    if told.on is None or row.kind == KeyResultKind.MILESTONE:
        return 0
    cadence = row.cadence or "weekly"
    if freshness(told.on, told.until, cadence) != "no data":
        return 0
    return late_for(told.on, told.until, cadence)


def _said(found: Road, row: Any, last_day: date) -> list[Any]:
    """Give the last known check-in of each day."""
    by_day = {each.date: each for each in found.check_ins.get(row.id, ())}
    return [each for each in by_day.values() if not each.withdrawn and each.date <= last_day]


def _fed(kpis: Assessed, row: Any, feed: Feed) -> list[tuple[date, float]]:
    """Give a feed's readings by the first day of their periods."""
    at = kpis.fed.rows[feed]
    latest = kpis.fed.latest[at]
    if latest is None:
        return []
    last = ordinal(latest, row.cadence)
    return [
        (first_day(last - (PERIODS - 1 - column), row.cadence), float(value))
        for column, value in enumerate(kpis.fed.values[at].tolist())
        if value == value
    ]


def _has_range(kpis: Assessed, row: Any) -> bool:
    if row.kpi_id is None:
        return False
    at = kpis.row(row.kpi_id)
    return not np.isnan([kpis.low[at], kpis.high[at]]).all()


def _held(kpis: Assessed, row: Any, cycle: CycleView, feed: Feed) -> int:
    """Count the last consecutive periods in range since the cycle began, at most those asked.

    A dismissed reading is no news: it neither counts nor ends the run.
    """
    at, row_of_feed = kpis.row(row.kpi_id), kpis.fed.rows[feed]
    latest = kpis.fed.latest[row_of_feed]
    if latest is None or not _has_range(kpis, row):
        return 0
    periods = ordinal(latest, row.cadence) - ordinal(cycle.starts_on, row.cadence) + 1
    span = slice(PERIODS - min(max(periods, 0), PERIODS), PERIODS)
    values = kpis.fed.values[row_of_feed, span][~kpis.fed.dismissed[row_of_feed, span]]
    inside = ~np.isnan(values) & ~(values < kpis.low[at]) & ~(values > kpis.high[at])
    run = int(np.argmin(inside[::-1])) if not inside.all() else len(inside)
    return min(run, row.hold_periods or 0)
