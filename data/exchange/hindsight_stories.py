"""Which of many KPIs tell most in hindsight, and what kind of story each is."""

from collections.abc import Callable, Iterable, Sequence
from typing import get_args

from data.exchange.views import KpiHindsight, PastDrift, StoryKind
from data.kpis.views.signals import SignalView

SHOWN, DRIFTS = 3, 2
"""So many are told, of which so many are drifts while others have something to tell."""

ORDER: tuple[StoryKind, ...] = get_args(StoryKind)
"""The kinds of stories, the most telling first."""


def story_of(
    drifts: Sequence[PastDrift],
    signal: SignalView,
    *,
    is_young: bool,
    pace: float,
    crossings: int,
    outside_for: int,
) -> StoryKind:
    """Say what kind of story a KPI tells."""
    if drifts:
        return "warned" if any(drift.is_warned for drift in drifts) else "drifted"
    if outside_for > 1 and not is_young:
        return "outside"
    if pace:
        return "growing"
    if is_young:
        return "young"
    if signal.favourable:
        return "better"
    if signal.signal == "watch":
        return "watched"
    return "restless" if crossings > 1 and signal.signal == "steady" else "steady"


def outside_for(values: Iterable[float | None], low: float | None, high: float | None) -> int:
    """Count the last readings that lie out of an ideal range, one after the other."""
    known = [value for value in values if value is not None]
    is_out = [
        (low is not None and value < low) or (high is not None and value > high)
        for value in reversed(known)
    ]
    return is_out.index(False) if False in is_out else len(is_out)


def most_telling(kpis: Sequence[KpiHindsight]) -> tuple[KpiHindsight, ...]:
    """Give the KPIs that tell most: drifts first, then one of each other kind."""
    ranked = sorted(kpis, key=lambda kpi: (ORDER.index(kpi.story), *_RANKS[kpi.story](kpi)))
    drifts = [kpi for kpi in ranked if kpi.drifts]
    others = [kpi for kpi in ranked if not kpi.drifts]
    one_each = list({kpi.story: kpi for kpi in reversed(others)}.values())[::-1]
    repeated = [kpi for kpi in others if kpi not in one_each]
    first = [*drifts[:DRIFTS], *one_each][:SHOWN]
    chosen = [*first, *drifts[DRIFTS:], *repeated][:SHOWN]
    return tuple(sorted(chosen, key=ranked.index))


def _by_drift(kpi: KpiHindsight) -> tuple[float, ...]:
    drift = kpi.main_drift
    return (drift.ended is not None, -drift.ahead, -drift.told.toordinal())


def _by_width(kpi: KpiHindsight) -> tuple[float, ...]:
    lower, upper = kpi.lower or 0.0, kpi.upper or 0.0
    return (-kpi.crossings, -(upper - lower) / (abs(upper + lower) or 1.0))


def _by_pace(kpi: KpiHindsight) -> tuple[float, ...]:
    return (-abs(kpi.signal.slope_z or 0.0),)


def _by_outside(kpi: KpiHindsight) -> tuple[float, ...]:
    return (-kpi.outside, -kpi.readings)


_RANKS: dict[StoryKind, Callable[[KpiHindsight], tuple[float, ...]]] = {
    "warned": _by_drift,
    "drifted": _by_drift,
    "outside": _by_outside,
    "watched": _by_outside,
    "restless": _by_width,
    "growing": _by_pace,
    "better": _by_pace,
    "young": _by_outside,
    "steady": _by_width,
}
