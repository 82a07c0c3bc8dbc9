"""What a gauge says: its state, its line, the heading over the wall."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from components import words
from data.views import Gauge, Indicator
from models import Health

STATES = {
    "in range": "● In range",
    "late": "◔ In range · late",
    "near edge": "◐ Near edge",
    "out of range": "■ Out of range",
    "no data": "◌ No data",
    "indicator": "◇ Indicator",
}
"""Every state a gauge can show, each with a shape of its own."""

NO_KPIS = "No KPIs here yet. Add them to kpis.csv and run `python -m data import FOLDER`."


def told_apart(kpis: Sequence[Gauge | Indicator]) -> dict[int, str]:
    """Name KPIs by key, with their team where two on one wall have the same name."""
    shared = Counter(kpi.name for kpi in kpis)
    return {
        kpi.kpi_id: f"{kpi.name} · {kpi.team}" if shared[kpi.name] > 1 else kpi.name for kpi in kpis
    }


def state_of(gauge: Gauge) -> str:
    """Tell which of `STATES` a gauge shows: a late one in range is not green."""
    late = gauge.health is Health.IN_RANGE and gauge.freshness == "late"
    return "late" if late else gauge.health.value


def state(gauge: Gauge) -> str:
    """Say a gauge's health, with its shape."""
    return STATES[state_of(gauge)]


def gauge_line(gauge: Gauge, on: date, today: date) -> str:
    """Say in one line what matters most about a gauge on a day."""
    if gauge.health is Health.NO_DATA:
        return f"{silence(gauge, on)} · {words.rhythm(gauge.cadence)}"
    if gauge.health is Health.OUT_OF_RANGE:
        outside_for = stretch(gauge, on)
        return f"{outside_for} · late" if gauge.freshness == "late" else outside_for
    if gauge.freshness == "late" and gauge.period is not None:
        return f"due since {words.day(on - timedelta(days=gauge.late_days), today)}"
    return _movement(gauge)


def health_heading(gauges: Sequence[Gauge]) -> str:
    """Answer the first question: how many gauges are green."""
    if not gauges:
        return "is the car all right?"
    green = sum(state_of(gauge) == "in range" for gauge in gauges)
    return f"is the car all right? {green} of {len(gauges)} in range"


def silence(gauge: Gauge, on: date) -> str:
    """Say how long a gauge has had no reading."""
    if gauge.period is None:
        return "no reading yet"
    ended = words.next_period(gauge.cadence, gauge.period) - timedelta(days=1)
    return f"no reading for {words.span(max(1, (on - ended).days))}"


def stretch(gauge: Gauge, on: date) -> str:
    """Say how long a gauge has been out of range."""
    if gauge.since is None:
        return "out of range"
    return f"out of range for {words.span(max(1, (on - gauge.since).days))}"


def _movement(gauge: Gauge) -> str:
    moved = words.movement(gauge.value, gauge.previous, gauge.cadence)
    follows_gap = len(gauge.series) > 1 and gauge.series[-2] is None
    if not follows_gap:
        return moved
    return moved.replace(f"the {words.PERIOD_NAMES[gauge.cadence]} before", "the reading before")


def no_decisions(more_outside: int) -> str:
    """Say that nothing shown needs a decision, and how much that is not shown may."""
    if not more_outside:
        return "Nothing needs a decision."
    return f"Nothing shown here needs a decision, but {outside(more_outside)} below."


def outside(count: int) -> str:
    """Count KPIs out of range."""
    return f"{words.counted(count, 'KPI')} {'is' if count == 1 else 'are'} out of range"
