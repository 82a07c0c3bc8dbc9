"""Arrival: how likely key results are done by a cycle's end, how far they get, and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.forecast.outlooks import Outlook, chance, span80
from analytics.forecast.simulation import Courses

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]

EVEN = 0.5
# How many courses a hold is tried on: the chance is off by a point or so.
PATHS = 2000
# Before a step is done this is known of a cycle's: about 0.9 of those planned get done, as surely
# as if 2 had been seen, and more of them late than early. Chosen by `bench.quarters`.
STEPS = 2.0
STEPS_DONE = 0.9
BEND = 1.4


class Arrival(NamedTuple):
    """The chance of being done at the end, 0..1, and the first period with an even one.

    `step` counts periods from 1, None is none in sight. `expected` is the share of the way at
    the end, `lower` and `upper` are the ends of its 80 % span; none of them is clamped to 0..1.
    """

    chance: float
    step: int | None
    expected: float
    lower: float
    upper: float


def grows(values: ArrayLike) -> bool:
    """Tell whether values are a count that only grows: whole, and never a step back."""
    known = np.asarray(values, dtype=np.float64)
    known = known[np.isfinite(known)]
    return bool((known == np.floor(known)).all() and (known[1:] >= known[:-1]).all())


@np.errstate(all="ignore")
def arrivals_of_values(
    ahead: Outlook | Courses,
    last: Numbers,
    start: Numbers,
    target: Numbers,
    *,
    end: Counts,
    until: Counts,
    lowest: ArrayLike = -np.inf,
    highest: ArrayLike = np.inf,
) -> list[Arrival | None]:
    """Return the arrivals of values on their ways from start to target, in either direction.

    `ahead` has shape (key results, horizon), all else (key results,). `last` is the last known
    value, `end` the steps from it to the end (0: it is the one that counts), `until` the step up to
    which an arrival is looked for. What is expected is clipped to lowest..highest, the least and
    the greatest possible value, and a target beyond them does not arrive. None where a number is
    missing or not finite, or start equals target.
    """
    way = target - start
    way = np.where(np.isfinite(way) & (way != 0), way, np.nan)[:, None]
    mean = np.column_stack([last, ahead.mean])
    sd = np.column_stack([np.zeros(len(last)), ahead.sd])
    limits = np.stack(np.broadcast_arrays(lowest, highest, last)[:2])
    worst, best = np.sort((limits - start) / way[:, 0], axis=0)[..., None]
    share = (mean - start[:, None]) / way, sd / abs(way)
    chances = np.asarray(chance(*share, 1.0, better="higher", lowest=worst, highest=best))
    at = np.arange(len(last)), end
    ends = np.clip([mean[at], *span80(mean[at], sd[at])], lowest, highest)
    expected, *span = (ends - start) / way[:, 0]
    lower, upper = np.sort(span, axis=0)
    return _each(chances[at], chances[:, 1:], until, expected, lower, upper)


@np.errstate(all="ignore")
def arrivals_of_holds(
    ahead: Outlook | Courses,
    low: Numbers,
    high: Numbers,
    *,
    held: Counts,
    periods: Counts,
    end: Counts,
    until: Counts,
    stays: ArrayLike = 1.0,
    lasting: ArrayLike = 0.0,
    begin: ArrayLike = 1,
) -> list[Arrival | None]:
    """Return the arrivals of KPIs that are to stay in range for a number of periods in a row.

    `ahead` has shape (key results, horizon), all else (key results,). `held` periods are held so
    far, NaN is a bound that is missing, `begin` the first step that counts. The chance is the share
    of the same 2,000 courses on which so many periods in a row are complete by then: each has the
    outlook's mean and sd (made to grow), of which the share `lasting` is the same in all periods,
    and of a period's surprise the share `stays` is kept (`analytics.forecast.smoothing.staying`; 1
    is a walk). None as for `arrivals_of_values`.
    """
    low, high = np.where(np.isnan(low), -np.inf, low), np.where(np.isnan(high), np.inf, high)
    sd = np.maximum.accumulate(ahead.sd, axis=1)
    counted = np.broadcast_to(begin, len(held))[:, None]
    kept = np.broadcast_to(np.asarray(stays, dtype=np.float64), len(held))
    deviates = Courses(ahead.mean, sd, np.broadcast_to(lasting, sd.shape), kept).deviates(PATHS)
    run = np.repeat(held[:, None], PATHS, axis=1)
    complete = run >= periods[:, None]
    shares = np.asarray(run / periods[:, None], dtype=np.float64)
    chances = np.zeros((len(held), int(until.max()) + 1))
    for step, off in zip(range(1, chances.shape[1]), deviates, strict=False):
        value = ahead.mean[:, step - 1, None] + sd[:, step - 1, None] * off
        inside = (value >= low[:, None]) & (value <= high[:, None])
        run = np.where(step < counted, run, np.where(inside, run + 1, 0))
        complete |= run >= periods[:, None]
        chances[:, step] = complete.mean(axis=1)
        now = np.where(complete, 1.0, run / periods[:, None])
        shares = np.where((end == step)[:, None], now, shares)
    known = np.isfinite(ahead.mean + sd).all(axis=1) & (periods > 0)
    at_end = np.where(known, chances[np.arange(len(held)), end], np.nan)
    lower, upper = np.quantile(shares, [0.1, 0.9], axis=1)
    return _each(at_end, chances[:, 1:], until, shares.mean(axis=1), lower, upper)


def arrival_of_steps(
    done: int, shares: Sequence[float], *, gone: float, elapsed: float, moments: Numbers
) -> Arrival:
    """Return the arrival of the steps that are left, `shares` of the way each, in their order.

    `done` steps were done since the cycle began, of which the share `elapsed` has passed; `gone`
    of the way is behind. `moments` in shares of the cycle are its end and then, in the order of
    time, those at which an arrival is looked for. Steps come at a rate that grows with the cycle:
    a Poisson count whose rate has a Gamma prior and posterior, which is negative binomial.
    ValueError without steps left.
    """
    if not shares:
        raise ValueError("nothing to expect: give the steps that are left")
    rate, before = STEPS + done, STEPS / (STEPS_DONE * (done + len(shares)))
    stay = (before + elapsed**BEND) / (before + np.maximum(moments, elapsed) ** BEND)
    more = np.arange(1, len(shares))
    factors = (rate + more - 1) / more * (1 - stay[:, None])
    exactly = np.cumprod(np.column_stack([stay**rate, factors]), axis=1)
    at_least: Numbers = np.clip(1 - np.cumsum(exactly, axis=1), 0.0, 1.0)
    likely, weights = at_least[0], np.asarray(shares)
    return Arrival(
        chance=float(likely[-1]),
        step=first_even(at_least[1:, -1]),
        expected=gone + float(weights @ likely),
        lower=gone + float(weights[likely > 0.9].sum()),
        upper=gone + float(weights[likely > 0.1].sum()),
    )


def first_even(chances: Numbers) -> int | None:
    """Return the first step with at least an even chance, counted from 1; None for none."""
    likely = chances >= EVEN
    return int(likely.argmax()) + 1 if likely.any() else None


def _each(
    at_end: Numbers, chances: Numbers, until: Counts, *shares: Numbers
) -> list[Arrival | None]:
    known = np.isfinite(at_end) & np.isfinite(np.stack(shares)).all(axis=0)
    return [
        Arrival(
            float(at_end[key_result]),
            first_even(chances[key_result, : until[key_result]]),
            *(float(share[key_result]) for share in shares),
        )
        if known[key_result]
        else None
        for key_result in range(len(at_end))
    ]
