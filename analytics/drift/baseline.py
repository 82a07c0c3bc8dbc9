"""The baseline: what a KPI's own past leads one to expect of its next readings, and how surely."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analytics.drift.baseline_step import may_have_step, with_steps
from analytics.drift.mixture import (
    FRESH,
    ONE,
    PERSISTENCE,
    TIME,
    VALUE,
    Forms,
    Weighed,
    not_alone,
    over_all,
    quadratic_forms,
    weigh,
)
from analytics.drift.outages import QUARTILE_RANGE, far_off, quartiles

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

WINDOWS = (8, 12)
"""How many of the last readings are averaged and held against the expectation."""

HORIZON = 30.0
"""How many periods beyond the baseline its trend is followed; from there on it is level."""

# Readings further from the median than this many robust sigmas count as that far.
OUTLYING = 3.9

CERTAIN = 0.5
"""From this chance of a step inside the baseline on, its level is said to begin there."""

TOGETHER = 64
"""So many KPIs with a step are weighed at once: the numbers of all their forms stay at hand."""


def _noise(window: int) -> Numbers:
    """Return the variance of a window's mean for each correlation, in fresh variances."""
    lags = np.arange(1, window)[:, None]
    together = 2 * ((1 - lags / window) * PERSISTENCE**lags).sum(axis=0)
    return np.asarray((1 + together) / (window * FRESH))


NOISE = np.stack([_noise(window) for window in WINDOWS])


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is expected of each KPI, all of shape (kpis,) and in its unit, noise (kpis, windows).

    Periods are counted from `origin`, the baseline's last. The expectation at h is level +
    slope · h. The mean of a window of readings centred on h misses it with a variance of
    level_variance + 2 · h · covariance + h² · slope_variance + the window's noise. `sigma` is
    the standard deviation of one reading and `size` the number of readings behind it all, 0
    where there is no baseline yet. `since` is the period after which the level holds, where a
    step inside the baseline is likely, else -inf.
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
    since: Numbers

    @classmethod
    def empty(cls, kpis: int) -> Baseline:
        """Return the baselines of KPIs that have none yet."""
        size, nothing = np.zeros(kpis, dtype=np.int64), np.full(kpis, np.nan)
        noise = np.full((len(WINDOWS), kpis), np.nan).T
        always = np.full(kpis, -np.inf)
        return cls(
            size,
            origin=nothing,
            level=nothing,
            slope=nothing,
            sigma=nothing,
            level_variance=nothing,
            covariance=nothing,
            slope_variance=nothing,
            noise=noise,
            since=always,
        )

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
        columns = [getattr(self, field.name).copy(order="K") for field in fields(self)]
        for column, field in zip(columns, fields(self), strict=True):
            column[rows] = getattr(others, field.name)
        return Baseline(*columns)

    def some(self, rows: Counts) -> Baseline:
        """Return the baselines of some KPIs."""
        return Baseline(*(getattr(self, field.name)[rows] for field in fields(self)))

    def with_season(self, share: Numbers, seasons: Numbers, phases: Counts) -> Baseline:
        """Return the baselines less sure by the effects of a season that was taken out first.

        The effects of all phases are means over `seasons` readings each, believed by `share`.
        """
        estimated = share / np.maximum(seasons, 1.0)
        wider = 1 / (1 - estimated * (1 - 1 / np.maximum(phases, 1)))
        return replace(
            self,
            sigma=self.sigma * np.sqrt(wider),
            level_variance=self.level_variance * wider,
            covariance=self.covariance * wider,
            slope_variance=self.slope_variance * wider,
            noise=self.noise * (wider * (1 + estimated))[:, None],
        )

    def confirmed(self, rows: Flags, periods: Numbers, distance: Numbers) -> Baseline:
        """Return these baselines as from those periods on, where a certificate confirmed them.

        `distance` (kpis,) is how far the mean of the certified readings, as many as the longer
        window has, lies from what was expected of them. They are learnt from as one observation
        of the level: normal with the noise of that window.
        """
        if not rows.any():
            return self
        met = self.expected(self.ahead(periods[:, None]))[:, 0]
        learnt = self.level_variance / (self.level_variance + self.noise[:, -1])
        return replace(
            self,
            size=np.where(rows, self.size + max(WINDOWS), self.size),
            origin=np.where(rows, periods, self.origin),
            level=np.where(rows, met + learnt * distance, self.level),
            level_variance=np.where(rows, 1 - learnt, 1.0) * self.level_variance,
        )

    def ahead(self, periods: Numbers) -> Numbers:
        """Return how far ahead of each baseline the periods (kpis, n) lie, at most HORIZON."""
        return np.minimum(periods - self.origin[:, None], HORIZON)

    def expected(self, ahead: Numbers) -> Numbers:
        """Return the expected readings (kpis, n) that far ahead."""
        return self.level[:, None] + self.slope[:, None] * ahead

    def variance(self, ahead: Numbers, rounding: Numbers) -> Numbers:
        """Return how unsure (kpis, windows) the means of windows centred that far ahead are.

        `rounding` (kpis,) is the variance that the steps of the scale add to a reading.
        """
        drift = ahead * (2 * self.covariance[:, None] + ahead * self.slope_variance[:, None])
        rounded = rounding * (1 / np.array(WINDOWS)[:, None] + 1 / np.maximum(self.size, 1))
        variance = self.level_variance[:, None] + drift + self.noise + rounded.T
        return np.maximum(variance, 0.0)


def fit(values: Numbers, periods: Numbers, known: Flags, noise: Numbers | float = 1.0) -> Baseline:
    """Fit the baseline of each KPI to its readings (kpis, n), oldest first, where known.

    The mean and the variance of the mixture of `analytics.drift.mixture` are what a `Baseline`
    holds, and it mixes over one step inside the readings where one is plain. Readings far from all
    others are left out, and those that are outlying count as at most 3.9 robust sigmas from the
    median. `noise` (kpis, n) is how far each reading scatters beside the usual one.
    """
    readings = known.sum(axis=1)
    centre, middle_half = _usual(values, known, noise)
    far = far_off(values, known, centre, middle_half, noise)
    if far.any():
        known = known & ~far
        centre, middle_half = _usual(values, known, noise)
    size = known.sum(axis=1)
    origin = np.where(known, periods, -np.inf).max(axis=1)
    scale, deviations = _standardised((values - centre[:, None]) / noise, known, middle_half)
    times = np.where(known, periods - origin[:, None], 0.0)
    posterior = _posterior(deviations, times, known, size, noise)
    return Baseline(
        readings,
        origin,
        centre + scale * posterior.level,
        scale * posterior.slope,
        scale * np.sqrt(posterior.variance),
        scale**2 * posterior.level_variance,
        scale**2 * posterior.covariance,
        scale**2 * posterior.slope_variance,
        scale[:, None] ** 2 * posterior.noise,
        origin + posterior.since,
    )


def _usual(values: Numbers, known: Flags, noise: Numbers | float) -> tuple[Numbers, Numbers]:
    """Return each row's median and the range of its middle half, each reading by its noise."""
    centre, middle_half = quartiles(values, known)
    if isinstance(noise, np.ndarray):
        uneven = np.flatnonzero((noise != 1).any(axis=1))
        even = (values[uneven] - centre[uneven, None]) / noise[uneven]
        middle_half[uneven] = quartiles(even, known[uneven])[1]
    return centre, middle_half


def _standardised(away: Numbers, known: Flags, middle_half: Numbers) -> tuple[Numbers, Numbers]:
    """Return each row's scale, and how far from its centre they are in it, outliers drawn in."""
    deviations = np.where(known, away, 0.0)
    reach = OUTLYING * middle_half / QUARTILE_RANGE
    if (reach <= 0).any():
        # More than half are equal: there is no scale to call a reading outlying by.
        reach = np.where(reach > 0, reach, np.abs(deviations).max(axis=1))
    deviations = np.clip(deviations, -reach[:, None], reach[:, None])
    scale = np.where(reach > 0, reach, 1.0)
    return scale, deviations / scale[:, None]


class _Moments(NamedTuple):
    """The mean and the variance of what is expected, in the baseline's own scale and time."""

    level: Numbers
    slope: Numbers
    variance: Numbers
    level_variance: Numbers
    covariance: Numbers
    slope_variance: Numbers
    noise: Numbers
    since: Numbers


def _posterior(
    deviations: Numbers, times: Numbers, known: Flags, size: Counts, noise: Numbers | float
) -> _Moments:
    weight = known.astype(np.float64)
    columns = weight / noise, times / noise, deviations
    follows = (known[:, 1:] & known[:, :-1] & (np.diff(times, axis=1) == 1)).astype(np.float64)
    forms = quadratic_forms(columns, weight, follows)
    starts = size - follows.sum(axis=1)
    whole = _moments(forms, weigh(forms, size, starts), size, times)
    stepped = np.flatnonzero(may_have_step(deviations, known, size))
    for begin in range(0, len(stepped), TOGETHER):
        rows = not_alone(stepped[begin : begin + TOGETHER])
        own = {pair: form.take(rows, axis=2) for pair, form in forms.items()}
        some, factor = with_steps(
            own, [column[rows] for column in columns], known[rows], follows[rows], size[rows]
        )
        found = weigh(some, size[rows], starts[rows], factor)
        for column, part in zip(whole, _moments(some, found, size[rows], times[rows]), strict=True):
            column[rows] = part
    return whole


def _moments(forms: Forms, found: Weighed, size: Counts, times: Numbers) -> _Moments:
    """Return the moments over all trends, steps and correlations."""
    level, slope = found.mean(found.level), found.mean(found.slope)
    levels, slopes = found.level - level, found.slope - slope
    steps = found.weight.sum(axis=(0, 1))
    stepped = steps[1:].sum(axis=0)
    left = (steps * _left_over(forms, level, slope)).sum(axis=0)
    within = found.spread / found.determinant
    noise = NOISE[..., None] * found.spread.sum(axis=(0, 2))
    return _Moments(
        level=level,
        slope=slope,
        variance=left / (size - 1 - over_all(found.weight[1:]) - stepped),
        level_variance=found.mean(levels**2) + over_all(within * found.squares),
        covariance=found.mean(levels * slopes) - over_all(within * found.times),
        slope_variance=found.mean(slopes**2) + over_all(within * found.ones),
        noise=noise.sum(axis=1).T,
        since=_begin(steps, stepped, times),
    )


def _begin(steps: Numbers, stepped: Numbers, times: Numbers) -> Numbers:
    """Return the time of the last reading before the likeliest step, -inf where none is likely."""
    if len(steps) == 1:
        return np.full(len(times), -np.inf)
    last = np.take_along_axis(times, steps[1:].argmax(axis=0)[:, None], 1)[:, 0]
    return np.where(stepped > CERTAIN, last, -np.inf)


def _left_over(forms: Forms, level: Numbers, slope: Numbers) -> Numbers:
    """Return the sum of squares around a line, from the forms of a correlation of 0."""
    free = {pair: form[0] for pair, form in forms.items()}
    fitted = level * (level * free[ONE, ONE] + 2 * slope * free[ONE, TIME])
    fitted = fitted + slope**2 * free[TIME, TIME]
    pulled = 2 * level * free[ONE, VALUE] + 2 * slope * free[TIME, VALUE]
    return np.asarray(np.maximum(free[VALUE, VALUE] - pulled + fitted, 0.0))
