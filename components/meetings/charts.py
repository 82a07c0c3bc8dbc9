"""The large charts of a check-in and of the wall: a KPI's readings, a key result's way so far."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import accumulate
from typing import Any

from components.cockpit import key_result_words
from components.cockpit.key_result_words import on_the_bar
from components.kpis import gauge_numbers
from components.kpis.decision_form import Periods
from components.kpis.gauge_words import drawn_signal, unusual
from components.ui import formatting
from data.kpis.views.gauges import Gauge
from data.okrs.views.key_results import KeyResultView
from models import KeyResultKind

Point = tuple[date, float]


def track(each: KeyResultView, before: float | None = None) -> dict[str, Any]:
    """Write how far a key result is, and where it was `before`: shares of its way."""
    return {
        "done": on_the_bar(each.progress),
        "before": before,
        "pace": on_the_bar(each.pace),
        "span": None if each.span is None else [on_the_bar(end) for end in each.span],
        "standing": key_result_words.standing(each),
    }


def of_gauge(
    gauge: Gauge, today: date, *, since: int | None = None, periods: Periods | None = None
) -> dict[str, Any]:
    """Write the chart of a KPI; `since` counts the periods that are news."""
    first = _first_period(gauge, periods or {})
    last, cadence = gauge.period, gauge.cadence
    return {
        "series": gauge_numbers.series(gauge),
        "at": None,
        "limits": gauge_numbers.limits(gauge),
        "unusual": unusual(gauge),
        "signal": (drawn_signal(gauge) or {"kind": ""})["kind"],
        "low": gauge.low,
        "high": gauge.high,
        "ideal": gauge_numbers.ideal(gauge),
        "news": _begins(len(gauge.series), since),
        "from": "" if first is None else formatting.period(cadence, first, today),
        "to": "" if last is None else formatting.period(cadence, last, today),
    }


def _first_period(gauge: Gauge, periods: Periods) -> date | None:
    """Give the period that the chart of a gauge begins with, where that is known."""
    last, offered = gauge.period, periods.get(gauge.cadence, ())
    known = [start for start in offered if last and start <= last]
    count = len(gauge.series)
    return known[count - 1] if 0 < count <= len(known) else None


def _begins(count: int, since: int | None) -> float | None:
    """Give at which share of the width the last values begin that are news."""
    if since is None or not 0 < since < count:
        return None
    return (count - since - 0.5) / (count - 1)


def of_fed(each: KeyResultView, chart: dict[str, Any]) -> dict[str, Any]:
    """Write the chart of the KPI that feeds a key result, held against its target.

    A KPI that is only to stay in its range is held against that.
    """
    if each.kind is KeyResultKind.HOLD or each.target is None:
        return chart
    return {**chart, **_target(each.start, each.target, each.unit)}


def of_key_result(
    each: KeyResultView, said: Sequence[Point], began: date, day: date, last: date | None
) -> dict[str, Any] | None:
    """Write the chart of a key result from the day on which it `began`; None without news.

    `said` are the values that were checked in, `last` is the day of the last check-in.
    """
    is_steps = each.kind is KeyResultKind.MILESTONE
    points = list(_reached(each, day)) if is_steps else list(said)
    target, unit = (100.0, "%") if is_steps else (each.target, each.unit)
    start = 0.0 if is_steps else each.start
    days = (day - began).days
    if not points or target is None or days <= 0:
        return None
    if start is not None and points[0][0] > began:
        points.insert(0, (began, start))
    news = None if last is None else (last - began).days / days
    return {
        "series": " ".join(f"{value:.6g}" for _, value in points),
        "at": [max((on - began).days, 0) / days for on, _ in points],
        "limits": None,
        "unusual": 0,
        "signal": "",
        "news": news if news is not None and 0 < news < 1 else None,
        "from": formatting.day(began, day),
        "to": formatting.day(day, day),
        **_target(start, target, unit),
    }


def _reached(each: KeyResultView, day: date) -> Iterator[Point]:
    """Give how much of the steps was reached by which day, in per cent, until a day."""
    steps = sorted((step.done_on, step.share) for step in each.steps if step.done_on is not None)
    whole = sum(step.share for step in each.steps) or 1.0
    reached = [100 * sum_ / whole for sum_ in accumulate(share for _, share in steps)]
    yield from ((on, share) for (on, _), share in zip(steps, reached, strict=True))
    if steps and steps[-1][0] < day:
        yield day, reached[-1]


def _target(start: float | None, target: float, unit: str) -> dict[str, Any]:
    """Give where a value is to be: from its target on, on the side away from its start."""
    is_down = start is not None and start > target
    return {
        "low": None if is_down else target,
        "high": target if is_down else None,
        "ideal": f"target {formatting.value(target, unit)}",
    }
