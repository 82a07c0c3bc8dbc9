"""The steady-state certificate: whether a KPI is back at its baseline and stays there."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

SPAN = 12
LATEST = 6
FOUR = 4

# In sigmas of the baseline, on the bad side of its centre. The mean of 12 readings misses by
# less than 0.6 in 98.1 of 100 cases: where it is above -0.4, the KPI is surely above -1.
SPAN_LIMIT = 0.4
LATEST_LIMIT = 0.6
FOUR_LIMIT = 0.7
SINGLE_LIMIT = 3.0


def certified(
    values: ArrayLike, *, baseline_centre: ArrayLike, baseline_sigma: float, better: str
) -> bool:
    """Tell whether the last readings certify that a KPI is steady at its baseline now.

    `values` has shape (periods,), the newest last; NaN is a missing period and is skipped.
    The centre is one number or, for a baseline with a trend, one per period. Of the last
    12 readings, counted in sigmas on the bad side of the centre (`within`: on either side),
    the mean must be at most 0.4, so that what lies behind it is below 1 with a confidence of
    98.1 %; the mean of the last six at most 0.6; that of each four in a row, first, middle
    and last, at most 0.7, so that they are steady among themselves; and none may pass 3.

    Fewer than 12 readings certify nothing, nor does a missing centre or sigma; with a sigma
    of 0 all these must be as good as the centre.
    """
    readings = np.asarray(values, dtype=np.float64).ravel()
    distance = readings - np.asarray(baseline_centre, dtype=np.float64)
    last = distance[np.isfinite(distance)][-SPAN:]
    if len(last) < SPAN or not np.isfinite(baseline_sigma):
        return False
    return bool(steady(last[None], np.array([baseline_sigma]), np.array([side_of(better)]))[0])


def steady(distances: Numbers, sigma: Numbers, side: NDArray[np.int64]) -> Flags:
    """Tell which KPIs the last 12 distances from the baseline (kpis, 12) certify."""
    fours = distances.reshape(len(distances), -1, FOUR).mean(axis=2)
    spans = (
        (distances.mean(axis=1, keepdims=True), SPAN_LIMIT),
        (distances[:, -LATEST:].mean(axis=1, keepdims=True), LATEST_LIMIT),
        (fours, FOUR_LIMIT),
        (distances, SINGLE_LIMIT),
    )
    good = np.ones(len(distances), dtype=np.bool_)
    for distance, limit in spans:
        good &= (side < 0) | (distance.min(axis=1) >= -limit * sigma)
        good &= (side > 0) | (distance.max(axis=1) <= limit * sigma)
    return good


def side_of(better: str) -> int:
    """Return 1 where higher is better, -1 where lower is, 0 within. ValueError for others."""
    if better not in ("higher", "lower", "within"):
        raise ValueError(f"better is {better!r}: give higher, lower or within")
    return {"higher": 1, "lower": -1, "within": 0}[better]
