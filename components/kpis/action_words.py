"""Who does what by when, in words."""

from datetime import date, timedelta

from components.ui import formatting
from data.actions.views import ActionView
from data.kpis.views.gauges import Gauge
from models import Cadence

DUE_IN = {
    Cadence.DAILY: 7,
    Cadence.WEEKDAYS: 7,
    Cadence.WEEKLY: 14,
    Cadence.MONTHLY: 28,
    Cadence.QUARTERLY: 42,
}
"""In how many days something is done about a KPI unless told otherwise: its next readings tell."""

SATURDAY = 5


def usual_day(cadence: Cadence, today: date) -> date:
    """Give the day by which something is to be done unless told otherwise: a working day."""
    day = today + timedelta(days=DUE_IN[cadence])
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day


def agreed(action: ActionView, today: date) -> str:
    """Say who does what by when; of one whose day is past, by when it was to be done."""
    verb = "was due" if action.done_on is None and action.due < today else "by"
    return f"{_who(action)}{action.what}, {verb} {formatting.day(action.due, today)}"


def done(action: ActionView, today: date) -> str:
    """Say who did what and when."""
    when = formatting.day(action.done_on or action.due, today)
    return f"{_who(action)}{action.what}, done {when}"


def without_effect(action: ActionView, today: date) -> str:
    """Say what came of an action after whose day the matter still stands."""
    if action.done_on is None:
        return f"{agreed(action, today)} and is not done"
    return f"{done(action, today)}, without effect so far"


def others(gauge: Gauge, today: date) -> list[str]:
    """Say who does what about a gauge beside what its decision says already."""
    told = None if gauge.decision is None else gauge.decision.action
    return [agreed(action, today) for action in gauge.actions if action != told]


def _who(action: ActionView) -> str:
    return f"{action.owner}: " if action.owner else ""
