"""What is seen of each KPI: its last readings beside what its baseline lets expect."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.drift.baseline import WINDOWS, Baseline
from analytics.drift.reference import (
    Recent,
    Reference,
    cells_of,
    effects_of,
    noise_of,
    season_variance,
)
from analytics.drift.shift_limits import SHORT_SEASON, counted_means, shares, window_means
from analytics.drift.slope import TREND, slopes

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

TAIL = max(WINDOWS)
RULES = np.array(["", "window", "reading", "run", "trend"])
"""What makes a KPI worth a look, the most telling first: a window holds most readings against
the baseline and is what an alarm rests on, a trend is seen without the baseline."""

NOTABLE = 0.75
SINGLE = 3.0
RUN = 8
STEEP = 1.28

SIDED, SIDED_OF = 7, 8
"""In a first year of weeks, so many of the last readings must lie on one side.

No week of it was seen a year ago: a peak of a few weeks may come every year.
"""


@dataclass(frozen=True, slots=True)
class Sight:
    """The last readings' distances from expectation, the windows over them and the slope.

    `distance` has shape (kpis, 12), oldest first; `mean` to `tested` a column per window, of
    which `share` is z as a share of what makes a shift, at most 1 where the shift is smaller
    than what matters; a window that reaches back into the baseline is not `tested` and has a
    share of 0. `sided` is how many of the last 8 readings must lie on one side. `last_expected`
    is what was expected of the last reading. `sigma` is the standard deviation of the usual
    reading, `noise` (kpis, 12 or 1) how many times as far each scatters in its phase.
    """

    side: Counts
    sigma: Numbers
    noise: Numbers
    distance: Numbers
    mean: Numbers
    expected: Numbers
    error: Numbers
    z: Numbers
    share: Numbers
    tested: Flags
    sided: Counts
    last_expected: Numbers
    slope: Numbers
    slope_z: Numbers

    @property
    def evened(self) -> Numbers:
        """The distances as they would be if all phases scattered alike."""
        return self.distance / self.noise

    @property
    def last_sigma(self) -> Numbers:
        """The standard deviation of one reading of the last one's phase."""
        return self.sigma * self.noise[:, -1]

    @property
    def below(self) -> Flags:
        """Where a window is surely below expectation, and the last two readings still are."""
        last = np.maximum(self.distance[:, -1], self.distance[:, -2])
        found = (self.share.min(axis=1) < -1) & (last < 0)
        return np.asarray(found & self._on_one_side(self.distance < 0))

    @property
    def above(self) -> Flags:
        """Where a window is surely above expectation, and the last two readings still are."""
        last = np.minimum(self.distance[:, -1], self.distance[:, -2])
        found = (self.share.max(axis=1) > 1) & (last > 0)
        return np.asarray(found & self._on_one_side(self.distance > 0))

    @property
    def adverse(self) -> Flags:
        """Where the shift is to the bad side."""
        return (self.below & (self.side >= 0)) | (self.above & (self.side <= 0))

    @property
    def favourable(self) -> Flags:
        """Where the shift is to the good side; `within` has none."""
        return (self.above & (self.side > 0)) | (self.below & (self.side < 0))

    def _on_one_side(self, there: Flags) -> Flags:
        if not self.sided.any():
            return np.ones(len(there), dtype=np.bool_)
        return np.asarray(there[:, -SIDED_OF:].sum(axis=1) >= self.sided)


def look(recent: Recent, reference: Reference) -> Sight:
    """Hold the last readings against the baseline."""
    baseline, rounding = reference.baseline, reference.rounding
    sigma = np.sqrt(baseline.sigma**2 + rounding)
    ahead = baseline.ahead(recent.periods[:, -TAIL:])
    cells = cells_of(recent, reference, TREND)
    effects = effects_of(reference, cells)
    expected = baseline.expected(ahead) + effects[:, -TAIL:]
    distance = recent.values[:, -TAIL:] - expected
    noise = noise_of(reference, cells[-TAIL:])
    variance = baseline.variance(window_means(ahead), rounding)
    if noise.shape[1] > 1:
        variance = variance + baseline.noise * (window_means(noise**2) - 1)
    error = np.sqrt(variance + season_variance(reference, cells[-TAIL:], recent.season))
    z = np.nan_to_num(counted_means(distance, sigma, error[:, 0], noise) / error)
    tested = ((reference.since >= np.array(WINDOWS)[:, None]) & (baseline.size > 0)).T
    z = np.where(tested, z, 0.0)
    mean, mean_expected = window_means(recent.values[:, -TAIL:]), window_means(expected)
    share = shares(z, baseline, recent.season)
    first_year = (recent.season > SHORT_SEASON) & (reference.count <= recent.season)
    return Sight(
        recent.side,
        sigma,
        noise,
        distance,
        mean,
        mean_expected,
        error,
        z,
        _that_matter(share, mean - mean_expected, recent.smallest_change),
        tested,
        np.where(first_year, SIDED, 0),
        expected[:, -1],
        *slopes(
            recent.values[:, -TREND:] - effects,
            recent.periods[:, -TREND:],
            reference.count,
            rounding,
            _wider(baseline),
        ),
    )


def _wider(baseline: Baseline) -> Numbers:
    """Return how many times as unsure readings that follow their predecessors make a mean."""
    return np.fmax(WINDOWS[0] * baseline.noise[:, 0] / baseline.sigma**2, 1.0)


def notable(sight: Sight, count: Counts) -> Counts:
    """Tell which of RULES first finds something on the bad side that deserves a look.

    A window with three quarters of an alarm, a reading beyond 3 sigmas of its phase, 8 in a row
    on the bad side, or a slope that is there with 90 % confidence; 0 where there is none.
    """
    last, run = sight.distance[:, -1], sight.distance[:, -RUN:]
    single = badness(last, last, sight.side) > SINGLE * sight.last_sigma
    same_side = badness(run.max(axis=1), run.min(axis=1), sight.side) > 0
    window = badness(sight.share.min(axis=1), sight.share.max(axis=1), sight.side) > NOTABLE
    steep = badness(sight.slope_z, sight.slope_z, sight.side) > STEEP
    found = [window, single, same_side & (count >= RUN), steep]
    return np.select(found, range(1, len(RULES)))


def onsets(recent: Recent, reference: Reference, width: int) -> Counts:
    """Return the period from which on the readings depart most surely from the baseline.

    That is the start of the run up to now, among the last `width` readings that the baseline
    does not hold, whose distances summed and divided by the root of their number are largest.
    """
    periods, lengths = recent.periods[:, -width:], np.arange(width, 0, -1)
    distance = np.nan_to_num(distances(recent, reference, width))
    sums = distance[:, ::-1].cumsum(axis=1)[:, ::-1] / np.sqrt(lengths)
    outside = lengths <= reference.since[:, None]
    surely = np.where(outside, badness(sums, sums, recent.side[:, None]), -np.inf)
    return np.take_along_axis(periods, surely.argmax(axis=1)[:, None], 1)[:, 0].astype(np.int64)


def distances(recent: Recent, reference: Reference, width: int) -> Numbers:
    """Return how far the last `width` readings lie from what was expected of them."""
    baseline, periods = reference.baseline, recent.periods[:, -width:]
    effects = effects_of(reference, cells_of(recent, reference, width))
    expected = baseline.expected(baseline.ahead(periods)) + effects
    return recent.values[:, -width:] - expected


def _that_matter(share: Numbers, shift: Numbers, smallest_change: Numbers) -> Numbers:
    """Return the windows' shares, none beyond 1 whose shift is smaller than what matters.

    A window then is still worth a look and begins no alarm, and none of the others' is lost.
    """
    if not smallest_change.any():
        return share
    least = smallest_change[:, None]
    small = (least > 0) & ~(np.sign(share) * shift >= least)
    return np.where(small, np.clip(share, -1.0, 1.0), share)


def badness(low: Numbers, high: Numbers, side: Counts) -> Numbers:
    """Return how far on the bad side something is whose lower and upper ends are given."""
    return np.where(side > 0, -low, np.where(side < 0, high, np.maximum(-low, high)))
