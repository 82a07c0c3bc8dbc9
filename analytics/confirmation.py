"""Whether a shift is still there when all readings are asked: not a slope that was there all along.

A window is held against a baseline that was fitted before it. Once it is off, there are more
readings than the baseline had, and all of them tell of the trend and of how readings follow each
other. So an alarm begins only where the same mixture, fitted to all readings of the segment beside
a step or a ramp at its end, is sure of that step or ramp too.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analytics.baseline import Baseline
from analytics.mixture import (
    FRESH,
    ONE,
    SHIFT,
    TIME,
    VALUE,
    freed,
    over_all,
    quadratic_forms,
    weigh,
)

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

STEPS = (8, 12)
RAMPS = (13, 26)
"""A step is looked for that many readings before the end, and a ramp."""

SURE_OF_STEP, SURE_OF_RAMP = 2.5, 2.92
"""How many standard deviations make a step or a ramp sure, with a baseline of 30."""

STEP_TREND_ODDS = np.array([0.45, 0.5, 0.05])
RAMP_TREND_ODDS = np.array([0.38, 0.57, 0.05])
PERSISTENCE_ODDS = np.array([0.17, 0.15, 0.12, 0.16, 0.16, 0.12, 0.12])
"""Among the shifts that are seen a slope all along is likelier than among all KPIs, and so are
readings that follow each other, or do not at all."""

YOUNG_SIZE, SETTLED_SIZE = 26, 30
YOUNG_SHARE = 0.9
"""With a baseline below 26 readings, of which the limits ask more, so much less is asked here."""

SHIFT_SIZE = 4.0
"""The standard deviation of shifts, in sigmas."""

REACH = 6.0
"""Readings count for at most so many sigmas; those in the baseline that are beyond do not count."""


def surely_shifted(
    distance: Numbers,
    periods: Numbers,
    known: Flags,
    side: Counts,
    baseline: Baseline,
    sigma: Numbers,
) -> Flags:
    """Tell which KPIs have shifted to the bad side, all readings (kpis, n) of the segment asked.

    `distance` is how far each reading is from what the baseline lets expect, its season taken
    out; `periods` numbers their periods, and `known` leaves those of other segments out.
    """
    scale = np.where(sigma > 0, sigma, 1.0)[:, None]
    far, inside = np.abs(distance) > REACH * scale, periods <= baseline.origin[:, None]
    known = known & (periods > baseline.since[:, None]) & ~(far & inside)
    line = baseline.slope[:, None] * baseline.ahead(periods)
    values = np.clip(distance, -REACH * scale, REACH * scale) + line
    values = np.where(known, values / scale, 0.0)
    times = np.where(known, periods - periods[:, -1:], 0.0)
    shapes, sure, odds = _looks(distance.shape[1])
    looks, kpis = len(sure), len(distance)
    rows = np.tile(np.arange(kpis), looks)
    shape = np.where(known[rows], np.repeat(shapes, kpis, axis=0), 0.0)
    certain = _certainty(
        values[rows], times[rows], known[rows], shape, np.repeat(odds, kpis, axis=1)
    )
    found = certain.reshape(looks, kpis).T / sure
    below, above = -found.min(axis=1), found.max(axis=1)
    bad = np.where(side > 0, below, np.where(side < 0, above, np.maximum(below, above)))
    young = [YOUNG_SHARE, YOUNG_SHARE, 1.0]
    asked = np.interp(baseline.size, [0, YOUNG_SIZE, SETTLED_SIZE], young)
    return np.asarray(bad > asked)


def _looks(width: int) -> tuple[Numbers, Numbers, Numbers]:
    """Return the shapes looked for (looks, n), how sure each must be, and the odds of trends."""
    age = np.arange(width, 0, -1)
    steps = [(age <= length).astype(np.float64) for length in STEPS]
    ramps = [np.maximum(length + 1 - age, 0) / length for length in RAMPS]
    sure = np.repeat([SURE_OF_STEP, SURE_OF_RAMP], [len(steps), len(ramps)])
    odds = [STEP_TREND_ODDS] * len(steps) + [RAMP_TREND_ODDS] * len(ramps)
    return np.stack(steps + ramps), sure, np.stack(odds, axis=1)


def _certainty(
    values: Numbers, times: Numbers, known: Flags, shape: Numbers, trend_odds: Numbers
) -> Numbers:
    """Return the mean of a shift of that shape over its standard deviation, (kpis,)."""
    weight = known.astype(np.float64)
    follows = (known[:, 1:] & known[:, :-1] & (np.diff(times, axis=1) == 1)).astype(np.float64)
    forms = quadratic_forms((weight, times, values, shape), weight, follows)
    precision = FRESH / SHIFT_SIZE**2
    own = forms[SHIFT, SHIFT] + precision
    products = [forms[at, SHIFT] for at in (ONE, TIME, VALUE)]
    size = known.sum(axis=1)
    found = weigh(
        freed(forms, products, forms[SHIFT, SHIFT], precision),
        size,
        size - follows.sum(axis=1).astype(np.int64),
        np.log(precision / own) / 2,
        trend_odds,
        PERSISTENCE_ODDS,
    )
    with_level, with_slope, with_values = (product / own for product in products)
    shift = with_values - with_level * found.level - with_slope * found.slope
    beside = with_level**2 * found.squares - 2 * with_level * with_slope * found.times
    beside = (beside + with_slope**2 * found.ones) / found.determinant
    mean = found.mean(shift)
    apart = found.mean((shift - mean[:, None, None]) ** 2)
    return np.asarray(mean / np.sqrt(apart + over_all(found.spread * (1 / own + beside))))
