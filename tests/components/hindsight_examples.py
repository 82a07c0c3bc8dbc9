"""What numbers would have told, to show and to say."""

from dataclasses import replace
from datetime import date
from typing import Any

from data.exchange.views import Hindsight, KpiHindsight, PastDrift
from data.kpis.views.signals import SignalView
from models import Better, Cadence, Rule, Signal
from tests.components.examples import signal

TODAY = date(2026, 11, 24)
START = date(2024, 12, 1)
SERIES = (4.1, 4.0, None, *(4.2 + 0.1 * (at % 3) for at in range(14)), 5.0, 5.2, 5.5, 5.9, 6.1, 6.4)


def then(**changes: Any) -> SignalView:
    """Give a signal of a KPI of months."""
    shape: dict[str, Any] = {
        "signal": Signal.DRIFTING,
        "rule": Rule.WINDOW,
        "mean": 5.2,
        "expected": 4.3,
        "onset": date(2026, 3, 1),
        "period": date(2026, 5, 1),
    }
    return signal(**{**shape, **changes})


def drift(**changes: Any) -> PastDrift:
    """Give a drift that was told two months before the range was left."""
    shape = PastDrift(
        onset=date(2026, 3, 1),
        told=date(2026, 5, 1),
        ended=None,
        left=date(2026, 7, 1),
        ahead=2,
        was_outside=False,
        signal=then(),
        first=15,
        behind=23,
        told_at=17,
    )
    return replace(shape, **changes)


def kpi(**changes: Any) -> KpiHindsight:
    """Give a KPI that drifted."""
    shape = KpiHindsight(
        team="Brotwerk",
        name="Scrap rate",
        unit="%",
        cadence=Cadence.MONTHLY,
        better=Better.LOWER,
        low=None,
        high=5.7,
        story="warned",
        drifts=(drift(),),
        readings=22,
        outside=3,
        outside_for=0,
        crossings=1,
        odd=0,
        lower=3.8,
        upper=4.9,
        pace=0.0,
        signal=then(),
        told_from=24,
        told_on=None,
        start=START,
        series=SERIES,
    )
    return replace(shape, **changes)


def steady(**changes: Any) -> KpiHindsight:
    """Give a KPI that did not drift."""
    calm = then(signal=Signal.STEADY, rule=Rule.NONE, onset=None)
    shape: dict[str, Any] = {"story": "steady", "drifts": (), "signal": calm, "name": "On time"}
    return kpi(**{**shape, "lower": 92.8, "upper": 96.1, "series": SERIES, **changes})


def young(**changes: Any) -> KpiHindsight:
    """Give a KPI with too few readings."""
    shape: dict[str, Any] = {"story": "young", "readings": 8, "told_on": date(2027, 3, 1)}
    return steady(**{**shape, "outside": 0, "name": "Returns", **changes})


def view(*kpis: KpiHindsight, **changes: Any) -> Hindsight:
    """Give what two years of numbers would have told."""
    shape = Hindsight(
        company="Brotwerk Süd & Söhne",
        day=TODAY,
        first=START,
        last=date(2026, 11, 24),
        kpis=kpis,
        telling=kpis[:3],
        by_chance=(0.6, 0.8),
        left_out=0,
    )
    return replace(shape, **changes)
