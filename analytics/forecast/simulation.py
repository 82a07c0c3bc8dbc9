"""Courses: the ways a KPI may go on, period after period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.forecast.outlooks import FEWEST, outlook, standardised
from analytics.forecast.season import forecast_season
from analytics.forecast.smoothing import staying
from analytics.forecast.winsorized import winsorized

Numbers = NDArray[np.float64]

Counts = NDArray[np.int64]

Flags = NDArray[np.bool_]

# On so many courses a chance is off by two points or so; the seed makes it the same each time.
PATHS = 1000

SEED = 2026

# No course gets so many sd from the mean.
NEVER = 1e9

# A slope is looked for in so many last readings, and believed from so many standard errors on.
RECENT = 12

CLEAR = 4.0

FEWEST_IN_SLOPE = 4

# Half of the moving ranges of independent normal readings are below so many σ.
MEDIAN_RANGE = 0.9539


@dataclass(frozen=True, slots=True)
class Courses:
    """What is expected, and how it may differ: mean, sd and `lasting` have shape (kpis, horizon).

    `lasting` is the share of the variance that is the same in all periods. Of each surprise of
    the rest the share `stays` (kpis,) stays in the level; what does not is noise of its period.
    """

    mean: Numbers
    sd: Numbers
    lasting: Numbers
    stays: Numbers

    def some(self, rows: slice | Counts) -> Courses:
        """Return those of some KPIs."""
        return Courses(self.mean[rows], self.sd[rows], self.lasting[rows], self.stays[rows])

    def deviates(self, paths: int = PATHS) -> Iterator[Numbers]:
        """Yield for each step how far courses are from the mean, in sd: (kpis, paths)."""
        each = _surprises(self.mean.shape[1], paths)
        for weight, surprises in zip(self._weights(), each, strict=True):
            yield weight @ surprises[:-1]

    def beyond(self, bounds: Numbers, signs: Counts) -> Iterator[Flags]:
        """Yield for each step which courses are past their bound: (kpis, paths).

        `bounds` (kpis, horizon) are in sd from the mean, NaN is none; past them is what is above
        where `signs` (kpis,) are 1, what is below where they are -1.
        """
        up = signs[:, None]
        left = np.where(np.isnan(bounds), NEVER, np.clip(up * bounds, -NEVER, NEVER))
        weights = np.concatenate([-up * self._weights(), left.T[..., None]], axis=-1)
        for weight, surprises in zip(weights, _surprises(bounds.shape[1], PATHS), strict=True):
            # The sign of what is left to the bound is seen in a third of a comparison's time.
            yield np.signbit(weight @ surprises)

    def _weights(self) -> Numbers:
        """Return for each step how much each of its surprises counts: (horizon, kpis, 3)."""
        lasting = self.lasting.T
        own = np.sqrt((1 - lasting) / (1 + np.arange(len(lasting))[:, None] * self.stays**2))
        return np.stack([np.sqrt(lasting), own, own * self.stays], axis=-1)


@lru_cache(maxsize=32)
def _surprises(steps: int, paths: int) -> Numbers:
    """Draw for each step what is the same in all, its own surprise and those before: (4, paths).

    The last row is 1: what is added to all courses.
    """
    random = np.random.default_rng(SEED)
    always, *each = random.standard_normal((steps + 1, paths))
    own = np.array(each).reshape(steps, paths)
    gone = np.zeros(own.shape)
    np.cumsum(own[:-1], axis=0, out=gone[1:])
    return np.stack([np.broadcast_to(always, own.shape), own, gone, np.ones(own.shape)], axis=1)


@np.errstate(over="ignore", invalid="ignore")
def courses(
    values: ArrayLike,
    horizon: int,
    *,
    onsets: ArrayLike = np.nan,
    seasons: ArrayLike = 0,
) -> Courses:
    """Return how KPIs may go on: by their outlook, or by their drift where one is plain.

    `values` has shape (kpis, periods), NaN is a missing period. `onsets` (kpis,) are the
    columns in which a drift that stands set in, NaN for none: its least-squares slope since
    goes on, drawn to 0 by 1 / t² (James & Stein), with its standard error and the noise.
    So does that of the last twelve readings where its |t| is at least 4; surprises that stay
    in the level make it less sure. `seasons` (kpis,) are how many periods make a season, 0
    for none; where the readings show it, it is taken out before and added after.
    """
    table, origin, width, largest = standardised(np.asarray(values, dtype=np.float64))
    table = winsorized(table)
    season = forecast_season(table, horizon, np.broadcast_to(seasons, len(table)))
    starts = np.broadcast_to(np.asarray(onsets, dtype=np.float64), len(table))
    found = _going_on(table - season.seen, horizon, starts, season.widening)
    mean = (found.mean + season.coming + origin) * width * largest
    return replace(found, mean=mean, sd=found.sd * width * largest)


def _going_on(table: Numbers, horizon: int, starts: Numbers, widening: Numbers) -> Courses:
    standing = np.isfinite(starts)
    recent = np.full(len(table), max(table.shape[1] - RECENT, 0))
    since = np.where(standing, np.nan_to_num(starts), recent).astype(np.int64)
    found, certain, stays = _drift(table, horizon, since, widening)
    plain = np.where(standing, certain >= 0, certain >= CLEAR)
    plain &= (~np.isnan(table)).sum(axis=1) >= FEWEST
    rest = np.flatnonzero(~plain)
    if rest.size:
        ahead = outlook(table[rest], horizon)
        found.mean[rest], found.sd[rest] = ahead.mean, ahead.sd * widening[rest]
        found.lasting[rest], found.stays[rest] = 0.0, stays[rest]
    return found


@np.errstate(divide="ignore", invalid="ignore", over="ignore")
def _drift(
    table: Numbers, horizon: int, since: Counts, widening: Numbers
) -> tuple[Courses, Numbers, Numbers]:
    """Return how the slope since a column goes on, its |t|, and the share that stays without it.

    |t| is -1 for too few readings.
    """
    periods = np.arange(table.shape[1])
    inside = ~np.isnan(table) & (periods >= since[:, None])
    count = inside.sum(axis=1, keepdims=True)
    size = np.maximum(count, 1)
    middle = (inside * periods).sum(axis=1, keepdims=True) / size
    level = np.where(inside, table, 0.0).sum(axis=1, keepdims=True) / size
    apart = np.where(inside, periods - middle, 0.0)
    moment = np.maximum((apart**2).sum(axis=1, keepdims=True), 0.5)
    slope = (apart * np.where(inside, table - level, 0.0)).sum(axis=1, keepdims=True) / moment
    line = level + slope * (periods - middle)
    beside = np.where(periods >= since[:, None], table - line, table)
    before = np.where(periods < since[:, None], table, np.nan)
    anew = level + slope * (since[:, None] - middle)
    both = staying(np.concatenate([table, np.where(inside, beside + anew, before)]))
    without, stays = both[: len(table)], both[len(table) :, None]
    noise = _noise(np.where(inside, beside, np.nan), table, count) * widening
    # A line through a walk of m steps of σ has a slope of variance 1.2 σ² / m.
    error = noise * np.sqrt(1 / moment + 1.2 * stays**2 / size)
    certain = np.where(error > 0, np.abs(slope) / error, np.where(slope != 0, np.inf, 0.0))
    slope = slope * np.maximum(1 - 1 / np.maximum(certain, 1e-9) ** 2, 0.0)
    last = np.where(inside[:, -1:], beside[:, -1:], 0.0)
    ahead = table.shape[1] - middle + np.arange(horizon)
    lasting = noise**2 / size + (ahead * error) ** 2
    own = noise**2 * (1 + np.arange(horizon) * stays**2)
    sd = np.sqrt(lasting + own)
    share = np.where(sd > 0, lasting / np.where(sd > 0, sd, 1.0) ** 2, 0.0)
    mean = level + stays * last + slope * ahead
    enough = (count >= FEWEST_IN_SLOPE)[:, 0]
    drift = Courses(mean, sd, share, stays[:, 0])
    return drift, np.where(enough, certain[:, 0], -1.0), without


def _noise(beside: Numbers, table: Numbers, count: Counts) -> Numbers:
    """Return σ of one reading: the larger of what is left of a line, and the moving ranges'."""
    left = np.sqrt(np.nansum(beside**2, axis=1, keepdims=True) / np.maximum(count - 2, 1))
    ranges = np.sort(np.abs(np.diff(table, axis=1)), axis=1)
    known = (~np.isnan(ranges)).sum(axis=1, keepdims=True)
    at = np.maximum(known - 1, 0) // 2
    usual = np.take_along_axis(ranges, at, axis=1) / MEDIAN_RANGE if ranges.size else 0 * left
    return np.asarray(np.maximum(left, np.nan_to_num(usual)))
