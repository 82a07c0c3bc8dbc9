"""Taking back what one did."""

import contextlib
import shutil
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.company.fields import PersonRow
from data.core.database import data_version, open_database
from data.core.errors import CommandRejected
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.history.undo import undo
from data.identity.people import introduce
from data.kpis.fields import AnnotationRow, DecisionRow, KpiRow, ReadingRow
from data.okrs.commands.check_ins import check_in
from data.okrs.commands.milestones import reach_milestone
from data.okrs.fields import CheckInRow, ObjectiveRow
from models import Cadence, Confidence, DecisionKind, ObjectiveState, Role, Weekday
from tests.data.builders import (
    MONDAY,
    NOW,
    ROAD,
    TODAY,
    Clock,
    acme,
    bring,
    everything,
    exported,
    gauge,
    key,
    key_result,
    last_command,
    person,
    record,
    rows,
    seen,
    with_more,
)

CUSTOMERS = "Sign customers"


@pytest.fixture(autouse=True)
def _ana_may_import(request: pytest.FixtureRequest) -> None:
    """Make Ana an admin of the company that a test works on."""
    for name in {"company", "company_of_each_kind"} & {*request.fixturenames}:
        admin = PersonRow(person="Ana", team="Acme", role=Role.ADMIN)
        bring(request.getfixturevalue(name), people=[admin])


def reading(value: float, on: date = MONDAY, **options: Any) -> ReadingRow:
    return ReadingRow(team="Sales", kpi="Conversion", date=on, value=value, **options)


def said(value: float, on: date = TODAY, **options: Any) -> CheckInRow:
    return CheckInRow(**ROAD, key_result=CUSTOMERS, date=on, value=value, **options)


def say(engine: Engine, value: float, who: str = "Ana", **options: Any) -> int:
    command_id = check_in(
        engine,
        person_id=person(engine, who),
        key_result_id=key(engine, "key_result", CUSTOMERS),
        day=TODAY,
        value=value,
        confidence=options.pop("confidence", None),
        base_version=data_version(engine),
        **options,
    )
    assert command_id is not None
    return command_id


def imported(engine: Engine, tables: Tables, who: str = "Ana") -> int:
    command_id = import_tables(engine, tables, person_id=person(engine, who)).command_id
    assert command_id is not None
    return command_id


def take_back(engine: Engine, command_id: int | None, who: str = "Ana") -> int:
    assert command_id is not None
    return undo(engine, command_id, person_id=person(engine, who))


def refused(engine: Engine, command_id: int | None, who: str = "Ana") -> str:
    """Give what a person is told who may not take something back; nothing has changed then."""
    assert command_id is not None
    before = everything(engine)
    with pytest.raises(CommandRejected) as error:
        undo(engine, command_id, person_id=person(engine, who))
    assert error.value.field == "undo"
    assert everything(engine) == before
    return error.value.message


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


def test_what_somebody_else_did_stays(company: Engine) -> None:
    assert "you did yourself" in refused(company, record(company, 9, who="Ben"))


def test_an_import_at_the_command_line_is_nobody_s_to_take_back(company: Engine) -> None:
    assert "you did yourself" in refused(company, 1)


def test_a_command_that_never_was_cannot_be_taken_back(company: Engine) -> None:
    assert "you did yourself" in refused(company, 4711)


def test_a_thing_is_taken_back_once(company: Engine) -> None:
    command_id = record(company, 9)
    take_back(company, command_id)
    assert refused(company, command_id) == "This is taken back already."


def test_taking_back_is_not_taken_back(company: Engine) -> None:
    undone_by = take_back(company, record(company, 9))
    assert "you did yourself" in refused(company, undone_by)


def test_a_reading_that_was_corrected_since_stays(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    command_id = record(engine, 9)
    record(engine, 10, who="Ben")
    record(engine, 99, who="Cara", kpi="Backlog")
    assert refused(engine, command_id).startswith("Ben has built on this since")


def test_a_correction_that_was_taken_back_is_not_in_the_way(company: Engine) -> None:
    before = exported(company)
    command_id = record(company, 9)
    take_back(company, record(company, 10, who="Ben"), who="Ben")
    take_back(company, command_id)
    assert exported(company) == before


def test_a_check_in_that_was_corrected_since_stays(company: Engine) -> None:
    command_id = say(company, 12)
    say(company, 13, who="Ben")
    assert refused(company, command_id).startswith("Ben has built on this since")


def test_a_kpi_that_was_read_since_stays(company: Engine) -> None:
    command_id = imported(company, Tables(kpis=[KpiRow(team="Sales", kpi="Calls", low=1)]))
    record(company, 3, kpi="Calls", who="Ben")
    assert refused(company, command_id).startswith("Ben has built on this since")


def test_terms_that_were_changed_since_stay(company: Engine, clock: Clock) -> None:
    tables = acme()
    tables.kpis[1] = replace(tables.kpis[1], low=7)
    command_id = imported(company, tables)
    clock.tick(days=1)
    imported(company, acme(), who="Ben")
    assert refused(company, command_id).startswith("Ben has built on this since")


def test_somebody_who_has_done_something_since_stays(company: Engine) -> None:
    introduce(company, "Dora")
    command_id = rows(company, "command")[-1]["id"]
    record(company, 9, who="Dora")
    assert refused(company, command_id, who="Dora").startswith("You have built on this since")


def test_a_pin_that_was_set_anew_since_stays(company: Engine) -> None:
    pinned = acme()
    pinned.kpis[1] = replace(pinned.kpis[1], pinned=("Sales",))
    imported(company, pinned, who="Ben")
    command_id = imported(company, acme())
    imported(company, pinned, who="Ben")
    assert "is here again already" in refused(company, command_id)


def test_what_others_do_elsewhere_is_not_in_the_way(company: Engine) -> None:
    command_id = record(company, 9)
    record(company, 10, who="Ben", on=MONDAY - timedelta(days=7))
    record(company, 99, who="Ben", kpi="Backlog")
    say(company, 12, who="Ben")
    take_back(company, command_id)
    assert gauge(seen(company)).value == 10


def test_a_moment_of_now_in_a_file_does_not_outlive_its_import(company: Engine) -> None:
    command_id = imported(company, Tables(readings=[reading(9, recorded_at=NOW)]))
    take_back(company, command_id)
    assert gauge(seen(company)).value is None


def test_what_one_built_on_oneself_is_taken_back_first(company: Engine) -> None:
    first, second = record(company, 1), record(company, 2)
    told = "You have built on this since: take that back first."
    assert refused(company, first) == told
    take_back(company, second)
    take_back(company, first)
    assert gauge(seen(company)).value is None


def tick(engine: Engine, done_on: date | None, who: str = "Ana") -> int:
    command_id = reach_milestone(
        engine,
        person_id=person(engine, who),
        milestone_id=rows(engine, "milestone")[0]["id"],
        done_on=done_on,
        base_version=data_version(engine),
    )
    assert command_id is not None
    return command_id


def test_a_step_goes_back_step_by_step(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    first, second = tick(engine, TODAY), tick(engine, MONDAY)
    assert refused(engine, first).startswith("You have built on this since")
    take_back(engine, second)
    assert rows(engine, "milestone")[0]["done_on"] == TODAY
    take_back(engine, first)
    assert rows(engine, "milestone")[0]["done_on"] is None


def test_what_somebody_did_to_a_step_in_between_still_stands(company: Engine) -> None:
    first = tick(company, TODAY)
    tick(company, MONDAY, who="Ben")
    take_back(company, tick(company, None))
    assert refused(company, first).startswith("Ben has built on this since")


def test_terms_go_back_step_by_step(company_of_each_kind: Engine, clock: Clock) -> None:
    engine = company_of_each_kind
    commands, exports = [], []
    for low in (7, 6, 5):
        tables = acme()
        tables.kpis[1] = replace(tables.kpis[1], low=low)
        exports.append(exported(engine))
        clock.tick(days=1)
        commands.append(imported(engine, tables))
    for command_id, before in zip(reversed(commands), reversed(exports), strict=True):
        clock.tick()
        take_back(engine, command_id)
        assert exported(engine) == before
    assert gauge(seen(engine, day=clock.moment.date())).low == 8


def test_a_kpi_goes_after_the_reading_that_was_taken_back(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    before = exported(engine)
    command_id = imported(engine, Tables(kpis=[KpiRow(team="Sales", kpi="Calls", low=1)]))
    take_back(engine, record(engine, 3, kpi="Calls"))
    take_back(engine, command_id)
    assert exported(engine) == before


DOING: list[Callable[[Engine], int | None]] = [
    *(partial(record, value=value) for value in (9, 10)),
    partial(record, value=9, on=MONDAY - timedelta(days=7)),
    *(partial(say, value=value) for value in (12, 13)),
    *(partial(tick, done_on=day) for day in (TODAY, MONDAY)),
]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.sampled_from([*range(len(DOING)), None]), max_size=10))
def test_whatever_one_did_goes_back_from_the_last_to_the_first(
    files: dict[str, Path], tmp_path: Path, steps: list[int | None]
) -> None:
    path = shutil.copy(files["acme"], tmp_path / f"{uuid.uuid4().hex}.db")
    engine = open_database(f"sqlite:///{path}")
    exports: list[tuple[int, Tables]] = []
    for step in [*steps, *([None] * len(steps))]:
        if step is not None:
            before, stands = exported(engine), [row["id"] for row in rows(engine, "command")]
            with contextlib.suppress(AssertionError):
                DOING[step](engine)
            last = rows(engine, "command")[-1]["id"]
            if last not in stands:
                exports.append((last, before))
        elif exports:
            command_id, before = exports.pop()
            take_back(engine, command_id)
            assert exported(engine) == before
    engine.dispose()
