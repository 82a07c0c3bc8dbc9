"""Objectives and key results as a cockpit shows them, made from the rows of objectives."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from analytics.periods import first_day, freshness, late_for, ordinal
from analytics.progress import hold_standing, pace, standing
from data.company.views import CycleView
from data.kpis.queries.assessment import Assessed, health_of
from data.kpis.queries.feed_readings import Feed
from data.kpis.queries.readings import PERIODS
from data.kpis.views.recovery import RecoveryView
from data.okrs.queries.arrivals import with_arrivals
from data.okrs.queries.feeds import Placed
from data.okrs.queries.lasting import lasting_of
from data.okrs.queries.objectives import ObjectiveRows, last_of_each_day
from data.okrs.queries.progress import (
    KeyResultProgress,
    is_done,
    objective_means,
    objective_pace,
    objective_scores,
    pace_of,
    progress_of,
)
from data.okrs.queries.targets import in_force
from data.okrs.views.key_results import GuardrailView, KeyResultView, ObjectiveView, Standing, Step
from models import OVER, Ambition, Cadence, Confidence, KeyResultKind, ObjectiveState, Scope, Signal


def objectives(
    found: ObjectiveRows, kpis: Assessed, cycle: CycleView | None, day: date
) -> tuple[ObjectiveView, ...]:
    """Give objectives with their key results, as they stood on the day, and when they arrive."""
    if cycle is None:
        return ()
    placed = found.placed(cycle, day)
    rows = [each.row for each in placed]
    told = [_told(found, kpis, each) for each in placed]
    said = [each.value for each in told]
    by_key = {kpi.id: kpi for kpi in kpis.kpis}
    reached = progress_of(placed, said, found.milestones, kpis.fed, by_key, found.holds)
    lasts = lasting_of(placed, kpis.fed, kpis.readings, by_key)
    seen = [
        _key_result_view(found, kpis, *each) for each in zip(placed, told, reached, strict=True)
    ]
    key_results = [
        replace(each, lasting=last) if last else each
        for each, last in zip(seen, lasts, strict=True)
    ]
    values = {row.id: each.values for row, each in zip(rows, told, strict=True)}
    feeds = {each.row.id: each.feed for each in placed if each.feed}
    arriving = with_arrivals(key_results, values, feeds, kpis, cycle, day)
    # A key result that is done has a chance and expects nothing more.
    ends = [arriving[row.id].expected for row in rows]
    done = [each.done for each in reached]
    progress = objective_means(rows, found.objectives, done)
    scores = objective_scores(rows, found.objectives, done)
    expected = objective_means(
        rows, found.objectives, [1.0 if each is None else each for each in ends]
    )
    return tuple(
        _objective_view(found, kpis, arriving, cycle, day, *each)
        for each in zip(found.objectives, progress, expected, scores, strict=True)
    )


def _objective_view(
    found: ObjectiveRows,
    kpis: Assessed,
    arriving: Mapping[int, KeyResultView],
    cycle: CycleView,
    day: date,
    row: Any,
    progress: float,
    expected: float,
    score: float | None,
) -> ObjectiveView:
    key_results = tuple(arriving[each.id] for each in found.key_results.get(row.id, ()))
    guards = found.guardrails.get(row.id, ())
    broken = {each.kpi_id: each for each in found.breaches.get(row.id, ())}
    health = health_of(kpis, [guard.kpi_id for guard in guards])
    foreseen = key_results and all(key_result.chance is not None for key_result in key_results)
    elapsed = pace(cycle.starts_on, cycle.ends_on, min(day, row.over_since or day))
    recovery = _recovery(kpis, row)
    due = objective_pace(found.key_results.get(row.id, ()), key_results, elapsed)
    return ObjectiveView(
        id=row.id,
        name=row.name,
        team=row.team,
        owner=row.owner,
        scope=Scope(row.scope),
        ambition=Ambition(row.ambition),
        state=state_of(row, recovery),
        progress=progress,
        expected=expected if foreseen else None,
        key_results=key_results,
        guardrails=tuple(
            GuardrailView(
                guard.kpi_id,
                guard.name,
                health[guard.kpi_id],
                _signal(kpis, guard),
                broken.get(guard.kpi_id),
            )
            for guard in guards
        ),
        unvalued=tuple(
            key_result.name for key_result in key_results if key_result.standing == "no value"
        ),
        pace=due,
        standing=objective_standing([each.standing for each in key_results], progress, due),
        recovery=recovery,
        score=score if row.state in OVER else None,
    )


def _recovery(kpis: Assessed, objective: Any) -> RecoveryView | None:
    """Give the recovery that an objective is, of the KPI from which it came."""
    recovery = kpis.recoveries.get(objective.origin_kpi_id)
    return recovery if recovery and recovery.objective_id == objective.id else None


def held_by(row: Any, recovery: RecoveryView | None) -> RecoveryView | None:
    """Give the recovery that a key result holds."""
    return recovery if recovery and recovery.key_result_id == row.id else None


def state_of(row: Any, recovery: RecoveryView | None) -> ObjectiveState:
    """Give the state of an objective: a relapse reopens it by itself."""
    is_back = recovery is not None and recovery.phase in ("relapsed", "certified")
    return ObjectiveState.ACTIVE if is_back else ObjectiveState(row.state)


def objective_standing(key_results: Collection[Standing], progress: float, pace: float) -> Standing:
    """Tell how an objective is against the pace that its key results are held against.

    Without news of any of them there is none of it. Where none is any better than behind, so is
    it: those that went backwards count as 0, which is hardly behind at the cycle's start. Nor is it
    any better than they are where all are on pace: what is held may be more than had to be.
    """
    said = set(key_results)
    if said == {"on pace"}:
        return "on pace"
    if said <= {"no value", "silent"}:
        return "silent" if "silent" in said else "no value"
    is_behind = said <= {"no value", "behind pace"}
    return "behind pace" if is_behind else cast(Standing, standing(progress, pace))


def _signal(kpis: Assessed, guard: Any) -> Signal | None:
    signal = kpis.signals.get(guard.kpi_id)
    return None if signal is None else signal.signal


@dataclass(frozen=True, slots=True)
class _Told:
    """What counts of a key result's value over time."""

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


def _told(found: ObjectiveRows, kpis: Assessed, placed: Placed) -> _Told:
    if placed.feed:
        return _Told(_fed(kpis, placed.row, placed.feed))
    said = _said(found, placed)
    return _Told([(each.date, each.value) for each in said if each.value is not None])


def _key_result_view(
    found: ObjectiveRows, kpis: Assessed, placed: Placed, told: _Told, reached: KeyResultProgress
) -> KeyResultView:
    """Give a key result as it stands; when it arrives is told of all together."""
    row, cycle = placed.row, placed.cycle
    said = _said(found, placed)
    silent_for = _silent_for(placed, told.on)
    last = said[-1] if said else None
    return KeyResultView(
        key_result_id=row.id,
        name=row.name,
        kind=KeyResultKind(row.kind),
        unit=_unit(kpis, row),
        owner=row.owner,
        start=row.start,
        target=row.target,
        value=told.value,
        change=told.change,
        checked_on=last.date if last else told.on,
        unchanged_since=told.unchanged_since,
        progress=reached.done,
        pace=(due := pace_of(placed, told.on)),
        standing=_standing(row, reached, due, silent=silent_for > 0),
        silent_for=silent_for,
        confidence=Confidence(last.confidence) if last and last.confidence else None,
        note=last.note if last else "",
        fed_by=row.fed_by,
        fed_by_id=row.kpi_id,
        cadence=Cadence(row.cadence) if row.cadence else None,
        held=reached.held,
        hold_periods=row.hold_periods,
        steps=_steps(found, placed),
        ends_on=cycle.ends_on,
        chance=None,
        arrives_on=None,
        expected=None,
        span=None,
        lacks_range=row.kind == KeyResultKind.HOLD and not _has_range(kpis, row),
        is_over=placed.objective.state in OVER,
        feed_is_live=row.kpi_id is None or bool(kpis.kpis[kpis.row(row.kpi_id)].is_live),
        recovery=held_by(row, _recovery(kpis, placed.objective)),
        on_the_way=in_force(row, cycle),
    )


def _steps(found: ObjectiveRows, placed: Placed) -> tuple[Step, ...]:
    """Give the steps of a key result, those done after the day as not done yet."""
    return tuple(
        Step(step.step, step.share, step.done_on if is_done(step, placed.stands_on) else None)
        for step in found.milestones.get(placed.row.id, ())
    )


def _standing(row: Any, reached: KeyResultProgress, pace: float, *, silent: bool) -> Standing:
    if not reached.valued:
        return "no value"
    compare = hold_standing if row.kind == KeyResultKind.HOLD else standing
    return "silent" if silent else cast(Standing, compare(reached.done, pace))


def _silent_for(placed: Placed, on: date | None) -> int:
    """Count the days since a KPI without data, or two missed weekly check-ins, fell silent."""
    if on is None or placed.row.kind == KeyResultKind.MILESTONE:
        return 0
    cadence = placed.row.cadence or "weekly"
    if freshness(on, placed.until, cadence) != "no data":
        return 0
    return late_for(on, placed.until, cadence)


def _said(found: ObjectiveRows, placed: Placed) -> list[Any]:
    """Give the last known check-in of each day that counts."""
    stand = last_of_each_day(found.check_ins.get(placed.row.id, ()))
    return [each for each in stand if each.date <= placed.until]


def _fed(kpis: Assessed, row: Any, feed: Feed) -> list[tuple[date, float]]:
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


def _unit(kpis: Assessed, row: Any) -> str:
    """Give the unit of a key result; one that holds a KPI has no cell for it."""
    if row.unit or row.kind != KeyResultKind.HOLD or row.kpi_id is None:
        return str(row.unit)
    return str(kpis.kpis[kpis.row(row.kpi_id)].unit)


def _has_range(kpis: Assessed, row: Any) -> bool:
    if row.kpi_id is None:
        return False
    kpi = kpis.kpis[kpis.row(row.kpi_id)]
    return kpi.low is not None or kpi.high is not None
