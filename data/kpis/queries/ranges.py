"""Ideal ranges of KPIs over time, and those still to come: one statement for all of them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from analytics.periods import ordinal
from data.core.as_of import LATEST_MOMENT, MOMENT, any_of, oldest_first, table
from data.kpis.views.ranges import RangeAhead

_terms = table("kpi_terms")

TERMS = (
    select(_terms)
    .where(_terms.c.kpi_id.in_(any_of("kpis")), _terms.c.known_at <= MOMENT)
    .order_by(_terms.c.kpi_id, *oldest_first(_terms.c))
)

Numbers = NDArray[np.float64]


class HeldRange(NamedTuple):
    """An ideal range that held from a day on."""

    starts_on: date
    low: float | None
    high: float | None


def ranges_held(
    connection: Connection, kpi_ids: Collection[int], *, day: date, moment: datetime
) -> Mapping[int, Sequence[HeldRange]]:
    """Give the ranges that KPIs had up to a day, the earliest of each KPI first."""
    rows = connection.execute(TERMS, {"kpis": list(kpi_ids), "moment": moment})
    found: dict[int, dict[date, HeldRange]] = {}
    for row in rows:
        # Of those of one day the last known comes last.
        if row.valid_from <= day:
            held = HeldRange(row.valid_from, row.low, row.high)
            found.setdefault(row.kpi_id, {})[row.valid_from] = held
    return {key: list(each.values()) for key, each in found.items()}


def bounds_then(
    held: Sequence[Sequence[HeldRange]], cadences: Sequence[str], numbers: NDArray[np.int64]
) -> tuple[Numbers, Numbers]:
    """Give the bounds that KPIs had in numbered periods (kpis, periods), NaN where there was none.

    A period has the range in force at its end; what came before all ranges has the first one.
    """
    low, high = np.full(numbers.shape, np.nan), np.full(numbers.shape, np.nan)
    for row, (steps, cadence) in enumerate(zip(held, cadences, strict=True)):
        for at, step in enumerate(steps):
            since = numbers[row] >= ordinal(step.starts_on, cadence) if at else slice(None)
            low[row, since], high[row, since] = (
                np.nan if bound is None else bound for bound in (step.low, step.high)
            )
    return low, high


def ranges_ahead(
    connection: Connection,
    kpi_ids: Collection[int],
    day: date,
    moment: datetime = LATEST_MOMENT,
) -> list[RangeAhead]:
    """Give the ranges of KPIs that hold after a day, the earliest of each KPI first.

    One that says what holds before it anyway is none.
    """
    rows = connection.execute(TERMS, {"kpis": list(kpi_ids), "moment": moment})
    found = groupby(rows, key=lambda row: row.kpi_id)
    return [step for _, terms in found for step in _steps(terms, day)]


def _steps(terms: Iterable[Any], day: date) -> Iterator[RangeAhead]:
    # Of those of one day the last known comes last.
    by_day = {max(row.valid_from, day): row for row in terms}
    before = by_day.pop(day, None)
    held = None if before is None else (before.low, before.high)
    for starts_on, row in by_day.items():
        if (row.low, row.high) != held:
            yield RangeAhead(row.kpi_id, starts_on, row.low, row.high)
        held = row.low, row.high
