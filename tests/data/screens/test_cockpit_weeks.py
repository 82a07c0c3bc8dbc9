"""The cockpit week by week: a cycle so far, each week as it was known at its end."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from data.company.queries import company as read_company
from data.core.database import data_version
from data.screens.cockpit import Look, cockpit
from data.screens.cockpit_weeks import cockpit_weeks, week_ends
from data.screens.views.cockpit import Cockpit
from tests.data.builders import MONDAY, TODAY, Clock, gauge, key, record, seen

BEGIN = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (BEGIN, [BEGIN]),
        (date(2026, 4, 7), [date(2026, 4, 7)]),
        (date(2026, 4, 8), [date(2026, 4, 7), date(2026, 4, 8)]),
        (date(2026, 4, 16), [date(2026, 4, 7), date(2026, 4, 14), date(2026, 4, 16)]),
    ],
)
def test_a_week_ends_on_its_seventh_day_the_last_one_on_the_day_looked_at(
    company: Engine, day: date, ends: list[date]
) -> None:
    cycle = _look(company, day)[0].cycle
    assert cycle is not None
    assert week_ends(cycle, day) == ends


def test_a_cycle_that_is_over_ends_on_its_last_day(company: Engine) -> None:
    look, _ = _look(company, TODAY)
    assert look.cycle is not None
    over = replace(look.cycle, ends_on=date(2026, 4, 20))
    assert week_ends(over, TODAY) == [date(2026, 4, day) for day in (7, 14, 20)]


def test_each_week_is_what_looking_back_to_its_end_shows(company: Engine, clock: Clock) -> None:
    for back, value in ((2, 11.0), (0, 12.5)):
        record(company, value, on=MONDAY - timedelta(weeks=back))
    clock.tick()
    look, now = _look(company, TODAY)
    assert look.cycle is not None
    weeks = cockpit_weeks(company, data_version(company), look, now)
    assert [week.day for week in weeks] == week_ends(look.cycle, TODAY)
    for week in weeks:
        back = seen(company, day=week.day, cycle="Q2 2026", all_kpis=True)
        assert gauge(week) == gauge(back)
        assert week.tally == back.tally
    assert gauge(weeks[-1]).value == gauge(now).value == 12.5


def test_all_weeks_have_the_kpis_that_are_shown_now_and_no_others(company: Engine) -> None:
    look, now = _look(company, TODAY)
    shown = replace(now, gauges=now.gauges[:1], indicators=())
    weeks = cockpit_weeks(company, data_version(company), look, shown)
    of_shown = {tuple(gauge.kpi_id for gauge in week.gauges) for week in weeks}
    assert of_shown == {(key(company, "kpi", now.gauges[0].name),)}
    assert not any(week.indicators for week in weeks)


def _look(engine: Engine, day: date) -> tuple[Look, Cockpit]:
    version = data_version(engine)
    here = read_company(engine, version)
    look = Look(here.team_named("Sales"), here.cycle_named("Q2 2026", day), day)
    return look, cockpit(engine, version, look)
