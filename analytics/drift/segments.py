"""Change points in hindsight: where a series changed its level or its slope."""

from __future__ import annotations

import math

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from analytics.variation import D2

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

# A level segment costs 2.1 · ln n, a slope 1.5 · ln n more.
SEGMENT_PENALTY = 2.1
SLOPE_PENALTY = 1.5
# Beyond this correlation a wandering series and one that changes cannot be told apart.
MOST_RELATED = 0.5
# What differs by less than a quarter of the whole spread is no change to a reader's eye.
VISIBLE_SHARE = 0.25
OUTLIER_SIGMAS = 3.0
# What happens more often than this is no outlier.
RARE = 0.1
# From this share of neighbours that are equal on, the readings are counts or yes and no.
OFTEN_EQUAL = 0.25
MAD_TO_SIGMA = 0.6745
# So many ends of segments are costed at a time.
BLOCK = 32


def change_points(values: ArrayLike, *, min_segment: int = 5) -> list[int]:
    """Return the first index of each new segment, in order; 0 is not included.

    `values` has shape (periods,), NaN is a missing period and is skipped: segments count
    readings. Each segment of at least `min_segment` readings is level or has a slope, and
    the segments are the exact best (`partition`) at a price of 2.1 · ln n each and of
    1.5 · ln n more for a slope, in units of σ² = (noise)² + (spread / 4)². The noise is the
    mean moving range / 1.128 · √(1 + φ) / (1 − φ), its spread in the long run if readings
    are related to the one before by φ, at most ½; where a quarter of the neighbours are equal,
    as counts and yes or no are, the root mean square of the moving ranges / √2 takes the place
    of their mean / 1.128 if that is more. The spread is the standard deviation of
    the whole series: so the changes are those that a person marks who looks at the chart,
    not each bend of a smooth curve. Readings beyond 3σ of the median of the five around
    them are pulled in to there first, so that a lone outlier is no change, but at most one
    reading in ten.

    Empty for constant readings and for fewer than two segments' worth of them. ValueError
    for a `min_segment` below 1.

    Jackson et al. 2005, An Algorithm for Optimal Partitioning of Data on an Interval, IEEE
    Signal Processing Letters 12(2):105–108; van den Burg & Williams 2020, An Evaluation of
    Change Point Detection Algorithms, arXiv:2003.06222.
    """
    readings = np.asarray(values, dtype=np.float64)
    known = np.flatnonzero(np.isfinite(readings))
    series = _without_outliers(_scaled(readings[known]))
    noise = _noise(series)
    if noise == 0.0:
        return partition(series[:0], penalty=0.0, min_segment=min_segment)
    price = np.log(max(known.size, 2))
    found = partition(
        series / noise,
        penalty=SEGMENT_PENALTY * price,
        slope_penalty=SLOPE_PENALTY * price,
        min_segment=min_segment,
    )
    return [int(index) for index in known[found]]


def partition(
    values: ArrayLike, *, penalty: float, slope_penalty: float = 0.0, min_segment: int = 5
) -> list[int]:
    """Return the first index of each segment but the first of the exact best partition.

    `values` has shape (periods,) and no NaN. Minimised is the sum over the segments of
    penalty + the smaller of the squared residuals from the mean and those from a line +
    `slope_penalty`. Without a slope penalty that is the linear cost of PELT with the time
    as regressor. Of equal partitions the one whose last segments begin first. Empty for
    fewer than two segments' worth of readings. ValueError for a `min_segment` below 1.

    Optimal partitioning (Jackson et al. 2005), vectorised, with the pruning of Killick,
    Fearnhead & Eckley 2012, Optimal Detection of Changepoints With a Linear Computational
    Cost, Journal of the American Statistical Association 107:1590–1598.
    """
    if min_segment < 1:
        raise ValueError(f"min_segment is {min_segment}: give a number of readings from 1 up")
    series = np.asarray(values, dtype=np.float64)
    sums = _sums(series)
    best = np.append(0.0, np.full(series.size, np.inf))
    before = np.zeros(series.size + 1, dtype=np.int64)
    alive = np.ones(series.size + 1, dtype=np.bool_)
    for first in range(min_segment, series.size + 1, BLOCK):
        ends = np.arange(first, min(first + BLOCK, series.size + 1))
        begins = np.flatnonzero(alive[: ends[-1] - min_segment + 1])
        costs = _costs(sums, begins, ends, slope_penalty)
        counts = begins.searchsorted(ends - min_segment, side="right")
        for end, count, row in zip(ends, counts, costs, strict=True):
            totals = best[begins[:count]] + row[:count]
            least = totals.argmin()
            best[end], before[end] = totals[least] + penalty, begins[least]
        if min_segment <= BLOCK:
            # What lost to a partition that ends here by more than a slope costs never wins again.
            early = begins[: counts[0]]
            lost = best[early] + costs[0, : early.size] > best[first] + slope_penalty
            alive[early[lost]] = False
    return _path(before)


def _path(before: Indices) -> list[int]:
    found, end = [], int(before[-1])
    while end > 0:
        found.append(end)
        end = int(before[end])
    return found[::-1]


def _sums(series: Numbers) -> Numbers:
    """Return the running sums of y, ty and y², shape (3, periods + 1)."""
    centred = series - (series.mean() if series.size else 0.0)
    terms = [centred, np.arange(series.size) * centred, centred**2]
    return np.pad(np.cumsum(terms, axis=1), ((0, 0), (1, 0)))


@np.errstate(divide="ignore", invalid="ignore")
def _costs(sums: Numbers, begins: Indices, ends: Indices, slope_penalty: float) -> Numbers:
    """Return the costs of the segments, a row for each end (exclusive), by where they begin.

    Where a segment would end before it begins the cost has no meaning.
    """
    count = np.subtract.outer(ends, begins.astype(np.float64))
    y, ty, yy = sums[:, ends, None] - sums[:, None, begins]
    mean = y / count
    about_mean = yy - y * mean
    # Twice the covariation with the time, over twice its variation.
    covariation = 2 * ty - np.add.outer(ends - 1, begins) * y
    share = covariation / np.maximum(count * (count * count - 1), 1.0)
    about_line = about_mean - 3 * covariation * share
    if slope_penalty:
        about_line = np.minimum(about_mean, about_line + slope_penalty)
    return np.asarray(np.maximum(about_line, 0.0))


def _scaled(readings: Numbers) -> Numbers:
    largest = np.abs(readings).max(initial=0.0)
    return readings / largest if largest else readings


def _without_outliers(series: Numbers) -> Numbers:
    if series.size < 5:
        return series
    around = sliding_window_view(np.pad(series, 2, mode="reflect"), 5)
    middle = np.median(around, axis=1)
    away = np.abs(series - middle)
    # Of yes and no the middle of five is mostly the reading itself: the median alone would be 0.
    room = max(
        OUTLIER_SIGMAS * float(np.median(away)) / MAD_TO_SIGMA,
        float(np.quantile(away, 1 - RARE, method="lower")),
    )
    return np.asarray(np.clip(series, middle - room, middle + room))


def _noise(series: Numbers) -> float:
    if series.size < 2 or np.ptp(series) == 0.0:
        return 0.0
    ranges = np.abs(np.diff(series))
    near = float(ranges.mean())
    far = float(np.abs(series[2:] - series[:-2]).mean()) if series.size > 2 else near
    # In an autoregression the squared range over two periods is 1 + φ times that over one.
    related = min(max((far / near) ** 2 - 1, 0.0), MOST_RELATED)
    sigma = near / D2
    if (ranges == 0.0).mean() > OFTEN_EQUAL:
        sigma = max(sigma, math.sqrt((ranges**2).mean() / 2))
    moving = sigma * math.sqrt(1 + related) / (1 - related)
    return math.hypot(moving, VISIBLE_SHARE * float(series.std()))
