"""The outlook: where a KPI or key result is heading, how surely, and when it arrives."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from analytics.forecast.possible import at_least
from analytics.forecast.smoothing import Model, damped_holt, theta, walk_or_return
from analytics.forecast.winsorized import winsorized

Numbers = NDArray[np.float64]

FEWEST = 4
# 80 % of a normal distribution lie within so many standard deviations.
Z80 = 1.2815515655446004
# Readings until a filter has settled, and how often a horizon must fit into the past.
SETTLING = 5
RUNS = 3
# So many past errors at a time stay in the processor's cache.
AT_ONCE = 16_000

_each_erf = np.frompyfunc(math.erf, 1, 1)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Expected value and standard deviation, each of shape (horizon,) or (kpis, horizon)."""

    mean: Numbers
    sd: Numbers


@np.errstate(over="ignore", invalid="ignore")
def outlook(values: ArrayLike, horizon: int) -> Outlook:
    """Return the forecast of the `horizon` periods after the last one of the values.

    `values` has shape (periods,) or (kpis, periods), NaN is a missing period: nothing is
    imputed, the filters run on without it. mean is the equal-weight mean of Theta, damped
    Holt and random walk with drift; in place of the walk stands a return to the mean for
    KPIs that a test finds to return (`walk_or_return`). Their variance by theory is the
    mean of σᵢ² + (μᵢ − μ)²; sd is the geometric mean of its root and of the root mean
    square by which the same combination missed in the past, that many periods ahead. A
    horizon that does not fit three times into the past takes the ratio of the two from the
    longest one that does. Single readings far from all around them are winsorized before
    (`analytics.forecast.winsorized`).

    NaN with fewer than four readings. Constant readings go on with an sd of 0. Percentages
    may run past 0 or 100: what is possible is told apart (`analytics.forecast.possible`).

    Makridakis, Spiliotis & Assimakopoulos 2020, The M4 Competition, International Journal
    of Forecasting 36(1):54–74; Bates & Granger 1969, The Combination of Forecasts,
    Operational Research Quarterly 20:451–468.
    """
    if horizon < 0:
        raise ValueError(f"horizon is {horizon}: give a number of periods from 0 up")
    readings = np.asarray(values, dtype=np.float64)
    table, origin, width, largest = standardised(readings)
    table = winsorized(table)
    models = [model(table, horizon) for model in (theta, damped_holt, walk_or_return)]
    mean = np.mean([model.mean for model in models], axis=0)
    spread = [model.variance + (model.mean - mean) ** 2 for model in models]
    sd = _calibrated(np.sqrt(np.mean(spread, axis=0)), table, models)
    few = (~np.isnan(table)).sum(axis=1, keepdims=True) < FEWEST
    mean = np.where(few, np.nan, (mean + origin) * width * largest)
    sd = np.where(few, np.nan, sd * width * largest)
    return Outlook(mean, sd) if readings.ndim > 1 else Outlook(mean[0], sd[0])


def chance(
    mean: ArrayLike,
    sd: ArrayLike,
    target: ArrayLike,
    *,
    better: str,
    lowest: ArrayLike = -np.inf,
    highest: ArrayLike = np.inf,
) -> float | Numbers:
    """Return the chance, 0..1, that a value is at its target or on the good side of it.

    The value is normal with that mean and sd, and at lowest or highest where it would lie beyond
    (`analytics.forecast.possible`); arrays are taken element by element. `better` is `higher`,
    `lower` or `within`; for `within` the target is a pair (low, high) with NaN for a bound that is
    missing. With an sd of 0 the chance is 1 or 0. NaN where mean, sd or the single target is.
    ValueError for any other `better`.
    """
    mean, target = np.asarray(mean, dtype=np.float64), np.asarray(target, dtype=np.float64)
    ends = np.asarray(lowest, dtype=np.float64), np.asarray(highest, dtype=np.float64)
    upside_down = -ends[1], -ends[0]
    if better == "higher":
        found = 1 - _below(mean, sd, at_least(target, *ends))
    elif better == "lower":
        found = 1 - _below(-mean, sd, at_least(-target, *upside_down))
    elif better == "within":
        low, high = target
        found = 1 - _outside(mean, sd, at_least(low, *ends), -at_least(-high, *upside_down))
    else:
        raise ValueError(f"unknown better {better!r}: use higher, lower or within")
    return found if found.ndim else float(found)


def arrival(mean: Numbers, sd: Numbers, target: ArrayLike, *, better: str) -> int | Numbers | None:
    """Return the first step with an even chance of being at the target, counted from 1.

    None if there is none within the horizon. For arrays of shape (kpis, horizon), and
    targets of shape (kpis, 1), an array of shape (kpis,) with NaN for none.
    """
    return _first(np.asarray(chance(mean, sd, target, better=better)), 0.5)


def span80(
    mean: ArrayLike, sd: ArrayLike, *, lowest: ArrayLike = -np.inf, highest: ArrayLike = np.inf
) -> tuple[Numbers, Numbers]:
    """Return the ends between which 80 % of the outcomes fall, clipped to lowest..highest."""
    room = Z80 * np.asarray(sd, dtype=np.float64)
    lower, upper = np.asarray(mean) - room, np.asarray(mean) + room
    return np.clip(lower, lowest, highest), np.clip(upper, lowest, highest)


@np.errstate(over="ignore", invalid="ignore")
def standardised(readings: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Return the readings (kpis, periods) with the first at 0 and within ±1, and how to undo it.

    Readings are (table + origin) · width · largest, in this order even the largest floats.
    """
    readings = np.atleast_2d(np.where(np.isfinite(readings), readings, np.nan))
    if not readings.shape[1]:
        readings = np.full((readings.shape[0], 1), np.nan)
    largest = _or_one(np.fmax.reduce(np.abs(readings), axis=1, initial=0.0, keepdims=True))
    first = (~np.isnan(readings)).argmax(axis=1, keepdims=True)
    origin = np.take_along_axis(readings, first, axis=1) / largest
    table = readings / largest - origin
    width = _or_one(np.fmax.reduce(np.abs(table), axis=1, initial=0.0, keepdims=True))
    return table / width, origin / width, width, largest


def _or_one(numbers: Numbers) -> Numbers:
    return np.where(numbers > 0, numbers, 1.0)


def _calibrated(sd: Numbers, table: Numbers, models: Sequence[Model]) -> Numbers:
    """Return the geometric mean at each step of the sd by theory and of that of past errors."""
    known = ~np.isnan(table)
    settling = np.minimum(SETTLING, known.sum(axis=1, keepdims=True) // 4)
    settled = np.arange(table.shape[1]) >= known.argmax(axis=1, keepdims=True) + settling
    # Further ahead no horizon fits often enough into the past.
    longest = min(sd.shape[1], settled.sum(axis=1).max(initial=0) // (RUNS + 1))
    if not longest:
        return sd
    steps, unknown = np.arange(1, longest + 1), np.full((len(table), longest), np.nan)
    later = sliding_window_view(np.hstack([table, unknown]), table.shape[1], axis=1)
    count, total = np.empty((2, len(table), longest))
    at_once = max(AT_ONCE // table.size, 1)
    for some in np.split(steps, range(at_once, longest, at_once)):
        forecast = sum(model.ahead(some) for model in models) / len(models)
        errors = later[:, some] - forecast
        counts = settled[:, None] & ~np.isnan(errors)
        count[:, some - 1] = counts.sum(axis=2)
        total[:, some - 1] = np.where(counts, errors**2, 0.0).sum(axis=2)
    # Of the errors that overlap count / step are independent, less one for the mean.
    missed, expected = np.sqrt(total / np.maximum(count - steps, 1)), sd[:, :longest]
    judged = (count >= RUNS * steps) & (expected > 0)
    ratios = np.divide(missed, expected, out=np.ones(missed.shape), where=judged)
    latest = np.maximum.accumulate(np.where(judged, steps, 0), axis=1)
    taken = latest[:, np.minimum(np.arange(sd.shape[1]), longest - 1)]
    ratios = np.take_along_axis(np.insert(ratios, 0, 1.0, axis=1), taken, axis=1)
    return np.asarray(sd * np.sqrt(ratios))


def erf(numbers: Numbers) -> Numbers:
    """Return the error function of each number."""
    return np.asarray(_each_erf(numbers), dtype=np.float64)


def _outside(mean: Numbers, sd: ArrayLike, low: Numbers, high: Numbers) -> Numbers:
    low = np.where(np.isnan(low), -np.inf, low)
    high = np.where(np.isnan(high), np.inf, high)
    return _below(mean, sd, low) + _below(-mean, sd, -high)


@np.errstate(over="ignore", invalid="ignore")
def _below(mean: Numbers, sd: ArrayLike, bound: Numbers) -> Numbers:
    """Return the chance that a normal value is below a bound; without spread 1 or 0."""
    sd = np.asarray(sd, dtype=np.float64)
    gap = bound - mean
    deviates = gap / np.where(sd > 0, sd, 1.0) / math.sqrt(2)
    normal = (1 + erf(deviates)) / 2
    found = np.where(sd > 0, normal, gap > 0)
    return np.where(np.isnan(gap) | np.isnan(sd), np.nan, found)


def _first(chances: Numbers, level: float) -> int | Numbers | None:
    likely = chances >= level
    steps = np.where(likely.any(axis=-1), likely.argmax(axis=-1) + 1.0, np.nan)
    if steps.ndim:
        return steps
    return None if np.isnan(steps) else int(steps)
