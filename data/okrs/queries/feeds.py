"""What counts for key results on a day: up to when they are looked at, and what feeds them."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from analytics.periods import first_day, ordinal
from data.company.views import CycleView
from data.kpis.queries.feed_readings import Feed
from models import KeyResultKind


class Placed(NamedTuple):
    """A key result's row with its objective's and their cycle, seen on a day.

    Its check-ins and readings count `until` a day of the cycle, its steps up to `stands_on`: what
    is over is seen as when it was closed. `feed` is what the KPI says that feeds it, if any.
    """

    row: Any
    objective: Any
    cycle: CycleView
    stands_on: date
    until: date
    feed: Feed | None


def placed(row: Any, objective: Any, cycle: CycleView, day: date) -> Placed:
    """Place a key result among what it belongs to, as it is seen on a day."""
    since = objective.over_since
    stands_on = day if since is None else min(day, since)
    until, feed = min(stands_on, cycle.ends_on), None
    if row.kpi_id is not None:
        version = None if since is None else objective.over_version
        feed = Feed(row.kpi_id, until, since, version)
    return Placed(row, objective, cycle, stands_on, until, feed)


def feeds_of(key_results: Iterable[Placed]) -> list[Feed]:
    """Give the feeds of those key results that KPIs feed, in their order."""
    return [each.feed for each in key_results if each.feed]


def read_since(feed: Feed, cycle: CycleView, cadence: str) -> date:
    """Give the day as of which a KPI is to be read at the latest for all that a feed says.

    Where the objective is over, its last period may have no reading that counts.
    """
    last = feed.until
    if feed.over_since is not None:
        last = first_day(ordinal(feed.until, cadence) - 1, cadence)
    return min(cycle.starts_on, last)


def takes_value(kind: str, kpi_id: int | None) -> bool:
    """Tell whether a person types a key result's value, or something else gives it."""
    return kind == KeyResultKind.METRIC and kpi_id is None
