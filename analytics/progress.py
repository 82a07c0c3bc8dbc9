"""Progress, score and pace of key results and objectives."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import takewhile


def progress(start: float, target: float, current: float | None) -> float:
    """Return the share of the way from start to target that is done, not clamped.

    Works in both directions: a target below the start is a metric to bring down. 0.0 where
    start equals target, where current is missing (None or NaN), and where the share is not
    a finite number.
    """
    if current is None or start == target:
        return 0.0
    done = (current - start) / (target - start)
    return done if math.isfinite(done) else 0.0


def score(progress: float) -> float:
    """Return progress clamped to 0..1; NaN scores 0."""
    return 0.0 if math.isnan(progress) else min(max(progress, 0.0), 1.0)


def pace(starts_on: date, ends_on: date, today: date) -> float:
    """Return the share of the cycle that has elapsed at the end of today, 0..1.

    Both ends belong to the cycle: its last day gives 1.0, its first day 1 / days, the day
    before it 0.0, a cycle of one day 1.0 on that day. A cycle that ends before it starts
    counts as the one day it starts on.
    """
    days = max((ends_on - starts_on).days + 1, 1)
    return score(((today - starts_on).days + 1) / days)


def objective_progress(scores: Sequence[float], weights: Sequence[float]) -> float:
    """Return the weighted mean of the key results' scores, 0..1.

    A NaN score counts as 0 with its full weight; a negative or NaN weight counts as 0.
    0.0 without key results or without weight. ValueError where the lengths differ.
    """
    return _weighted_mean(map(score, scores), weights)


def milestone_progress(shares: Sequence[float], done: Sequence[bool]) -> float:
    """Return the shares of the steps that are done ÷ the shares of all steps, 0..1.

    Shares need not add up to 1. 0.0 without steps or without shares. ValueError where the
    lengths differ.
    """
    return _weighted_mean(map(float, done), shares)


def hold_progress(in_range: Sequence[bool], periods: int) -> float:
    """Return the length of the trailing run in range ÷ the periods to hold, at most 1.

    `in_range` runs from the oldest period to the newest. 0.0 where periods is below 1.
    """
    held = sum(takewhile(bool, reversed(in_range)))
    return min(held / periods, 1.0) if periods >= 1 else 0.0


def standing(progress: float, pace: float, *, margin: float = 0.1) -> str:
    """Return how progress compares with pace: done, ahead, on pace or behind pace.

    `done` from a progress of 1; else `ahead` from margin above the pace, `behind pace`
    from margin below it. A NaN is `behind pace`: silence is not health.
    """
    # 0.3 is a tenth ahead of 0.2, though 0.3 - 0.2 falls just short of 0.1 in binary.
    lead = round(progress - pace, 9)
    if progress >= 1:
        return "done"
    if lead >= margin:
        return "ahead"
    return "on pace" if lead > -margin else "behind pace"


def _weighted_mean(values: Iterable[float], weights: Iterable[float]) -> float:
    # The order of the arguments matters: max(0.0, NaN) is 0.0, max(NaN, 0.0) is NaN.
    pairs = [(value, max(0.0, weight)) for value, weight in zip(values, weights, strict=True)]
    total = sum(weight for _, weight in pairs)
    return sum(value * weight for value, weight in pairs) / total if total else 0.0
