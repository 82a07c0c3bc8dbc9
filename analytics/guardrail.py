"""When guardrails broke while an objective was pursued, and since when they are steady again."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]
Letters = NDArray[np.str_]


class Breaches(NamedTuple):
    """When each guardrail broke, (guardrails,): columns of its readings, -1 for none.

    `began` is the first period that told of the breach that stands, or of the first one where all
    of them have ended; `mended` the period in which that ended, -1 where it stands. `drifted`
    tells that it began with a drift, and not outside the range.
    """

    began: Counts
    mended: Counts
    drifted: Flags


def breaches(
    values: Numbers,
    low: Numbers,
    high: Numbers,
    signals: Letters,
    span: tuple[Counts, Counts],
    periods: Counts,
) -> Breaches:
    """Return when KPIs began to drift, or left their range, within a span of columns.

    Values and the first letters of the signals shown are (guardrails, columns), oldest first, NaN
    and blank where there is none; bounds, the first and the last column of the span and the
    `periods` that make steady are (guardrails,). A KPI that drifted or was outside before did not
    begin to. It is steady again once it was in its range without a drift for so many periods in a
    row, and no alarm stands; a period without a reading ends the row, as nobody knows.
    """
    columns = np.arange(values.shape[1])
    first, last = span
    counted = (columns >= first[:, None]) & (columns <= last[:, None])
    alarmed = np.isin(signals, ["d", "r"])
    outside = (values < low[:, None]) | (values > high[:, None])
    drifts = (signals == "d") & ~_before(alarmed) & counted
    leaves = outside & _was_inside(values, outside) & counted
    broke = drifts | leaves
    held = ~np.isnan(values) & ~outside & (signals != "d")
    run = columns - np.maximum.accumulate(np.where(held, -1, columns), axis=1)
    steady = counted & ~alarmed & (run >= periods[:, None])
    ended = np.where(steady, columns, -1)
    stands = broke & (columns > ended.max(axis=1, initial=-1)[:, None])
    is_broken = stands.any(axis=1)
    began = np.where(is_broken, _first(stands), _first(broke))
    after = steady & (columns > began[:, None]) & (began >= 0)[:, None]
    mended = np.where(is_broken, -1, _first(after))
    drifted = drifts[np.arange(len(began)), began] & (began >= 0)
    return Breaches(began, mended, drifted)


def _before(flags: Flags) -> Flags:
    """Give the flags of the column before each."""
    return np.pad(flags, ((0, 0), (1, 0)))[:, :-1]


def _was_inside(values: Numbers, outside: Flags) -> Flags:
    """Tell whether the last reading before each column lay in the range."""
    columns = np.arange(values.shape[1])
    read = np.maximum.accumulate(np.where(np.isnan(values), -1, columns), axis=1)
    before = np.pad(read, ((0, 0), (1, 0)), constant_values=-1)[:, :-1]
    was_outside = np.take_along_axis(outside, np.maximum(before, 0), axis=1)
    return (before >= 0) & ~was_outside


def _first(flags: Flags) -> Counts:
    """Give the first column that is set, -1 for none."""
    return np.where(flags.any(axis=1), flags.argmax(axis=1), -1)
