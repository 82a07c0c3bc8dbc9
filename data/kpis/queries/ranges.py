"""Ideal ranges of KPIs that are to hold from a later day on: one statement for all of them."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select

from data.core.as_of import LATEST_MOMENT, MOMENT, any_of, oldest_first, table
from data.kpis.views.ranges import RangeAhead

_terms = table("kpi_terms")

TERMS = (
    select(_terms)
    .where(_terms.c.kpi_id.in_(any_of("kpis")), _terms.c.known_at <= MOMENT)
    .order_by(_terms.c.kpi_id, *oldest_first(_terms.c))
)


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
