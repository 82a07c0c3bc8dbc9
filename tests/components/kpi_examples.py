from datetime import date
from typing import Any

from data.kpis.views.kpi import KpiView, NaturalLimits, ReadingView, Said
from data.kpis.views.signals import Departure, OutlookView
from models import Better, Cadence, Health
from tests.components.examples import TODAY, gauge

WEEKS = tuple(date.fromordinal(date(2026, 9, 7).toordinal() + 7 * number) for number in range(3))
COMING = (date(2026, 9, 28), date(2026, 10, 5))


def reading(period: date, value: float | None, **changes: Any) -> ReadingView:
    said = {"value": value, "note": "", "who": None, "at": None} | changes
    return ReadingView(period, Said(**said), ())


def kpi(**changes: Any) -> KpiView:
    facts: dict[str, Any] = {
        "version": 1,
        "day": TODAY,
        "kpi_id": 1,
        "lineage": ("Company", "Sales"),
        "name": "Churn",
        "unit": "%",
        "cadence": Cadence.WEEKLY,
        "owner": "Ana",
        "gauge": gauge(low=None, high=3.5, health=Health.IN_RANGE),
        "indicator": None,
        "better": Better.LOWER,
        "kind": None,
        "description": "",
        "driven_by": "",
        "smallest_change": None,
        "link": "",
        "periods": WEEKS,
        "values": (2.4, None, 3.1),
        "limits": NaturalLimits(1.9, 2.5, 2.9, WEEKS[0], WEEKS[1], 1),
        "segments": (),
        "rebased_on": (),
        "dismissed": (),
        "signal": None,
        "is_pending": False,
        "decision": None,
        "undecided_days": None,
        "ahead": OutlookView(
            COMING, (3.2, 3.3), (2.8, 2.7), (3.6, 3.9), Departure(None, None, None)
        ),
        "possible": (None, None),
        "readings": (),
        "decisions": (),
        "events": (),
        "ties": (),
    }
    return KpiView(**(facts | changes))
