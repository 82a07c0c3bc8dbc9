"""The season of a KPI: how much each of its phases differs, and how surely, from its second year.

A season is believed as far as the readings show it. Its effects are normal around 0 beforehand,
of a size that is unknown: every size of a grid, no season among them, is weighed by how well it
explains the means of the phases beside the readings' own scatter, and draws the effects to 0 by
what it leaves (James & Stein 1961; Gelman et al., Bayesian Data Analysis, chapter 5). High phases
often scatter most: a part of the noise may grow with them, hence how far zero is matters.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analytics.drift.mixture import over_all
from analytics.drift.outages import far_off_in_phase

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

# How large effects may be, in sigmas, and how likely each size is before any reading is seen.
SIZES = np.array([0.0, 0.35, 0.7, 1.5, 3.0, 8.0])
ODDS = np.array([0.45, 0.15, 0.12, 0.12, 0.1, 0.06])

# How large a part of the noise may grow with a phase's mean, and how likely each is beforehand.
GROWING = np.array([0.0, 0.7, 0.95, 0.995])
GROWING_ODDS = np.array([0.55, 0.15, 0.15, 0.15])

MOST_SEASONS = 5
REPEATS = 4
"""A season is told from so many readings beyond its first time round on."""

FEWEST_WITHIN = 3
MOST_ALIKE = 0.8


class Season(NamedTuple):
    """Effects, their variances and the readings' (kpis, phases), and the share believed (kpis,).

    `noise` is how many times as far readings of a phase scatter as those of all do, squared; the
    share of the effects that is believed is 0..1.
    """

    effects: Numbers
    variance: Numbers
    noise: Numbers
    share: Numbers


def by_season(
    values: Numbers, periods: Numbers, known: Flags, season: Counts, phases: int
) -> Numbers:
    """Lay readings out as (kpis, seasons, phases), the newest season last, the newest reading 0."""
    # Laid out period by period, as all that follows goes through it.
    known, kpis = known.T, np.arange(len(season))
    whole = np.where(known, periods.T, 0.0).astype(np.int64)
    # Numbers are divided several times as fast by one number as by one each.
    cycles = whole // (season[0] if (season == season[0]).all() else season)
    latest, first = cycles[-1], int((cycles[-1] - cycles)[known].max())
    cells = ((first + cycles - latest) * phases + whole - cycles * season) * len(kpis) + kpis
    table = np.full((first + 1) * phases * len(kpis), np.nan)
    table[cells[known]] = (values - values[:, -1:]).T[known]
    return table.reshape(first + 1, phases, -1).transpose(2, 0, 1)


def season_of(table: Numbers, phases: Counts, above: Numbers | float = 0.0) -> Season:
    """Return the season of readings (kpis, seasons, phases), the newest season last.

    `phases` (kpis,) is how many of the last axis a KPI has; NaN is a missing reading, and one far
    from all others of its phase counts as missing. Beside the season stands one slope. Readings
    that are like their neighbours count for fewer. A phase without a reading has no effect, and
    the variance of the prior. `above` (kpis,) is what the readings were made smaller by.
    """
    far = far_off_in_phase(table)
    if far.any():
        table = np.where(far, np.nan, table)
    # All that follows goes through it period by period: (seasons, phases, kpis).
    table = np.ascontiguousarray(table.transpose(1, 2, 0))
    known = ~np.isnan(table)
    count = known.sum(axis=0).astype(np.float64)
    present = np.maximum((count > 0).sum(axis=0), 1)
    size = count.sum(axis=0).astype(np.int64)
    freedom = np.maximum(size - present - 1, 0)
    means, rest = _around_slope(table, known, count, phases, freedom)
    deviations = np.where(count > 0, means - means.sum(axis=0) / present, 0.0)
    within, between = over_all(rest**2), over_all(count * deviations**2)
    alike = _with_next(rest, phases) / np.where(within > 0, within, 1.0)
    weight = _weights(alike, within, between, freedom, present, size)
    scatter = _scatter(means + above, rest, count, freedom, present)
    return _believed(weight, count, deviations, within, between, freedom, present, scatter)


def _scatter(
    means: Numbers, rest: Numbers, count: Numbers, freedom: Counts, present: Counts
) -> Numbers:
    """Return how far each phase's readings scatter, squared, beside those of all (phases, kpis).

    A part of the variance may be in proportion to the square of the phase's mean: each of GROWING
    is weighed by how well it explains the scatter within the phases.
    """
    there = count > 0
    squares = np.where(there, means**2, 0.0)
    usual = squares.sum(axis=0) / present
    larger = np.where(there & (usual > 0), squares / np.where(usual > 0, usual, 1.0), 1.0)
    within, free = (rest**2).sum(axis=0), np.maximum(count - 1, 0.0)
    likely = np.empty((len(GROWING), len(present)))
    for at, growing in enumerate(GROWING):
        grown = 1 + growing * (larger - 1)
        left = (within / grown).sum(axis=0)
        likely[at] = np.log(GROWING_ODDS[at]) - (free * np.log(grown)).sum(axis=0) / 2
        likely[at] -= freedom / 2 * np.log(np.where(left > 0, left, 1.0))
    weight = np.exp(likely - likely.max(axis=0))
    growing = (weight * GROWING[:, None]).sum(axis=0) / weight.sum(axis=0)
    return np.asarray(1 + growing * (larger - 1))


def _around_slope(
    table: Numbers, known: Flags, count: Numbers, phases: Counts, freedom: Counts
) -> tuple[Numbers, Numbers]:
    """Return the means of the phases and what is left of the readings, without a slope."""
    seasons, places = np.arange(1 - len(table), 1)[:, None], np.arange(table.shape[1])
    times = np.where(known, seasons[..., None] * phases + places[:, None], 0.0)
    values = np.where(known, table, 0.0)
    many = np.maximum(count, 1)
    mean_time, mean_value = times.sum(axis=0) / many, values.sum(axis=0) / many
    time = np.where(known, times - mean_time, 0.0)
    value = np.where(known, values - mean_value, 0.0)
    slope = _slope(time, value)
    # Too few phases were there twice: the slope is that of all readings.
    few = freedom < FEWEST_WITHIN
    if few.any():
        whole = np.maximum(known.sum(axis=(0, 1)), 1)
        everywhere = [
            np.where(known, part - over_all(part) / whole, 0.0) for part in (times, values)
        ]
        slope = np.where(few, _slope(*everywhere), slope)
    rest = value - slope * time
    return np.where(count > 0, mean_value - slope * mean_time, 0.0), rest


def _slope(times: Numbers, values: Numbers) -> Numbers:
    return over_all(times * values) / np.maximum(over_all(times**2), 1.0)


def _with_next(rest: Numbers, phases: Counts) -> Numbers:
    """Return the sum of the products of neighbours: a season's last phase and the next's first."""
    lasts = rest[:-1, phases - 1, np.arange(rest.shape[2])]
    return over_all(rest[:, :-1] * rest[:, 1:]) + over_all(lasts * rest[1:, 0])


def _weights(
    alike: Numbers,
    within: Numbers,
    between: Numbers,
    freedom: Counts,
    present: Counts,
    size: Counts,
) -> Numbers:
    """Return how likely each of SIZES is, (sizes, kpis)."""
    alike = np.clip(alike + 1 / np.maximum(freedom, 4), 0.0, MOST_ALIKE)
    fewer = (1 - alike**2) / (1 + alike**2)
    grown = 1 + size / present * SIZES[:, None] ** 2
    left = within + between / grown
    left = np.where(left > 0, left, 1.0)
    others = fewer * (present - 1)
    likely = np.log(ODDS)[:, None] - others / 2 * np.log(grown)
    likely = likely - (fewer * freedom + others) / 2 * np.log(left)
    weight = np.exp(likely - likely.max(axis=0))
    return np.asarray(weight / weight.sum(axis=0))


def _believed(
    weight: Numbers,
    count: Numbers,
    deviations: Numbers,
    within: Numbers,
    between: Numbers,
    freedom: Counts,
    present: Counts,
    scatter: Numbers,
) -> Season:
    typical = count.sum(axis=0) / present
    effects, spread, squares = (np.zeros(count.shape) for _ in range(3))
    share = np.zeros(len(present))
    for likely, size in zip(weight, SIZES, strict=True):
        if not size:
            continue
        drawn = size**2 / (1 + count * size**2)
        kept = count * drawn * deviations
        grown = 1 + typical * size**2
        noise = (within + between / grown) / np.maximum(freedom + present - 1, 1)
        effects += likely * kept
        squares += likely * kept**2
        spread += likely * noise * drawn
        share += likely * (1 - 1 / grown)
    variance = scatter * (spread + np.maximum(squares - effects**2, 0.0))
    return Season(effects.T, variance.T, scatter.T, share)
