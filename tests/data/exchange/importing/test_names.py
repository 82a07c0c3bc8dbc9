"""What a name in a file means, and what is said where it means nothing or too much."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data.actions.fields import ActionRow
from data.company.fields import CycleRow, PersonRow, TeamRow
from data.exchange.bad_input import BadInput
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.kpis.fields import AnnotationRow, DecisionRow, KpiRow, ReadingRow
from data.okrs.fields import CheckInRow, KeyResultRow, MilestoneRow, ObjectiveRow
from models import Cadence, DecisionKind
from tests.data.builders import (
    MONDAY,
    ROAD,
    TODAY,
    acme,
    bring,
    everything,
    key_result,
    problems,
    rows,
    seen,
)

KR = {**ROAD, "key_result": "Sign customers"}
MEASURE = {"cadence": Cadence.WEEKLY, "low": 1.0}


def found(engine: Engine, text: str, *, team: str = "North") -> tuple[str, str]:
    """Give the team and name of the KPI that a team means by a text."""
    objective = {"cycle": "2026", "team": team, "objective": "Find"}
    key_result = KeyResultRow(**objective, key_result="It", start=0, target=1, kpi=text)
    bring(engine, objectives=[ObjectiveRow(**objective)], key_results=[key_result])
    kpi_id = rows(engine, "key_result")[-1]["kpi_id"]
    kpi = next(row for row in rows(engine, "kpi") if row["id"] == kpi_id)
    teams = {row["id"]: row["name"] for row in rows(engine, "team")}
    return teams[kpi["team_id"]], kpi["name"]


@pytest.mark.parametrize(
    ("owners", "text", "team"),
    [
        (["Acme", "Sales", "North"], "Margin", "North"),
        (["Acme", "Sales"], "Margin", "Sales"),
        (["Acme"], "Margin", "Acme"),
        (["North", "Support"], "Support / Margin", "Support"),
        (["North", "Support"], "North / Margin", "North"),
    ],
)
def test_a_kpi_is_sought_in_the_own_team_then_above_then_by_its_team(
    company: Engine, owners: list[str], text: str, team: str
) -> None:
    bring(company, kpis=[KpiRow(team=owner, kpi="Margin", **MEASURE) for owner in owners])
    assert found(company, text) == (team, "Margin")


def test_a_slash_in_a_name_is_part_of_it(company: Engine) -> None:
    bring(company, kpis=[KpiRow(team="Support", kpi="Cost / ticket", **MEASURE)])
    assert found(company, "Support / Cost / ticket") == ("Support", "Cost / ticket")
    assert found(company, "Cost / ticket", team="Support") == ("Support", "Cost / ticket")


def test_a_name_that_could_mean_two_is_an_error(company: Engine) -> None:
    bring(
        company,
        teams=[TeamRow(team="Support / Cost")],
        kpis=[
            KpiRow(team="Support", kpi="Cost / ticket", **MEASURE),
            KpiRow(team="Support / Cost", kpi="ticket", **MEASURE),
        ],
    )
    objectives = [ObjectiveRow(**{**ROAD, "guardrails": ("Support / Cost / ticket",)})]
    assert problems(company, Tables(objectives=objectives)) == [
        "objectives.csv:2: “Support / Cost / ticket” could mean more than one: "
        "write it as Team / KPI"
    ]


def test_an_objective_is_sought_in_its_cycle_then_in_wider_ones(company: Engine) -> None:
    wide = {"cycle": "2026", "team": "Acme", "objective": "Grow"}
    near = {"cycle": "Q2 2026", "team": "Acme", "objective": "Grow"}
    bring(company, objectives=[ObjectiveRow(**wide), ObjectiveRow(**near)])
    bring(company, objectives=[ObjectiveRow(**ROAD, supports=("Grow",))])
    (tie,) = rows(company, "alignment")
    cycles = {row["id"]: row["name"] for row in rows(company, "cycle")}
    supported = next(row for row in rows(company, "objective") if row["id"] == tie["supports_id"])
    assert cycles[supported["cycle_id"]] == "Q2 2026"


def test_an_objective_of_a_wider_cycle_can_be_supported(company: Engine) -> None:
    bring(company, objectives=[ObjectiveRow(cycle="2026", team="Acme", objective="Grow")])
    bring(company, objectives=[ObjectiveRow(**ROAD, supports=("Grow",))])
    assert len(rows(company, "alignment")) == 1


def test_an_objective_of_a_cycle_beside_it_cannot(company: Engine) -> None:
    bring(
        company,
        cycles=[CycleRow(cycle="Q1 2026", starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 31))],
        objectives=[ObjectiveRow(cycle="Q1 2026", team="Acme", objective="Begin")],
    )
    objectives = [ObjectiveRow(**ROAD, supports=("Begin",))]
    assert problems(company, Tables(objectives=objectives)) == [
        "objectives.csv:2: unknown objective “Begin” in supports: "
        "add it to objectives, or write another team's as Team / Objective"
    ]


def test_an_objective_that_could_be_two_is_an_error(company: Engine) -> None:
    bring(
        company,
        teams=[TeamRow(team="Support / Cost")],
        objectives=[
            ObjectiveRow(cycle="2026", team="Support", objective="Cost / ticket"),
            ObjectiveRow(cycle="2026", team="Support / Cost", objective="ticket"),
        ],
    )
    objectives = [ObjectiveRow(**ROAD, supports=("Support / Cost / ticket",))]
    assert problems(company, Tables(objectives=objectives)) == [
        "objectives.csv:2: “Support / Cost / ticket” could mean more than one: "
        "write it as Team / Objective"
    ]


def test_a_name_may_come_later_in_the_same_file(file: Engine) -> None:
    tables = acme()
    tables.teams.reverse()
    tables.kpis.reverse()
    tables.kpis[0] = replace(tables.kpis[0], driven_by="[Sales / Conversion] * [Revenue]")
    assert import_tables(file, tables).changes


PROBLEMS: list[tuple[dict[str, list[Any]], str]] = [
    (
        {"teams": [TeamRow(team="West", parent="East")]},
        "teams.csv:2: unknown parent “East”: add a row for it, or leave the parent empty",
    ),
    (
        {"people": [PersonRow(person="Ana", team="West")]},
        "people.csv:2: unknown team “West”: add it to teams, or correct the name",
    ),
    (
        {"kpis": [KpiRow(team="West", kpi="Calls")]},
        "kpis.csv:2: unknown team “West”: add it to teams, or correct the name",
    ),
    (
        {"kpis": [KpiRow(team="Sales", kpi="Calls", owner="Dora")]},
        "kpis.csv:2: unknown person “Dora”: add them to people, or correct the name",
    ),
    (
        {"kpis": [KpiRow(team="Sales", kpi="Calls", pinned=("West",))]},
        "kpis.csv:2: unknown team “West” in pinned: correct the name",
    ),
    (
        {"kpis": [KpiRow(team="Sales", kpi="Calls", driven_by="[Rings]")]},
        "kpis.csv:2: unknown KPI “Rings”: add it to kpis, or write another team's as Team / KPI",
    ),
    (
        {"kpis": [KpiRow(team="Sales", kpi="Calls", driven_by="[Backlog]")]},
        "kpis.csv:2: unknown KPI “Backlog”: add it to kpis, or write another team's as Team / KPI",
    ),
    (
        {"readings": [ReadingRow(team="West", kpi="Calls", date=TODAY, value=1)]},
        "readings.csv:2: unknown team “West”: add it to teams, or correct the name",
    ),
    (
        {"readings": [ReadingRow(team="North", kpi="Conversion", date=TODAY, value=1)]},
        "readings.csv:2: unknown KPI “Conversion” of North: add it to kpis, or correct the name",
    ),
    (
        {
            "readings": [
                ReadingRow(team="Sales", kpi="Visits", date=TODAY, value=1, recorded_by="Dora")
            ]
        },
        "readings.csv:2: unknown person “Dora”: add them to people, or correct the name",
    ),
    (
        {"objectives": [ObjectiveRow(**{**ROAD, "cycle": "Q9"})]},
        "objectives.csv:2: unknown cycle “Q9”: add it to cycles, or correct the name",
    ),
    (
        {"objectives": [ObjectiveRow(**ROAD, owner="Dora")]},
        "objectives.csv:2: unknown person “Dora”: add them to people, or correct the name",
    ),
    (
        {"objectives": [ObjectiveRow(**ROAD, guardrails=("Calls",))]},
        "objectives.csv:2: unknown KPI “Calls”: "
        "add it to kpis, or write another team's as Team / KPI",
    ),
    (
        {"objectives": [ObjectiveRow(**ROAD, origin_kpi="Calls")]},
        "objectives.csv:2: unknown KPI “Calls”: "
        "add it to kpis, or write another team's as Team / KPI",
    ),
    (
        {"objectives": [ObjectiveRow(**ROAD, supports=("Win the north",))]},
        "objectives.csv:2: “Win the north” supports itself: take it out of supports",
    ),
    (
        {"key_results": [KeyResultRow(**{**KR, "objective": "Win"}, start=0, target=1)]},
        "key_results.csv:2: unknown objective “Win” of Sales in Q2 2026: "
        "add it to objectives, or correct the name",
    ),
    (
        {"key_results": [KeyResultRow(**KR, start=0, target=1, kpi="Calls")]},
        "key_results.csv:2: unknown KPI “Calls”: "
        "add it to kpis, or write another team's as Team / KPI",
    ),
    (
        {"key_results": [KeyResultRow(**KR, start=0, target=1, owner="Dora")]},
        "key_results.csv:2: unknown person “Dora”: add them to people, or correct the name",
    ),
    (
        {"milestones": [MilestoneRow(**{**KR, "key_result": "Sign"}, step="One", share=1)]},
        "milestones.csv:2: unknown key result “Sign” of “Win the north”: "
        "add it to key_results, or correct the name",
    ),
    (
        {"check_ins": [CheckInRow(**{**KR, "key_result": "Sign"}, date=TODAY, value=1)]},
        "check_ins.csv:2: unknown key result “Sign” of “Win the north”: "
        "add it to key_results, or correct the name",
    ),
    (
        {"check_ins": [CheckInRow(**KR, date=TODAY, value=1, recorded_by="Dora")]},
        "check_ins.csv:2: unknown person “Dora”: add them to people, or correct the name",
    ),
    (
        {"actions": [ActionRow(team="Sales", kpi="Calls", action="Ring", due=TODAY)]},
        "actions.csv:2: unknown KPI “Calls”: add it to kpis, or write another team's as Team / KPI",
    ),
    (
        {"actions": [ActionRow(team="Sales", action="Ring", owner="Dora", due=TODAY)]},
        "actions.csv:2: unknown person “Dora”: add them to people, or correct the name",
    ),
    (
        {"actions": [ActionRow(**{**KR, "key_result": "Sign"}, action="Ring", due=TODAY)]},
        "actions.csv:2: unknown key result “Sign” of “Win the north”: "
        "add it to key_results, or correct the name",
    ),
    (
        {"actions": [ActionRow(team="Sales", action="x", due=TODAY, agreed_on=date(2062, 5, 1))]},
        "actions.csv:2: agreed_on 2062-05-01 lies ahead: correct the year or the day",
    ),
    (
        {
            "decisions": [
                DecisionRow(team="Sales", kpi="Calls", date=TODAY, decision=DecisionKind.REBASE)
            ]
        },
        "decisions.csv:2: unknown KPI “Calls” of Sales: add it to kpis, or correct the name",
    ),
    (
        {
            "annotations": [
                AnnotationRow(team="Sales", kpi="Visits", date=TODAY, text="x", by="Dora")
            ]
        },
        "annotations.csv:2: unknown person “Dora”: add them to people, or correct the name",
    ),
    (
        {"teams": [TeamRow(team="Sales", parent="North")]},
        "teams.csv:2: “Sales” is above itself: give one of them another parent",
    ),
    (
        {"teams": [TeamRow(team="West", parent="West")]},
        "teams.csv:2: “West” is above itself: give one of them another parent",
    ),
    (
        {"kpis": [KpiRow(team="Sales", kpi="Conversion", driven_by="[Visits] / [Conversion]")]},
        "kpis.csv:2: “Conversion” would drive itself: take it out of driven_by",
    ),
]


@pytest.mark.parametrize(("rows_", "problem"), PROBLEMS)
def test_what_is_wrong_is_told_with_its_line_and_nothing_is_written(
    company: Engine, rows_: dict[str, list[Any]], problem: str
) -> None:
    before = everything(company)
    assert problems(company, Tables(**rows_)) == [problem]
    assert everything(company) == before


def test_everything_wrong_is_told_at_once(engine: Engine) -> None:
    before = everything(engine)
    tables = Tables(
        teams=[
            TeamRow(team="A", parent="B"),
            TeamRow(team="B", parent="A"),
            TeamRow(team="C", parent="Z"),
            TeamRow(team="D", parent="C"),
            TeamRow(team="E"),
        ],
        people=[PersonRow(person="Ana", team="Y")],
        kpis=[
            KpiRow(team="E", kpi="One", owner="Dora"),
            KpiRow(team="D", kpi="Two", owner="Dora"),
            KpiRow(team="X", kpi="One"),
        ],
        readings=[
            ReadingRow(team="X", kpi="One", date=MONDAY, value=1),
            ReadingRow(team="W", kpi="One", date=MONDAY, value=1),
        ],
        objectives=[ObjectiveRow(**ROAD)],
    )
    assert problems(engine, tables) == [
        "teams.csv:4: unknown parent “Z”: add a row for it, or leave the parent empty",
        "teams.csv:2: “A” is above itself: give one of them another parent",
        "teams.csv:3: “B” is above itself: give one of them another parent",
        "people.csv:2: unknown team “Y”: add it to teams, or correct the name",
        "kpis.csv:4: unknown team “X”: add it to teams, or correct the name",
        "kpis.csv:2: unknown person “Dora”: add them to people, or correct the name",
        "objectives.csv:2: unknown team “Sales”: add it to teams, or correct the name",
        "objectives.csv:2: unknown cycle “Q2 2026”: add it to cycles, or correct the name",
        "readings.csv:3: unknown team “W”: add it to teams, or correct the name",
    ]
    assert everything(engine) == before


def test_a_loop_of_drivers_names_each_of_them(company: Engine) -> None:
    kpis = [
        KpiRow(team="Sales", kpi="A", driven_by="[B]"),
        KpiRow(team="Sales", kpi="B", driven_by="[C] + 1"),
        KpiRow(team="Sales", kpi="C", driven_by="[A] * [Visits]"),
    ]
    assert [line.partition(": ")[0] for line in problems(company, Tables(kpis=kpis))] == [
        "kpis.csv:2",
        "kpis.csv:3",
        "kpis.csv:4",
    ]


def test_a_loop_that_closes_over_drivers_that_are_here_is_seen(company: Engine) -> None:
    bring(company, kpis=[KpiRow(team="Sales", kpi="A", driven_by="[Visits]")])
    kpis = [KpiRow(team="Sales", kpi="Visits", driven_by="[A]")]
    assert problems(company, Tables(kpis=kpis)) == [
        "kpis.csv:2: “Visits” would drive itself: take it out of driven_by"
    ]


def test_two_that_are_driven_by_the_same_are_no_loop(company: Engine) -> None:
    kpis = [
        KpiRow(team="Sales", kpi="A", driven_by="[B] / [C]"),
        KpiRow(team="Sales", kpi="B", driven_by="[Visits]"),
        KpiRow(team="Sales", kpi="C", driven_by="[Visits] - [B]"),
    ]
    assert bring(company, kpis=kpis).counts["kpis"].new == 3


def test_a_person_named_in_recorded_by_said_it(company: Engine) -> None:
    reading = ReadingRow(team="Sales", kpi="Visits", date=TODAY, value=1, recorded_by="Ben")
    bring(company, readings=[reading], check_ins=[CheckInRow(**KR, date=TODAY, value=1)])
    people = {row["id"]: row["name"] for row in rows(company, "person")}
    assert people[rows(company, "reading")[0]["recorded_by_id"]] == "Ben"
    assert rows(company, "check_in")[0]["recorded_by_id"] is None
    assert key_result(seen(company), "Sign customers").value == 1


def test_a_problem_names_the_file_as_it_is_called(company: Engine) -> None:
    tables = Tables(kpis=[KpiRow(team="West", kpi="Calls", line=7)])
    with pytest.raises(BadInput, match=r"^acme\.xlsx\[kpis\]:7: unknown team"):
        import_tables(company, tables, label="acme.xlsx[{}]".format)
