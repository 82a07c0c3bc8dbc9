"""A step inside a baseline: readings that changed their level once, before anybody looked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analytics.drift.mixture import (
    BY_CORRELATION,
    ONE,
    Forms,
    by_correlation,
    freed,
    weight_of_predecessors,
)

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

STEP_ODDS = 0.18
"""How likely a baseline has a step, wherever it is."""

STEP_SIZE = 4.0
"""The standard deviation of steps, in sigmas."""

SHORTEST_PART = 5
"""So many readings lie before a step and after it, at least."""

PLAIN = 12.0
"""From this F on a step is looked for: of independent readings without one, few reach it."""


def may_have_step(deviations: Numbers, known: Flags, size: Counts) -> Flags:
    """Tell where one step would explain so much of the readings (kpis, n) that it is weighed."""
    # Numbers are added up several times as fast as flags.
    before = known.astype(np.int64).cumsum(axis=1)
    after = size[:, None] - before
    mean = deviations.sum(axis=1) / size
    centred = np.where(known, deviations - mean[:, None], 0.0)
    inside = (before >= SHORTEST_PART) & (after >= SHORTEST_PART)
    balance = size[:, None] / (np.maximum(before, 1) * np.maximum(after, 1))
    explained = np.where(inside, centred.cumsum(axis=1) ** 2 * balance, 0.0).max(axis=1)
    left = (centred**2).sum(axis=1) - explained
    return np.asarray(explained * (size - 2) > PLAIN * left)


def with_steps(
    forms: Forms, columns: Sequence[Numbers], known: Flags, follows: Numbers, size: Counts
) -> tuple[Forms, Numbers]:
    """Return the forms without a step and with one after each reading, and what these weigh.

    `columns` (kpis, n) are the level's, the slope's and the readings. The forms have shape
    (correlations, 1 + n, kpis), the level being that after the step; the logarithms of the weights
    have it too. The sums over all readings up to each one are running sums, so that all steps cost
    what one costs.
    """
    weight = columns[ONE]
    inner = weight_of_predecessors(known.astype(np.float64), follows)
    products = [_up_to_each(column, weight, follows, inner) for column in columns]
    own = _own(weight, follows, inner)
    precision = BY_CORRELATION / STEP_SIZE**2
    stepped = freed(forms, products, own, precision)
    before = known.cumsum(axis=1)
    inside = known & (before >= SHORTEST_PART) & (size[:, None] - before >= SHORTEST_PART)
    places = np.maximum(inside.sum(axis=1), 1)
    factor = np.log(precision / (own + precision)) / 2 + np.log(STEP_ODDS / places)
    factor = np.where(inside.T, factor, -np.inf)
    none = np.full((len(BY_CORRELATION), 1, len(weight)), np.log(1 - STEP_ODDS))
    both = {pair: np.concatenate([forms[pair], form], axis=1) for pair, form in stepped.items()}
    return both, np.concatenate([none, factor], axis=1)


def _up_to_each(column: Numbers, weight: Numbers, follows: Numbers, inner: Numbers) -> Numbers:
    """Return a column's products (correlations, n, kpis) with the level's up to each reading."""
    none = np.zeros((len(column), 1))
    next_ones = np.hstack([follows * weight[:, :-1] * column[:, 1:], none])
    ones_before = np.hstack([none, follows * column[:, :-1] * weight[:, 1:]])
    sums = column * weight, next_ones + ones_before, column * weight * inner
    return by_correlation(*(part.cumsum(axis=1).T for part in sums))


def _own(weight: Numbers, follows: Numbers, inner: Numbers) -> Numbers:
    """Return the products of the level's column up to each reading with itself."""
    linked = np.hstack([np.zeros((len(weight), 1)), 2 * follows * weight[:, :-1] * weight[:, 1:]])
    sums = weight**2, linked, weight**2 * inner
    return by_correlation(*(part.cumsum(axis=1).T for part in sums))
