"""The recoveries of KPIs: what people decided of them, and how far their readings say they are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, and_, select

from analytics.periods import first_day, ordinal
from analytics.recovery import (
    HALF_PASS,
    Since,
    certificate,
    left_open,
    phase,
    provisional,
    share_back,
    since,
)
from data.core.as_of import any_of, in_force, live, table
from data.kpis.queries.readings import PERIODS, Readings
from data.kpis.views.recovery import RecoveryView
from data.kpis.views.signals import DecisionView, SignalView
from models import DecisionKind, KeyResultKind, ObjectiveState

_objective, _objective_terms = table("objective"), table("objective_terms")
_key_result, _key_result_terms = table("key_result"), table("key_result_terms")
_cycle, _team = table("cycle"), table("team")

RECOVERIES = (
    select(
        _objective.c.origin_kpi_id.label("kpi_id"),
        _objective.c.id.label("objective_id"),
        _objective.c.name.label("objective"),
        _objective.c.cycle_id,
        _team.c.name.label("team"),
        _cycle.c.name.label("cycle"),
        _cycle.c.ends_on,
        _objective_terms.c.state,
        _key_result.c.id.label("key_result_id"),
        *(_key_result_terms.c[name] for name in ("start", "hold_periods")),
    )
    .select_from(_objective)
    .join(_objective_terms, in_force(_objective_terms, _objective.c.id))
    .join(
        _key_result,
        and_(
            _key_result.c.objective_id == _objective.c.id,
            _key_result.c.kpi_id == _objective.c.origin_kpi_id,
            _key_result.c.kind == KeyResultKind.HOLD.value,
        ),
    )
    .join(_key_result_terms, in_force(_key_result_terms, _key_result.c.id))
    .join(_cycle, _cycle.c.id == _objective.c.cycle_id)
    .join(_team, _team.c.id == _objective.c.team_id)
    .where(
        _objective.c.origin_kpi_id.in_(any_of("kpis")),
        _objective_terms.c.state != ObjectiveState.DRAFT.value,
        live(_objective),
        live(_key_result),
    )
    .order_by(_cycle.c.starts_on, _objective.c.id, _key_result.c.position, _key_result.c.id)
)
"""The recovery objectives of KPIs that were started, the latest last, with what holds each."""

DAY = timedelta(days=1)
UNDER_WAY = (ObjectiveState.ACTIVE, ObjectiveState.PROBATION)

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Recovery:
    """A KPI's recovery as people decided it: its objective's row, and what was said of it.

    `said` are the decisions to reroute, to confirm and to let graduate, oldest first.
    """

    row: Any
    said: Sequence[DecisionView]

    @property
    def rerouted(self) -> DecisionView:
        """Give the last decision to reroute."""
        return next(each for each in reversed(self.said) if each.kind is DecisionKind.REROUTE)

    @property
    def times(self) -> int:
        """Count how often the KPI was rerouted."""
        return sum(each.kind is DecisionKind.REROUTE for each in self.said)

    @property
    def confirmed_on(self) -> date | None:
        """Give the day on which somebody confirmed it for the last time since it was rerouted."""
        since_then = self.said[self.said.index(self.rerouted) :]
        days = [each.date for each in since_then if each.kind is DecisionKind.CONFIRM]
        return days[-1] if days else None


def recoveries(
    connection: Connection,
    said: Mapping[int, Sequence[DecisionView]],
    *,
    day: date,
    moment: datetime,
) -> dict[int, Recovery]:
    """Read the latest recovery of each KPI that somebody rerouted: one statement, none for none.

    One that is under way comes before what is over, whatever their cycles.
    """
    rerouted = [
        kpi_id
        for kpi_id, each in said.items()
        if any(one.kind is DecisionKind.REROUTE for one in each)
    ]
    if not rerouted:
        return {}
    at = {"kpis": rerouted, "day": day, "moment": moment}
    found: dict[int, Recovery] = {}
    for row in connection.execute(RECOVERIES, at):
        before = found.get(row.kpi_id)
        if before is None or row.state in UNDER_WAY or before.row.state not in UNDER_WAY:
            found[row.kpi_id] = Recovery(row, said[row.kpi_id])
    return found


def with_pursued(
    decisions: Mapping[int, DecisionView], found: Mapping[int, Recovery]
) -> dict[int, DecisionView]:
    """Give what was said last of KPIs, where a recovery counts as long as it is pursued.

    It comes back after its cycle, until that is closed and it goes on. Once somebody has confirmed
    it, what happens then is to be decided anew.
    """
    standing = dict(decisions)
    for kpi_id, recovery in found.items():
        last = standing.get(kpi_id)
        if recovery.row.state == ObjectiveState.ACTIVE:
            until = min(recovery.row.ends_on, date.max - DAY) + DAY
            pursued = replace(recovery.rerouted, is_pursued=True, look_again=until)
            standing[kpi_id] = max(filter(None, (last, pursued)), key=_until)
        elif last is not None and last.kind is DecisionKind.REROUTE:
            del standing[kpi_id]
    return standing


def _until(said: DecisionView) -> tuple[date, bool]:
    return said.look_again or date.max, said.is_pursued


def seen(
    found: Mapping[int, Recovery],
    kpis: Sequence[Any],
    readings: Readings,
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    signals: Mapping[int, SignalView],
    silent: Collection[int],
) -> dict[int, RecoveryView]:
    """Give the recoveries of KPIs by key, as their readings tell; those that have any.

    Those `silent`, without data by now, hold nothing, nor do those without a range.
    """
    told = [kpi for kpi in kpis if kpi.id in found and readings.latest[readings.rows[kpi.id]]]
    if not told:
        return {}
    at = np.array([readings.rows[kpi.id] for kpi in told])
    shown = [signals.get(kpi.id) for kpi in told]
    letters = [
        _letters(kpi.cadence, readings.latest[row], signal)
        for kpi, row, signal in zip(told, at.tolist(), shown, strict=True)
    ]
    facts = (readings.values[at], low[at], high[at])
    marks = np.array(letters) == "d", readings.dismissed[at]

    def from_days(days: Sequence[date | None]) -> Since:
        each = zip(told, at.tolist(), days, strict=True)
        begin = [_column(kpi.cadence, readings.latest[row], day) for kpi, row, day in each]
        return since(*facts, *marks, np.array(begin))

    of = [found[kpi.id] for kpi in told]
    begun = from_days([each.rerouted.date for each in of])
    confirmed = from_days([each.confirmed_on for each in of])
    holds = ~np.isnan(low[at]) | ~np.isnan(high[at])
    holds &= np.array([kpi.id not in silent for kpi in told], bool)
    views = {}
    for place, (kpi, recovery, signal, row) in enumerate(
        zip(told, of, shown, at.tolist(), strict=True)
    ):
        latest = readings.latest[row] or date.min
        views[kpi.id] = _view(
            kpi,
            recovery,
            signal,
            "".join(letters[place]),
            readings.values[row],
            (low[row], high[row]),
            latest,
            held=int(begun.held[place]) if holds[place] else 0,
            kept=int(confirmed.held[place]) if holds[place] else 0,
            is_silent=kpi.id in silent,
            relapse=int(confirmed.relapse[place]) if recovery.confirmed_on else -1,
        )
    return views


def _view(
    kpi: Any,
    recovery: Recovery,
    signal: SignalView | None,
    letters: str,
    values: NDArray[np.float64],
    bounds: tuple[float, float],
    latest: date,
    *,
    held: int,
    kept: int,
    is_silent: bool,
    relapse: int,
) -> RecoveryView:
    row, periods = recovery.row, recovery.row.hold_periods or 0
    in_probation = row.state == ObjectiveState.PROBATION
    relapsed = in_probation and relapse >= 0
    if relapsed or not in_probation:
        kept = 0
    # The run that counts never reaches back beyond what ended it.
    begin = max(_column(kpi.cadence, latest, recovery.rerouted.date) - 1, 0)
    told = certificate(
        held=held,
        periods=periods,
        alarmed=bool(set(letters[begin:]) & {"d", "r"}),
        stands=letters[-1] in "dr",
        passes=signal is not None and _passes(kpi, signal, values, periods),
    )
    open_by = left_open(held) * signal.sigma if signal and signal.sigma else None
    return RecoveryView(
        kpi_id=kpi.id,
        objective_id=row.objective_id,
        key_result_id=row.key_result_id,
        objective=row.objective,
        team=row.team,
        cycle=row.cycle,
        cycle_id=row.cycle_id,
        ends_on=row.ends_on,
        phase=phase(row.state, told != "none", relapsed=relapsed, kept=kept, periods=periods),
        since=recovery.rerouted.date,
        times=recovery.times,
        periods=periods,
        held=min(held, periods),
        share_back=share_back(row.start, _known(values[-1]), *bounds),
        is_provisional=told == "provisional",
        left_open=open_by if told == "provisional" else None,
        half_pass=HALF_PASS.get(periods) if told == "provisional" else None,
        confirmed_on=recovery.confirmed_on if row.state != ObjectiveState.ACTIVE else None,
        kept=min(kept, periods),
        relapsed_on=_day(kpi.cadence, latest, relapse) if relapsed else None,
        is_silent=is_silent,
    )


def _passes(kpi: Any, signal: SignalView, values: NDArray[np.float64], periods: int) -> bool:
    """Tell whether the last readings are like the baseline before the drift."""
    if signal.expected is None or signal.sigma is None or periods < 1:
        return False
    last = values[-periods:]
    # What was expected of the window is that of its middle.
    back = np.arange(len(last) - 1, -1, -1) - (max(signal.window, 1) - 1) / 2
    centre = signal.expected - (signal.slope or 0.0) * back
    return provisional(last, baseline_centre=centre, baseline_sigma=signal.sigma, better=kpi.better)


def _letters(cadence: str, latest: date | None, signal: SignalView | None) -> list[str]:
    """Give the letter of the signal shown for each of the last periods, blank where unknown."""
    if signal is None or latest is None:
        return [" "] * PERIODS
    later = max(ordinal(latest, cadence) - ordinal(signal.period, cadence), 0)
    known = signal.history + signal.history[-1:] * later
    return list(known[-PERIODS:].rjust(PERIODS))


def _column(cadence: str, latest: date | None, day: date | None) -> int:
    """Give the column of readings that a day falls in, beyond the last for what is to come."""
    if latest is None or day is None:
        return PERIODS
    return max(PERIODS - 1 - (ordinal(latest, cadence) - ordinal(day, cadence)), 0)


def _day(cadence: str, latest: date, column: int) -> date:
    return first_day(ordinal(latest, cadence) - (PERIODS - 1 - column), cadence)


def _known(value: float) -> float | None:
    return None if value != value else float(value)
