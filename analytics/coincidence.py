"""Coincidence: what else changed around the time a KPI did, and how much of it chance would give.

Positions are days on one axis for all KPIs, whatever their cadence; a lag is positive where
the other KPI came later and negative where it led. That two things happened together does
not say that one caused the other, and of many things compared some always do.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Hit:
    """A change point near another: of which KPI (its row), when, how much later, how strong."""

    kpi: int
    position: float
    lag: float
    strength: float


@np.errstate(over="ignore")
def near(
    change: float, positions: ArrayLike, strengths: ArrayLike, window_days: float
) -> list[Hit]:
    """Return the change points within the window of a change, the strongest first.

    `change` is a position in days; `positions` has shape (kpis, points), each KPI's change
    points in days, NaN where it has fewer; `strengths` has the same shape, in any one unit
    for all, such as sigmas. The window reaches that many days to either side, both ends
    included. Equal strengths, whatever their sign, come the nearest first; a NaN strength
    comes last. Nothing is near a NaN change.

    A change point is known to a period, not to a day: choose a window no shorter than the
    longest period compared. ValueError where the shapes differ or the window is negative.
    """
    at, strength = _table(positions), _table(strengths)
    if at.shape != strength.shape:
        raise ValueError(f"{at.shape} positions, {strength.shape} strengths: give one for each")
    if not window_days >= 0:
        raise ValueError(f"the window is {window_days} days: give 0 or more")
    lags = at - (change if math.isfinite(change) else np.nan)
    kpis, points = np.nonzero(np.abs(lags) <= window_days)
    columns = (at[kpis, points], lags[kpis, points], strength[kpis, points])
    order = np.lexsort((kpis, np.abs(columns[1]), -np.abs(columns[2])))
    rows = zip(kpis[order].tolist(), *(each[order].tolist() for each in columns), strict=True)
    return [Hit(*row) for row in rows]


def comparisons(positions: ArrayLike) -> Counts:
    """Return how many change points each KPI has, shape (kpis,): what `near` compares."""
    return np.asarray(np.isfinite(_table(positions)).sum(axis=-1), dtype=np.int64)


@np.errstate(over="ignore", invalid="ignore")
def expected_by_chance(
    change_points: ArrayLike,
    span_days: ArrayLike,
    window_days: float,
    *,
    period_days: ArrayLike = 1.0,
    since_start: ArrayLike | None = None,
) -> float:
    """Return how many of the change points chance alone would put into the window.

    All but the window are given once for all or for each KPI, in shape (kpis,):
    `change_points` is how many there are, `span_days` the time in which they could have been
    found, `period_days` the length of the periods that they are known to, `since_start` the
    days from the start of the span to the change. If they fell anywhere in the span alike,
    and apart from one another, a share of (2 · window + period) ÷ span of them would fall
    into the window, its ends included; all of them where the span is shorter than that or
    not known. With `since_start`, what of the window lies outside the span does not count:
    after a recent change up to half. ValueError for a negative window.

    Summed over the KPIs this is the mean of a count of hits that is close to a Poisson one
    (Le Cam 1960, An approximation theorem for the Poisson binomial distribution, Pacific
    Journal of Mathematics 10(4):1181–1197). KPIs that share a cause change together: more
    hits than expected need not be more causes.
    """
    if not window_days >= 0:
        raise ValueError(f"the window is {window_days} days: give 0 or more")
    found, span = np.asarray(change_points, dtype=np.float64), _finite(span_days)
    half = window_days + _finite(period_days) / 2
    passed = half if since_start is None else np.clip(_finite(since_start), 0.0, span)
    left = half if since_start is None else span - passed
    reach = np.minimum(passed, half) + np.minimum(left, half)
    partly = reach < span
    share = np.where(partly, np.where(partly, reach, 0.0) / np.where(partly, span, 1.0), 1.0)
    return float(np.sum(found * share))


def chance_of_hits(hits: int, expected: float) -> float:
    """Return the chance of at least so many hits where chance gives `expected` of them.

    The upper tail of the Poisson distribution, 0..1: near 1 the hits are what chance gives.
    NaN where `expected` is; ValueError where it is negative.
    """
    if expected < 0:
        raise ValueError(f"{expected} hits are expected: give 0 or more")
    if hits <= 0 or math.isnan(expected):
        return 1.0 if hits <= 0 else math.nan
    if expected == 0 or math.isinf(expected):
        return float(expected > 0)
    fewer = math.fsum(
        math.exp(count * math.log(expected) - expected - math.lgamma(count + 1))
        for count in range(hits)
    )
    return min(max(1.0 - fewer, 0.0), 1.0)


def _table(values: ArrayLike) -> Numbers:
    return np.atleast_2d(_finite(values))


def _finite(values: ArrayLike) -> Numbers:
    numbers = np.asarray(values, dtype=np.float64)
    return np.where(np.isfinite(numbers), numbers, np.nan)
