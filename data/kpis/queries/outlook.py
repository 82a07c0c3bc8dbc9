"""What lies behind and ahead of one KPI: when its level or trend changed, and where it goes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analytics.drift.segments import change_points
from analytics.forecast import span80
from analytics.forecast.departure import exit_times, first_exit
from analytics.forecast.possible import is_percent, possible
from analytics.forecast.simulation import Courses, courses
from analytics.periods import SEASONS, first_day, ordinal
from analytics.variation import natural_limits
from data.core.remembered import Remembered
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
    signals: Mapping[int, SignalView],
) -> Mapping[int, Departure | None]:
    """Give by key when KPIs that drift leave their ranges if this goes on.

    Of all others nobody is told. None where it cannot be told; what was told of the same readings
    before is not computed again.
    """
    drifting = [at for at, kpi in enumerate(kpis) if _drifts(signals.get(kpi.id))]
    if not drifting:
        return {}
    numbers = np.column_stack([low, high, readings.values])
    asked = [
        _Asked(
            cadence=kpis[at].cadence,
            is_percent=is_percent(kpis[at].unit),
            latest=readings.latest[at],
            onset=signals[kpis[at].id].onset,
            numbers=numbers[at].tobytes(),
        )
        for at in drifting
    ]
    found = _remembered.each(asked, lambda places: _departures([asked[at] for at in places]))
    return dict(zip((kpis[at].id for at in drifting), found, strict=True))


class _Asked(NamedTuple):
    """All that the departure of a KPI hangs on: its bounds and values, the last one read last."""

    cadence: str
    is_percent: bool
    latest: date | None
    onset: date | None
    numbers: bytes


_remembered: Remembered[_Asked, Departure | None] = Remembered(20_000)


def _departures(asked: Sequence[_Asked]) -> list[Departure | None]:
    """Give the departures of KPIs, those of a cadence in one pass."""
    found: dict[int, Departure | None] = {}
    for cadence in {each.cadence for each in asked}:
        places = [at for at, each in enumerate(asked) if each.cadence == cadence]
        found |= zip(places, _of_cadence(cadence, [asked[at] for at in places]), strict=True)
    return [found[at] for at in range(len(asked))]


def _of_cadence(cadence: str, asked: Sequence[_Asked]) -> list[Departure | None]:
    numbers = np.stack([np.frombuffer(each.numbers) for each in asked])
    low, high, values = numbers[:, 0], numbers[:, 1], numbers[:, 2:]
    horizon = HORIZON[cadence]
    latest, onsets = [each.latest for each in asked], [each.onset for each in asked]
    expected = _going_on(values, [cadence] * len(asked), latest, onsets, horizon)
    ends = possible(values, low, high, [each.is_percent for each in asked])
    chances = first_exit(expected, *ends.bounds(low, high))
    known = ~np.isnan(expected.mean[:, 0]) & ~(np.isnan(low) & np.isnan(high))

    def days(last: date, steps: NDArray[np.float64]) -> Iterator[date | None]:
        number = ordinal(last, cadence)
        for step in steps.tolist():
            yield first_day(number + int(step), cadence) if step <= horizon else None

    def departure(row: int) -> Departure | None:
        last = latest[row]
        if last is None or not known[row]:
            return None
        earliest, even, late = days(last, left[row])
        return Departure(earliest, even, late, float(chances[row, -1]))

    left = exit_times(chances)
    return [departure(row) for row in range(len(asked))]


def _drifts(signal: SignalView | None) -> bool:
    return signal is not None and signal.signal is Signal.DRIFTING


def _onset(signal: SignalView | None) -> date | None:
    """Give the period in which a drift set in that stands."""
    return signal.onset if signal is not None and _drifts(signal) else None


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
    return _going_on(values, cadences, latest, [_onset(signal) for signal in signals], horizon)


def _going_on(
    values: NDArray[np.float64],
    cadences: Sequence[str],
    latest: Sequence[date | None],
    onsets: Sequence[date | None],
    horizon: int,
) -> Courses:
    columns = [
        values.shape[1] - 1 - (ordinal(last, cadence) - ordinal(onset, cadence))
        if last is not None and onset is not None
        else np.nan
        for cadence, last, onset in zip(cadences, latest, onsets, strict=True)
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
