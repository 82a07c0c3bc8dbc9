"""Whether the targets last that KPIs reached, for all key results that they feed alike.

What came after a cycle is looked at for four quarters: so long it may show that one was a spike.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.lasting import Lasting, lasting
from analytics.periods import ordinal
from analytics.recovery import HOLD_PERIODS
from data.kpis.queries.readings import PERIODS, Readings
from data.okrs.queries.feeds import Placed
from models import KeyResultKind

HINDSIGHT = timedelta(days=365)
"""For so long after a cycle its targets are looked at again."""


def lasting_of(
    placed: Sequence[Placed],
    counted: Readings,
    latest: Readings,
    kpis: Mapping[int, Any],
) -> list[Lasting | None]:
    """Tell of key results in their order whether they last; None where nothing was reached.

    `counted` are the readings that count for each feed, `latest` the last ones of each KPI.
    """
    return [_lasting(each, counted, latest, kpis) for each in placed]


def _lasting(
    placed: Placed, counted: Readings, latest: Readings, kpis: Mapping[int, Any]
) -> Lasting | None:
    row, feed = placed.row, placed.feed
    if feed is None or row.kind != KeyResultKind.METRIC or None in (row.start, row.target):
        return None
    if row.start == row.target:
        return None
    cadence = kpis[feed.kpi_id].cadence
    first, until = ordinal(placed.cycle.starts_on, cadence), ordinal(feed.until, cadence)
    last = ordinal(min(feed.until, date.max - HINDSIGHT) + HINDSIGHT, cadence)
    values = np.full(last - first + 1, np.nan)
    _put(values, first, latest, feed.kpi_id, cadence)
    values[: until - first + 1] = np.nan
    _put(values[: until - first + 1], first, counted, feed, cadence)
    return lasting(
        values,
        target=row.target,
        better="higher" if row.target > row.start else "lower",
        by=until - first,
        periods=HOLD_PERIODS[cadence],
    )


def _put(
    values: NDArray[np.float64], first: int, readings: Readings, key: Any, cadence: str
) -> None:
    """Put a row of readings into values of which the first is that of a numbered period."""
    at = readings.rows[key]
    period = readings.latest[at]
    if period is None:
        return
    end = ordinal(period, cadence) - first
    begin = end - PERIODS + 1
    inside = slice(max(begin, 0), min(end + 1, len(values)))
    if inside.start < inside.stop:
        values[inside] = readings.values[at][inside.start - begin : inside.stop - begin]
