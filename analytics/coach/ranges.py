"""The ideal range of a KPI: can it be missed, and can it be met?"""

from __future__ import annotations

import math

import numpy as np

from analytics.coach.draft import KpiFacts
from analytics.coach.history import recent
from analytics.coach.remark import About, Kind, Remark, amount
from analytics.forecast import chance
from analytics.variation import Limits

FAR = 6.0
"""How many sigmas beyond all that is normal a bound lies that nobody can miss: its width again."""

NEVER = 0.05


def easy_range(kpi: KpiFacts, found: Limits | None) -> Remark | None:
    """Remark on a range that nobody can miss.

    All its bounds lie 6 sigma beyond the natural limits, and beyond every recent reading.
    """
    values = recent(kpi)
    if found is None or values is None or not _has_range(kpi):
        return None
    low, high = _bounds(kpi)
    room = FAR * float(found.sigma)
    least = min(float(found.lower), float(np.nanmin(values)))
    most = max(float(found.upper), float(np.nanmax(values)))
    if not low + room <= least or not most <= high - room:
        return None
    lower, upper = float(found.lower), float(found.upper)
    ends = f"{amount(lower, '', upper)} and {amount(upper, kpi.unit, lower)}"
    reason = (
        f"It normally stays between {ends}, far inside its range: it is in range even when "
        "something has gone wrong. A bound closer to that would notice."
    )
    return Remark(Kind.EASY_RANGE, About(kpi=kpi.name), reason)


def hard_range(kpi: KpiFacts, found: Limits | None) -> Remark | None:
    """Remark on a range that the process does not meet as it is.

    Under 5 % of its natural variation and of its recent readings lie inside.
    """
    values = recent(kpi)
    if found is None or values is None or not _has_range(kpi):
        return None
    low, high = _bounds(kpi)
    known = values[np.isfinite(values)]
    met = float(((known >= low) & (known <= high)).mean())
    if met >= NEVER:
        return None
    share = float(chance(found.centre, found.sigma, (low, high), better="within"))
    if share >= NEVER:
        return None
    often = "None" if not met else f"Only {met * known.size:.0f}"
    reason = (
        f"{often} of its last {known.size} readings lay in its range, so it has nothing new to "
        "tell. Make it a key result to get there, or take a range for now that can be met."
    )
    return Remark(Kind.HARD_RANGE, About(kpi=kpi.name), reason)


def _has_range(kpi: KpiFacts) -> bool:
    return kpi.low is not None or kpi.high is not None


def _bounds(kpi: KpiFacts) -> tuple[float, float]:
    low = -math.inf if kpi.low is None else kpi.low
    return low, math.inf if kpi.high is None else kpi.high
