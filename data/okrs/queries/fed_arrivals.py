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
    key_results: Sequence[KeyResultView],
    values: Values,
    periods: Sequence[date],
    kpis: Assessed,
    *,
    end: Counts,
    until: Counts,
) -> list[Arrival | None]:
    """Give the arrivals at targets, by the values that feed key results and their last periods."""
    at = _rows(key_results, kpis)
    ends = possible_values(key_results, values, kpis)
    return arrivals_of_values(
        _ahead(values, periods, kpis, at, int(until.max())),
        values[:, -1],
        np.array([key_result.start for key_result in key_results], np.float64),
        np.array([key_result.target for key_result in key_results], np.float64),
        end=end,
        until=until,
        lowest=ends.lowest,
        highest=ends.highest,
    )


def fed_holds(
    key_results: Sequence[KeyResultView],
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
    at = _rows(key_results, kpis)
    ahead = _ahead(values, periods, kpis, at, int(until.max()))
    low, high = kpis.low[at], kpis.high[at]
    found = arrivals_of_holds(
        ahead,
        *possible_values(key_results, values, kpis).bounds(low, high),
        held=np.array([key_result.held for key_result in key_results]),
        periods=np.array([key_result.hold_periods or 0 for key_result in key_results]),
        end=end,
        until=until,
        stays=ahead.stays,
        lasting=ahead.lasting,
        begin=begin,
    )
    ranged = ~(np.isnan(low) & np.isnan(high))
    return [each if known else None for each, known in zip(found, ranged, strict=True)]


def _rows(key_results: Sequence[KeyResultView], kpis: Assessed) -> list[int]:
    return [
        kpis.row(key_result.fed_by_id)
        for key_result in key_results
        if key_result.fed_by_id is not None
    ]


def _ahead(
    values: Values, periods: Sequence[date], kpis: Assessed, at: Sequence[int], horizon: int
) -> Courses:
    each = [kpis.kpis[row] for row in at]
    signals = [kpis.signals.get(kpi.id) for kpi in each]
    return going_on(values, [kpi.cadence for kpi in each], periods, signals, horizon)
