"""What a KPI's readings say about what is normal for it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from analytics.coach.draft import KpiFacts, Numbers
from analytics.variation import Limits, natural_limits

ENOUGH = 12
"""From how many readings on a KPI is judged; before that it is learning."""

RECENT = 52


def recent(kpi: KpiFacts) -> Numbers | None:
    """Return the last 52 periods, NaN where one is missing; None with fewer than 12 readings."""
    values = np.asarray(kpi.values, dtype=np.float64)[-RECENT:]
    values = np.where(np.isfinite(values), values, np.nan)
    return values if np.isfinite(values).sum() >= ENOUGH else None


def limits(kpis: Sequence[KpiFacts]) -> list[Limits | None]:
    """Return the natural limits of the last 52 periods of each KPI; None where not to be told."""
    table = np.full((len(kpis), RECENT), np.nan)
    for row, values in zip(table, map(recent, kpis), strict=True):
        if values is not None and values.size:
            row[-values.size :] = values
    found = natural_limits(table)
    ends = (found.centre, found.sigma, found.lower, found.upper, found.upper_range)
    columns = (np.asarray(end).tolist() for end in ends)
    each = (Limits(*numbers) for numbers in zip(*columns, strict=True))
    return [one if one.sigma > 0 and math.isfinite(one.sigma) else None for one in each]


def spread(kpi: KpiFacts) -> float | None:
    """Return the sigma by the mean moving range, in the KPI's unit; None if it is not known."""
    (found,) = limits([kpi])
    return None if found is None else float(found.sigma)
