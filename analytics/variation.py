"""Natural process limits (XmR), autocorrelation and the test for a season."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]

# Mean and upper limit of the range of two normal readings, as published in the tables of
# control chart constants (Wheeler, Understanding Variation, appendix); 3 / D2 is the 2.66
# of the XmR chart.
D2 = 1.128
D4 = 3.267

SEASONAL_CRITICAL = 1.645


@dataclass(frozen=True, slots=True)
class Limits:
    """The natural process limits of one KPI (floats) or of many (arrays of shape (kpis,))."""

    centre: float | Numbers
    sigma: float | Numbers
    lower: float | Numbers
    upper: float | Numbers
    upper_range: float | Numbers


@np.errstate(over="ignore", invalid="ignore")
def natural_limits(values: ArrayLike, *, screen: bool = True) -> Limits:
    """Return the natural process limits of an XmR chart, in the unit of the values.

    `values` has shape (periods,) or (kpis, periods), NaN is a missing period and no moving
    range is taken across it. centre is the mean, sigma the mean moving range ÷ 1.128,
    lower and upper are centre ∓ 3 sigma (2.66 mean moving ranges), upper_range is 3.267
    mean moving ranges. With `screen`, moving ranges above upper_range are dropped once and
    their mean is taken again, so that one jump does not widen the limits; centre is then the
    mean of the readings within 3 sigma of the median, so that a wild one does not move them.
    Nothing is dropped where all that is left are ranges of 0: rare events vary by jumps alone.

    Without two adjacent readings sigma and all limits are NaN; centre is the mean of what
    there is, or NaN. Constant readings have a sigma of exactly 0.

    Wheeler, Understanding Variation; NIST/SEMATECH e-Handbook, 6.3.2.2; Nelson 1982,
    Control Charts for Individual Measurements, Journal of Quality Technology 14(3):172–173.
    """
    readings = _readings(values)
    ranges = np.abs(np.diff(readings, axis=-1))
    centre, mean_range = _mean(readings), _mean(ranges)
    if screen:
        wild = ranges > D4 * mean_range[..., None]
        kept = _mean(np.where(wild, np.nan, ranges))
        screened = wild.any(axis=-1) & (kept > 0)
        mean_range = np.where(screened, kept, mean_range)
        if screened.any():
            centre = np.where(screened, _mean_near_median(readings, 3 * kept / D2), centre)
    sigma = mean_range / D2
    limits = (centre, sigma, centre - 3 * sigma, centre + 3 * sigma, D4 * mean_range)
    return Limits(*map(_float_or_array, limits))


def autocorrelation(values: ArrayLike, lag: int) -> float | Numbers:
    """Return the sample autocorrelation at a lag of that many periods, -1..1.

    `values` has shape (periods,) or (kpis, periods). Pairs with a NaN are left out, and the
    autocovariance is divided by the number of pairs + lag: without gaps that is the classic
    estimate (Box & Jenkins), with gaps that of R's `acf(na.action = na.pass)`. 0.0 where
    the readings are constant or too short for a pair. ValueError for a negative lag.
    """
    if lag < 0:
        raise ValueError(f"lag is {lag}: give a number of periods from 0 up")
    return _float_or_array(_autocorrelation(_readings(values), lag))


def seasonal(values: ArrayLike, period: int) -> bool | NDArray[np.bool_]:
    """Tell whether the values have a season of that many periods (the test of the M4).

    `values` has shape (periods,) or (kpis, periods). True where the autocorrelation at
    `period` exceeds 1.645 · √((1 + 2 · Σ r²) / n) either way, r the autocorrelations at
    the lags below `period` and n the number of readings. That is a two-sided test at 10 %
    on long series; on three or four seasons fewer than 5 % of random series pass. False for
    fewer than three whole seasons of readings and for a period of 1 or less.

    Makridakis, Spiliotis & Assimakopoulos 2020, The M4 Competition, International Journal
    of Forecasting 36(1):54–74; `SeasonalityTest` in the competition's code (M4-methods,
    Benchmarks and Evaluation.R).
    """
    readings = _readings(values)
    known = (~np.isnan(readings)).sum(axis=-1)
    squares = np.zeros(known.shape)
    for lag in range(1, period):
        squares += _autocorrelation(readings, lag) ** 2
    limit = SEASONAL_CRITICAL * np.sqrt((1 + 2 * squares) / np.maximum(known, 1))
    at_period = np.abs(_autocorrelation(readings, max(period, 0)))
    found = (at_period > limit) & (known >= 3 * period) & (period > 1)
    return found if found.ndim else bool(found)


def _readings(values: ArrayLike) -> Numbers:
    numbers = np.atleast_1d(np.asarray(values, dtype=np.float64))
    return np.where(np.isfinite(numbers), numbers, np.nan)


@np.errstate(over="ignore", invalid="ignore", divide="ignore")
def _mean(numbers: Numbers) -> Numbers:
    known = ~np.isnan(numbers)
    total = np.asarray(np.where(known, numbers, 0.0).sum(axis=-1))
    least = np.where(known, numbers, np.inf).min(axis=-1, initial=np.inf)
    most = np.where(known, numbers, -np.inf).max(axis=-1, initial=-np.inf)
    # Summing rounds: without the clip the mean of equal readings could miss them.
    return np.asarray(np.clip(total / known.sum(axis=-1), least, most))


def _mean_near_median(readings: Numbers, room: Numbers) -> Numbers:
    """Return the mean of the readings that lie within `room` of the median.

    Of two in the middle the lower one: a reading, so there is always one near it.
    """
    middle = np.maximum((~np.isnan(readings)).sum(axis=-1, keepdims=True) - 1, 0) // 2
    median = np.take_along_axis(np.sort(readings, axis=-1), middle, axis=-1)
    return _mean(np.where(np.abs(readings - median) <= room[..., None], readings, np.nan))


@np.errstate(over="ignore", invalid="ignore", divide="ignore", under="ignore")
def _autocorrelation(readings: Numbers, lag: int) -> Numbers:
    deviations = readings - _mean(readings)[..., None]
    # Scaled to -1..1, squares neither overflow nor vanish.
    largest = np.nan_to_num(np.abs(deviations)).max(axis=-1, initial=0.0)
    deviations = deviations / largest[..., None]
    pairs = deviations[..., lag:] * deviations[..., : max(readings.shape[-1] - lag, 0)]
    covariance = np.nansum(pairs, axis=-1) / ((~np.isnan(pairs)).sum(axis=-1) + lag)
    variance = np.nansum(deviations**2, axis=-1) / (~np.isnan(deviations)).sum(axis=-1)
    return np.asarray(np.clip(np.nan_to_num(covariance / variance), -1.0, 1.0))


def _float_or_array(numbers: Numbers) -> float | Numbers:
    return numbers if numbers.ndim else float(numbers)
