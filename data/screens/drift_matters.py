"""What is the matter with KPIs, and which of them need a leader first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from analytics.health import health, severity
from analytics.periods import freshness
from data.kpis.queries.assessment import Behaviour, bounds
from data.kpis.queries.decided import decided_of
from data.kpis.queries.kpi_rows import KpiRows
from data.kpis.views.signals import SignalView
from models import Health, Signal

NATURAL_WIDTH = 6
"""How many sigmas lie between the natural limits."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What is the matter with a KPI, told from its latest reading, signal and decision alone.

    `distance` is how far it is out of its range in widths of it, or from what was expected in
    widths of its natural limits, whichever is more. `fine` is in range by a fresh reading,
    `silent` without one: its signal speaks of `period`, its last, and not of today.
    """

    kpi: Any
    period: date | None
    signal: SignalView | None
    silent: bool
    is_indicator: bool
    outside: bool
    waits: bool
    decided: bool
    distance: float
    fine: bool

    def is_(self, kind: Signal) -> bool:
        """Tell whether its signal is of a kind, by a fresh reading."""
        return not self.silent and self.signal is not None and self.signal.signal is kind

    @property
    def was_drifting(self) -> bool:
        """Tell whether it fell silent while it drifted."""
        drifted = self.signal is not None and self.signal.signal is Signal.DRIFTING
        return self.silent and drifted


def matters_of(
    rows: KpiRows, kpis: Sequence[Any], behaviour: Behaviour, *, day: date
) -> list[Matter]:
    """Judge all KPIs in one pass of arrays: a statement more where `decided_of` needs it."""
    dismissed = behaviour.dismissed.reading_ids
    latest = rows.latest([kpi.id for kpi in kpis], dismissed)
    if not kpis:
        return []
    read = [latest.get(kpi.id, (None, None)) for kpi in kpis]
    signals = [behaviour.signals.get(kpi.id) for kpi in kpis]
    stale = [
        freshness(period, day, kpi.cadence) == "no data"
        for kpi, (period, _) in zip(kpis, read, strict=True)
    ]
    value, (low, high) = np.array([amount for _, amount in read], np.float64), bounds(kpis)
    sigma = np.array([signal.sigma if signal else None for signal in signals], np.float64)
    levels = health(value, low, high, sigma, np.array(stale))
    # What is silent is not known to be out of its range any more.
    far = np.where(stale, 0.0, severity(value, low, high, sigma))
    distance = np.fmax(far, _shifts(signals))
    periods = [period for period, _ in read]
    columns = zip(kpis, periods, signals, stale, levels.tolist(), distance.tolist(), strict=True)
    outside = {
        kpi.id
        for kpi, level in zip(kpis, levels.tolist(), strict=True)
        if level == Health.OUT_OF_RANGE
    }
    decided = decided_of(rows.connection, kpis, outside, behaviour, day=day, moment=rows.moment)
    return [_matter(*facts, decided=facts[0].id in decided) for facts in columns]


def _shifts(signals: Sequence[SignalView | None]) -> Any:
    """Return how far KPIs are from what was expected, in widths of their natural limits."""
    known = [(one.mean, one.expected, one.sigma) if one else (None,) * 3 for one in signals]
    mean, expected, sigma = np.array(known, np.float64).T
    width = np.where(sigma > 0, NATURAL_WIDTH * sigma, np.nan)
    return np.nan_to_num(np.abs(mean - expected) / width, posinf=0.0)


def _matter(
    kpi: Any,
    period: date | None,
    signal: SignalView | None,
    silent: bool,
    level: str,
    distance: float,
    *,
    decided: bool,
) -> Matter:
    outside = level == Health.OUT_OF_RANGE
    drifts = not silent and signal is not None and signal.signal is Signal.DRIFTING
    return Matter(
        kpi=kpi,
        period=period,
        signal=signal,
        silent=silent,
        is_indicator=level == Health.INDICATOR,
        outside=outside,
        # A recovery is under way by itself.
        waits=(drifts or outside) and not decided,
        decided=decided,
        distance=distance,
        fine=level in (Health.IN_RANGE, Health.NEAR_EDGE),
    )


def is_listed(matter: Matter) -> bool:
    """Tell what a leader has to know of; an indicator only where it drifts."""
    if matter.is_indicator:
        return matter.is_(Signal.DRIFTING)
    matters = any(map(matter.is_, (Signal.DRIFTING, Signal.RECOVERING, Signal.WATCH)))
    return matter.outside or matters or matter.was_drifting


def need(matter: Matter) -> tuple[bool, bool, float, date]:
    """Put the undecided first, then what drifts or is out, the furthest, the oldest.

    How far is rounded to tenths, so that among those about as far the oldest comes first.
    """
    onset = matter.signal.onset if matter.signal is not None else None
    trouble = matter.outside or matter.is_(Signal.DRIFTING)
    return not matter.waits, not trouble, -round(matter.distance, 1), onset or date.max
