"""What changed on a cockpit since the last check-in of its team, from what is kept of both days.

One statement for the day of the check-in, and the cockpit of that day, which is kept as any other.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine

from data.company.queries import company
from data.core.database import snapshot
from data.meetings.last_day import last_started
from data.okrs.views.key_results import KeyResultView
from data.screens.check_in import standing_of
from data.screens.cockpit import Look, cockpit
from data.screens.views.check_in import found_in
from data.screens.views.cockpit import Cockpit
from data.screens.views.since_check_in import Moved, SinceCheckIn
from models import KeyResultKind


def since_check_in(engine: Engine, version: int, look: Look, shown: Cockpit) -> SinceCheckIn | None:
    """Compare a cockpit with the end of the last check-in before its day; None without one."""
    here = company(engine, version)
    before = here.end_of(look.day - timedelta(days=1))
    with snapshot(engine) as connection:
        began = last_started(connection, look.team.id, before)
    if began is None:
        return None
    day = began.astimezone(here.zone).date()
    cycle = here.cycle_named(look.cycle.name, day) if look.cycle else None
    kpis = tuple(gauge.kpi_id for gauge in shown.gauges)
    earlier = replace(look, cycle=cycle, day=day, kpis=kpis, all_objectives=True, focus=None)
    then = cockpit(engine, version, earlier)
    return SinceCheckIn(day, tuple(_kpis(shown, then)), tuple(_key_results(shown, then)))


def _kpis(now: Cockpit, then: Cockpit) -> Iterator[Moved]:
    for gauge in now.gauges:
        key = gauge.kpi_id
        before, after = (standing_of(view, kpi_id=key) for view in (then, now))
        if before != after:
            yield Moved(key, before, after, gauge.unit)


def _key_results(now: Cockpit, then: Cockpit) -> Iterator[Moved]:
    for objective in now.objectives:
        for each in objective.key_results:
            # What is held is counted in periods: its KPI tells how it moved.
            if each.kind is KeyResultKind.HOLD or found_in(then, each.key_result_id) is None:
                continue
            moved = _moved(each, now, then)
            if moved.before != moved.after:
                yield moved


def _moved(each: KeyResultView, now: Cockpit, then: Cockpit) -> Moved:
    key = each.key_result_id
    # A chance moves by itself, day by day.
    before, after = (
        replace(standing_of(view, key_result_id=key), chance=None) for view in (then, now)
    )
    return Moved(key, before, after, each.unit, each.kind is KeyResultKind.MILESTONE)
