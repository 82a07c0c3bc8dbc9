"""Progress, score and pace of key results and objectives, of many at once."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]


def metric_progress(start: Numbers, target: Numbers, current: Numbers) -> Numbers:
    """Return the share of the way from start to target that is done, not clamped.

    All of shape (key results,). Works in both directions: a target below the start is a metric
    to bring down. 0 where one of them is missing (NaN), where start equals target, and where the
    share is not a finite number.
    """
    with np.errstate(all="ignore"):
        done = (current - start) / (target - start)
    return np.where(np.isfinite(done), done, 0.0)


def last_runs(inside: NDArray[np.bool_], counted: NDArray[np.bool_]) -> Counts:
    """Return how many of the last periods that count are inside, one after the other.

    Both (kpis, periods), oldest first, and the answer (kpis,). Periods that do not count
    neither end a run nor make it longer.
    """
    columns = np.arange(inside.shape[1])
    last_outside = np.where(counted & ~inside, columns, -1).max(axis=1, initial=-1)
    return np.asarray((counted & (columns > last_outside[:, None])).sum(axis=1), np.int64)


def hold_progress(runs: Counts, periods: Counts) -> Numbers:
    """Return the length of runs ÷ the periods to hold, at most 1; 0 where those are below 1."""
    return np.where(periods < 1, 0.0, np.minimum(runs / np.maximum(periods, 1), 1.0))


def scores(progress: Numbers) -> Numbers:
    """Return progress clamped to 0..1; NaN scores 0."""
    return np.clip(np.where(np.isnan(progress), 0.0, progress), 0.0, 1.0)


def weighted_means(values: Numbers, weights: Numbers, group: Counts, groups: int) -> Numbers:
    """Return the weighted mean of the values of each group, (groups,); 0 without weight.

    Values, weights and the number of each value's group are of shape (values,). A negative
    or missing weight counts as 0.
    """
    positive = np.where(weights > 0, weights, 0.0)
    totals = np.bincount(group, positive, groups)
    sums = np.bincount(group, values * positive, groups)
    return np.where(totals > 0, sums / np.where(totals > 0, totals, 1.0), 0.0)


def pace(starts_on: date, ends_on: date, today: date) -> float:
    """Return the share of the cycle that has elapsed at the end of today, 0..1.

    Both ends belong to the cycle: its last day gives 1.0, its first day 1 / days, the day
    before it 0.0, a cycle of one day 1.0 on that day. A cycle that ends before it starts
    counts as the one day it starts on.
    """
    days = max((ends_on - starts_on).days + 1, 1)
    return min(max(((today - starts_on).days + 1) / days, 0.0), 1.0)


def hold_pace(left: int, periods: int) -> float:
    """Return the share of so many periods that has to be held by now, 0..1, to be done in time.

    All of the periods that are `left` may still be held.
    """
    return min(max(1 - left / periods, 0.0), 1.0) if periods > 0 else 1.0


def hold_standing(progress: float, pace: float) -> str:
    """Return how what is held compares with what has to be: done, on pace or behind pace.

    It is behind only where holding all that is left would not be enough.
    """
    if progress >= 1:
        return "done"
    return "on pace" if round(progress - pace, 9) >= 0 else "behind pace"


def standing(progress: float, pace: float, *, margin: float = 0.1) -> str:
    """Return how progress compares with pace: done, ahead, on pace or behind pace.

    `done` from a progress of 1; else `ahead` from margin above the pace, `behind pace`
    from margin below it. A NaN is `behind pace`: silence is not health.
    """
    # 0.3 is a tenth ahead of 0.2, though 0.3 - 0.2 falls just short of 0.1 in binary.
    lead = round(progress - pace, 9)
    if progress >= 1:
        return "done"
    if lead >= margin:
        return "ahead"
    return "on pace" if lead > -margin else "behind pace"
