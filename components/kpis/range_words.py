"""The words for ideal ranges that are to hold from a later day on."""

from datetime import date

from components.ui import formatting, words
from data.kpis.views.kpi import KpiView
from data.kpis.views.ranges import RangeAhead

ABOUT = "Raise the bar step by step: from that day on, the KPI is held against the new range."
WITHDRAWN = "The range before it goes on. You can undo this."


def ahead(step: RangeAhead, unit: str, today: date) -> str:
    """Say from when which range holds."""
    return f"From {formatting.day(step.starts_on, today)}: {bounds(step, unit)}."


def on_chart(step: RangeAhead, unit: str, today: date) -> str:
    """Name a range that is to come beside its band."""
    return f"from {formatting.day(step.starts_on, today)}: {bounds(step, unit)}"


def bounds(step: RangeAhead, unit: str) -> str:
    """Say a range that is to come."""
    if step.high is None and step.low is not None:
        return f"at least {formatting.value(step.low, unit)}"
    if step.low is None and step.high is not None:
        return f"at most {formatting.value(step.high, unit)}"
    return words.ideal(step.low, step.high, unit).removeprefix("ideal ")


def now_and_then(view: KpiView) -> str:
    """Say whether the KPI as it is now would be in its next range."""
    step = view.ranges_ahead[0]
    latest = view.gauge or view.indicator
    if latest is None or latest.value is None:
        return ""
    below = step.low is not None and latest.value < step.low
    above = step.high is not None and latest.value > step.high
    value = formatting.value(latest.value, view.unit, step.low, step.high)
    where = "out of" if below or above else "in"
    return f"Its latest value, {value}, would be {where} that range."


def usual_day(today: date) -> date:
    """Give the day from which a range most likely is to hold: the first of the next quarter."""
    month = (today.month - 1) // 3 * 3 + 4
    return date(today.year + month // 13, (month - 1) % 12 + 1, 1)
