"""A recovery: a KPI back in its range, and held there for as many periods as its cadence asks."""

from __future__ import annotations

from math import sqrt
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.drift.steady import FOUR, FOUR_LIMIT, SINGLE_LIMIT, SPAN, SPAN_LIMIT, side_of
from analytics.progress import last_runs

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]

HOLD_PERIODS = {"daily": 20, "weekdays": 20, "weekly": 12, "monthly": 6, "quarterly": 4}
"""For how many periods a KPI is to be held before its recovery is certified, by cadence."""

HALF_PASS = {4: 0.32, 6: 0.24}
"""Which share passes of KPIs that recovered by half, by readings: `python -m bench.recovery`."""

# What 12 readings leave open is 1 sigma: the limit of their mean, and so many standard errors.
ERRORS = (1.0 - SPAN_LIMIT) * sqrt(SPAN)

Certificate = Literal["none", "provisional", "whole"]
Phase = Literal[
    "under way", "certified", "on probation", "relapsed", "passed", "graduated", "closed"
]


class Since(NamedTuple):
    """What happened since a period (kpis,): the last periods held in a row, and the relapse.

    `relapse` is the column of the first period that tells of one, -1 for none.
    """

    held: Counts
    relapse: Counts


def since(
    values: Numbers, low: Numbers, high: Numbers, drifting: Flags, ignored: Flags, begin: Counts
) -> Since:
    """Return what happened to KPIs since the column at which each begins.

    Values, the bounds that they had then, `drifting` and what is `ignored` (a dismissed reading)
    are (kpis, periods), oldest first, `begin` (kpis,). A period is held where its reading is in
    range and no drift was shown; one without a reading or a range ends the run, as nobody knows. A
    relapse is a drift, or two readings in a row out of range.
    """
    columns = np.arange(values.shape[1])
    counted = (columns >= begin[:, None]) & ~ignored
    outside = (values < low) | (values > high)
    held = is_inside(values, low, high) & ~drifting
    first = np.array(
        [
            _relapse(*each)
            for each in zip(outside & counted, drifting & counted, ~ignored, strict=True)
        ],
        np.int64,
    )
    return Since(last_runs(held, counted), first)


def is_inside(values: Numbers, low: Numbers, high: Numbers) -> Flags:
    """Tell which values are in their range; none where there is no value, or no bound."""
    has_range = ~(np.isnan(low) & np.isnan(high))
    return has_range & ~np.isnan(values) & ~(values < low) & ~(values > high)


def _relapse(outside: Flags, drifting: Flags, counted: Flags) -> int:
    # One reading out of range may be a spike; two, one after the other, are not.
    at = np.flatnonzero(counted)
    twice = outside[at] & np.append(False, outside[at][:-1])
    told = at[twice | drifting[at]]
    return int(told[0]) if len(told) else -1


def share_back(start: float | None, value: float | None, low: float, high: float) -> float:
    """Return which share of the way back into its range a KPI has come, 0..1; 1 is inside.

    0 without a reading, and where it began inside and is out now.
    """
    if value is None:
        return 0.0
    left, way = _outside(value, low, high), _outside(start or 0.0, low, high)
    if left == 0:
        return 1.0
    return 0.0 if start is None or way <= 0 else max(0.0, 1.0 - left / way)


def _outside(value: float, low: float, high: float) -> float:
    """Return how far a value is out of range; NaN is a bound that is missing."""
    return float(np.nanmax([0.0, low - value, value - high]))


def provisional(
    values: ArrayLike, *, baseline_centre: ArrayLike, baseline_sigma: float, better: str
) -> bool:
    """Tell whether fewer than 12 readings let a KPI pass for steady at its baseline, for now.

    As in the certificate of 12 (`analytics.drift.steady`) their mean is at most 0.4 sigma on the
    bad side, that of the last four at most 0.7, and none is past 3. So few readings leave open
    more than 12 do: see `left_open`.
    """
    distance = np.asarray(values, np.float64) - np.asarray(baseline_centre, np.float64)
    if len(distance) < FOUR or not np.isfinite([*distance, baseline_sigma]).all():
        return False
    side = side_of(better)
    worst = np.abs if side == 0 else lambda numbers: -side * numbers
    limits = (
        (distance.mean(), SPAN_LIMIT),
        (distance[-FOUR:].mean(), FOUR_LIMIT),
        *((each, SINGLE_LIMIT) for each in distance),
    )
    return all(worst(number) <= limit * baseline_sigma for number, limit in limits)


def left_open(readings: int) -> float:
    """Return by how many sigmas a KPI may still be worse than it was, with 98.1 % confidence.

    That is 1 with 12 readings, and the more the fewer there are.
    """
    return SPAN_LIMIT + ERRORS / sqrt(max(readings, 1))


def certificate(
    *, held: int, periods: int, alarmed: bool, stands: bool, passes: bool
) -> Certificate:
    """Tell how surely a KPI is back that was held for so many periods of those asked for.

    `alarmed` tells of an alarm since the recovery began, which a certificate of 12 readings has
    ended unless it `stands`; fewer are provisional, and only where they are like the baseline
    before (`passes`) while it does.
    """
    if held < periods or (stands and (periods >= SPAN or not passes)):
        return "none"
    return "whole" if held >= SPAN or (alarmed and not stands) else "provisional"


def phase(state: str, certified: bool, *, relapsed: bool, kept: int, periods: int) -> Phase:
    """Tell where a recovery stands, by its objective's state and its readings since.

    `certified` is told of the readings since it began, or since its relapse; `kept` counts the
    periods held since a person confirmed it.
    """
    if state in ("closed", "graduated"):
        return "closed" if state == "closed" else "graduated"
    if state == "probation" and not relapsed:
        return "passed" if kept >= periods else "on probation"
    if certified:
        return "certified"
    return "relapsed" if state == "probation" else "under way"
