"""The last readings of KPIs, what they are held against, and what the season makes of both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.drift.baseline import WINDOWS, Baseline
from analytics.drift.shift_limits import window_means

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

LEFT_OF_A_SEASON = 0.02
"""What stays unsure in a window of whole seasons."""


@dataclass(frozen=True, slots=True)
class Recent:
    """The last readings of each KPI (kpis, n), the newest last, padded with NaN in front.

    `periods` numbers the periods they belong to; `side` is 1, -1 or 0 where higher, lower or
    within is better; `season` the number of phases, 0 for none; `smallest_change` the shift
    in the KPI's unit below which nobody would act, 0 where none is named.
    """

    values: Numbers
    periods: Numbers
    side: Counts
    season: Counts
    smallest_change: Numbers

    def last(self, width: int, rows: Counts) -> Recent:
        """Return the last `width` readings of some KPIs."""
        values, periods = (
            # Laid out period by period, as those of all are.
            part[:, -width:].T[:, rows].T
            for part in (self.values, self.periods)
        )
        return Recent(
            values, periods, self.side[rows], self.season[rows], self.smallest_change[rows]
        )


@dataclass(frozen=True, slots=True)
class Reference:
    """What each KPI's readings are held against.

    `count` is the readings of the present segment, `since` those that the baseline does not
    hold, `step` the smallest difference between neighbouring readings, NaN before there is
    one, `effects` (kpis, phases) what the season adds, `variance` how unsure that is and
    `noise` how many times the variance of the usual reading that of a phase's readings is.
    """

    baseline: Baseline
    count: Counts
    since: Counts
    step: Numbers
    effects: Numbers
    variance: Numbers
    noise: Numbers

    @property
    def rounding(self) -> Numbers:
        """The variance of a number that is rounded to steps."""
        return np.where(np.isnan(self.step), 0.0, self.step) ** 2 / 12

    def some(self, rows: Counts) -> Reference:
        """Return what the readings of some KPIs are held against."""
        return Reference(
            self.baseline.some(rows),
            self.count[rows],
            self.since[rows],
            self.step[rows],
            self.effects[rows],
            self.variance[rows],
            self.noise[rows],
        )


def cells_of(recent: Recent, reference: Reference, width: int) -> Counts:
    """Return where in a table (kpis, phases) the last readings' phases are, (width, kpis).

    None are where no KPI has a season.
    """
    kpis, phases = reference.effects.shape
    if not phases:
        return np.zeros((0, kpis), dtype=np.int64)
    season = np.maximum(recent.season, 1)
    whole = np.fmax(recent.periods[:, -width:].T, 0.0).astype(np.int64)
    # Numbers are divided several times as fast by one number as by one each.
    cells = whole % (season[0] if (season == season[0]).all() else season)
    cells += phases * np.arange(kpis)
    return np.asarray(cells)


def effects_of(reference: Reference, cells: Counts) -> Numbers:
    """Return what the season adds to readings of these phases, (kpis, width or 1)."""
    if not reference.effects.any():
        return np.zeros((len(reference.effects), 1))
    return reference.effects.take(cells).T


def noise_of(reference: Reference, cells: Counts) -> Numbers:
    """Return how far readings of these phases scatter beside the usual one, (kpis, width or 1)."""
    if not (reference.noise != 1).any():
        return np.ones((len(reference.noise), 1))
    return np.sqrt(reference.noise.take(cells)).T


def season_variance(reference: Reference, cells: Counts, season: Counts) -> Numbers:
    """Return how unsure the season makes the means of the windows, (kpis, windows).

    The effects of a whole season are none together: what is unsure of one phase is made up for
    by the others, and a window of a whole season knows it all.
    """
    windows = np.array(WINDOWS)[:, None]
    if not reference.variance.any():
        return np.zeros((len(windows), len(season))).T
    apart = np.maximum(1 - windows / np.maximum(season, 1), LEFT_OF_A_SEASON)
    return np.asarray(window_means(reference.variance.take(cells).T) * (apart / windows).T)
