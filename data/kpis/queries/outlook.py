"""What lies behind and ahead of one KPI: when its level or trend changed, and where it goes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.drift.segments import change_points
from analytics.forecast import span80
from analytics.forecast.departure import exit_times, first_exit
from analytics.forecast.possible import is_percent, possible
from analytics.forecast.simulation import Courses, courses
from analytics.periods import SEASONS, first_day, ordinal
from analytics.variation import natural_limits
from data.kpis.queries.readings import PERIODS, Readings
from data.kpis.queries.signals import STANDING
from data.kpis.views.kpi import NaturalLimits
from data.kpis.views.signals import Departure, OutlookView, SignalView
from models import Signal

HORIZON = {"daily": 28, "weekdays": 20, "weekly": 13, "monthly": 6, "quarterly": 4}
"""How many periods ahead the fan is drawn: about a quarter, half a year, a year."""

CERTIFYING = 12
"""So many steady readings end a drift, and so many make the first baseline."""
ALARMED = {signal.value[0] for signal in STANDING}


def segments(periods: Sequence[date], values: Sequence[float | None]) -> tuple[date, ...]:
    """Give the periods at which a new segment began, in hindsight."""
    found = change_points(np.array(values, np.float64)) if periods else []
    return tuple(periods[at] for at in found)


def baseline_limits(
    periods: Sequence[date],
    values: Sequence[float | None],
    signal: SignalView | None,
    rebased_on: Sequence[date],
) -> NaturalLimits | None:
    """Give the natural limits of the readings that a KPI is held against: 52 at most.

    While an alarm stands these are the last before its onset, as many as its baseline holds.
    None is of a shift to the good side, nor from before the last new normal, nor from an earlier
    drift but for the readings by which that was certified to be over. None where too few.
    """
    onset = signal.onset if signal is not None and signal.signal in STANDING else None
    begun = max([*rebased_on, _calm_since(periods, signal, onset)], default=date.min)
    known = [
        period
        for period, value in zip(periods, values, strict=True)
        if value is not None and begun <= period and (onset is None or period < onset)
    ]
    if signal is not None and signal.favourable:
        known = known[: -signal.window or None]
    size = PERIODS if onset is None or signal is None else max(signal.size, CERTIFYING)
    held = known[-min(size, PERIODS) :]
    if not held:
        return None
    # With its gaps, as no moving range is taken across one.
    first, last = periods.index(held[0]), periods.index(held[-1])
    limits = natural_limits(np.array(values[first : last + 1], np.float64))
    if np.isnan(limits.sigma):
        return None
    ends = (float(limits.lower), float(limits.centre), float(limits.upper))
    return NaturalLimits(*ends, held[0], held[-1], len(held))


def _calm_since(periods: Sequence[date], signal: SignalView | None, onset: date | None) -> date:
    """Give the first of the readings by which the last drift before an onset was over."""
    if signal is None:
        return date.min
    shown = [period for period in periods if period <= signal.period]
    history = signal.history[-len(shown) :] if shown else ""
    first = len(shown) - len(history)
    alarmed = [
        first + at
        for at, letter in enumerate(history)
        if letter in ALARMED and (onset is None or shown[first + at] < onset)
    ]
    return shown[max(alarmed[-1] - CERTIFYING + 1, 0)] if alarmed else date.min


def ahead(
    periods: Sequence[date],
    values: Sequence[float | None],
    cadence: str,
    low: float | None,
    high: float | None,
    signal: SignalView | None = None,
    *,
    unit: str = "",
) -> OutlookView | None:
    """Give the outlook with its 80 % span, and when the KPI leaves its range if this goes on.

    It comes from as many periods as that of a gauge, up to the last one that has a value, so that
    both say the same. A drift that stands goes on, and so does its fan, within the possible. None
    where there are too few readings for an outlook.
    """
    known = [at for at, value in enumerate(values) if value is not None]
    if not known:
        return None
    last = ordinal(periods[known[-1]], cadence)
    table = _of_a_wall(values)
    expected = going_on(table, [cadence], [periods[known[-1]]], [signal], HORIZON[cadence])
    if np.isnan(expected.mean).any():
        return None
    bounds = _numbers(low), _numbers(high)
    ends = possible(table, *bounds, is_percent(unit))
    lower, upper = (ends.clipped(end)[0] for end in span80(expected.mean, expected.sd))
    chances = first_exit(expected, *ends.bounds(*bounds))[0]
    coming = tuple(first_day(last + step, cadence) for step in range(1, HORIZON[cadence] + 1))
    earliest, even, latest = (
        None if np.isnan(step) else coming[int(step) - 1] for step in exit_times(chances)
    )
    return OutlookView(
        periods=coming,
        mean=tuple(ends.clipped(expected.mean)[0].tolist()),
        lower=tuple(lower.tolist()),
        upper=tuple(upper.tolist()),
        departure=Departure(earliest, even, latest, float(chances[-1])),
    )


def departures(
    kpis: Sequence[Any],
    readings: Readings,
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    *,
    signals: Mapping[int, SignalView] | None = None,
) -> tuple[Departure | None, ...]:
    """Give when KPIs leave their ranges if this goes on, None where it cannot be told.

    A drift that stands, by the `signals` by key, goes on.
    """
    if not kpis:
        return ()
    cadences = [kpi.cadence for kpi in kpis]
    shown = [(signals or {}).get(kpi.id) for kpi in kpis]
    horizons = np.array([HORIZON[cadence] for cadence in cadences])
    expected = going_on(readings.values, cadences, readings.latest, shown, int(horizons.max()))
    ends = possible(readings.values, low, high, [is_percent(kpi.unit) for kpi in kpis])
    chances = first_exit(expected, *ends.bounds(low, high))
    left = exit_times(chances)
    known = ~np.isnan(expected.mean[:, 0]) & ~(np.isnan(low) & np.isnan(high))
    by_then = chances[np.arange(len(kpis)), horizons - 1]

    def days(row: int) -> Iterator[date | None]:
        kpi, latest = kpis[row], readings.latest[row]
        for steps in left[row].tolist():
            inside = latest is not None and steps <= horizons[row]
            number = ordinal(latest, kpi.cadence) + int(steps) if latest and inside else None
            yield None if number is None else first_day(number, kpi.cadence)

    def departure(row: int) -> Departure:
        earliest, even, latest = days(row)
        return Departure(earliest, even, latest, float(by_then[row]))

    return tuple(departure(row) if known[row] else None for row in range(len(kpis)))


def _onset(signal: SignalView | None) -> date | None:
    """Give the period in which a drift set in that stands."""
    drifts = signal is not None and signal.signal is Signal.DRIFTING
    return signal.onset if signal is not None and drifts else None


def going_on(
    values: NDArray[np.float64],
    cadences: Sequence[str],
    latest: Sequence[date | None],
    signals: Sequence[SignalView | None],
    horizon: int,
) -> Courses:
    """Give how KPIs go on, the latest period of each in the last column of their values.

    Each has its season, and a drift that stands by its signal.
    """
    columns = [
        values.shape[1] - 1 - (ordinal(last, cadence) - ordinal(onset, cadence))
        if last is not None and onset is not None
        else np.nan
        for cadence, last, onset in zip(cadences, latest, map(_onset, signals), strict=True)
    ]
    seasons = np.array([SEASONS[cadence] for cadence in cadences])
    return courses(values, horizon, onsets=np.maximum(columns, 0), seasons=seasons)


def possible_ends(
    values: Sequence[float | None], low: float | None, high: float | None, unit: str
) -> tuple[float | None, float | None]:
    """Give the least and the greatest value that are possible, None for no end."""
    ends = possible(_of_a_wall(values), _numbers(low), _numbers(high), is_percent(unit))
    lowest, highest = (float(end[0]) for end in ends)
    return (lowest if np.isfinite(lowest) else None, highest if np.isfinite(highest) else None)


def _of_a_wall(values: Sequence[float | None]) -> NDArray[np.float64]:
    """Give the values as a wall has them, the last one that is known in the last column."""
    known = [at for at, value in enumerate(values) if value is not None]
    numbers = np.array(values[: known[-1] + 1][-PERIODS:] if known else (), np.float64)
    return np.concatenate([np.full(PERIODS - numbers.size, np.nan), numbers])[None]


def _numbers(bound: float | None) -> NDArray[np.float64]:
    return np.array([np.nan if bound is None else bound])
