"""How far key results get, and how likely they arrive, from their progress and the time elapsed.

Time is counted in shares of the cycle, progress in shares of the way from start to target. A key
result goes on at a pace that changes (an Ornstein-Uhlenbeck process, filtered by Kalman's
recursion from the first check-in on), or it stands still from now on, or it finishes in one jump.
Uhlenbeck & Ornstein 1930, Physical Review 36:823–841; Kalman 1960, Journal of Basic Engineering
82:35–45.
"""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.forecast.arrival import Arrival, first_even
from analytics.forecast.outlooks import chance, erf

Numbers = NDArray[np.float64]

# Chosen on one half of the simulated quarters of `bench.quarters`, judged on the other.
# At any one time people go at a pace of 0.6 ± 0.9 of the way a cycle, jumps apart, and after a
# third of the cycle it has forgotten all but 1/e of what it was.
PACE = 0.6
PACE_SD = 0.9
FORGETTING = 3.0
# What a value strays from the course at each check-in.
NOISE = 0.05
# Some stand still from now on; others jump: so many a cycle, to the target give or take.
STANDSTILL = 0.1
JUMPS = 0.4
JUMP_SD = 0.15

HALVINGS = 50
# What is certain is as good as normal with so small an sd.
CERTAIN = 1e-12


class Belief(NamedTuple):
    """Progress and pace as check-ins up to `elapsed` tell them, with what is uncertain.

    `pace` is its difference from the usual one. All have the same shape, one a key result.
    """

    elapsed: Numbers
    progress: Numbers
    pace: Numbers
    progress_variance: Numbers
    covariance: Numbers
    pace_variance: Numbers


class ProgressForecast(NamedTuple):
    """Progress at moments ahead: a mixture of normal ones, each of shape (3, key results, moments).

    The first goes on, the second stands still, the third jumps to the target.
    """

    weights: Numbers
    means: Numbers
    sds: Numbers


@np.errstate(over="ignore", invalid="ignore")
def forecast_progress(
    elapsed: ArrayLike, progress: ArrayLike, moments: ArrayLike
) -> ProgressForecast:
    """Return the forecast of progress at moments ahead of the last check-in.

    `elapsed` and `progress` have shape (key results, check-ins), oldest first, NaN is none;
    `moments` has shape (key results, moments). At the last check-in and before it the last
    progress is certain. NaN for key results without check-ins, and at a NaN moment.
    """
    values, moments = np.asarray(progress, np.float64), np.asarray(moments, np.float64)
    belief, last = believed(elapsed, values), _last(values)[:, None]
    now = Belief(*(each[:, None] for each in belief))
    left = np.where(np.isnan(last), np.nan, moments - now.elapsed)
    ahead = _later(now, np.maximum(moments, now.elapsed))
    jumped = -np.expm1(-JUMPS * np.maximum(left, 0.0))
    goes_on = np.sqrt(ahead.progress_variance + NOISE**2)
    weights = (1 - STANDSTILL) * (1 - jumped), STANDSTILL * (1 - jumped), jumped
    means = np.where(left > 0, _rows(ahead.progress, last, np.maximum(last, 1.0), like=left), last)
    sds = np.where(left > 0, _rows(goes_on, NOISE, JUMP_SD, like=left), 0.0)
    return ProgressForecast(_rows(*weights, like=left), means + 0 * left, sds)


def chance_of(forecast: ProgressForecast, target: ArrayLike = 1.0) -> Numbers:
    """Return the chance, 0..1, that progress is at a target or past it, (key results, moments)."""
    each = np.asarray(chance(forecast.means, forecast.sds, target, better="higher"))
    return np.asarray((forecast.weights * each).sum(axis=0))


def expected(forecast: ProgressForecast) -> Numbers:
    """Return the mean of progress, of shape (key results, moments)."""
    return np.asarray((forecast.weights * forecast.means).sum(axis=0))


def quantile(forecast: ProgressForecast, share: ArrayLike) -> Numbers:
    """Return the progress below which that share of the outcomes lies, (key results, moments).

    There is one share for all, or one for each moment.
    """
    weights, means, sds = forecast
    room = 9 * sds
    low, high = (means - room).min(axis=0), (means + room).max(axis=0)
    # Σ w (1 + erf) / 2 is below the share where Σ w erf is below twice the share, less Σ w.
    spread = sqrt(2) * np.maximum(sds, CERTAIN)
    level = 2 * np.asarray(share) - weights.sum(axis=0)
    for _ in range(HALVINGS):
        middle = low + (high - low) / 2
        is_below = (weights * erf((middle - means) / spread)).sum(axis=0) < level
        low, high = np.where(is_below, middle, low), np.where(is_below, high, middle)
    return np.asarray(low + (high - low) / 2)


def arrivals_of_progress(
    elapsed: ArrayLike,
    progress: ArrayLike,
    moments: ArrayLike,
    *,
    lowest: ArrayLike = -np.inf,
    highest: ArrayLike = np.inf,
) -> list[Arrival | None]:
    """Return the arrivals of key results by their check-ins; all as for `forecast_progress`.

    The first of the moments is the cycle's end, at the others, in the order of time, an arrival is
    looked for; NaN is none. What is expected is clipped to lowest..highest, of shape (key
    results,). What is at its target has arrived. None without a check-in.
    """
    forecast = forecast_progress(elapsed, progress, moments)
    chances = np.where(_last(np.asarray(progress))[:, None] >= 1, 1.0, chance_of(forecast))
    end = ProgressForecast(*(each[:, :, [0, 0]] for each in forecast))
    ends = expected(end)[:, 0], *quantile(end, [0.1, 0.9]).T
    shares = np.clip(ends, lowest, highest)
    known = np.isfinite(chances[:, 0]) & np.isfinite(shares).all(axis=0)
    return [
        Arrival(float(each[0]), first_even(each[1:]), *share.tolist()) if is_known else None
        for each, share, is_known in zip(chances, shares.T, known, strict=True)
    ]


@np.errstate(over="ignore", invalid="ignore")
def believed(elapsed: ArrayLike, progress: ArrayLike) -> Belief:
    """Return what check-ins of shape (key results, check-ins) say, oldest first, NaN is none."""
    times, values = np.asarray(elapsed, np.float64), np.asarray(progress, np.float64)
    none = np.zeros(values.shape[0])
    # The start is a value like any other, and strays as far.
    belief = Belief(none, none, none, none + NOISE**2, none, none + PACE_SD**2)
    for time, value in zip(times.T, values.T, strict=True):
        known = np.isfinite(time + value)
        updated = _updated(_later(belief, np.maximum(time, belief.elapsed)), value)
        belief = Belief(*(np.where(known, *each) for each in zip(updated, belief, strict=True)))
    return belief


def _later(belief: Belief, elapsed: Numbers) -> Belief:
    """Return what the same check-ins say of a later time, by the exact moments of the process."""
    gone = elapsed - belief.elapsed
    kept = np.exp(-FORGETTING * gone)
    reach = (1 - kept) / FORGETTING
    fresh = 2 * PACE_SD**2 / FORGETTING * (gone - reach - FORGETTING * reach**2 / 2)
    carried = 2 * reach * belief.covariance + reach**2 * belief.pace_variance
    return Belief(
        elapsed=elapsed,
        progress=belief.progress + PACE * gone + reach * belief.pace,
        pace=kept * belief.pace,
        progress_variance=belief.progress_variance + carried + np.maximum(fresh, 0.0),
        covariance=kept * (belief.covariance + reach * belief.pace_variance)
        + PACE_SD**2 * FORGETTING * reach**2,
        pace_variance=kept**2 * belief.pace_variance + PACE_SD**2 * (1 - kept**2),
    )


def _updated(belief: Belief, progress: Numbers) -> Belief:
    """Return the belief with one more check-in at its time."""
    surprise = progress - belief.progress
    variance = belief.progress_variance + NOISE**2
    gain, pace_gain = belief.progress_variance / variance, belief.covariance / variance
    return belief._replace(
        progress=belief.progress + gain * surprise,
        pace=belief.pace + pace_gain * surprise,
        progress_variance=(1 - gain) * belief.progress_variance,
        covariance=(1 - gain) * belief.covariance,
        pace_variance=belief.pace_variance - pace_gain * belief.covariance,
    )


def _last(values: Numbers) -> Numbers:
    """Return the last value of each row that is known; NaN for none."""
    last = np.full(values.shape[0], np.nan)
    for value in values.T:
        last = np.where(np.isfinite(value), value, last)
    return last


def _rows(*each: ArrayLike, like: Numbers) -> Numbers:
    return np.stack([np.broadcast_to(one, like.shape) for one in each])
