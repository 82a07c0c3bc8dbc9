"""Taking back what one did."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from data.company.fields import PersonRow
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.history.undo import undo
from data.identity.people import introduce
from data.kpis.fields import AnnotationRow, DecisionRow, KpiRow, ReadingRow
from data.okrs.fields import ObjectiveRow
from models import Cadence, Confidence, DecisionKind, ObjectiveState, Role, Weekday
from tests.data.builders import (
    MONDAY,
    NOW,
    TODAY,
    Clock,
    acme,
    exported,
    gauge,
    key_result,
    last_command,
    person,
    record,
    rows,
    seen,
    with_more,
)
from tests.data.history.taking_back import CUSTOMERS, imported, reading, said, say, take_back

pytestmark = pytest.mark.usefixtures("ana_may_import")


def test_a_reading_taken_back_leaves_none(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    before = exported(engine)
    take_back(engine, record(engine, 9))
    assert gauge(seen(engine)).value is None
    assert exported(engine) == before


def test_a_reading_taken_back_is_still_on_record(company: Engine, clock: Clock) -> None:
    command_id = record(company, 9)
    clock.tick()
    undone_by = take_back(company, command_id)
    first, second = rows(company, "reading")
    assert first["value"] == 9
    assert (second["value"], second["withdraws_id"]) == (None, first["id"])
    assert second["known_at"] == clock.moment
    last = rows(company, "command")[-1]
    assert (last["id"], last["name"], last["undoes_id"]) == (undone_by, "undo", command_id)


def test_a_correction_taken_back_leaves_what_was_corrected(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    record(engine, 9, who="Ben", note="Fair")
    before = exported(engine)
    take_back(engine, record(engine, 10))
    assert gauge(seen(engine)).value == 9
    assert rows(engine, "reading")[-1]["note"] == "Fair"
    assert exported(engine) == before


def test_one_can_go_back_step_by_step(company: Engine, clock: Clock) -> None:
    person(company)
    steps = [9, 10, 11]
    exports = []
    for value in steps:
        exports.append(exported(company))
        clock.tick()
        record(company, value)
    for expected in reversed(exports):
        clock.tick()
        take_back(company, last_command(company, person(company)))
        assert exported(company) == expected
    assert gauge(seen(company)).value is None


def test_a_check_in_taken_back_leaves_none(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    before = exported(engine)
    take_back(engine, say(engine, 12))
    found = key_result(seen(engine), CUSTOMERS)
    assert (found.value, found.checked_on, found.standing) == (None, None, "no value")
    assert exported(engine) == before


def test_a_corrected_check_in_taken_back_leaves_what_was_said_before(company: Engine) -> None:
    say(company, 12, who="Ben", confidence=Confidence.SURE, note="Signed")
    before = exported(company)
    take_back(company, say(company, 13))
    found = key_result(seen(company), CUSTOMERS)
    assert (found.value, found.confidence, found.note) == (12, Confidence.SURE, "Signed")
    assert exported(company) == before


def test_somebody_introduced_is_no_longer_here(company: Engine) -> None:
    before = exported(company)
    dora = introduce(company, "Dora")
    undo(company, rows(company, "command")[-1]["id"], person_id=dora)
    assert exported(company) == before


def test_a_whole_company_can_be_taken_back(engine: Engine, clock: Clock) -> None:
    ben = introduce(engine, "Ben")
    before = exported(engine)
    tables = with_more(
        acme(),
        readings=[reading(9)],
        check_ins=[said(12, confidence=Confidence.LIKELY)],
        decisions=[
            DecisionRow(
                team="Sales", kpi="Conversion", date=TODAY, decision=DecisionKind.ACKNOWLEDGE
            )
        ],
        annotations=[AnnotationRow(team="Sales", kpi="Conversion", date=TODAY, text="Fair")],
    )
    command_id = import_tables(engine, tables, person_id=ben).command_id
    assert command_id is not None
    undo(engine, command_id, person_id=ben)
    assert exported(engine) == before
    assert import_tables(engine, tables, person_id=ben).counts["kpis"].new == 4
    assert gauge(seen(engine)).value == 9


def changed() -> Tables:
    """Give the small company with something of everything changed."""
    tables = acme()
    tables.teams[2] = replace(tables.teams[2], parent="Support", check_in_day=Weekday.FRIDAY)
    tables.people[0] = replace(tables.people[0], email="a@acme.test", role=Role.MEMBER)
    tables.cycles[1] = replace(tables.cycles[1], ends_on=date(2026, 7, 5))
    tables.kpis[1] = replace(
        tables.kpis[1], unit="‰", low=7, owner="Ben", pinned=("Sales", "Acme"), description="New"
    )
    tables.objectives[0] = replace(
        tables.objectives[0],
        owner="Ben",
        state=ObjectiveState.CLOSED,
        guardrails=("Support / Backlog",),
    )
    tables.key_results[0] = replace(tables.key_results[0], target=50, weight=2, unit="customers")
    tables.milestones[0] = replace(tables.milestones[0], done_on=TODAY, share=2)
    return with_more(
        tables,
        people=[PersonRow(person="Cara", team="Support", role=Role.MEMBER)],
        objectives=[ObjectiveRow(cycle="2026", team="Acme", objective="Be known")],
        kpis=[KpiRow(team="Support", kpi="Calls", low=1, cadence=Cadence.DAILY)],
        readings=[ReadingRow(team="Support", kpi="Calls", date=TODAY, value=3), reading(9)],
        check_ins=[said(12)],
        annotations=[AnnotationRow(team="Sales", kpi="Conversion", date=TODAY, text="Fair")],
    )


def test_a_changed_company_taken_back_is_the_one_before(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    before, cockpit = exported(engine), seen(engine)
    command_id = imported(engine, changed())
    assert exported(engine) != before
    take_back(engine, command_id)
    assert exported(engine) == before
    assert replace(seen(engine), version=0) == replace(cockpit, version=0)


def test_changed_links_taken_back_are_those_before(company: Engine) -> None:
    imported(company, changed())
    before = exported(company)
    take_back(company, imported(company, acme(), who="Ben"), who="Ben")
    assert exported(company) == before


def test_a_changed_range_taken_back_is_the_one_before(company: Engine, clock: Clock) -> None:
    tables = acme()
    tables.kpis[1] = replace(tables.kpis[1], low=11)
    record(company, 9)
    clock.tick(days=1)
    command_id = imported(company, tables)
    day = clock.moment.date()
    assert gauge(seen(company, day=day)).low == 11
    clock.tick(days=1)
    take_back(company, command_id)
    assert gauge(seen(company, day=day)).low == 11, "as it was known then"
    assert gauge(seen(company, day=clock.moment.date())).low == 8


def test_an_imported_chain_of_corrections_goes_whole(company: Engine, clock: Clock) -> None:
    before = exported(company)
    first, later = NOW - timedelta(hours=5), NOW - timedelta(hours=2)
    tables = Tables(
        readings=[reading(9), reading(10, recorded_at=first), reading(11, recorded_at=later)],
        check_ins=[said(12, recorded_at=first), said(13, recorded_at=later)],
    )
    command_id = imported(company, tables)
    assert gauge(seen(company)).value == 11
    clock.tick()
    take_back(company, command_id)
    assert exported(company) == before
    assert gauge(seen(company)).value is None
    assert key_result(seen(company), CUSTOMERS).value is None


def test_an_imported_correction_taken_back_leaves_what_a_person_said(
    company: Engine, clock: Clock
) -> None:
    record(company, 9, who="Ben", note="Fair")
    clock.tick()
    take_back(company, imported(company, Tables(readings=[reading(10)])))
    assert gauge(seen(company)).value == 9


def test_what_was_taken_back_can_be_imported_again(company: Engine, clock: Clock) -> None:
    last_week = MONDAY - timedelta(days=7)
    recorded = NOW - timedelta(hours=5)
    tables = Tables(
        readings=[reading(9, last_week), reading(10), reading(11, recorded_at=recorded)],
        check_ins=[said(12, TODAY - timedelta(days=7)), said(13, recorded_at=recorded)],
    )
    command_id = imported(company, tables)
    once = exported(company)
    clock.tick()
    take_back(company, command_id)
    clock.tick()
    imported(company, tables)
    assert gauge(seen(company)).value == 11
    assert gauge(seen(company)).previous == 9
    assert key_result(seen(company), CUSTOMERS).change == 1
    assert exported(company) == once
    clock.tick()
    assert not import_tables(company, tables).changes


def test_a_reading_taken_back_can_be_imported(company: Engine, clock: Clock) -> None:
    last_week = MONDAY - timedelta(days=7)
    take_back(company, record(company, 9, on=last_week))
    clock.tick()
    imported(company, Tables(readings=[reading(10, last_week)]))
    assert gauge(seen(company)).value == 10


def test_a_moment_of_now_in_a_file_does_not_outlive_its_import(company: Engine) -> None:
    command_id = imported(company, Tables(readings=[reading(9, recorded_at=NOW)]))
    take_back(company, command_id)
    assert gauge(seen(company)).value is None
