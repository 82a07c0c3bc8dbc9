"""How far off a window must be to be a shift, and for how much a single reading counts in it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analytics.drift.baseline import WINDOWS, Baseline

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

# How many standard errors make a shift, by the size of the baseline; between these sizes in
# proportion. Chosen by simulation (bench/signals.py) and on one half of the real series
# (bench/real.py): of healthy KPIs with a baseline of 30 at most 3 % are called drifting within
# 26 readings. Real KPIs with a season of a year bend more than simulated ones: there the
# confirmation asks for twice as much, and one lower limit does for all sizes.
SIZES = (12, 22, 30, 52)
LIMITS = (2.2, 2.92, 2.255, 2.9)
YEARLY_LIMIT = 2.0

CORRELATED = (2.4, 3.6, 4.5, 6.0)
CORRELATED_TIMES = (1.0, 1.1, 1.03, 0.82)
"""How a limit changes where readings that take after each other make a window's mean less sure.

By how many times its variance is that of independent readings. A correlation that looks middling
may well be a high one; where it looks high more is allowed for already.
"""

SHORT_SEASON = 13
"""A season of more periods is a long one; one of 5 or 7 is that of a week."""
WEEKLY_SEASONS = (5, 7)

LEANING = 0.22
TOWARDS, AGAINST = 3.0, 0.3
"""A limit is higher by 0.22 for each standard error of the baseline's slope towards it, up to 3.

What had been getting worse goes on getting worse; lower for a slope the other way, up to 0.3.
"""

COUNTED = 3.0
"""A reading counts for at most so many sigmas in the mean of a window."""

LATEST = 4
FAR = 2.8
"""Where the latest four all lie so far off on one side, readings count as far as the nearest.

In standard deviations of what is expected of one reading, the baseline's own error among them:
one wild reading is none, four are no accident.
"""


def shares(z: Numbers, baseline: Baseline, season: Counts) -> Numbers:
    """Return z (kpis, windows) as shares of what makes a shift."""
    limit = np.interp(baseline.size, SIZES, LIMITS)[:, None]
    alone = baseline.sigma**2 / WINDOWS[0]
    wider = baseline.noise[:, 0] / np.where(alone > 0, alone, np.inf)
    limit = limit * np.interp(wider, CORRELATED, CORRELATED_TIMES)[:, None]
    certain = np.nan_to_num(baseline.slope / np.sqrt(baseline.slope_variance))[:, None]
    limit = limit * (1 + LEANING * np.clip(np.sign(z) * certain, -AGAINST, TOWARDS))
    yearly = is_yearly(season)
    if yearly.any():
        limit = np.where(yearly[:, None], YEARLY_LIMIT, limit)
    return np.asarray(z / limit)


def is_yearly(season: Counts) -> Flags:
    """Tell which seasons are those of a year, not of a week."""
    weekly = np.logical_or.reduce([season == phases for phases in WEEKLY_SEASONS])
    return np.asarray((season > 1) & ~weekly)


def counted_means(
    distance: Numbers, sigma: Numbers, error: Numbers, noise: Numbers | float = 1.0
) -> Numbers:
    """Return the means of the windows (kpis, windows), each reading as far as it counts.

    `distance` (kpis, n) is how far readings are from what was expected, the newest last, `noise`
    (kpis, n) how far each scatters beside the usual one.
    """
    latest = distance[:, -LATEST:]
    nearest_below, nearest_above = latest.max(axis=1), latest.min(axis=1)
    latest_noise = np.mean(np.square(noise)[..., -LATEST:], axis=-1) if np.ndim(noise) else 1.0
    reach = COUNTED * sigma[:, None] * noise
    far = FAR * np.sqrt(sigma**2 * latest_noise + error**2)[:, None]
    below, above = nearest_below[:, None], nearest_above[:, None]
    low = np.where(below < -far, np.minimum(below, -reach), -reach)
    high = np.where(above > far, np.maximum(above, reach), reach)
    return window_means(np.clip(distance, low, high))


def window_means(numbers: Numbers) -> Numbers:
    """Return the means of the last readings (kpis, n), a column per window."""
    # Laid out window by window: the worse and the better of them are told many times as fast.
    return np.stack([numbers[:, -window:].sum(axis=1) / window for window in WINDOWS]).T
