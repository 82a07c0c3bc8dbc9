"""What KPIs tell the key results that they feed: the readings that count for each of them."""

from datetime import date
from typing import Any

from analytics.periods import first_day, ordinal
from data.company.views import CycleView
from data.kpis.queries.feed_readings import Feed
from data.okrs.queries.closing import counts_until
from models import KeyResultKind


def takes_value(kind: str, kpi_id: int | None) -> bool:
    """Tell whether a person types a key result's value, or something else gives it."""
    return kind == KeyResultKind.METRIC and kpi_id is None


def feed_of(objective: Any, kpi_id: int, cycle: CycleView, day: date) -> Feed:
    """Say up to when a KPI feeds the key results of an objective, seen on a day."""
    since = objective.over_since
    version = None if since is None else objective.over_version
    return Feed(kpi_id, counts_until(objective, cycle, day), since, version)


def oldest(feed: Feed, cadence: str) -> date:
    """Give the day as of which a KPI is to be read at the latest for the last value of a feed.

    Where the objective is over, its last period may have no reading that counts.
    """
    if feed.over_since is None:
        return feed.until
    return first_day(ordinal(feed.until, cadence) - 1, cadence)
