"""What the coach says stands beside the right row."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data.company.fields import CycleRow
from data.company.queries import company as read_company
from data.core.database import data_version
from data.kpis.fields import KpiRow
from data.okrs.commands.objective_life import change_state
from data.okrs.fields import KeyResultRow, ObjectiveRow
from data.okrs.queries.drafts import OkrLook, okrs
from data.okrs.queries.remarks import okr_remarks
from models import Better, ObjectiveState, Scope
from tests.data.builders import TODAY, bring, key, person, statements
from tests.data.okrs.queries.growing import grow

ROAD = "Win the north"
QUARTER, YEAR = "Q2 2026", "2026"
MORE = 7
"""Statements on top of those of the table."""


def look(engine: Engine, team: str, cycle: str) -> OkrLook:
    here = read_company(engine, data_version(engine))
    return OkrLook(here.team_named(team), here.cycle_named(cycle, TODAY), TODAY)


def said(
    engine: Engine, team: str = "Sales", cycle: str = QUARTER
) -> dict[tuple[str, int | None], list[str]]:
    found: dict[tuple[str, int | None], list[str]] = {}
    for remark in okr_remarks(engine, data_version(engine), look(engine, team, cycle)):
        found.setdefault((remark.target, remark.id), []).append(remark.reason)
    return found


def plan(
    engine: Engine,
    name: str,
    *key_results: dict[str, Any],
    team: str = "Sales",
    cycle: str = QUARTER,
    **terms: Any,
) -> int:
    """Bring an objective, a draft unless told otherwise, and give its key."""
    place = {"cycle": cycle, "team": team, "objective": name}
    bring(
        engine,
        objectives=[ObjectiveRow(**place, **{"state": ObjectiveState.DRAFT, **terms})],
        key_results=[KeyResultRow(**place, **{"owner": "Ana", **row}) for row in key_results],
    )
    return key(engine, "objective", name)


def test_each_remark_stands_beside_its_row(company: Engine) -> None:
    objective = plan(company, "Launch the app", {"key_result": "Webinars held"})
    found = said(company)
    (effort,) = found["key result", key(company, "key_result", "Webinars held")]
    assert "This counts what you do" in effort
    (task, few) = found["objective", objective]
    assert "This is something to do" in task
    assert "One key result tells" in few
    missing, few = found["team", None]
    assert missing.startswith("4 key results have no owner yet")
    assert "Two objectives leave" in few


def test_what_is_under_way_is_not_graded(company: Engine) -> None:
    (reason,) = said(company)["team", None]
    assert reason.startswith("4 key results have no owner yet")
    assert list(said(company)) == [("team", None)]


def test_an_individuals_objective_is_no_teams(company: Engine) -> None:
    rows = [{"key_result": f"Result {n}", "start": 0, "target": 9, "unit": "€"} for n in range(3)]
    plan(company, "Mine", *rows, scope=Scope.INDIVIDUAL)
    assert len(said(company)["team", None]) == 1


def test_before_a_cycle_begins_the_first_objective_is_no_flaw(company: Engine) -> None:
    quarter = CycleRow(cycle="Q3 2026", starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30))
    bring(company, cycles=[quarter])
    rows = [{"key_result": f"Floods {n}", "start": n, "target": 9, "unit": "€"} for n in range(3)]
    plan(company, "Dry feet", *rows, cycle="Q3 2026")
    assert said(company, cycle="Q3 2026") == {}
    plan(company, "Dry hands", *rows, cycle="Q3 2026")
    assert any(
        "Two objectives leave" in reason for reason in said(company, cycle="Q3 2026")["team", None]
    )


@pytest.mark.parametrize("cycle", [QUARTER, YEAR])
def test_another_team_may_pull_the_same_kpi_the_other_way(company: Engine, cycle: str) -> None:
    down = {"key_result": "Fewer but better", "start": 12, "target": 7, "unit": "%"}
    down["kpi"] = "Sales / Conversion"
    plan(company, "Choose with care", down, team="North", cycle=cycle)
    called = "North / Choose with care" + (" (2026)" if cycle == YEAR else "")
    (reason,) = said(company)["key result", key(company, "key_result", "Lift conversion")]
    assert reason.startswith(f"“{called}” wants Conversion at 7 %, this at 10 %")
    theirs = said(company, "North", cycle)
    called = "Sales / Win the north" + (" (Q2 2026)" if cycle == YEAR else "")
    reasons = theirs["key result", key(company, "key_result", "Fewer but better")]
    assert reasons[0].startswith(f"“{called}” wants Conversion at 10 %, this at 7 %")


def test_what_is_over_pulls_no_more(company: Engine) -> None:
    down = {"key_result": "Fewer", "start": 12, "target": 7, "kpi": "Sales / Conversion"}
    plan(company, "Choose with care", down, team="North", state=ObjectiveState.CLOSED)
    assert list(said(company)) == [("team", None)]


def test_another_teams_kpi_of_the_same_name_is_another_one(company: Engine) -> None:
    bring(company, kpis=[KpiRow(team="North", kpi="Conversion", unit="%", better=Better.WITHIN)])
    down = {"key_result": "Fewer", "start": 12, "target": 7, "kpi": "Conversion"}
    plan(company, "Choose with care", down, team="North")
    assert list(said(company)) == [("team", None)]


def test_what_is_over_is_left_in_peace(company: Engine) -> None:
    change_state(
        company,
        person_id=person(company),
        objective_id=key(company, "objective", ROAD),
        step="close",
        base_version=data_version(company),
    )
    assert said(company) == {}


def test_remarks_cost_the_same_statements_whatever_is_remarked_on(company: Engine) -> None:
    counts = []
    for count in (1, 40):
        grow(company, count, count)
        asked, version = look(company, "North", QUARTER), data_version(company)
        okrs(company, version, asked)
        with statements(company) as noted:
            okr_remarks(company, version, asked)
        counts.append(len(noted))
    assert counts == [MORE, MORE]


@pytest.mark.parametrize("team", ["Support", "Acme"])
def test_an_empty_table_has_no_remarks(company: Engine, team: str) -> None:
    assert said(company, team) == {}
