"""What lies behind and ahead of one KPI: when its level or trend changed, and where it goes."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from analytics.forecast import leaves_range, outlook, span80
from analytics.periods import first_day, ordinal
from analytics.segments import change_points
from data.views import Ahead, Departure

HORIZON = {"daily": 28, "weekdays": 20, "weekly": 13, "monthly": 6, "quarterly": 4}
"""How many periods ahead the fan is drawn: about a quarter, half a year, a year."""


def segments(periods: Sequence[date], values: Sequence[float | None]) -> tuple[date, ...]:
    """Give the periods at which a new segment began, in hindsight."""
    found = change_points(np.array(values, np.float64)) if periods else []
    return tuple(periods[at] for at in found)


def ahead(
    periods: Sequence[date],
    values: Sequence[float | None],
    cadence: str,
    low: float | None,
    high: float | None,
) -> Ahead | None:
    """Give the outlook with its 80 % span, and when the KPI leaves its range if this goes on.

    None where there are too few readings for an outlook.
    """
    if not periods:
        return None
    numbers = np.array(values, np.float64)
    expected = outlook(numbers, HORIZON[cadence])
    if np.isnan(expected.mean).any():
        return None
    percent = bool(low is not None and low >= 0) and np.nanmin(numbers) >= 0
    lower, upper = span80(expected.mean, expected.sd, lowest=0.0 if percent else -np.inf)
    last = ordinal(periods[-1], cadence)
    coming = tuple(first_day(last + step, cadence) for step in range(1, HORIZON[cadence] + 1))
    bounds = (np.nan if low is None else low, np.nan if high is None else high)
    left = leaves_range(expected, *bounds)
    steps = [None if step is None else coming[int(step) - 1] for step in left]
    return Ahead(
        periods=coming,
        mean=tuple(expected.mean.tolist()),
        lower=tuple(lower.tolist()),
        upper=tuple(upper.tolist()),
        departure=Departure(*steps),
    )
