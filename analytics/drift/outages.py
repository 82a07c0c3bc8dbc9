"""Readings far from all others: what a baseline must not learn from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

FAR = 6.0
"""Beyond so many robust standard deviations a reading is no part of a baseline."""

MOST = 0.2
"""What happens more often than this belongs to the KPI."""

QUARTILE_RANGE = 1.349
TWO_THIRDS = 0.967
"""The middle half of a normal distribution is 1.349 σ wide, two thirds of it lie within 0.967."""


def quartiles(values: Numbers, known: Flags) -> tuple[Numbers, Numbers]:
    """Return each row's median and the range of its middle half, of the readings known."""
    size = known.sum(axis=1)
    ordered = np.sort(np.where(known, values, np.inf), axis=1)
    rank = np.stack([(size - 1) // 2, size // 2, size // 4, size - 1 - size // 4])
    low, high, lower, upper = np.take_along_axis(ordered, np.maximum(rank, 0).T, axis=1).T
    return (low + high) / 2, upper - lower


def far_off(values: Numbers, known: Flags, centre: Numbers, middle_half: Numbers) -> Flags:
    """Tell which readings (kpis, n) lie beyond 6 robust sigmas of the median, if few do."""
    room = FAR * middle_half / QUARTILE_RANGE
    far = known & (np.abs(values - centre[:, None]) > room[:, None]) & (room > 0)[:, None]
    return _few(far, known)


def far_off_in_phase(table: Numbers) -> Flags:
    """Tell which readings (kpis, seasons, phases) lie far from all others of their phase.

    NaN is a missing reading. Far is beyond 6 robust standard deviations of the phase's median,
    and only phases of three readings or more can tell.
    """
    count = (~np.isnan(table)).sum(axis=1)
    ordered = np.sort(table, axis=1)
    places = [np.maximum(at, 0)[:, None] for at in ((count - 1) // 2, count // 2)]
    low, high = (np.take_along_axis(ordered, at, axis=1)[:, 0] for at in places)
    median = np.where(count > 2, (low + high) / 2, np.nan)
    away = np.abs(table - median[:, None]).reshape(len(table), -1)
    judged = ~np.isnan(away)
    at = np.maximum(judged.sum(axis=1) - 1, 0) * 2 // 3
    usual = np.take_along_axis(np.sort(away, axis=1), at[:, None], axis=1)
    room = np.where(usual > 0, FAR * usual / TWO_THIRDS, np.inf)
    far = judged & (np.where(judged, away, 0.0) > room)
    return _few(far, ~np.isnan(table).reshape(len(table), -1)).reshape(table.shape)


def _few(far: Flags, known: Flags) -> Flags:
    few = far.sum(axis=1) <= MOST * known.sum(axis=1)
    return np.asarray(far & few[:, None])
