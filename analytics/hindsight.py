"""Hindsight: what readings would have told, had they been watched from the first one on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.drift import Facts, trace
from analytics.drift.alarms import READINGS, expected_of_real
from analytics.drift.monitor import DRIFTING, FEWEST, RECOVERING, SHORTEST, SIGNALS, fewest
from analytics.drift.window_tests import SINGLE
from analytics.forecast.possible import possible
from analytics.variation import natural_limits

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

SURE = 3.0
"""So many standard errors make a slope plain."""

THIRDS = 3
"""A KPI goes one way all along where each of so many parts lies beyond the one before."""


@dataclass(frozen=True, slots=True)
class Drifts:
    """The drifts of many KPIs, all shaped (drifts,), those of a KPI together, the oldest first.

    `kpi` is the KPI's row; the others are indices of periods, -1 for none. The drift set in with
    `onset`, would have been told after `told`, and was over after `ended`, -1 while it stands.
    `left` is the first period outside the ideal range from the onset on while the drift stood;
    `was_outside` tells that the last reading before the onset lay outside already.
    """

    kpi: Counts
    onset: Counts
    told: Counts
    ended: Counts
    left: Counts
    was_outside: Flags


@dataclass(frozen=True, slots=True)
class Hindsight:
    """What was told of many KPIs after each period, and what it amounts to, all shaped (kpis,).

    `facts` have shape (kpis, periods). `count` is how many readings there are, `judged` after how
    many of them a drift could have been told, `outside` how many lie out of the ideal range,
    `crossings` how often one followed another on the other side of a bound, and `odd` how many of
    those judged lay beyond 3 sigmas and were part of no drift. Readings usually lie from `lower`
    to `upper`, the natural limits within what is possible. `pace` is the change a period where it
    is plain and goes one way all along, else 0.
    """

    facts: Facts
    drifts: Drifts
    count: Counts
    judged: Counts
    outside: Counts
    crossings: Counts
    odd: Counts
    lower: Numbers
    upper: Numbers
    pace: Numbers


def hindsight(
    values: ArrayLike,
    *,
    better: Sequence[str],
    low: ArrayLike,
    high: ArrayLike,
    percent: ArrayLike,
    season: int,
    smallest_change: Sequence[float | None] | None = None,
) -> Hindsight:
    """Return what readings (kpis, periods) would have told, NaN where one is missing.

    Signals are those of `analytics.drift.replay`: each from the readings up to it alone. `low` and
    `high` (kpis,) are the ideal ranges, NaN for no bound; `percent` tells the units that count
    hundredths.
    """
    readings = np.asarray(values, dtype=np.float64)
    readings = np.where(np.isfinite(readings), readings, np.nan)
    known = ~np.isnan(readings)
    count = known.sum(axis=1)
    out = _outside(readings, low, high)
    facts = trace(readings, better=better, season=season, smallest_change=smallest_change)
    drifts = _drifts(facts, known, out)
    limits, ends = natural_limits(readings), possible(readings, low, high, percent)
    return Hindsight(
        facts=facts,
        drifts=drifts,
        count=count,
        judged=np.maximum(count - told_from(season) + 1, 0),
        outside=out.sum(axis=1),
        crossings=_crossings(known, out),
        odd=_odd(facts, known & (known.cumsum(axis=1) >= told_from(season)), drifts),
        lower=np.maximum(limits.lower, ends.lowest),
        upper=np.minimum(limits.upper, ends.highest),
        pace=_pace(facts, readings, count),
    )


def told_from(season: int) -> int:
    """Return from which reading on a drift can be told, with a season of so many periods."""
    return max(FEWEST + SHORTEST, int(fewest(np.array([season]))[0]))


def called_by_chance(judged: Counts, better: Sequence[str]) -> tuple[float, float]:
    """Return how many KPIs would have been called drifting had all stayed as they were.

    `judged` (kpis,) counts the readings after which a drift could have been told. It is the rate
    that real KPIs show, the fewest and the most, on each side that is watched.
    """
    sides = np.array([2 if word == "within" else 1 for word in better], dtype=np.int64)
    stretches = float((sides * judged).sum()) / READINGS
    least, most = expected_of_real(1)
    return least * stretches, most * stretches


def _outside(readings: Numbers, low: ArrayLike, high: ArrayLike) -> Flags:
    lowest, highest = (np.asarray(bound, dtype=np.float64)[:, None] for bound in (low, high))
    return np.asarray((readings < lowest) | (readings > highest))


def _drifts(facts: Facts, known: Flags, out: Flags) -> Drifts:
    stands = np.isin(facts.signal, SIGNALS[[DRIFTING, RECOVERING]])
    edges = np.diff(np.pad(stands, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    kpi, told = np.nonzero(edges == 1)
    # Beginnings and ends alternate in a row: each has its own.
    behind = np.nonzero(edges == -1)[1]
    onset = facts.onset[kpi, told]
    periods = stands.shape[1]
    left = _next(out)[kpi, onset]
    before = _last_before(known)[kpi, onset]
    return Drifts(
        kpi=kpi,
        onset=onset,
        told=told,
        ended=np.where(behind < periods, behind, -1),
        left=np.where(left < behind, left, -1),
        was_outside=(before >= 0) & out[kpi, before],
    )


def _next(flags: Flags) -> Counts:
    """Return the index of the first flag from each period on, the number of periods for none."""
    periods = flags.shape[1]
    places = np.where(flags, np.arange(periods), periods)
    return np.asarray(np.minimum.accumulate(places[:, ::-1], axis=1)[:, ::-1])


def _last_before(known: Flags) -> Counts:
    """Return the index of the last reading before each period, -1 for none."""
    places = np.where(known, np.arange(known.shape[1]), -1)
    last = np.maximum.accumulate(places, axis=1)
    return np.pad(last, ((0, 0), (1, 0)), constant_values=-1)[:, :-1]


def _crossings(known: Flags, out: Flags) -> Counts:
    before = _last_before(known)
    rows = np.arange(len(known))[:, None]
    crossed = known & (before >= 0) & (out != out[rows, before])
    return np.asarray(crossed.sum(axis=1))


def _odd(facts: Facts, judged: Flags, drifts: Drifts) -> Counts:
    periods = judged.shape[1]
    edges = np.zeros((len(judged), periods + 1), dtype=np.int64)
    np.add.at(edges, (drifts.kpi, drifts.onset), 1)
    np.add.at(edges, (drifts.kpi, np.where(drifts.ended < 0, periods, drifts.ended)), -1)
    is_drift = edges.cumsum(axis=1)[:, :periods] > 0
    far = np.abs(np.nan_to_num(facts.last)) > SINGLE
    return np.asarray((judged & far & ~is_drift).sum(axis=1))


def _pace(facts: Facts, readings: Numbers, count: Counts) -> Numbers:
    if not readings.shape[1]:
        return np.zeros(len(readings))
    slope, errors = (np.nan_to_num(part[:, -1]) for part in (facts.slope, facts.slope_z))
    plain = (np.abs(errors) >= SURE) & (count >= FEWEST)
    steps = np.diff(_means_of_parts(readings, count), axis=1)
    same_way = (np.sign(steps) == np.sign(slope)[:, None]).all(axis=1)
    return np.where(plain & same_way, slope, 0.0)


def _means_of_parts(readings: Numbers, count: Counts) -> Numbers:
    """Return the means of the first, middle and last third of the readings of each KPI."""
    known = ~np.isnan(readings)
    part = (known.cumsum(axis=1) - 1) * THIRDS // np.maximum(count, 1)[:, None]
    filled = np.nan_to_num(readings)
    here = [known & (part == number) for number in range(THIRDS)]
    return np.stack(
        [(filled * each).sum(axis=1) / np.maximum(each.sum(axis=1), 1) for each in here], axis=1
    )
