"""The mixture behind a baseline: what trends and correlations readings may have, weighed by them.

Readings are a level, with or without a trend, and noise in which each reading is correlated with
the one of the period before; across a gap it is not. All of that is unknown and none is plugged
in: every correlation of a grid, with no, a slight and a steep trend, is weighed by how well it
predicts the readings, the level flat and the trend normal beforehand, and the variance scale-free
(normal–inverse-gamma, hence Student's t).

Gelman et al., Bayesian Data Analysis, chapters 3 and 14; Zellner & Tiao 1964, Bayesian Analysis of
the Regression Model with Autocorrelated Errors, JASA 59:763–778.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations_with_replacement
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]
Forms = Mapping[tuple[int, int], Numbers]

# What is believed before any reading is seen. A reading's correlation with the one before lies
# on a grid; most KPIs have no trend, some one of hundredths of a sigma a period, few a steep one.
PERSISTENCE = np.array([0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.88])
PERSISTENCE_ODDS = np.array([0.11, 0.14, 0.11, 0.25, 0.17, 0.11, 0.11])
TREND_SIZES = np.array([1e-6, 0.065, 0.6])
TREND_ODDS = np.array([0.7, 0.25, 0.05])

FRESH = 1 - PERSISTENCE**2
"""The share of a reading's variance that the reading before does not explain."""

LEAST = 1e-12

ONE, TIME, VALUE, SHIFT = range(4)
"""The columns of a regression: the level's, the slope's, the readings and that of a shift."""


def quadratic_forms(columns: Sequence[Numbers], weight: Numbers, follows: Numbers) -> Forms:
    """Return the products of all pairs of columns (kpis, n), each (kpis, 1, correlations).

    `weight` is 1 where a reading is known, `follows` (kpis, n - 1) where one follows the reading
    of the period before. For a correlation c and columns a, b the product is a′b after a and b
    have been freed of c times the reading before: Σ ab − c · Σ (a b₋ + a₋ b) + c² · Σ (a₋ b₋ −
    first ab), the last over the readings that have no reading just before them.
    """
    inner = weight_of_predecessors(weight, follows)
    earlier, later = [a[:, :-1] * follows for a in columns], [a[:, 1:] for a in columns]
    within = [a * inner for a in columns]
    forms = {}
    for i, j in combinations_with_replacement(range(len(columns)), 2):
        plain = _dot(columns[i], columns[j])
        lagged = _dot(earlier[i], later[j])
        lagged = lagged + (lagged if i == j else _dot(earlier[j], later[i]))
        forms[i, j] = by_correlation(plain, lagged, _dot(within[i], columns[j]))[:, None]
    return forms


def by_correlation(plain: Numbers, lagged: Numbers, inner: Numbers) -> Numbers:
    """Return a product for each correlation of the grid, as a last axis, from its three sums."""
    lagged, inner = lagged[..., None], inner[..., None]
    return np.asarray(plain[..., None] - PERSISTENCE * lagged + PERSISTENCE**2 * inner)


def weight_of_predecessors(weight: Numbers, follows: Numbers) -> Numbers:
    """Return how the squared correlation counts each reading: 1 inside, 0 at an end, -1 alone."""
    inner = -weight
    inner[:, :-1] += follows
    inner[:, 1:] += follows
    return inner


def freed(forms: Forms, products: Sequence[Numbers], own: Numbers, precision: Numbers) -> Forms:
    """Return the forms of the level, time and value after one more column has been taken out.

    `products` are that column's with these three, `own` the one with itself; its size is normal
    around 0 beforehand, of that precision.
    """
    return {
        (i, j): form - products[i] * products[j] / (own + precision)
        for (i, j), form in forms.items()
        if j < SHIFT
    }


class Weighed(NamedTuple):
    """All forms of a regression (trends, kpis, shifts, correlations) with their weights.

    `level` and `slope` are those of generalised least squares, the slope drawn to 0 by its
    prior; `spread` is the weight times the variance of a fresh reading, that of Student's t with
    n - 1 degrees of freedom; `ones`, `times` and `squares` over `determinant` are the
    covariance of slope and level in such variances.
    """

    weight: Numbers
    level: Numbers
    slope: Numbers
    spread: Numbers
    ones: Numbers
    times: Numbers
    squares: Numbers
    determinant: Numbers

    def mean(self, numbers: Numbers) -> Numbers:
        """Return the mean of a number of each form, weighed, of shape (kpis,)."""
        return over_all(self.weight * numbers)


def weigh(
    forms: Forms,
    size: Counts,
    starts: Counts,
    factor: Numbers | float = 0.0,
    trend_odds: Numbers = TREND_ODDS,
    persistence_odds: Numbers = PERSISTENCE_ODDS,
) -> Weighed:
    """Weigh all trends, shifts and correlations by how well they predict the readings.

    `starts` is how many of the `size` readings have none just before them, `factor` what else a
    shift adds to the logarithm of its weight; `trend_odds` has shape (trends,) or (trends, kpis).
    """
    ones, times, values = forms[ONE, ONE], forms[ONE, TIME], forms[ONE, VALUE]
    tilted, total = forms[TIME, VALUE], forms[VALUE, VALUE]
    precision = FRESH / TREND_SIZES[:, None, None, None] ** 2
    squares = forms[TIME, TIME] + precision
    determinant = ones * squares - times**2
    level = (squares * values - times * tilted) / determinant
    slope = (ones * tilted - times * values) / determinant
    left = np.maximum(total - level * values - slope * tilted, LEAST)
    count, first = size[:, None, None], starts[:, None, None]
    likely = np.log(persistence_odds) + first * np.log(FRESH) / 2 + factor
    likely = likely + np.log(trend_odds).reshape(len(trend_odds), -1, 1, 1)
    likely = likely + np.log(precision / determinant) / 2 - (count - 1) / 2 * np.log(left)
    weight = np.exp(likely - likely.max(axis=(0, 2, 3), keepdims=True))
    weight /= over_all(weight)[:, None, None]
    spread = weight * left / (count - 3)
    return Weighed(weight, level, slope, spread, ones, times, squares, determinant)


def over_all(numbers: Numbers) -> Numbers:
    """Return sums over trends, shifts and correlations (trends, kpis, shifts, correlations).

    One axis after the other, and above no product of matrices: so no KPI's numbers depend, in
    their last bits, on how many others there are.
    """
    of_shifts = numbers.sum(axis=3)
    of_trends = of_shifts[..., 0] if of_shifts.shape[2] == 1 else of_shifts.sum(axis=2)
    return np.asarray(of_trends.sum(axis=0))


def _dot(one: Numbers, other: Numbers) -> Numbers:
    return np.asarray(np.einsum("ij,ij->i", one, other))
