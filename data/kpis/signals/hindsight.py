"""What the readings of declared KPIs would have told, by the rules that decide their signals."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from analytics import hindsight
from analytics.forecast.possible import is_percent
from analytics.hindsight import Hindsight
from analytics.periods import SEASONS
from data.kpis.fields import KpiRow, better_of
from models import Cadence


def hindsight_of(
    rows: Sequence[KpiRow], values: NDArray[np.float64], cadence: Cadence
) -> Hindsight:
    """Give what the readings (kpis, periods) of KPIs of a cadence would have told."""
    return hindsight.hindsight(
        values,
        better=[better_of(row) for row in rows],
        low=_bounds(row.low for row in rows),
        high=_bounds(row.high for row in rows),
        percent=[is_percent(row.unit) for row in rows],
        season=SEASONS[cadence],
        smallest_change=[row.smallest_change for row in rows],
    )


def _bounds(bounds: Iterable[float | None]) -> NDArray[np.float64]:
    return np.array([np.nan if bound is None else bound for bound in bounds])
