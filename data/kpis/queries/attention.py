"""Which KPIs need eyes most, told from their latest readings, signals and decisions alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from analytics.health import health, severity
from analytics.periods import freshness, last_day, ordinal
from data.kpis.queries.assessment import Assessed, Behaviour, bounds
from data.kpis.queries.changed import KeptRows
from data.kpis.queries.decided import decided_of
from data.kpis.queries.kpi_rows import MOST, KpiRows
from data.kpis.queries.readings import latest_readings
from data.kpis.views.signals import SignalView
from models import Health, Signal

SHOWN = 12
"""How many KPIs a cockpit shows where none are pinned."""

LEVELS = {level.value: level for level in Health}

UNDECIDED, SILENT, UNSURE, FINE, UNRANGED = range(5)


class State(NamedTuple):
    """How a KPI is: `drifts` by a fresh reading, `is_judged` where a drift of it could be told.

    `rank` is the tier of its need, and `far` how far it is out of its range; `freshness` is that of
    its reading of a `period`.
    """

    kpi_id: int
    team_id: int
    level: Health
    drifts: bool
    is_judged: bool
    rank: int
    far: float
    period: date | None
    freshness: str

    @property
    def waits(self) -> bool:
        """Tell whether it drifts or is out of range and nobody has decided."""
        return self.rank == UNDECIDED

    @property
    def is_due(self) -> bool:
        """Tell whether a reading of it could be entered now."""
        return self.freshness in ("due", "late")


@dataclass(frozen=True, slots=True)
class Latest:
    """KPIs with a range by their latest readings, signals and decisions alone, worst first.

    `last_day` is the last day that has data, where every one is without fresh data.
    """

    states: Sequence[State]
    last_day: date | None

    def outside(self) -> set[int]:
        """Give the keys of those that are out of range."""
        return {one.kpi_id for one in self.states if one.level is Health.OUT_OF_RANGE}


_judged: KeptRows[State] = KeptRows(MOST)


def latest_health(rows: KpiRows, kpis: Sequence[Any], behaviour: Behaviour, *, day: date) -> Latest:
    """Judge KPIs by their latest readings: those of `latest_readings`, where something changed.

    Another statement where `decided_of` needs it.

    Near an edge needs their signals.

    First comes what is out of range or drifts and nobody has decided, then what is silent, then
    what is near its edge, to be watched, or waits by decision; the rest is fine.
    """
    if not kpis:
        return Latest([], None)
    by_key = {kpi.id: kpi for kpi in kpis}

    def judge(keys: Collection[int]) -> dict[int, State]:
        return _states(rows, [by_key[each] for each in keys], behaviour, day)

    judged = _judged.each(rows.changed, by_key, (rows.moment, day), judge)
    outside = {key for key, state in judged.items() if state.level is Health.OUT_OF_RANGE}
    decided = decided_of(rows.connection, kpis, outside, behaviour, day=day, moment=rows.moment)
    calmed = {key: judged[key]._replace(rank=UNSURE) for key in decided if judged[key].waits}
    states = [calmed.get(key, state) for key, state in judged.items()]
    return Latest(
        sorted(states, key=lambda state: (state.rank, -state.far)),
        last_end(kpis, [judged[kpi.id].period for kpi in kpis])
        if all(state.freshness == "no data" for state in states)
        else None,
    )


def _states(
    rows: KpiRows, kpis: Sequence[Any], behaviour: Behaviour, day: date
) -> dict[int, State]:
    """Judge KPIs as if nobody had decided anything."""
    dismissed = behaviour.dismissed.reading_ids
    latest = latest_readings(rows.connection, [kpi.id for kpi in kpis], rows.moment, dismissed)
    known = [latest.get(kpi.id, (None, None)) for kpi in kpis]
    value = np.array([each for _, each in known], np.float64)
    low, high = bounds(kpis)
    ages = [
        freshness(period, day, kpi.cadence) for kpi, (period, _) in zip(kpis, known, strict=True)
    ]
    stale = np.array([age == "no data" for age in ages])
    signals = [behaviour.signals.get(kpi.id) for kpi in kpis]
    sigma = np.array([signal.sigma if signal else None for signal in signals], np.float64)
    levels = [LEVELS[level] for level in health(value, low, high, sigma, stale).tolist()]
    far = severity(value, low, high, np.full(len(kpis), np.nan)).tolist()
    return {
        kpi.id: _state(kpi, levels[at], signals[at], far[at], known[at][0], ages[at])
        for at, kpi in enumerate(kpis)
    }


def _state(
    kpi: Any, level: Health, signal: SignalView | None, far: float, period: date | None, age: str
) -> State:
    told = None if signal is None or level is Health.NO_DATA else signal.signal
    return State(
        kpi_id=kpi.id,
        team_id=kpi.team_id,
        level=level,
        drifts=told is Signal.DRIFTING,
        is_judged=told not in (None, Signal.LEARNING),
        rank=_rank(level, signal),
        far=far,
        period=period,
        freshness=age,
    )


def last_day_with_data(found: Assessed, kpi_ids: Sequence[int]) -> date | None:
    """Give the last day that has data where every one of some KPIs is without fresh data."""
    at = [found.row(key) for key in kpi_ids]
    if any(found.freshness[row] != "no data" for row in at):
        return None
    return last_end([found.kpis[row] for row in at], [found.readings.latest[row] for row in at])


def _rank(level: Health, signal: SignalView | None) -> int:
    """Give the tier of a KPI; a recovery is under way by itself, so it is only unsure."""
    if level is Health.NO_DATA:
        return SILENT
    if level is Health.INDICATOR:
        return UNRANGED
    told = None if signal is None else signal.signal
    if told is Signal.DRIFTING or level is Health.OUT_OF_RANGE:
        return UNDECIDED
    return UNSURE if level is Health.NEAR_EDGE or told in _UNSURE else FINE


_UNSURE = (Signal.WATCH, Signal.RECOVERING)


def last_end(kpis: Sequence[Any], periods: Sequence[date | None]) -> date | None:
    """Give the last day of the newest of the KPIs' periods, None where there is none."""
    ends = [
        last_day(ordinal(period, kpi.cadence), kpi.cadence)
        for kpi, period in zip(kpis, periods, strict=True)
        if period
    ]
    return max(ends, default=None)
