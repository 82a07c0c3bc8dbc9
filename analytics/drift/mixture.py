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

BY_CORRELATION = FRESH[:, None, None]
"""That as it stands beside forms (correlations, shifts, kpis)."""

LEAST = 1e-12

ONE, TIME, VALUE, SHIFT = range(4)
"""The columns of a regression: the level's, the slope's, the readings and that of a shift."""


def quadratic_forms(columns: Sequence[Numbers], weight: Numbers, follows: Numbers) -> Forms:
    """Return the products of all pairs of columns (kpis, n), each (correlations, 1, kpis).

    `weight` is 1 where a reading is known, `follows` (kpis, n - 1) where one follows the reading
    of the period before. For a correlation c and columns a, b the product is a′b after a and b
    have been freed of c times the reading before: Σ ab − c · Σ (a b₋ + a₋ b) + c² · Σ (a₋ b₋ −
    first ab), the last over the readings that have no reading just before them.
    """
    rows = np.stack(columns, axis=1)
    kpis, count, size = rows.shape
    # As they are, as those of the period before, and by what the squared correlation counts.
    ways = np.zeros((kpis, 3, count, size))
    ways[:, 0] = rows
    ways[:, 1, :, 1:] = rows[..., :-1] * follows[:, None]
    ways[:, 2] = rows * weight_of_predecessors(weight, follows)[:, None]
    # One small product of matrices a KPI: so none depends on how many others there are.
    products = ways.reshape(kpis, -1, size) @ rows.swapaxes(1, 2)
    plain, lagged, inner = products.reshape(kpis, 3, count, count).transpose(1, 2, 3, 0)
    forms = by_correlation(plain, lagged + lagged.swapaxes(0, 1), inner)
    pairs = combinations_with_replacement(range(count), 2)
    return {(i, j): forms[:, i, j][:, None] for i, j in pairs}


def by_correlation(plain: Numbers, lagged: Numbers, inner: Numbers) -> Numbers:
    """Return a product for each correlation of the grid, as a first axis, from its three sums."""
    correlation = PERSISTENCE.reshape(-1, *(1,) * plain.ndim)
    return np.asarray(plain - correlation * lagged + correlation**2 * inner)


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
    """All forms of a regression (trends, correlations, shifts, kpis) with their weights.

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
    precision = BY_CORRELATION / TREND_SIZES[:, None, None, None] ** 2
    squares = forms[TIME, TIME] + precision
    determinant = ones * squares - times**2
    level = (squares * values - times * tilted) / determinant
    slope = (ones * tilted - times * values) / determinant
    left = np.maximum(total - level * values - slope * tilted, LEAST)
    likely = np.log(persistence_odds)[:, None, None] + starts * np.log(BY_CORRELATION) / 2 + factor
    likely = likely + np.log(trend_odds).reshape(len(trend_odds), 1, 1, -1)
    likely = likely + np.log(precision / determinant) / 2 - (size - 1) / 2 * np.log(left)
    weight = np.exp(likely - likely.max(axis=(0, 1, 2)))
    weight /= over_all(weight)
    spread = weight * left / (size - 3)
    return Weighed(weight, level, slope, spread, ones, times, squares, determinant)


def over_all(numbers: Numbers) -> Numbers:
    """Return the sums of each KPI's numbers (…, kpis), such as those of all forms (kpis,).

    One number after the other, which is how rows are added that lie one behind the other: so no
    KPI's numbers depend, in their last bits, on how many others there are.
    """
    rows = np.ascontiguousarray(numbers).reshape(-1, numbers.shape[-1])
    return np.asarray(rows.sum(axis=0))


def not_alone(rows: Counts) -> Counts:
    """Return rows, one alone twice: its numbers would be added up in another order."""
    return np.repeat(rows, 2) if len(rows) == 1 else rows
