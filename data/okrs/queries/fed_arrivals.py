"""When key results arrive that KPIs feed: as the KPIs go on, on their pages and on a wall."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from analytics.forecast.arrival import Arrival, arrivals_of_holds, arrivals_of_values
from analytics.forecast.simulation import Courses
from data.kpis.queries.assessment import Assessed
from data.kpis.queries.outlook import going_on
from data.okrs.queries.possible_values import possible_values
from data.okrs.views.key_results import KeyResultView

Values = NDArray[np.float64]
Counts = NDArray[np.int64]


def fed_values(
    lanes: Sequence[KeyResultView],
    values: Values,
    periods: Sequence[date],
    kpis: Assessed,
    *,
    end: Counts,
    until: Counts,
) -> list[Arrival | None]:
    """Give the arrivals at targets, by the values that feed each lane and their last periods."""
    at = _rows(lanes, kpis)
    ends = possible_values(lanes, values, kpis)
    return arrivals_of_values(
        _ahead(values, periods, kpis, at, int(until.max())),
        values[:, -1],
        np.array([lane.start for lane in lanes], np.float64),
        np.array([lane.target for lane in lanes], np.float64),
        end=end,
        until=until,
        lowest=ends.lowest,
        highest=ends.highest,
    )


def fed_holds(
    lanes: Sequence[KeyResultView],
    values: Values,
    periods: Sequence[date],
    kpis: Assessed,
    *,
    begin: Counts,
    end: Counts,
    until: Counts,
) -> list[Arrival | None]:
    """Give the arrivals of KPIs that are to stay in range; `begin` is the first step that counts.

    None without a range.
    """
    at = _rows(lanes, kpis)
    ahead = _ahead(values, periods, kpis, at, int(until.max()))
    low, high = kpis.low[at], kpis.high[at]
    found = arrivals_of_holds(
        ahead,
        *possible_values(lanes, values, kpis).bounds(low, high),
        held=np.array([lane.held for lane in lanes]),
        periods=np.array([lane.hold_periods or 0 for lane in lanes]),
        end=end,
        until=until,
        stays=ahead.stays,
        lasting=ahead.lasting,
        begin=begin,
    )
    ranged = ~(np.isnan(low) & np.isnan(high))
    return [each if known else None for each, known in zip(found, ranged, strict=True)]


def _rows(lanes: Sequence[KeyResultView], kpis: Assessed) -> list[int]:
    return [kpis.row(lane.fed_by_id) for lane in lanes if lane.fed_by_id is not None]


def _ahead(
    values: Values, periods: Sequence[date], kpis: Assessed, at: Sequence[int], horizon: int
) -> Courses:
    each = [kpis.kpis[row] for row in at]
    signals = [kpis.signals.get(kpi.id) for kpi in each]
    return going_on(values, [kpi.cadence for kpi in each], periods, signals, horizon)
