"""In its first days a cycle is bare, and the cockpit begins with the one before."""

from datetime import UTC, date, datetime

from sqlalchemy import Engine

from data.company.fields import CycleRow, TeamRow
from data.core.database import data_version
from data.history.undo import undo
from data.okrs.commands import check_ins
from data.okrs.fields import CheckInRow, KeyResultRow, ObjectiveRow
from data.okrs.queries.opening_cycle import cycle_to_open
from models import ObjectiveState
from tests.data.builders import TODAY, Clock, bring, key, person, statements

Q1 = CycleRow(cycle="Q1 2026", starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 31))


def opening(engine: Engine, day: date) -> str | None:
    cycle = cycle_to_open(engine, data_version(engine), day)
    return None if cycle is None else cycle.name


def check_in(engine: Engine, cycle: str, day: date) -> None:
    road = {"cycle": cycle, "team": "Sales", "objective": f"Sell in {cycle}"}
    bring(
        engine,
        objectives=[ObjectiveRow(**road, state=ObjectiveState.ACTIVE)],
        key_results=[KeyResultRow(**road, key_result="Sell", start=0, target=9)],
        check_ins=[CheckInRow(**road, key_result="Sell", date=day, value=1)],
    )


def test_in_its_first_week_a_bare_cycle_leaves_the_page_to_the_one_before(company: Engine) -> None:
    bring(company, cycles=[Q1])
    first, later = date(2026, 4, 1), date(2026, 4, 8)
    assert opening(company, first) == "Q2 2026"  # the one before is bare too
    check_in(company, "Q1 2026", date(2026, 3, 20))
    assert opening(company, first) == "Q1 2026"
    assert opening(company, date(2026, 4, 7)) == "Q1 2026"
    assert opening(company, later) == "Q2 2026"
    check_in(company, "Q2 2026", date(2026, 4, 3))
    assert opening(company, date(2026, 4, 2)) == "Q1 2026"
    assert opening(company, date(2026, 4, 3)) == "Q2 2026"


def test_the_cycle_to_open_costs_nothing_after_the_first_week(company: Engine) -> None:
    version = data_version(company)
    cycle_to_open(company, version, TODAY)
    with statements(company) as noted:
        cycle_to_open(company, version, TODAY)
    assert noted == []


def test_without_cycles_there_is_none_to_open(file: Engine) -> None:
    bring(file, teams=[TeamRow(team="Acme")])
    assert opening(file, TODAY) is None


def test_a_check_in_that_was_taken_back_is_none(company: Engine, clock: Clock) -> None:
    bring(company, cycles=[Q1])
    check_in(company, "Q1 2026", date(2026, 3, 20))
    road = {"cycle": "Q2 2026", "team": "Sales", "objective": "Sell more"}
    bring(
        company,
        objectives=[ObjectiveRow(**road, state=ObjectiveState.ACTIVE)],
        key_results=[KeyResultRow(**road, key_result="Sell twice", start=0, target=9)],
    )
    clock.set(datetime(2026, 4, 2, 9, tzinfo=UTC))
    ana, day = person(company), date(2026, 4, 2)
    command = check_ins.check_in(
        company,
        person_id=ana,
        key_result_id=key(company, "key_result", "Sell twice"),
        day=day,
        value=1,
        confidence=None,
        base_version=data_version(company),
    )
    assert command is not None
    assert opening(company, day) == "Q2 2026"
    clock.tick()
    undo(company, command, person_id=ana)
    assert opening(company, day) == "Q1 2026"
