"""Scores of many key results at once, as arrays; one at a time they are in `analytics.progress`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def metric_scores(start: Numbers, target: Numbers, current: Numbers) -> Numbers:
    """Return the share of the way from start to target that is done, clamped to 0..1.

    All of shape (key results,). 0 where one of them is missing (NaN), where start equals
    target, and where the share is not a finite number.
    """
    with np.errstate(all="ignore"):
        gone = (current - start) / (target - start)
    return np.clip(np.where(np.isfinite(gone), gone, 0.0), 0.0, 1.0)


def last_runs(inside: NDArray[np.bool_], counted: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return how many of the last periods that count are inside, one after the other.

    Both (kpis, periods), oldest first, and the answer (kpis,). Periods that do not count
    neither end a run nor make it longer.
    """
    columns = np.arange(inside.shape[1])
    last_outside = np.where(counted & ~inside, columns, -1).max(axis=1, initial=-1)
    return np.asarray((counted & (columns > last_outside[:, None])).sum(axis=1), np.int64)


def hold_scores(runs: NDArray[np.int64], periods: NDArray[np.int64]) -> Numbers:
    """Return the length of runs ÷ the periods to hold, at most 1; 0 where those are below 1."""
    return np.where(periods < 1, 0.0, np.minimum(runs / np.maximum(periods, 1), 1.0))


def weighted_means(
    values: Numbers, weights: Numbers, group: NDArray[np.int64], groups: int
) -> Numbers:
    """Return the weighted mean of the values of each group, (groups,); 0 without weight.

    Values, weights and the number of each value's group are of shape (values,). A negative
    or missing weight counts as 0.
    """
    positive = np.where(weights > 0, weights, 0.0)
    totals = np.bincount(group, positive, groups)
    sums = np.bincount(group, values * positive, groups)
    return np.where(totals > 0, sums / np.where(totals > 0, totals, 1.0), 0.0)
