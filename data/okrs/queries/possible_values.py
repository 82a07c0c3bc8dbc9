"""Between which values key results can lie: what their KPIs can be, and what people set."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from analytics.forecast.possible import Possible, is_percent, possible
from data.kpis.queries.assessment import Assessed
from data.okrs.views.key_results import KeyResultView


def possible_values(lanes: Sequence[KeyResultView], values: ArrayLike, kpis: Assessed) -> Possible:
    """Give what is possible for lanes with those values, (lanes, periods), NaN for none.

    It is that of the KPI that feeds a lane, by its unit and range, or of a check-in in the
    lane's own unit; and where a lane starts and what somebody set as its target is possible.
    """
    fed = [None if lane.fed_by_id is None else kpis.row(lane.fed_by_id) for lane in lanes]
    low, high = (
        np.array([np.nan if row is None else bound[row] for row in fed], np.float64)
        for bound in (kpis.low, kpis.high)
    )
    percent = [
        is_percent(lane.unit if row is None else kpis.kpis[row].unit)
        for lane, row in zip(lanes, fed, strict=True)
    ]
    ways = np.array([(lane.start, lane.target) for lane in lanes], np.float64)
    return possible(np.column_stack([ways, values]), low, high, percent)
