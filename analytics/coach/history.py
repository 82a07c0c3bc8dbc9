"""What a KPI's readings say about what is normal for it."""

from __future__ import annotations

import math

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


def limits(kpi: KpiFacts) -> Limits | None:
    """Return the natural limits of the last 52 periods; None where they cannot be told."""
    values = recent(kpi)
    if values is None:
        return None
    found = natural_limits(values)
    sigma = float(found.sigma)
    return found if math.isfinite(sigma) and sigma > 0 else None


def spread(kpi: KpiFacts) -> float | None:
    """Return the sigma by the mean moving range, in the KPI's unit; None if it is not known."""
    found = limits(kpi)
    return None if found is None else float(found.sigma)
