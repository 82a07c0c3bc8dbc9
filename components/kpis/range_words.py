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
    """Say whether the KPI would be in its next range as it is now, and as it is likely to be."""
    latest = view.gauge or view.indicator
    if latest is None or latest.value is None:
        return ""
    step = view.ranges_ahead[0]
    now = f"Its latest value, {_value(view, latest.value)}, would be {_where(step, latest.value)}."
    then = _then(view, step)
    if then is None:
        return now
    mean, grain = then
    near = formatting.about(mean, view.unit, grain)
    return f"{now} If this goes on, it will be near {near}, {_where(step, mean)}."


def _then(view: KpiView, step: RangeAhead) -> tuple[float, float] | None:
    """Give what is expected of the next range's first period, and half its span; None beyond."""
    ahead = view.ahead
    if ahead is None:
        return None
    each = zip(ahead.periods, ahead.mean, ahead.lower, ahead.upper, strict=True)
    within = (row for row in each if row[0] >= step.starts_on)
    return next(((mean, (upper - lower) / 2) for _, mean, lower, upper in within), None)


def _where(step: RangeAhead, value: float) -> str:
    below = step.low is not None and value < step.low
    above = step.high is not None and value > step.high
    return f"{'out of' if below or above else 'in'} that range"


def _value(view: KpiView, value: float) -> str:
    step = view.ranges_ahead[0]
    return formatting.value(value, view.unit, step.low, step.high)


def usual_day(today: date) -> date:
    """Give the day from which a range most likely is to hold: the first of the next quarter."""
    month = (today.month - 1) // 3 * 3 + 4
    return date(today.year + month // 13, (month - 1) % 12 + 1, 1)
