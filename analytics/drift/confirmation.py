"""Whether a shift is still there when all readings are asked: not a slope that was there all along.

A window is held against a baseline that was fitted before it. Once it is off, there are more
readings than the baseline had, and all of them tell of the trend and of how readings follow each
other. So an alarm begins only where the same mixture, fitted to all readings of the segment beside
a step or a ramp at its end, is sure of that step or ramp too. How sure depends on what deceives:
with few readings, a level that wanders, or a season of a year that bends, more is asked.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analytics.drift.baseline import Baseline
from analytics.drift.mixture import (
    BY_CORRELATION,
    ONE,
    PERSISTENCE,
    SHIFT,
    TIME,
    VALUE,
    freed,
    over_all,
    quadratic_forms,
    weigh,
)
from analytics.drift.reference import Recent
from analytics.drift.shift_limits import SIZES, is_yearly

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

STEPS, RAMPS = (6, 8, 12), (13, 26)
"""A step is looked for that many readings before the end, and a ramp."""

SURE_OF_STEPS, SURE_OF_RAMPS = (3.3, 2.795, 2.82), (3.04, 2.875)
"""How many standard deviations make each of them sure, with a baseline of 30."""

CORRELATED = (0.3, 0.6)
STEP_TIMES, RAMP_TIMES = (0.93, 1.09), (0.96, 1.15)
"""So many times as much is asked by the correlation: a level that wanders looks like a ramp."""

TIMES = (1.75, 1.7, 1.0, 1.0)
"""So many times as much is asked by the size of the baseline (`shift_limits.SIZES`)."""

YEARLY_TIMES = 2.0
"""The same with a season of a year, whatever the size: real ones bend more than a sine."""

OVERWHELMING, OVERWHELMING_YEARLY = 1.75, 2.5
"""A window so many times beyond its limit needs no confirmation, and in a season of a year."""

ALONE_YEARLY = 1.4
"""With a season of a year it must be so far beyond where no readings are there to confirm it."""

STEP_TREND_ODDS = np.array([0.45, 0.5, 0.05])
RAMP_TREND_ODDS = np.array([0.38, 0.57, 0.05])
PERSISTENCE_ODDS = np.array([0.17, 0.15, 0.12, 0.16, 0.16, 0.12, 0.12])
"""Among the shifts that are seen a slope all along is likelier than among all KPIs, and so are
readings that follow each other, or do not at all."""

SHIFT_SIZE = 4.0
"""The standard deviation of shifts, in sigmas."""

OUTLYING, REACH = 6.0, 9.0
"""Beyond so many sigmas readings in the baseline do not count, those after it for no more."""


def overwhelming(beyond: Numbers, season: Counts) -> Flags:
    """Tell which windows, so many times beyond their limit, need no confirmation."""
    enough = np.where(is_yearly(season), OVERWHELMING_YEARLY, OVERWHELMING)
    return np.asarray(beyond > enough)


def enough_alone(beyond: Numbers, season: Counts) -> Flags:
    """Tell which windows, so many times beyond their limit, begin an alarm unconfirmed.

    While a baseline is still that of an earlier segment there is nothing that could confirm it.
    """
    return np.asarray(beyond > np.where(is_yearly(season), ALONE_YEARLY, 1.0))


def surely_shifted(
    distance: Numbers,
    recent: Recent,
    known: Flags,
    baseline: Baseline,
    sigma: Numbers,
    noise: Numbers | float = 1.0,
) -> Flags:
    """Tell which KPIs have shifted to the bad side, all readings (kpis, n) of the segment asked.

    `distance` is how far each reading is from what the baseline lets expect, its season taken
    out; `known` leaves those of other segments out; `noise` is how far each scatters beside the
    usual one.
    """
    periods, side = recent.periods, recent.side
    noise = np.broadcast_to(noise, distance.shape)
    scale = np.where(sigma > 0, sigma, 1.0)[:, None] * noise
    far, inside = np.abs(distance) > OUTLYING * scale, periods <= baseline.origin[:, None]
    known = known & (periods > baseline.since[:, None]) & ~(far & inside)
    line = baseline.slope[:, None] * baseline.ahead(periods)
    values = np.clip(distance, -REACH * scale, REACH * scale) + line
    values = np.where(known, values / scale, 0.0)
    times = np.where(known, periods - periods[:, -1:], 0.0)
    shapes, odds = _looks(distance.shape[1])
    looks, kpis = len(shapes), len(distance)
    rows = np.tile(np.arange(kpis), looks)
    shape = np.where(known[rows], np.repeat(shapes, kpis, axis=0), 0.0)
    weight = np.where(known, 1 / noise, 0.0)[rows]
    columns = weight, times[rows] * weight, values[rows], shape * weight
    certain, correlation = _certainty(
        columns, periods[rows], known[rows], np.repeat(odds, kpis, axis=1)
    )
    found = certain.reshape(looks, kpis) / _sure(correlation.reshape(looks, kpis))
    below, above = -found.min(axis=0), found.max(axis=0)
    bad = np.where(side > 0, below, np.where(side < 0, above, np.maximum(below, above)))
    return np.asarray(bad > _asked(baseline.size, recent.season))


def _asked(size: Counts, season: Counts) -> Numbers:
    """Return how many times as much is asked as with a baseline of 30 and no season."""
    return np.where(is_yearly(season), YEARLY_TIMES, np.interp(size, SIZES, TIMES))


def _sure(correlation: Numbers) -> Numbers:
    """Return how sure each step and ramp must be, by the correlation (looks, kpis) beside it."""
    steps, ramps = correlation[: len(STEPS)], correlation[len(STEPS) :]
    step_times = np.interp(steps, CORRELATED, STEP_TIMES)
    ramp_times = np.interp(ramps, CORRELATED, RAMP_TIMES)
    asked = np.array(SURE_OF_STEPS + SURE_OF_RAMPS)[:, None]
    return np.asarray(asked * np.concatenate([step_times, ramp_times]))


def _looks(width: int) -> tuple[Numbers, Numbers]:
    """Return the shapes looked for (looks, n), and the odds of trends beside each."""
    age = np.arange(width, 0, -1)
    steps = [(age <= length).astype(np.float64) for length in STEPS]
    ramps = [np.maximum(length + 1 - age, 0) / length for length in RAMPS]
    odds = [STEP_TREND_ODDS] * len(steps) + [RAMP_TREND_ODDS] * len(ramps)
    return np.stack(steps + ramps), np.stack(odds, axis=1)


def _certainty(
    columns: Sequence[Numbers], periods: Numbers, known: Flags, trend_odds: Numbers
) -> tuple[Numbers, Numbers]:
    """Return the mean of a shift over its standard deviation, (kpis,).

    And the correlation of readings with the one before that is expected beside it. `columns` are
    those of the level, the slope, the readings and the shift.
    """
    follows = (known[:, 1:] & known[:, :-1] & (np.diff(periods, axis=1) == 1)).astype(np.float64)
    forms = quadratic_forms(columns, known.astype(np.float64), follows)
    precision = BY_CORRELATION / SHIFT_SIZE**2
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
    apart = found.mean((shift - mean) ** 2)
    certain = mean / np.sqrt(apart + over_all(found.spread * (1 / own + beside)))
    return certain, over_all(found.weight * PERSISTENCE[:, None, None])
