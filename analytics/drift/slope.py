"""The slope of a KPI's last readings: what is getting worse without a baseline to tell by."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]

TREND = 52
"""Of so many last readings the slope is taken."""


def slopes(
    values: Numbers, periods: Numbers, count: Counts, rounding: Numbers, wider: Numbers
) -> tuple[Numbers, Numbers]:
    """Return the slope of the segment's last 52 readings and how many standard errors that is.

    `values` and `periods` (kpis, 52) are these readings without their season, the newest last,
    of which the last `count` belong to the segment. The slope is that of least squares; the
    variance of its standard error is widened by `wider`, and that of a reading by `rounding`.
    """
    # Period by period, as the readings are laid out: a row holds one period of all KPIs.
    values, periods = values.T, periods.T
    ages = np.arange(TREND - 1, -1, -1.0)[:, None]
    inside, size = ages < count, np.minimum(count, TREND)
    values = values - values[-1]
    if size.min() < TREND:
        values = np.where(inside, values, 0.0)
    if (periods[-1] - periods[0] == TREND - 1).all():
        # Without gaps the sums over time are known, and as whole numbers they are exact.
        times = np.broadcast_to(-ages, values.shape)
        total_time, squares = -size * (size - 1) / 2, size * (size - 1) * (2 * size - 1) / 6
    else:
        times = np.where(inside, periods - periods[-1], 0.0)
        total_time, squares = times.sum(axis=0), np.einsum("ji,ji->i", times, times)
    time, value = total_time / size, values.sum(axis=0) / size
    tilted, total = (np.einsum("ji,ji->i", part, values) for part in (times, values))
    squares, tilted, total = (
        squares - size * time**2,
        tilted - size * time * value,
        total - size * value**2,
    )
    slope = tilted / squares
    left = np.maximum(total - slope * tilted, 0.0) / (size - 2) + rounding
    slope_z = slope / np.sqrt(left * wider / squares)
    return slope, np.where(np.isfinite(slope_z), slope_z, 0.0)
