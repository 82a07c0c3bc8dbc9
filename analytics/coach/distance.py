"""The distance of a key result: is there one, and is it more than the KPI's normal wobble?"""

from __future__ import annotations

from analytics.coach.draft import DraftKeyResult
from analytics.coach.history import spread
from analytics.coach.remark import About, Kind, Remark, change, typed

WOBBLE = 1.5
"""Up to how many sigmas a distance may be nothing but chance."""


def no_distance(key_result: DraftKeyResult, about: About) -> Remark | None:
    """Remark on a start that is the target."""
    start = key_result.start
    if key_result.kind != "metric" or start is None or start != key_result.target:
        return None
    reason = (
        f"It starts where it ends, at {typed(start, key_result.unit)}: there is no way to go. "
        "To keep a KPI where it is, hold it in its range or make it a guardrail."
    )
    return Remark(Kind.NO_DISTANCE, about, reason)


def within_wobble(key_result: DraftKeyResult, about: About) -> Remark | None:
    """Remark on a distance under 1.5 sigma of the KPI, sigma by its mean moving range."""
    start, target, kpi = key_result.start, key_result.target, key_result.kpi
    if kpi is None or start is None or target is None or key_result.kind != "metric":
        return None
    sigma = spread(kpi)
    if sigma is None or not abs(target - start) < WOBBLE * sigma:
        return None
    reason = (
        f"{kpi.name} goes up and down by about {change(sigma, kpi.unit)} anyway, so luck alone "
        f"can bring {change(abs(target - start), kpi.unit)}. Aim further, or ask to hold it there."
    )
    return Remark(Kind.WITHIN_WOBBLE, about, reason)
