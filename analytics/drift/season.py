"""The season of a KPI: how much each of its phases differs, and how surely, from its second year.

A season is believed as far as the readings show it. Its effects are normal around 0 beforehand,
of a size that is unknown: every size of a grid, no season among them, is weighed by how well it
explains the means of the phases beside the readings' own scatter, and draws the effects to 0 by
what it leaves (James & Stein 1961; Gelman et al., Bayesian Data Analysis, chapter 5).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analytics.drift.outages import far_off_in_phase

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

# How large effects may be, in sigmas, and how likely each size is before any reading is seen.
SIZES = np.array([0.0, 0.35, 0.7, 1.5, 3.0, 8.0])
ODDS = np.array([0.45, 0.15, 0.12, 0.12, 0.1, 0.06])

MOST_SEASONS = 5
REPEATS = 4
"""A season is told from so many readings beyond its first time round on."""

FEWEST_WITHIN = 3
MOST_ALIKE = 0.8


class Season(NamedTuple):
    """Effects and their variances (kpis, phases), and the share of them believed (kpis,), 0..1."""

    effects: Numbers
    variance: Numbers
    share: Numbers


def season_of(table: Numbers, phases: Counts) -> Season:
    """Return the season of readings (kpis, seasons, phases), the newest season last.

    `phases` (kpis,) is how many of the last axis a KPI has; NaN is a missing reading, and one far
    from all others of its phase counts as missing. Beside the season stands one slope. Readings
    that are like their neighbours count for fewer. A phase without a reading has no effect, and
    the variance of the prior.
    """
    table = np.where(far_off_in_phase(table), np.nan, table)
    known = ~np.isnan(table)
    count = known.sum(axis=1).astype(np.float64)
    present = np.maximum((count > 0).sum(axis=1), 1)
    size = known.sum(axis=(1, 2))
    means, rest = _around_slope(table, known, count, phases, size - present - 1)
    centre = _sums(means) / present
    deviations = np.where(count > 0, means - centre[:, None], 0.0)
    within, between = _sums(rest**2), _sums(count * deviations**2)
    freedom = np.maximum(size - present - 1, 0)
    alike = _sums(rest * _next_in_time(rest, phases)) / np.where(within > 0, within, 1.0)
    weight = _weights(alike, within, between, freedom, present, size)
    return _believed(weight, count, deviations, within, between, freedom, present)


def _around_slope(
    table: Numbers, known: Flags, count: Numbers, phases: Counts, freedom: Counts
) -> tuple[Numbers, Numbers]:
    """Return the means of the phases and what is left of the readings, without a slope."""
    shape = table.shape
    cycles = np.arange(1 - shape[1], 1)[None, :, None] * phases[:, None, None]
    times = np.where(known, cycles + np.arange(shape[2]), 0.0)
    values = np.where(known, table, 0.0)
    many = np.maximum(count, 1)
    mean_time, mean_value = times.sum(axis=1) / many, values.sum(axis=1) / many
    time = np.where(known, times - mean_time[:, None], 0.0)
    value = np.where(known, values - mean_value[:, None], 0.0)
    slope = _slope(time, value)
    # Too few phases were there twice: the slope is that of all readings.
    few = freedom < FEWEST_WITHIN
    if few.any():
        whole = np.maximum(known.sum(axis=(1, 2)), 1)[:, None, None]
        everywhere = [
            np.where(known, part - _sums(part)[:, None, None] / whole, 0.0)
            for part in (times, values)
        ]
        slope = np.where(few, _slope(*everywhere), slope)
    rest = value - slope[:, None, None] * time
    return np.where(count > 0, mean_value - slope[:, None] * mean_time, 0.0), rest


def _slope(times: Numbers, values: Numbers) -> Numbers:
    return _sums(times * values) / np.maximum(_sums(times**2), 1.0)


def _next_in_time(rest: Numbers, phases: Counts) -> Numbers:
    """Return what follows each reading: on a season's last phase the first of the next season."""
    following, firsts = np.zeros(rest.shape), np.zeros(rest.shape[:2])
    following[:, :, :-1] = rest[:, :, 1:]
    firsts[:, :-1] = rest[:, 1:, 0]
    following[np.arange(len(rest)), :, phases - 1] = firsts
    return following


def _weights(
    alike: Numbers,
    within: Numbers,
    between: Numbers,
    freedom: Counts,
    present: Counts,
    size: Counts,
) -> Numbers:
    """Return how likely each of SIZES is, (kpis, sizes)."""
    alike = np.clip(alike + 1 / np.maximum(freedom, 4), 0.0, MOST_ALIKE)
    fewer = ((1 - alike**2) / (1 + alike**2))[:, None]
    grown = 1 + (size / present)[:, None] * SIZES**2
    left = within[:, None] + between[:, None] / grown
    left = np.where(left > 0, left, 1.0)
    others = fewer * (present - 1)[:, None]
    likely = np.log(ODDS) - others / 2 * np.log(grown)
    likely = likely - (fewer * freedom[:, None] + others) / 2 * np.log(left)
    weight = np.exp(likely - likely.max(axis=1, keepdims=True))
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def _believed(
    weight: Numbers,
    count: Numbers,
    deviations: Numbers,
    within: Numbers,
    between: Numbers,
    freedom: Counts,
    present: Counts,
) -> Season:
    typical = count.sum(axis=1) / present
    effects, spread, squares = (np.zeros(count.shape) for _ in range(3))
    share = np.zeros(len(count))
    for at, size in enumerate(SIZES):
        likely = weight[:, at]
        kept = count * size**2 / (1 + count * size**2)
        grown = 1 + typical * size**2
        noise = (within + between / grown) / np.maximum(freedom + present - 1, 1)
        effects += likely[:, None] * kept * deviations
        squares += likely[:, None] * (kept * deviations) ** 2
        spread += (likely * noise)[:, None] * size**2 / (1 + count * size**2)
        share += likely * (1 - 1 / grown)
    return Season(effects, spread + np.maximum(squares - effects**2, 0.0), share)


def _sums(numbers: Numbers) -> Numbers:
    """Return the sums of rows, number after number: zeros around them then change no bit."""
    return np.asarray(numbers.reshape(len(numbers), -1).cumsum(axis=1)[:, -1])
