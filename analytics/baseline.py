"""The baseline: what a KPI's own past leads one to expect of its next readings, and how surely."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

WINDOWS = (8, 13)
"""How many of the last readings are averaged and held against the expectation."""

HORIZON = 30.0
"""How many periods beyond the baseline its trend is followed; from there on it is level."""

# What is believed before any reading is seen. A reading's correlation with the one before lies
# on a grid; most KPIs have no trend, some one of hundredths of a sigma a period, few a steep one.
PERSISTENCE = np.array([0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.88])
PERSISTENCE_ODDS = np.array([0.11, 0.16, 0.13, 0.30, 0.16, 0.08, 0.06])
TREND_SIZES = np.array([1e-6, 0.065, 0.6])
TREND_ODDS = np.array([0.7, 0.25, 0.05])

# Readings further from the median than this many robust sigmas count as that far.
OUTLYING = 3.9
QUARTILE_RANGE = 1.349
LEAST = 1e-12

FRESH = 1 - PERSISTENCE**2
"""The share of a reading's variance that the reading before does not explain."""


def _noise(window: int) -> Numbers:
    """Return the variance of a window's mean for each correlation, in fresh variances."""
    lags = np.arange(1, window)[:, None]
    together = 2 * ((1 - lags / window) * PERSISTENCE**lags).sum(axis=0)
    return np.asarray((1 + together) / (window * FRESH))


NOISE = np.stack([_noise(window) for window in WINDOWS], axis=1)


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is expected of each KPI, all of shape (kpis,) and in its unit, noise (kpis, windows).

    Periods are counted from `origin`, the baseline's last. The expectation at h is level +
    slope · h. The mean of a window of readings centred on h misses it with a variance of
    level_variance + 2 · h · covariance + h² · slope_variance + the window's noise. `sigma` is
    the standard deviation of one reading and `size` the number of readings behind it all, 0
    where there is no baseline yet.
    """

    size: Counts
    origin: Numbers
    level: Numbers
    slope: Numbers
    sigma: Numbers
    level_variance: Numbers
    covariance: Numbers
    slope_variance: Numbers
    noise: Numbers

    @classmethod
    def empty(cls, kpis: int) -> Baseline:
        """Return the baselines of KPIs that have none yet."""
        size, nothing = np.zeros(kpis, dtype=np.int64), np.full(kpis, np.nan)
        noise = np.full((kpis, len(WINDOWS)), np.nan)
        return cls(size, nothing, nothing, nothing, nothing, nothing, nothing, nothing, noise)

    def where(self, rows: Flags, others: Baseline) -> Baseline:
        """Return these baselines in the rows named, elsewhere the others."""
        pairs = [(getattr(self, field.name), getattr(others, field.name)) for field in fields(self)]
        return Baseline(
            *(
                np.where(rows if one.ndim == 1 else rows[:, None], one, other)
                for one, other in pairs
            )
        )

    def replaced(self, rows: Counts, others: Baseline) -> Baseline:
        """Return these baselines with those of some rows replaced."""
        columns = [getattr(self, field.name).copy() for field in fields(self)]
        for column, field in zip(columns, fields(self), strict=True):
            column[rows] = getattr(others, field.name)
        return Baseline(*columns)

    def with_season(self, share: Numbers, seasons: Counts, phases: Counts) -> Baseline:
        """Return the baselines less sure by the effects of a season that was taken out first.

        The effects of all phases are means over `seasons` readings each, believed by `share`.
        """
        estimated = share / np.maximum(seasons, 1)
        wider = 1 / (1 - estimated * (1 - 1 / np.maximum(phases, 1)))
        return replace(
            self,
            sigma=self.sigma * np.sqrt(wider),
            level_variance=self.level_variance * wider,
            covariance=self.covariance * wider,
            slope_variance=self.slope_variance * wider,
            noise=self.noise * (wider * (1 + estimated))[:, None],
        )

    def carried_on(self, rows: Flags, periods: Numbers) -> Baseline:
        """Return these baselines as from those periods on, where what they expect was met."""
        if not rows.any():
            return self
        met = self.expected(self.ahead(periods[:, None]))[:, 0]
        origin = np.where(rows, periods, self.origin)
        return replace(self, origin=origin, level=np.where(rows, met, self.level))

    def ahead(self, periods: Numbers) -> Numbers:
        """Return how far ahead of each baseline the periods (kpis, n) lie, at most HORIZON."""
        return np.minimum(periods - self.origin[:, None], HORIZON)

    def expected(self, ahead: Numbers) -> Numbers:
        """Return the expected readings (kpis, n) that far ahead."""
        return self.level[:, None] + self.slope[:, None] * ahead

    def error(self, ahead: Numbers, rounding: Numbers) -> Numbers:
        """Return the standard errors (kpis, windows) of windows centred that far ahead.

        `rounding` (kpis,) is the variance that the steps of the scale add to a reading.
        """
        drift = ahead * (2 * self.covariance[:, None] + ahead * self.slope_variance[:, None])
        rounded = rounding[:, None] * (
            1 / np.array(WINDOWS) + 1 / np.maximum(self.size, 1)[:, None]
        )
        variance = self.level_variance[:, None] + drift + self.noise + rounded
        return np.sqrt(np.maximum(variance, 0.0))


def fit(values: Numbers, periods: Numbers, known: Flags) -> Baseline:
    """Fit the baseline of each KPI to its readings (kpis, n), oldest first, where known.

    The readings are a level, with or without a trend, and noise in which each reading is
    correlated with the one of the period before; across a gap it is not. All of that is
    unknown and none is plugged in: every correlation of a grid, with no, a slight and a steep
    trend, is weighed by how well it predicts the readings, the level flat and the trend normal
    beforehand, and the variance scale-free (normal–inverse-gamma, hence Student's t).
    The mean and the variance of the mixture are what a `Baseline` holds. Outlying readings
    count as at most 3.9 robust sigmas from the median.

    Gelman et al., Bayesian Data Analysis, chapters 3 and 14; Zellner & Tiao 1964, Bayesian
    Analysis of the Regression Model with Autocorrelated Errors, JASA 59:763–778.
    """
    size = known.sum(axis=1)
    origin = np.where(known, periods, -np.inf).max(axis=1)
    centre, scale, deviations = _standardised(values, known)
    times = np.where(known, periods - origin[:, None], 0.0)
    follows = known[:, 1:] & known[:, :-1] & (np.diff(times, axis=1) == 1)
    forms = _forms(deviations, times, known.astype(np.float64), follows.astype(np.float64))
    posterior = _mixture(forms, size, size - follows.sum(axis=1))
    return Baseline(
        size,
        origin,
        centre + scale * posterior.level,
        scale * posterior.slope,
        scale * np.sqrt(posterior.variance),
        scale**2 * posterior.level_variance,
        scale**2 * posterior.covariance,
        scale**2 * posterior.slope_variance,
        scale[:, None] ** 2 * posterior.noise,
    )


def _standardised(values: Numbers, known: Flags) -> tuple[Numbers, Numbers, Numbers]:
    """Return each row's median, its scale, and the deviations in that scale, outliers drawn in."""
    size = known.sum(axis=1)
    ordered = np.sort(np.where(known, values, np.inf), axis=1)
    rank = np.stack([(size - 1) // 2, size // 2, size // 4, size - 1 - size // 4, size - 1])
    low_middle, high_middle, lower, upper, largest = np.take_along_axis(ordered, rank.T, axis=1).T
    centre = (low_middle + high_middle) / 2
    reach = OUTLYING * (upper - lower) / QUARTILE_RANGE
    # More than half are equal: there is no scale to call a reading outlying by.
    reach = np.where(reach > 0, reach, np.maximum(largest - centre, centre - ordered[:, 0]))
    deviations = np.where(known, values - centre[:, None], 0.0)
    deviations = np.clip(deviations, -reach[:, None], reach[:, None])
    scale = np.where(reach > 0, reach, 1.0)
    return centre, scale, deviations / scale[:, None]


PAIRS = ((0, 0), (0, 1), (1, 1), (0, 2), (1, 2), (2, 2))
"""11, 1t, tt, 1y, ty and yy."""


def _forms(values: Numbers, times: Numbers, weight: Numbers, follows: Numbers) -> Numbers:
    """Return the quadratic forms PAIRS of 1, time and value, (6, kpis, correlations).

    For a correlation c and columns a, b that is the product a′b after a and b have been freed
    of c times the reading before: Σ ab − c · Σ (a b₋ + a₋ b) + c² · Σ (a₋ b₋ − first ab), the
    last over the readings that have no reading just before them.
    """
    squared = -weight
    squared[:, :-1] += follows
    squared[:, 1:] += follows
    columns = (weight, times, values)
    earlier, later = [a[:, :-1] * follows for a in columns], [a[:, 1:] for a in columns]
    plain = [_dot(columns[i], columns[j]) for i, j in PAIRS]
    lagged = [_dot(earlier[i], later[j]) + _dot(earlier[j], later[i]) for i, j in PAIRS]
    before = [_dot(columns[i] * squared, columns[j]) for i, j in PAIRS]
    sums = (np.stack(rows)[..., None] for rows in (plain, lagged, before))
    return np.asarray(next(sums) - PERSISTENCE * next(sums) + PERSISTENCE**2 * next(sums))


def _dot(one: Numbers, other: Numbers) -> Numbers:
    return np.asarray(np.einsum("ij,ij->i", one, other))


class _Moments(NamedTuple):
    """The mean and the variance of what is expected, in the baseline's own scale."""

    level: Numbers
    slope: Numbers
    variance: Numbers
    level_variance: Numbers
    covariance: Numbers
    slope_variance: Numbers
    noise: Numbers


def _mixture(forms: Numbers, size: Counts, starts: Counts) -> _Moments:
    """Return the moments over all trends and correlations.

    `starts` is how many of the readings have none just before them. Level, slope and what
    they leave (trends, kpis, correlations) are those of generalised least squares, the slope
    drawn to 0 by its prior.
    """
    ones, times, squares, values, tilted, total = forms
    precision = FRESH / TREND_SIZES[:, None, None] ** 2
    squares = squares + precision
    determinant = ones * squares - times**2
    level = (squares * values - times * tilted) / determinant
    slope = (ones * tilted - times * values) / determinant
    left = np.maximum(total - level * values - slope * tilted, LEAST)

    likely = np.log(PERSISTENCE_ODDS) + starts[:, None] * np.log(FRESH) / 2
    likely = likely + np.log(TREND_ODDS)[:, None, None] + np.log(precision / determinant) / 2
    likely -= (size[:, None] - 1) / 2 * np.log(left)
    weight = np.exp(likely - likely.max(axis=(0, 2), keepdims=True))
    weight /= _over_all(weight)[:, None]
    # The variance of Student's t with size - 1 degrees of freedom.
    spread = weight * left / (size[:, None] - 3)

    def mean(weights: Numbers, numbers: Numbers) -> Numbers:
        return _over_all(weights * numbers)

    mean_level, mean_slope = mean(weight, level), mean(weight, slope)
    level, slope = level - mean_level[:, None], slope - mean_slope[:, None]
    return _Moments(
        level=mean_level,
        slope=mean_slope,
        variance=_left_over(forms[..., 0], mean_level, mean_slope)
        / (size - 1 - _over_all(weight[1:])),
        level_variance=mean(weight, level**2) + mean(spread, squares / determinant),
        covariance=mean(weight, level * slope) - mean(spread, times / determinant),
        slope_variance=mean(weight, slope**2) + mean(spread, ones / determinant),
        noise=(spread.sum(axis=0)[:, :, None] * NOISE).sum(axis=1),
    )


def _over_all(numbers: Numbers) -> Numbers:
    """Return sums over trends and correlations (trends, kpis, correlations).

    One axis after the other, and above no product of matrices: so no KPI's numbers depend, in
    their last bits, on how many others there are.
    """
    return np.asarray(numbers.sum(axis=2).sum(axis=0))


def _left_over(forms: Numbers, level: Numbers, slope: Numbers) -> Numbers:
    """Return the sum of squares around a line, from the forms of a correlation of 0."""
    ones, times, squares, values, tilted, total = forms
    fitted = level * (level * ones + 2 * slope * times) + slope**2 * squares
    return np.asarray(np.maximum(total - 2 * level * values - 2 * slope * tilted + fitted, 0.0))
