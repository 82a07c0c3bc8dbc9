"""An import brings back each KPI by one recovery at a time."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from data.exchange.importing import import_tables
from data.exchange.importing.preview import preview
from data.exchange.tables import Tables
from data.okrs.commands.objective_life import change_state
from data.okrs.fields import KeyResultRow, ObjectiveRow
from models import KeyResultKind, ObjectiveState
from tests.data.builders import bring, everything, exported, person, problems
from tests.data.exchange.importing.previews import prepared
from tests.data.okrs.recovering import about

FIRST = ObjectiveRow(
    cycle="Q2 2026",
    team="Support",
    objective="Backlog comes back",
    origin_kpi="Backlog",
    state=ObjectiveState.ACTIVE,
)
SECOND = replace(FIRST, objective="Backlog goes down")
TOLD = (
    "“Backlog goes down” is a second recovery of “Backlog”, beside “Backlog comes back” in "
    "Q2 2026: keep one, and write closed as the state of the other"
)


def hold(objective: ObjectiveRow) -> KeyResultRow:
    return KeyResultRow(
        cycle=objective.cycle,
        team=objective.team,
        objective=objective.objective,
        key_result="Backlog held",
        kind=KeyResultKind.HOLD,
        kpi="Backlog",
        hold_periods=4,
    )


def recoveries(*objectives: ObjectiveRow) -> Tables:
    return Tables(objectives=list(objectives), key_results=list(map(hold, objectives)))


@pytest.mark.parametrize("state", [ObjectiveState.ACTIVE, ObjectiveState.PROBATION])
def test_two_at_once_are_refused(company: Engine, state: ObjectiveState) -> None:
    before = everything(company)
    tables = recoveries(FIRST, replace(SECOND, state=state))
    assert problems(company, tables) == [f"objectives.csv:3: {TOLD}"]
    assert everything(company) == before


def test_one_beside_that_which_is_here_is_refused_and_seen_before(company: Engine) -> None:
    import_tables(company, recoveries(FIRST))
    tables = recoveries(SECOND)
    assert problems(company, tables) == [f"objectives.csv:2: {TOLD}"]
    (problem,) = preview(company, prepared(tables)).problems
    assert f"{problem.what}: {problem.remedy}" == TOLD


def test_what_makes_a_recovery_may_come_in_a_file_of_its_own(company: Engine) -> None:
    import_tables(company, recoveries(FIRST))
    bring(company, objectives=[SECOND])
    assert problems(company, Tables(key_results=[hold(SECOND)])) == [f"key_results.csv:2: {TOLD}"]


@pytest.mark.parametrize(
    "state", [ObjectiveState.DRAFT, ObjectiveState.CLOSED, ObjectiveState.GRADUATED]
)
def test_one_after_the_other_is_brought_in(company: Engine, state: ObjectiveState) -> None:
    import_tables(company, recoveries(replace(FIRST, state=state), SECOND))


def test_one_that_is_closed_makes_way(company: Engine) -> None:
    import_tables(company, recoveries(FIRST))
    import_tables(company, recoveries(replace(FIRST, state=ObjectiveState.CLOSED), SECOND))


def test_other_objectives_may_hold_the_kpi_too(company: Engine) -> None:
    import_tables(company, recoveries(FIRST, replace(SECOND, origin_kpi="")))


def test_what_stands_already_is_no_fault_of_the_import(company: Engine) -> None:
    import_tables(company, recoveries(FIRST, replace(SECOND, state=ObjectiveState.DRAFT)))
    change_state(
        company, person_id=person(company, "Ben"), step="start", **about(company, SECOND.objective)
    )
    assert import_tables(company, exported(company)).changes == 0
