"""What changed since the last check-in: from what is stored, and only for who asks."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from data.company.queries import company as company_of
from data.core.database import data_version
from data.meetings import commands
from data.meetings.views import PlannedItem, Standing
from data.okrs.commands.check_ins import check_in
from data.screens.cockpit import Look, cockpit
from data.screens.since_check_in import since_check_in
from data.screens.views.cockpit import Cockpit
from data.screens.views.since_check_in import SinceCheckIn
from models import AgendaReason, Confidence, Health
from tests.data.builders import MONDAY, Clock, forget, key, person, record, statements


def hold(engine: Engine) -> None:
    who, team = person(engine), key(engine, "team", "Sales")
    agenda = [PlannedItem(AgendaReason.OPEN_FLOOR)]
    meeting, _ = commands.start(engine, person_id=who, team_id=team, agenda=agenda)
    commands.end(engine, person_id=who, meeting_id=meeting, after={})


def tell(engine: Engine, clock: Clock, value: float, confidence: Confidence) -> None:
    said: dict[str, Any] = {"day": clock.moment.date(), "value": value, "confidence": confidence}
    said |= {"key_result_id": key(engine, "key_result", "Sign customers")}
    check_in(engine, person_id=person(engine), base_version=data_version(engine), **said)


def look(engine: Engine, clock: Clock) -> tuple[Look, Cockpit]:
    version = data_version(engine)
    here, day = company_of(engine, version), clock.moment.date()
    found = Look(here.team_named("Sales"), here.cycle_named(None, day), day)
    return found, cockpit(engine, version, found)


def seen(engine: Engine, clock: Clock) -> SinceCheckIn | None:
    return since_check_in(engine, data_version(engine), *look(engine, clock))


def test_what_moved_is_told_with_how_it_stood_on_the_day_of_the_check_in(
    company_of_each_kind: Engine, clock: Clock
) -> None:
    company = company_of_each_kind
    record(company, 14.0)
    tell(company, clock, 4.0, Confidence.LIKELY)
    hold(company)
    held_on = clock.moment.date()
    assert seen(company, clock) is None
    clock.tick(days=7)
    assert seen(company, clock) == SinceCheckIn(held_on, (), ())
    record(company, 11.0, on=MONDAY + timedelta(days=7))
    tell(company, clock, 6.0, Confidence.UNSURE)
    found = seen(company, clock)
    assert found is not None
    (kpi,) = found.kpis
    told = key(company, "key_result", "Sign customers")
    (result,) = [each for each in found.key_results if each.key == told]
    assert kpi.key == key(company, "kpi", "Conversion")
    assert (kpi.before.value, kpi.before.health) == (14.0, Health.OUT_OF_RANGE)
    assert (kpi.after.value, kpi.after.health) == (11.0, Health.IN_RANGE)
    assert result.before == Standing(4.0, confidence=Confidence.LIKELY)
    assert result.after == Standing(6.0, confidence=Confidence.UNSURE)


def test_a_later_check_in_takes_the_place_of_an_earlier_one(company: Engine, clock: Clock) -> None:
    record(company, 14.0)
    hold(company)
    clock.tick(days=7)
    record(company, 11.0, on=MONDAY + timedelta(days=7))
    hold(company)
    # Until the day is over it is the one before that all is held against.
    assert (found := seen(company, clock)) is not None
    assert len(found.kpis) == 1
    clock.tick(days=1)
    assert seen(company, clock) == SinceCheckIn(clock.moment.date() - timedelta(days=1), (), ())


@pytest.mark.parametrize("weeks", [1, 4])
def test_it_takes_as_many_statements_however_much_there_was(
    company: Engine, clock: Clock, weeks: int
) -> None:
    for week in range(weeks):
        record(company, 11.0 + week, on=MONDAY + timedelta(days=7 * week))
        hold(company)
        clock.tick(days=7)
    asked, shown = look(company, clock)
    forget(company)
    with statements(company) as noted:
        since_check_in(company, data_version(company), asked, shown)
    assert len(noted) <= 20
