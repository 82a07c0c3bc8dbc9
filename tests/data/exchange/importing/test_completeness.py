"""What an import may leave without its measure: the key results of a draft, and no others."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.__main__ import main
from data.core.database import data_version, open_database
from data.exchange.bad_input import BadInput
from data.exchange.importing import import_tables
from data.exchange.importing.preview import preview
from data.exchange.tables import Tables
from data.okrs.commands.key_results import add_key_result
from data.okrs.fields import KeyResultRow, MilestoneRow, ObjectiveRow
from models import KeyResultKind, ObjectiveState
from tests.data.builders import (
    ROAD,
    acme,
    bring,
    everything,
    exported,
    key,
    person,
    problems,
    with_more,
)
from tests.data.exchange.importing.previews import prepared, table

BREAD = {**ROAD, "objective": "Better bread"}
DRAFT = ObjectiveRow(**BREAD, state=ObjectiveState.DRAFT)
ACTIVE = ObjectiveRow(**BREAD, state=ObjectiveState.ACTIVE)
BARE = [
    KeyResultRow(**BREAD, key_result="Way"),
    KeyResultRow(**BREAD, key_result="Crust", kind=KeyResultKind.HOLD),
    KeyResultRow(**BREAD, key_result="Oven", kind=KeyResultKind.MILESTONE),
]
LACKS = [
    "key_results.csv:2: start is empty: a metric needs a start, write a number",
    "key_results.csv:2: target is empty: a metric needs a target, write a number",
    "key_results.csv:3: kpi is empty: a hold needs the KPI to hold, write its name",
    "key_results.csv:3: hold_periods is empty: a hold needs them, for example 8",
]
STORED = [
    f"objectives.csv:2: key result “{name}” has no {what} yet: "
    "write it in key_results, or leave the objective a draft"
    for name, what in (
        ("Way", "start"),
        ("Way", "target"),
        ("Crust", "KPI to hold"),
        ("Crust", "number of periods to hold"),
    )
]
WHOLE: dict[str, list[Any]] = {
    "key_results": [
        replace(BARE[0], start=1, target=2),
        replace(BARE[1], kpi="Conversion", hold_periods=4),
        BARE[2],
    ],
    "milestones": [MilestoneRow(**BREAD, key_result="Oven", step="Bought", share=1)],
}


@pytest.fixture
def drafted(company: Engine) -> Engine:
    """Give the company with a draft that nobody has finished."""
    bring(company, objectives=[DRAFT], key_results=BARE)
    return company


def test_a_draft_comes_in_as_it_is(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    assert bring(engine, objectives=[DRAFT], key_results=BARE).changes == 4
    assert exported(engine).key_results[-3:] == BARE
    assert bring(engine, objectives=[DRAFT], key_results=BARE).changes == 0


@pytest.mark.parametrize("state", [state for state in ObjectiveState if state != "draft"])
def test_no_other_may_lack_anything(company: Engine, state: ObjectiveState) -> None:
    before = everything(company)
    rows = Tables(objectives=[replace(DRAFT, state=state)], key_results=BARE)
    # What is over may have lost its KPI since.
    over = state in (ObjectiveState.CLOSED, ObjectiveState.GRADUATED)
    assert problems(company, rows) == [each for each in LACKS if not (over and "kpi is" in each)]
    assert everything(company) == before


def test_the_state_may_be_the_one_that_is_here(drafted: Engine) -> None:
    more = [KeyResultRow(**BREAD, key_result="Another")]
    assert bring(drafted, key_results=more).changes == 1
    no_states = {"objectives": frozenset({"cycle", "team", "objective"})}
    again = [KeyResultRow(**BREAD, key_result="A third")]
    assert bring(drafted, objectives=[ACTIVE], key_results=again, given=no_states).changes == 1
    lacking = KeyResultRow(**ROAD, key_result="Sign partners", start=0)
    assert problems(drafted, Tables(key_results=[lacking])) == [LACKS[1]]


def test_what_becomes_active_must_be_whole(drafted: Engine) -> None:
    before = everything(drafted)
    assert problems(drafted, Tables(objectives=[ACTIVE])) == STORED
    assert problems(drafted, Tables(objectives=[ACTIVE], key_results=BARE[:1])) == [
        *LACKS[:2],
        *STORED[2:],
    ]
    assert everything(drafted) == before
    done = bring(drafted, objectives=[ACTIVE], **WHOLE)
    assert done.changes == 4
    assert exported(drafted).objectives[-1].state == ObjectiveState.ACTIVE


def test_what_could_not_be_measured_before_is_no_fault_of_the_import(company: Engine) -> None:
    add_key_result(
        company,
        person_id=person(company),
        objective_id=key(company, "objective", ROAD["objective"]),
        name="Begun",
        base_version=data_version(company),
    )
    tables = exported(company)
    assert import_tables(company, tables).changes == 0
    tables.key_results[-1] = replace(tables.key_results[-1], start=3)
    assert import_tables(company, tables).changes == 1


def test_what_could_be_measured_stays_so(company: Engine) -> None:
    emptied = [replace(row, target=None, hold_periods=None) for row in acme().key_results]
    assert problems(company, Tables(key_results=emptied)) == [
        LACKS[1],
        LACKS[1].replace(":2:", ":3:"),
        LACKS[3].replace(":3:", ":5:"),
    ]


def test_an_unknown_kpi_is_said_once(company: Engine) -> None:
    hold = KeyResultRow(
        **ROAD, key_result="Hold", kind=KeyResultKind.HOLD, kpi="Nothing", hold_periods=2
    )
    (problem,) = problems(company, Tables(key_results=[hold]))
    assert "unknown KPI “Nothing”" in problem


def test_the_preview_says_the_same_and_a_draft_is_none(drafted: Engine) -> None:
    before = everything(drafted)
    view = preview(drafted, prepared(Tables(objectives=[ACTIVE])))
    assert [each.what for each in view.problems] == [line.split(": ")[1] for line in STORED]
    again = preview(drafted, prepared(Tables(objectives=[DRAFT], key_results=BARE)))
    assert (again.problems, again.changes) == ((), 0)
    whole = preview(drafted, prepared(Tables(objectives=[ACTIVE], **WHOLE)))
    assert (whole.problems, table(whole, "key_results").counts["changed"]) == ((), 2)
    assert everything(drafted) == before


@pytest.mark.parametrize("name", ["folder", "book.xlsx"])
def test_all_is_listed_beside_what_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("MILEPOST_DATABASE_URL", f"sqlite:///{tmp_path / 'milepost.db'}")
    (tmp_path / "objectives.csv").write_text(
        "cycle,team,objective,state\nQ2,A,O,active\nQ2,A,P,draft\n"
    )
    (tmp_path / "key_results.csv").write_text(
        "cycle,team,objective,key_result,start,target\nQ2,A,O,R,1,\nQ2,A,P,R,,\nQ2,A,O,S,x,2\n"
    )
    (tmp_path / "cycles.csv").write_text("cycle,starts_on,ends_on\nQ2,2026-04-01,2026-06-30\n")
    (tmp_path / "teams.csv").write_text("team\nA\n")
    assert main(["import", str(tmp_path)]) == 2
    told = capsys.readouterr().err.splitlines()
    assert told == [
        "key_results.csv:2: target is empty: a metric needs a target, write a number",
        "key_results.csv:4: start x is not a number: write digits and a point, for example 3.5",
        "2 problems. Nothing was written.",
    ]


CELL = st.none() | st.just(1.0)


@st.composite
def half_written(draw: st.DrawFn) -> tuple[ObjectiveState, list[KeyResultRow], list[MilestoneRow]]:
    rows, steps = [], []
    for number in range(draw(st.integers(1, 3))):
        row = KeyResultRow(
            **BREAD,
            key_result=f"KR {number}",
            kind=draw(st.sampled_from(KeyResultKind)),
            start=draw(CELL),
            target=draw(CELL),
            hold_periods=draw(st.none() | st.just(4)),
            kpi=draw(st.sampled_from(["", "Conversion"])),
        )
        rows.append(row)
        if draw(st.booleans()):
            steps.append(MilestoneRow(**BREAD, key_result=row.key_result, step="One", share=1))
    return draw(st.sampled_from(ObjectiveState)), rows, steps


def is_whole(row: KeyResultRow, steps: list[MilestoneRow]) -> bool:
    if row.kind is KeyResultKind.METRIC:
        return None not in (row.start, row.target)
    if row.kind is KeyResultKind.HOLD:
        return bool(row.kpi) and row.hold_periods is not None
    return True


@pytest.fixture(scope="module")
def at(files: dict[str, Path]) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{files['acme']}")
    yield engine
    engine.dispose()


@settings(
    max_examples=150,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(drawn=half_written())
def test_a_dry_run_refuses_what_cannot_be_measured_unless_it_is_a_draft(
    at: Engine, drawn: tuple[ObjectiveState, list[KeyResultRow], list[MilestoneRow]]
) -> None:
    state, key_results, milestones = drawn
    objectives = [ObjectiveRow(**BREAD, state=state)]
    tables = with_more(
        Tables(), objectives=objectives, key_results=key_results, milestones=milestones
    )
    if state in (ObjectiveState.CLOSED, ObjectiveState.GRADUATED):
        held = [replace(row, kpi=row.kpi or "Conversion") for row in key_results]
    else:
        held = key_results
    may = state is ObjectiveState.DRAFT or all(is_whole(row, milestones) for row in held)
    version = data_version(at)
    try:
        import_tables(at, tables, dry_run=True)
    except BadInput:
        assert not may
    else:
        assert may
    assert bool(preview(at, prepared(tables)).problems) is not may
    assert data_version(at) == version
