"""What the page of a KPI says of it."""

from datetime import date

from components import words
from data.views import KpiView
from models import Health


def owner(view: KpiView) -> str:
    """Say who looks after a KPI, and how often it is read."""
    return " · ".join(part for part in (view.owner or "", words.rhythm(view.cadence)) if part)


def departure(view: KpiView, today: date) -> str:
    """Say when a KPI leaves its range if this goes on: its range to empty."""
    if view.gauge is None or view.ahead is None:
        return ""
    if view.gauge.health in (Health.OUT_OF_RANGE, Health.NO_DATA):
        return ""
    left = view.ahead.departure
    if left.earliest is None:
        return "Range to empty: none in sight."
    earliest = words.period(view.cadence, left.earliest, today)
    if left.even is None:
        return f"If this goes on, it stays in its range; it could leave from {earliest} on."
    even = words.period(view.cadence, left.even, today)
    latest = "" if left.latest is None else f" to {words.period(view.cadence, left.latest, today)}"
    span = f"{earliest}{latest}" if latest else f"{earliest} or later"
    return f"If this goes on, it leaves its range about {even} ({span})."
