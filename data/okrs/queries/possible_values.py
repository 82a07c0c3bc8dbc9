"""Between which values key results can lie: what their KPIs can be, and what people set."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from analytics.forecast.possible import Possible, is_percent, possible
from data.kpis.queries.assessment import Assessed
from data.okrs.views.key_results import KeyResultView


def possible_values(
    key_results: Sequence[KeyResultView], values: ArrayLike, kpis: Assessed
) -> Possible:
    """Give what is possible for key results of those values, (key results, periods), NaN for none.

    It is that of the KPI that feeds a key result, by its unit and range, or of a check-in in the
    key result's own unit; and where a key result starts and what somebody set as its target is
    possible.
    """
    fed = [
        None if key_result.fed_by_id is None else kpis.row(key_result.fed_by_id)
        for key_result in key_results
    ]
    low, high = (
        np.array([np.nan if row is None else bound[row] for row in fed], np.float64)
        for bound in (kpis.low, kpis.high)
    )
    percent = [
        is_percent(key_result.unit if row is None else kpis.kpis[row].unit)
        for key_result, row in zip(key_results, fed, strict=True)
    ]
    ways = np.array(
        [(key_result.start, key_result.target) for key_result in key_results], np.float64
    )
    return possible(np.column_stack([ways, values]), low, high, percent)
