"""The forecasts that an outlook combines: Theta, damped Holt, and a walk or a return."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

# The parameters that are tried: Theta's smoothing; level, slope and damping of the trend.
THETA_GRID = np.linspace(0.05, 0.95, 19)
LEVELS = (0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 0.95)
HOLT_GRID = np.array(list(product(LEVELS, (0.02, 0.1, 0.25, 0.5), (0.8, 0.9, 0.98)))).T

# A test on fewer pairs of readings finds nothing.
FEWEST_PAIRS = 12


class Model(NamedTuple):
    """A forecast of KPIs: means and variances of shape (kpis, horizon).

    `ahead(steps)` is what it would have forecast after each period, so many periods ahead,
    with the parameters that it has now: of shape (kpis, steps, periods).
    """

    mean: Numbers
    variance: Numbers
    ahead: Callable[[Indices], Numbers]


def theta(table: Numbers, horizon: int) -> Model:
    """Return the mean of the line through the readings and the smoothed line of theta 2.

    The table has shape (kpis, periods), NaN is a missing period. Assimakopoulos &
    Nikolopoulos 2000, The Theta Model, International Journal of Forecasting 16(4):521–530;
    its variance is that of smoothing with drift, Hyndman & Billah 2003, Unmasking the Theta
    Method, ibid. 19(2):287–290.
    """
    periods, steps = table.shape[1], np.arange(1, horizon + 1)
    line = _line(table, periods + horizon + 1)
    lines = sliding_window_view(line, periods, axis=1)
    bent = 2 * table - line[:, :periods]
    (alpha, *others) = _best(bent, _without_slopes())
    levels, _ = _states(bent, alpha, *others)

    def ahead(steps: Indices) -> Numbers:
        return np.asarray((levels[:, None] + lines[:, steps]) / 2)

    variance = _variance(_missed(table, ahead), parameters=2)
    mean = (levels[:, -1:] + line[:, periods:-1]) / 2
    return Model(mean, variance * (1 + (steps - 1) * alpha**2), ahead)


def damped_holt(table: Numbers, horizon: int) -> Model:
    """Return exponential smoothing with a damped additive trend.

    The table has shape (kpis, periods), NaN is a missing period. Hyndman & Athanasopoulos,
    Forecasting: Principles and Practice, 3rd edition, 8.2 and 8.7.
    """
    steps = np.arange(1, horizon + 1)
    alpha, beta, phi = _best(table, HOLT_GRID)
    levels, slopes = _states(table, alpha, beta, phi)

    def damped(steps: Indices) -> Numbers:
        return np.asarray(phi * (1 - phi**steps) / (1 - phi), dtype=np.float64)

    def ahead(steps: Indices) -> Numbers:
        return np.asarray(levels[:, None] + damped(steps)[..., None] * slopes[:, None])

    variance = _variance(_missed(table, ahead), parameters=4)
    shocks = (alpha * (1 + beta * damped(steps[:-1]))) ** 2
    growth = np.ones((len(table), horizon))
    growth[:, 1:] += np.cumsum(shocks, axis=1)
    mean = levels[:, -1:] + damped(steps) * slopes[:, -1:]
    return Model(mean, variance * growth, ahead)


def walk_or_return(table: Numbers, horizon: int) -> Model:
    """Return `mean_return` for the KPIs that are known to return, for all others `random_walk`.

    Known to return is what a Dickey–Fuller test at 5 % with a constant finds to: a t value
    of the change on the reading before it below the critical value for so many readings.

    MacKinnon 2010, Critical Values for Cointegration Tests, Queen's Economics Department
    Working Paper 1227, table 2.
    """
    slope, error, pairs = _reversion(table)
    critical = -2.86154 - 2.8903 / pairs - 4.234 / pairs**2 - 40.04 / pairs**3
    returns = (slope < critical * error) & (pairs >= FEWEST_PAIRS)
    back, on = mean_return(table, horizon), random_walk(table, horizon)

    def ahead(steps: Indices) -> Numbers:
        return np.where(returns[..., None], back.ahead(steps), on.ahead(steps))

    mean, variance = (np.where(returns, *each) for each in zip(back[:2], on[:2], strict=True))
    return Model(mean, variance, ahead)


def random_walk(table: Numbers, horizon: int) -> Model:
    """Return the last reading + the mean change a period.

    The table has shape (kpis, periods), NaN is a missing period. Hyndman & Athanasopoulos,
    Forecasting: Principles and Practice, 3rd edition, 5.2 and 5.5.
    """
    held, ages = _held(table)
    periods = table.shape[1]
    lasted = np.maximum(periods - 1 - ages[:, -1:] - _first(table), 1)
    drift = (held[:, -1:] - _begun(table)) / lasted
    levels = held + drift * ages

    def ahead(steps: Indices) -> Numbers:
        return np.asarray(levels[:, None] + (drift * steps)[..., None])

    since = np.sqrt(ages[:, :-1] + 1)
    variance = _variance(_missed(table, ahead) / since, parameters=1)
    steps = np.arange(1, horizon + 1) + ages[:, -1:]
    mean = held[:, -1:] + drift * steps
    return Model(mean, variance * steps * (1 + steps / lasted), ahead)


def mean_return(table: Numbers, horizon: int) -> Model:
    """Return the decay of the last reading to the mean, an autoregression of order 1.

    The table has shape (kpis, periods), NaN is a missing period. The coefficient, 0..1, is
    corrected for its bias by (1 + 3φ) / n: Kendall 1954, Note on Bias in the Estimation of
    Autocorrelation, Biometrika 41:403–404.
    """
    held, ages = _held(table)
    known = np.maximum((~np.isnan(table)).sum(axis=1, keepdims=True), 1)
    middle = np.nansum(table, axis=1, keepdims=True) / known
    slope, _, pairs = _reversion(table)
    phi = np.clip(1 + slope + (1 + 3 * (1 + slope)) / pairs, 0.0, 1.0)
    left = phi**ages * (held - middle)

    def ahead(steps: Indices) -> Numbers:
        return np.asarray(middle[..., None] + (phi**steps)[..., None] * left[:, None])

    variance = _variance(_missed(table, ahead), parameters=2)
    steps = np.arange(1, horizon + 1)
    mean = middle + phi ** (ages[:, -1:] + steps) * (held[:, -1:] - middle)
    return Model(mean, variance * np.cumsum(phi ** (2 * (steps - 1)), axis=1), ahead)


def staying(table: Numbers) -> Numbers:
    """Return which share of a period's surprise stays in the level, shape (kpis,).

    It is the smoothing that would have foreseen the readings best, beside their line: near 0
    for those that scatter around a level, near 1 for a walk. NaN is a missing period.
    """
    beside = table - _line(table, table.shape[1])
    share, *_ = _best(np.pad(beside, ((0, 0), (1, 0))), _without_slopes())
    return np.asarray(share[:, 0])


def _without_slopes() -> Numbers:
    return np.stack([THETA_GRID, 0 * THETA_GRID, 0 * THETA_GRID])


def _first(table: Numbers) -> Indices:
    return np.asarray((~np.isnan(table)).argmax(axis=1, keepdims=True))


def _begun(table: Numbers) -> Numbers:
    """Return the first reading of each KPI, shape (kpis, 1)."""
    return np.asarray(table[np.arange(len(table)), _first(table)[:, 0]][:, None])


def _held(table: Numbers) -> tuple[Numbers, Indices]:
    """Return the last reading known in each period, and for how many periods it has stood.

    Before a KPI's first reading nothing is held (NaN), with an age of 0.
    """
    periods = np.arange(table.shape[1])
    latest = np.maximum.accumulate(np.where(np.isnan(table), 0, periods), axis=1)
    ages = np.where(periods < _first(table), 0, periods - latest)
    return np.take_along_axis(table, latest, axis=1), ages


def _reversion(table: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return the slope of the change on the reading before it, its error, and the pairs.

    Each has shape (kpis, 1); without variation the slope is 0 and the error infinite.
    """
    changes = np.diff(table, axis=1)
    both = ~np.isnan(changes)
    pairs = np.maximum(both.sum(axis=1, keepdims=True), 1).astype(np.float64)
    before, changes = np.where(both, table[:, :-1], 0.0), np.where(both, changes, 0.0)
    before = np.where(both, before - before.sum(axis=1, keepdims=True) / pairs, 0.0)
    changes = np.where(both, changes - changes.sum(axis=1, keepdims=True) / pairs, 0.0)
    moment = (before**2).sum(axis=1, keepdims=True)
    varied = np.where(moment > 0, moment, np.inf)
    slope = (before * changes).sum(axis=1, keepdims=True) / varied
    squares = ((changes - slope * before) ** 2).sum(axis=1, keepdims=True)
    error = np.sqrt(squares / np.maximum(pairs - 2, 1) / varied)
    return slope, np.where(moment > 0, error, np.inf), pairs


def _filtered(
    table: Numbers, alpha: Numbers, beta: Numbers, phi: Numbers
) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """Yield the error, the level and the slope after each period, for each KPI and parameter.

    A KPI begins at its first reading; a missing period is passed over by the forecast. The same
    arrays come each time: who keeps them copies them.
    """
    start = _begun(table)
    shape = np.broadcast_shapes(start.shape, alpha.shape)
    level, slope = np.array(np.broadcast_to(start, shape)), np.zeros(shape)
    error, change = np.empty(shape), np.empty(shape)
    is_bent, steepening = bool(np.any(beta)), alpha * beta
    missed = np.logical_or.reduce(np.isnan(table))
    for readings, is_missed in zip(table.T[..., None], missed, strict=True):
        if is_bent:
            # Until the first reading the slope is 0, and the level that of the reading.
            slope *= phi
            level += slope
        np.subtract(readings, level, out=error)
        if is_missed:
            error[np.isnan(error)] = 0.0
        level += np.multiply(alpha, error, out=change)
        if is_bent:
            slope += np.multiply(steepening, error, out=change)
        yield error, level, slope


def _best(table: Numbers, grid: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return the parameters of the least squared errors for each KPI, each of shape (kpis, 1)."""
    squares = np.zeros((len(table), grid.shape[1]))
    for error, _, _ in _filtered(table, *grid[:, None, :]):
        squares += np.square(error, out=error)
    alpha, beta, phi = grid[:, np.argmin(squares, axis=1), None]
    return alpha, beta, phi


def _states(table: Numbers, alpha: Numbers, beta: Numbers, phi: Numbers) -> tuple[Numbers, Numbers]:
    """Return the levels and slopes after each period, shape (kpis, periods).

    Before a KPI's first reading they are NaN.
    """
    levels, slopes = np.empty(table.shape), np.empty(table.shape)
    for at, (_, level, slope) in enumerate(_filtered(table, alpha, beta, phi)):
        levels[:, at : at + 1], slopes[:, at : at + 1] = level, slope
    before = np.arange(table.shape[1]) < _first(table)
    levels[before] = slopes[before] = np.nan
    return levels, slopes


def _line(table: Numbers, length: int) -> Numbers:
    """Return the least-squares line through each KPI's readings over so many periods."""
    known = ~np.isnan(table)
    count = np.maximum(known.sum(axis=1, keepdims=True), 1)
    periods = np.arange(table.shape[1])
    middle = (known * periods).sum(axis=1, keepdims=True) / count
    mean = np.nansum(table, axis=1, keepdims=True) / count
    apart = np.where(known, periods - middle, 0.0)
    moment = np.nansum(apart * (table - mean), axis=1, keepdims=True)
    slope = moment / np.maximum((apart**2).sum(axis=1, keepdims=True), 0.5)
    return np.asarray(mean + slope * (np.arange(length) - middle))


def _missed(table: Numbers, ahead: Callable[[Indices], Numbers]) -> Numbers:
    """Return by how much each period but the first was missed from the one before."""
    return np.asarray(table[:, 1:] - ahead(np.array([1]))[:, 0, :-1])


def _variance(errors: Numbers, *, parameters: int) -> Numbers:
    known = ~np.isnan(errors)
    squares = np.where(known, errors**2, 0.0).sum(axis=1, keepdims=True)
    return np.asarray(squares / np.maximum(known.sum(axis=1, keepdims=True) - parameters, 1))
