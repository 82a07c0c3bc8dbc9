"""When a KPI leaves its ideal range: the range to empty."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.forecast.simulation import PATHS, Courses

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]

# The courses of so many KPIs stay in the processor's cache.
AT_ONCE = 48


def first_exit(ahead: Courses, low: ArrayLike, high: ArrayLike) -> Numbers:
    """Return the chance that a KPI has been outside its range by each step, (kpis, horizon).

    It is the share of 1,000 courses, the same ones each time. Bounds have shape (kpis,), NaN is
    one that is missing; one at the end of the possible is never left (`Possible.bounds`). NaN
    where there is no outlook.
    """
    bounds = [np.asarray(bound, dtype=np.float64)[:, None] for bound in (low, high)]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        lower, upper = ((bound - ahead.mean) / ahead.sd for bound in bounds)
    # Those without a lower bound come last and those without an upper one first.
    ends = (upper < np.inf).any(axis=1).astype(int) - (lower > -np.inf).any(axis=1)
    order = np.argsort(ends)
    chances = np.empty(ahead.mean.shape)
    for first in range(0, len(order), AT_ONCE):
        rows = order[first : first + AT_ONCE]
        chances[rows] = _exited(ahead.some(rows), lower[rows], upper[rows], ends[rows])
    return np.where(np.isnan(ahead.mean), np.nan, chances)


def _exited(ahead: Courses, lower: Numbers, upper: Numbers, ends: Counts) -> Numbers:
    """Return the share of courses that have been past a bound, in sd, by each step.

    `ends` (kpis,) ascend: -1 with a lower bound alone, 1 with an upper one alone, else 0.
    """
    low, high = np.flatnonzero(ends <= 0), np.flatnonzero(ends >= 0)
    bounds = np.concatenate([lower[low], upper[high]])
    signs = np.repeat([-1, 1], [low.size, high.size])
    left = np.zeros((len(ends), PATHS), bool)
    shares = np.empty(lower.shape)
    sides = ahead.some(np.concatenate([low, high]))
    for step, past in enumerate(sides.beyond(bounds, signs)):
        left[: low.size] |= past[: low.size]
        left[len(ends) - high.size :] |= past[low.size :]
        shares[:, step] = left.sum(axis=1, dtype=np.int16)
    return shares / PATHS


def exit_times(chances: Numbers) -> Numbers:
    """Return the steps, from 1, by which 10, 50 and 90 % have left: (kpis, 3), NaN for none."""
    likely = chances[..., None] >= np.array([0.1, 0.5, 0.9])
    return np.where(likely.any(axis=-2), likely.argmax(axis=-2) + 1.0, np.nan)
