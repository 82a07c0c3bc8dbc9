"""When a key result is to be checked in: on the check-in day of its team."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from analytics.periods import GRACE_DAYS
from data.company.check_in_days import last_check_in_day
from data.kpis.views.gauges import Freshness
from models import Cadence

WEEKS_OFFERED = 13


def days_on_offer(row: Any, said: Iterable[date], day: date) -> tuple[date, ...]:
    """Give the days that can be checked in, the latest first: today, earlier ones that were due."""
    last = last_check_in_day(day, row.check_in_day)
    due = {last - timedelta(days=7 * weeks) for weeks in range(WEEKS_OFFERED)}
    offered = {day, *due, *(on for on in said if on >= min(due))}
    return tuple(sorted((on for on in offered if on >= row.starts_on), reverse=True))


def waits(row: Any, said: Iterable[date], reached: Iterable[date | None], day: date) -> int:
    """Count the days since the check-in after the last news was due, below 0 before it is.

    A KPI brings its own news, and where every step is `reached` no more is awaited.
    """
    steps = list(reached)
    if row.kpi_id or (steps and all(steps)):
        return -1
    last = max([*said, *filter(None, steps), row.starts_on - timedelta(days=1)])
    return (day - last_check_in_day(last + timedelta(days=7), row.check_in_day)).days


def freshness_of(waits: int) -> Freshness:
    """Tell how late news is that has been waited for so many days."""
    if waits < 0:
        return "fresh"
    return "due" if waits < GRACE_DAYS[Cadence.WEEKLY] else "late"
