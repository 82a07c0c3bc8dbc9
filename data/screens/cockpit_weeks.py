"""The cockpit week by week: a cycle so far, as it was known at the end of each of its weeks."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Engine

from data.company.queries import company
from data.company.views import CycleView
from data.screens.cockpit import Look, cockpit
from data.screens.views.cockpit import Cockpit

WEEK = timedelta(weeks=1)


def week_ends(cycle: CycleView, day: date) -> list[date]:
    """Give the last day of each week of a cycle, up to a day, which ends the week it is in."""
    last = min(day, cycle.ends_on)
    ends = [cycle.starts_on + WEEK * (at + 1) - timedelta(days=1) for at in range(cycle.weeks)]
    return [*(end for end in ends if end < last), last]


def cockpit_weeks(engine: Engine, version: int, look: Look, shown: Cockpit) -> tuple[Cockpit, ...]:
    """Give the cockpits of the weeks of a cycle so far; all have the KPIs that are `shown` now."""
    here = company(engine, version)
    cycle = look.cycle
    if cycle is None:
        return ()
    kpis = [gauge.kpi_id for gauge in shown.gauges]
    kpis += [indicator.kpi_id for indicator in shown.indicators]
    return tuple(
        cockpit(
            engine,
            version,
            replace(
                look,
                cycle=here.cycle_named(cycle.name, end),
                day=end,
                all_teams=True,
                kpis=tuple(kpis),
            ),
        )
        for end in week_ends(cycle, look.day)
    )
