"""Single readings far from all those around them: what an outlook must not learn from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

# So many readings on each side are the neighbourhood; two wrong ones in a row stand out.
NEIGHBOURS = 5
FARTHEST = 5.0
# A median absolute change, as a standard deviation of one reading (normal, independent).
SIGMA_OF_CHANGE = 1.4826 / 2**0.5
# What happens more often than this belongs to the KPI.
RARE = 0.05
FEWEST_WRONG = 2


def winsorized(table: Numbers) -> Numbers:
    """Return the readings (kpis, periods) with outliers brought within 5 σ of those around.

    An outlier is beyond 5 robust standard deviations of the medians of both the five periods
    before and the five after it, on the same side: the first reading of a new level and the
    latest one of all are none. Left as they are: readings of which more than one in twenty
    (and more than two) lie so far out, and those that mostly do not change. NaN is missing.

    Hampel 1974, The Influence Curve and Its Role in Robust Estimation, Journal of the American
    Statistical Association 69:383–393.
    """
    if not table.shape[1]:
        return table
    room = FARTHEST * SIGMA_OF_CHANGE * _median(np.abs(np.diff(table, axis=1)))
    spread = np.fmax.reduce(table, axis=1) - np.fmin.reduce(table, axis=1)
    # Where all readings lie that near to each other, none lies far from those around it.
    at = np.flatnonzero((room > 0) & (spread > room))
    found = table.copy()
    if at.size:
        found[at] = _brought_near(table[at], room[at, None])
    return found


def _brought_near(table: Numbers, room: Numbers) -> Numbers:
    """Return the readings with the few that lie farther out than their room (kpis, 1) moved in."""
    gap = np.full((len(table), NEIGHBOURS), np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(
        np.concatenate([gap, table, gap], axis=1), NEIGHBOURS, axis=1
    )
    medians = _median(windows)
    # What comes after a reading is what came before the one that follows it all.
    sides = medians[:, : table.shape[1]], medians[:, NEIGHBOURS + 1 :]
    highest, lowest = np.maximum(*sides) + room, np.minimum(*sides) - room
    wrong = (table > highest) | (table < lowest)
    most = np.maximum(RARE * (~np.isnan(table)).sum(axis=1), FEWEST_WRONG)
    wrong &= (wrong.sum(axis=1) <= most)[:, None]
    return np.where(wrong, np.clip(table, lowest, highest), table)


def _median(numbers: Numbers) -> Numbers:
    """Return the medians along the last axis of what is known, NaN where nothing is."""
    if not numbers.shape[-1]:
        return np.full(numbers.shape[:-1], np.nan)
    ordered, known = np.sort(numbers, axis=-1), (~np.isnan(numbers)).sum(axis=-1)
    middle = np.stack([np.maximum(known - 1, 0) // 2, known // 2], axis=-1)
    return np.asarray((np.take_along_axis(ordered, middle, axis=-1) / 2).sum(axis=-1))
