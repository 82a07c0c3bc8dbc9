"""When a KPI leaves its ideal range: the range to empty."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.forecast.simulation import PATHS, Courses

Numbers = NDArray[np.float64]

# The courses of so many KPIs stay in the processor's cache.
AT_ONCE = 64


def first_exit(ahead: Courses, low: ArrayLike, high: ArrayLike) -> Numbers:
    """Return the chance that a KPI has been outside its range by each step, (kpis, horizon).

    It is the share of 1,000 courses, the same ones each time. Bounds have shape (kpis,), NaN is
    one that is missing; one at the end of the possible is never left (`Possible.bounds`). NaN
    where there is no outlook.
    """
    bounds = [np.asarray(bound, dtype=np.float64)[:, None] for bound in (low, high)]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        lower, upper = ((bound - ahead.mean) / ahead.sd for bound in bounds)
    chances = np.empty(ahead.mean.shape)
    for first in range(0, len(chances), AT_ONCE):
        rows = slice(first, first + AT_ONCE)
        chances[rows] = _exited(ahead.some(rows), lower[rows], upper[rows])
    return np.where(np.isnan(ahead.mean), np.nan, chances)


def _exited(ahead: Courses, lower: Numbers, upper: Numbers) -> Numbers:
    """Return the share of courses that have been past a bound, in sd, by each step."""
    left = np.zeros((len(lower), PATHS), bool)
    shares = np.empty(lower.shape)
    for step, deviates in enumerate(ahead.deviates()):
        left |= (deviates < lower[:, step, None]) | (deviates > upper[:, step, None])
        shares[:, step] = left.sum(axis=1, dtype=np.int16) / PATHS
    return shares


def exit_times(chances: Numbers) -> Numbers:
    """Return the steps, from 1, by which 10, 50 and 90 % have left: (kpis, 3), NaN for none."""
    likely = chances[..., None] >= np.array([0.1, 0.5, 0.9])
    return np.where(likely.any(axis=-2), likely.argmax(axis=-2) + 1.0, np.nan)
