"""When key results arrive by their check-ins, from the first one on."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.forecast.arrival import Arrival, grows
from analytics.forecast.possible import Possible, is_percent, possible
from analytics.forecast.progress_forecast import arrivals_of_progress
from analytics.periods import last_day, ordinal
from data.company.views import CycleView
from data.core.remembered import Remembered
from data.kpis.queries.assessment import Assessed
from data.okrs.views.key_results import Basis, KeyResultView

Values = NDArray[np.float64]
Said = Sequence[tuple[date, float]]

WEEKLY = "weekly"
FEWEST_OF_A_COUNT = 4
"""Fewer values do not show that they never fall."""


class ProgressForecasted(NamedTuple):
    """An arrival with its day, None for none in sight, and what it rests on."""

    arrival: Arrival
    arrives_on: date | None
    rests_on: Basis


@np.errstate(all="ignore")
def progress_forecasts(
    key_results: Sequence[KeyResultView],
    said: Mapping[int, Said],
    kpis: Assessed,
    cycle: CycleView,
    until: date,
) -> list[ProgressForecasted | None]:
    """Give for each key result when it arrives by what was `said`; None where that cannot be told.

    A week keeps its last check-in, and what was said before the cycle is where it began from. An
    arrival is looked for `until` a day, at the end of each week after the last check-in.
    """
    if not key_results:
        return []
    counted = [_of_weeks(said[key_result.key_result_id], cycle) for key_result in key_results]
    ahead = [_weeks_ahead(each[-1][0], cycle, until) for each in counted]
    values = [[value for _, value in each] for each in counted]
    start, way = _ways(key_results)
    possible = np.sort((_possible(key_results, values, kpis) - start) / way, axis=1)
    progress = (_table(values) - start) / way
    asked = [
        _Asked(
            tuple(elapsed(cycle, when) for when, _ in each),
            progress[row, : len(each)].tobytes(),
            weeks.moments,
            possible[row].tobytes(),
        )
        for row, (each, weeks) in enumerate(zip(counted, ahead, strict=True))
    ]
    found = _remembered.each(asked, lambda places: _arrivals([asked[at] for at in places]))
    return [
        None
        if arrival is None
        else ProgressForecasted(
            arrival,
            None if arrival.step is None else weeks.ends[arrival.step - 1],
            basis(cycle, len(each), each[-1][0]),
        )
        for arrival, each, weeks in zip(found, counted, ahead, strict=True)
    ]


class _Asked(NamedTuple):
    """All that an arrival hangs on: progress by elapsed shares, the moments ahead, its ends."""

    elapsed: tuple[float, ...]
    progress: bytes
    moments: tuple[float, ...]
    possible: bytes


_remembered: Remembered[_Asked, Arrival | None] = Remembered(20_000)


def _arrivals(asked: Sequence[_Asked]) -> list[Arrival | None]:
    lowest, highest = np.stack([np.frombuffer(each.possible) for each in asked]).T
    return arrivals_of_progress(
        _table([each.elapsed for each in asked]),
        _table([np.frombuffer(each.progress).tolist() for each in asked]),
        _table([each.moments for each in asked]),
        lowest=lowest,
        highest=highest,
    )


def elapsed(cycle: CycleView, day: date) -> float:
    """Give the share of the cycle that has passed at the end of a day, past 1 when it is over."""
    days = (cycle.ends_on - cycle.starts_on).days + 1
    return max(((day - cycle.starts_on).days + 1) / days, 0.0)


def basis(cycle: CycleView, count: int, day: date) -> Basis:
    """Say on how many check-ins, or steps, of up to which week of the cycle a chance rests."""
    gone = max((day - cycle.starts_on).days, 0)
    return Basis(count, min(gone // 7 + 1, cycle.weeks), cycle.weeks)


def _of_weeks(said: Said, cycle: CycleView) -> Said:
    first = ordinal(cycle.starts_on, WEEKLY) - 1
    by_week = {max(ordinal(when, WEEKLY), first): (when, value) for when, value in said}
    return list(by_week.values())


class _Weeks(NamedTuple):
    """The last days of weeks ahead, and the cycle's end and those days as shares of the cycle."""

    ends: tuple[date, ...]
    moments: tuple[float, ...]


@lru_cache(maxsize=1_000)
def _weeks_ahead(last: date, cycle: CycleView, until: date) -> _Weeks:
    """Give the weeks after a day; the last day of the cycle's last week is its end."""
    last_week = ordinal(cycle.ends_on, WEEKLY)
    weeks = range(ordinal(last, WEEKLY) + 1, ordinal(until, WEEKLY) + 1)
    days = ((week, last_day(week, WEEKLY)) for week in weeks)
    ends = tuple(min(end, cycle.ends_on) if week <= last_week else end for week, end in days)
    return _Weeks(ends, (1.0, *(elapsed(cycle, end) for end in ends)))


def _table(rows: Sequence[Sequence[float]]) -> Values:
    """Put rows of different lengths into one table, NaN after the last of each."""
    table = np.full((len(rows), max(map(len, rows), default=0)), np.nan)
    for at, row in enumerate(rows):
        table[at, : len(row)] = row
    return table


def _ways(key_results: Sequence[KeyResultView]) -> tuple[Values, Values]:
    """Give where key results start and how far to their targets, as columns; NaN for no way."""
    start = np.array([key_result.start for key_result in key_results], np.float64)[:, None]
    way = np.array([key_result.target for key_result in key_results], np.float64)[:, None] - start
    return start, np.where(way == 0, np.nan, way)


def _possible(
    key_results: Sequence[KeyResultView], values: Sequence[Sequence[float]], kpis: Assessed
) -> Values:
    """Give the least and the greatest values that key results may come to; a count never falls."""
    ends = possible_values(key_results, _table(values), kpis)
    lowest = [
        said[-1] if _counts(key_result, said) else least
        for key_result, said, least in zip(key_results, values, ends.lowest, strict=True)
    ]
    return np.column_stack([lowest, ends.highest])


def _counts(key_result: KeyResultView, values: Sequence[float]) -> bool:
    upwards = (
        key_result.start is not None
        and key_result.target is not None
        and key_result.target > key_result.start
    )
    is_whole = upwards and not is_percent(key_result.unit)
    return is_whole and len(values) >= FEWEST_OF_A_COUNT and grows(values)


def possible_values(
    key_results: Sequence[KeyResultView], values: ArrayLike, kpis: Assessed
) -> Possible:
    """Give what is possible for key results of those values, (key results, periods), NaN for none.

    It is that of the KPI that feeds a key result, by its unit and range, or of a check-in in the
    key result's own unit; and where a key result starts and what somebody set as its target is
    possible.
    """
    fed = [
        None if key_result.fed_by_id is None else kpis.row(key_result.fed_by_id)
        for key_result in key_results
    ]
    low, high = (
        np.array([np.nan if row is None else bound[row] for row in fed], np.float64)
        for bound in (kpis.low, kpis.high)
    )
    percent = [
        is_percent(key_result.unit if row is None else kpis.kpis[row].unit)
        for key_result, row in zip(key_results, fed, strict=True)
    ]
    ways = np.array(
        [(key_result.start, key_result.target) for key_result in key_results], np.float64
    )
    return possible(np.column_stack([ways, values]), low, high, percent)
