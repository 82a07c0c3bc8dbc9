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


def far_off(
    values: Numbers,
    known: Flags,
    centre: Numbers,
    middle_half: Numbers,
    noise: Numbers | float = 1.0,
) -> Flags:
    """Tell which readings (kpis, n) lie beyond 6 robust sigmas of the median, if few do.

    `noise` (kpis, n) is how far each reading scatters beside the usual one.
    """
    room = FAR * middle_half / QUARTILE_RANGE
    far = known & (np.abs(values - centre[:, None]) > room[:, None] * noise) & (room > 0)[:, None]
    return _few(far, known)


def far_off_in_phase(table: Numbers) -> Flags:
    """Tell which readings (kpis, seasons, phases) lie far from all others of their phase.

    NaN is a missing reading. Far is beyond 6 robust standard deviations of the phase's median,
    and only phases of three readings or more can tell.
    """
    shape = table.shape
    away = np.abs(table - _medians(table)[:, None]).transpose(1, 2, 0).reshape(-1, shape[0])
    at = np.maximum((~np.isnan(away)).sum(axis=0) - 1, 0) * 2 // 3
    # Where the farthest is not far from the usual none is, and nothing needs to be sorted.
    near = away <= np.fmax.reduce(away, axis=0) * TWO_THIRDS / FAR
    rows = np.flatnonzero(near.sum(axis=0) > at)
    far = np.zeros((shape[0], shape[1] * shape[2]), dtype=np.bool_)
    if len(rows):
        away = away[:, rows].T
        usual = np.take_along_axis(np.sort(away, axis=1), at[rows, None], axis=1)
        beyond = away > np.where(usual > 0, FAR * usual / TWO_THIRDS, np.inf)
        far[rows] = _few(beyond, ~np.isnan(table[rows]).reshape(len(rows), -1))
    return far.reshape(shape)


def _medians(table: Numbers) -> Numbers:
    """Return the median of each phase (kpis, phases), NaN of fewer than three readings."""
    table = table.transpose(1, 0, 2)
    count = (~np.isnan(table)).sum(axis=0)
    ordered = _sorted(table)
    places = [np.maximum(at, 0)[None] for at in ((count - 1) // 2, count // 2)]
    low, high = (np.take_along_axis(ordered, at, axis=0)[0] for at in places)
    return np.where(count > 2, (low + high) / 2, np.nan)


def _sorted(rows: Numbers) -> Numbers:
    """Sort a few rows against each other, place by place; NaN becomes infinite and comes last."""
    rows = np.where(np.isnan(rows), np.inf, rows)
    for largest in range(len(rows) - 1, 0, -1):
        for at in range(largest):
            low, high = np.minimum(rows[at], rows[at + 1]), np.maximum(rows[at], rows[at + 1])
            rows[at], rows[at + 1] = low, high
    return rows


def _few(far: Flags, known: Flags) -> Flags:
    few = far.sum(axis=1) <= MOST * known.sum(axis=1)
    return np.asarray(far & few[:, None])
