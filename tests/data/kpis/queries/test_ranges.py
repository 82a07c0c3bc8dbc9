"""The ideal ranges that KPIs had over time."""

from datetime import date

import numpy as np

from analytics.periods import ordinal
from data.kpis.queries.ranges import HeldRange, bounds_then

NAN = float("nan")


def test_a_period_has_the_range_in_force_at_its_end() -> None:
    first, later = date(2026, 5, 18), date(2026, 6, 3)
    held = [
        [HeldRange(first, 8, 12), HeldRange(later, None, 10)],
        [HeldRange(first, None, None), HeldRange(later, 5, None)],
        [],
    ]
    weeks = ordinal(later, "weekly") + np.arange(-3, 2)
    low, high = bounds_then(held, ["weekly"] * 3, np.array([weeks] * 3))
    # What came before all ranges has the first one.
    assert np.array_equal(low, [[8, 8, 8, NAN, NAN], [NAN] * 3 + [5, 5], [NAN] * 5], equal_nan=True)
    assert np.array_equal(high, [[12, 12, 12, 10, 10], [NAN] * 5, [NAN] * 5], equal_nan=True)
