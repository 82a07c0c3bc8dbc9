"""Which KPIs need eyes most, told from their latest readings, signals and decisions alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from analytics.health import health, severity
from analytics.periods import freshness, last_day, ordinal
from data.kpis.queries.assessment import Assessed, Behaviour, bounds
from data.kpis.queries.decided import decided_of
from data.kpis.queries.kpi_rows import KpiRows
from data.kpis.views.signals import SignalView
from models import Health, Signal

SHOWN = 12
"""How many KPIs a cockpit shows where none are pinned."""

LEVELS = {level.value: level for level in Health}

UNDECIDED, SILENT, UNSURE, FINE, UNRANGED = range(5)


class State(NamedTuple):
    """How a KPI is: `drifts` by a fresh reading, `is_judged` where a drift of it could be told.

    `waits` where it drifts or is out of range and nobody has decided, `is_due` where a reading of
    it could be entered now.
    """

    kpi: Any
    level: Health
    drifts: bool
    is_judged: bool
    waits: bool
    is_due: bool


@dataclass(frozen=True, slots=True)
class Latest:
    """KPIs with a range by their latest readings, signals and decisions alone, worst first.

    `last_day` is the last day that has data, where every one is without fresh data.
    """

    states: Sequence[State]
    last_day: date | None

    def outside(self) -> set[int]:
        """Give the keys of those that are out of range."""
        return {one.kpi.id for one in self.states if one.level is Health.OUT_OF_RANGE}


def latest_health(rows: KpiRows, kpis: Sequence[Any], behaviour: Behaviour, *, day: date) -> Latest:
    """Judge KPIs by their latest readings: one statement, another where `decided_of` needs it.

    Near an edge needs their signals.

    First comes what is out of range or drifts and nobody has decided, then what is silent, then
    what is near its edge, to be watched, or waits by decision; the rest is fine.
    """
    dismissed = behaviour.dismissed.reading_ids
    latest = rows.latest([kpi.id for kpi in kpis], dismissed)
    if not kpis:
        return Latest([], None)
    known = [latest.get(kpi.id, (None, None)) for kpi in kpis]
    periods = [period for period, _ in known]
    value = np.array([each for _, each in known], np.float64)
    low, high = bounds(kpis)
    ages = [freshness(period, day, kpi.cadence) for kpi, period in zip(kpis, periods, strict=True)]
    stale = np.array([age == "no data" for age in ages])
    signals = [behaviour.signals.get(kpi.id) for kpi in kpis]
    sigma = np.array([signal.sigma if signal else None for signal in signals], np.float64)
    levels = [LEVELS[level] for level in health(value, low, high, sigma, stale).tolist()]
    far = severity(value, low, high, np.full(len(kpis), np.nan)).tolist()
    outside = {
        kpi.id for kpi, level in zip(kpis, levels, strict=True) if level is Health.OUT_OF_RANGE
    }
    decided = decided_of(rows.connection, kpis, outside, behaviour, day=day, moment=rows.moment)
    ranks = [
        _rank(level, signal, kpi.id in decided)
        for kpi, level, signal in zip(kpis, levels, signals, strict=True)
    ]
    order = sorted(range(len(kpis)), key=lambda at: (ranks[at], -far[at]))
    return Latest(
        [_state(kpis[at], levels[at], ranks[at], ages[at], signals[at]) for at in order],
        last_end(kpis, periods) if stale.all() else None,
    )


def _state(kpi: Any, level: Health, rank: int, age: str, signal: SignalView | None) -> State:
    told = None if signal is None or level is Health.NO_DATA else signal.signal
    drifts, is_judged = told is Signal.DRIFTING, told not in (None, Signal.LEARNING)
    return State(kpi, level, drifts, is_judged, rank == UNDECIDED, age in ("due", "late"))


def last_day_with_data(found: Assessed, kpi_ids: Sequence[int]) -> date | None:
    """Give the last day that has data where every one of some KPIs is without fresh data."""
    at = [found.row(key) for key in kpi_ids]
    if any(found.freshness[row] != "no data" for row in at):
        return None
    return last_end([found.kpis[row] for row in at], [found.readings.latest[row] for row in at])


def _rank(level: Health, signal: SignalView | None, is_decided: bool) -> int:
    """Give the tier of a KPI; a recovery is under way by itself, so it is only unsure."""
    if level is Health.NO_DATA:
        return SILENT
    if level is Health.INDICATOR:
        return UNRANGED
    drifts = signal is not None and signal.signal is Signal.DRIFTING
    if drifts or level is Health.OUT_OF_RANGE:
        return UNSURE if is_decided else UNDECIDED
    unsure = level is Health.NEAR_EDGE or (signal is not None and signal.signal in _UNSURE)
    return UNSURE if unsure else FINE


_UNSURE = (Signal.WATCH, Signal.RECOVERING)


def last_end(kpis: Sequence[Any], periods: Sequence[date | None]) -> date | None:
    """Give the last day of the newest of the KPIs' periods, None where there is none."""
    ends = [
        last_day(ordinal(period, kpi.cadence), kpi.cadence)
        for kpi, period in zip(kpis, periods, strict=True)
        if period
    ]
    return max(ends, default=None)
