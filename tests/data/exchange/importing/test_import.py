"""Importing: new rows, changed ones, and those that say what is here."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data.actions.fields import ActionRow
from data.company.fields import CycleRow, PersonRow, TeamRow
from data.exchange.importing import Counts, import_tables
from data.exchange.read import read
from data.exchange.tables import Tables
from data.identity.people import introduce
from data.kpis.fields import AnnotationRow, DecisionRow, KpiRow, ReadingRow, VerdictRow
from data.okrs.fields import (
    CheckInRow,
    KeyResultRow,
    LearningRow,
    MilestoneRow,
    ObjectiveRow,
    ScoreRow,
)
from models import (
    EARLIEST_DAY,
    Better,
    Cadence,
    DecisionKind,
    DriftVerdict,
    KeyResultKind,
    NextStep,
    ObjectiveState,
    Role,
    Weekday,
)
from tests.data.builders import (
    MONDAY,
    ROAD,
    TODAY,
    Clock,
    acme,
    bring,
    everything,
    exported,
    gauge,
    key,
    person,
    rows,
    seen,
    with_more,
)

SOON = {"due": TODAY + timedelta(days=7), "agreed_on": TODAY}
REAL = Path(__file__).parents[2] / "ae_four_hour"


def full() -> Tables:
    """Give the small company with some of every file."""
    return with_more(
        acme(),
        readings=[ReadingRow(team="Sales", kpi="Conversion", date=MONDAY, value=9)],
        check_ins=[CheckInRow(**ROAD, key_result="Sign customers", date=TODAY, value=12)],
        decisions=[
            DecisionRow(
                team="Sales",
                kpi="Conversion",
                date=TODAY,
                decision=DecisionKind.ACKNOWLEDGE,
                reason="Easter",
                look_again=TODAY + timedelta(days=7),
                by="Ana",
            )
        ],
        actions=[
            ActionRow(team="Sales", kpi="Conversion", action="Call the shops", owner="Ben", **SOON),
            ActionRow(**ROAD, key_result="Sign customers", action="Ring them up", **SOON),
            ActionRow(team="Sales", kpi="Support / Backlog", action="Ask why", **SOON),
            ActionRow(**ROAD, action="Open a map", done_on=TODAY, note="There it is", **SOON),
        ],
        annotations=[
            AnnotationRow(team="Sales", kpi="Conversion", date=TODAY, text="Fair", by="Ben")
        ],
        scores=[
            ScoreRow(**ROAD, key_result="Sign customers", score=0.7, reason="Two came late."),
            ScoreRow(**ROAD, key_result="Lift conversion", next_step=NextStep.CARRY_OVER),
        ],
        learnings=[LearningRow(**ROAD, helped="The fair", hindered="Easter")],
        verdicts=[
            VerdictRow(
                team="Sales",
                kpi="Conversion",
                date=TODAY,
                verdict=DriftVerdict.REAL,
                note="A rival came.",
                by="Ben",
            )
        ],
    )


def test_the_real_data_come_in_whole_and_only_once(engine: Engine) -> None:
    tables = read(REAL).tables
    first = import_tables(engine, tables)
    assert {name: counts.new for name, counts in first.counts.items() if counts.new} == {
        "teams": 141,
        "cycles": 1,
        "kpis": 422,
        "objectives": 1,
        "key_results": 1,
        "readings": 14_868,
    }
    second = import_tables(engine, read(REAL).tables)
    assert second.changes == 0
    assert second.command_id is None
    assert second.counts["readings"] == Counts(unchanged=14_868)


def test_what_is_here_already_is_unchanged(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    import_tables(engine, full())
    before = everything(engine)
    again = import_tables(engine, full())
    assert {name: counts.unchanged for name, counts in again.counts.items()} == {
        name: len({getattr(row, "person", id(row)) for row in rows})
        for name, rows in full().items()
    }
    assert everything(engine) == before


def test_a_dry_run_counts_and_writes_nothing(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    before = everything(engine)
    tables = full()
    tables.kpis[0] = replace(tables.kpis[0], low=120)
    done = import_tables(engine, tables, dry_run=True)
    assert done.counts["readings"] == Counts(new=1)
    assert done.counts["kpis"] == Counts(changed=1, unchanged=3)
    assert (done.changes, done.command_id) == (13, None)
    assert everything(engine) == before
    assert import_tables(engine, tables).counts == done.counts


def test_an_import_is_one_command_by_one_person(company: Engine) -> None:
    ben = person(company, "Ben")
    before = len(rows(company, "command"))
    command_id = import_tables(company, full(), person_id=ben).command_id
    assert [row["id"] for row in rows(company, "command")[before:]] == [command_id]
    assert rows(company, "command")[-1]["person_id"] == ben


def test_rows_may_come_in_any_order(file: Engine) -> None:
    tables = Tables(**{name: list(reversed(rows)) for name, rows in full().items()})
    import_tables(file, tables)
    assert import_tables(file, full()).changes == 0


def test_progress_is_told_by_file(file: Engine) -> None:
    told: list[tuple[str, float]] = []
    import_tables(file, full(), progress=lambda name, share: told.append((name, share)))
    assert told == [("readings", 0), ("readings", 0.5), ("check_ins", 0)]


@pytest.mark.parametrize(
    ("low", "high", "better"),
    [
        (1, None, Better.HIGHER),
        (None, 1, Better.LOWER),
        (1, 2, Better.WITHIN),
        (None, None, Better.WITHIN),
    ],
)
def test_which_way_is_good_follows_from_the_bounds(
    file: Engine, low: float | None, high: float | None, better: Better
) -> None:
    bring(file, teams=[TeamRow(team="Lab")], kpis=[KpiRow(team="Lab", kpi="x", low=low, high=high)])
    assert rows(file, "kpi")[0]["better"] == better


CHANGES: list[tuple[str, int, dict[str, Any]]] = [
    ("teams", 2, {"parent": "Support"}),
    ("teams", 2, {"parent": ""}),
    ("teams", 2, {"check_in_day": Weekday.FRIDAY}),
    ("people", 0, {"email": "a@acme.test"}),
    ("people", 0, {"role": Role.VIEWER}),
    ("cycles", 0, {"ends_on": date(2026, 12, 30)}),
    ("kpis", 1, {"unit": "‰"}),
    ("kpis", 1, {"better": Better.HIGHER}),
    ("kpis", 1, {"low": 7.5}),
    ("kpis", 1, {"high": None}),
    ("kpis", 1, {"owner": "Ben"}),
    ("kpis", 1, {"owner": ""}),
    ("kpis", 1, {"pinned": ("Sales", "North")}),
    ("kpis", 1, {"driven_by": "[Visits]"}),
    ("kpis", 1, {"description": "Of all visits"}),
    ("kpis", 0, {"cadence": Cadence.DAILY}),
    ("objectives", 0, {"owner": "Ben"}),
    ("objectives", 0, {"guardrails": ("Conversion", "Support / Backlog")}),
    ("objectives", 0, {"origin_kpi": "Conversion"}),
    ("key_results", 0, {"target": 50.0}),
    ("key_results", 0, {"weight": 3.0}),
    ("key_results", 0, {"unit": "customers"}),
    ("key_results", 0, {"kpi": "Visits"}),
    ("key_results", 3, {"hold_periods": 8}),
    ("milestones", 0, {"done_on": TODAY}),
    ("milestones", 0, {"share": 2.0}),
    ("actions", 0, {"owner": "Ana"}),
    ("actions", 0, {"due": TODAY}),
    ("actions", 1, {"done_on": TODAY}),
    ("actions", 2, {"note": "They were away"}),
    ("decisions", 0, {"reason": "Strike"}),
    ("decisions", 0, {"look_again": None}),
    ("annotations", 0, {"by": "Ana"}),
    ("scores", 0, {"score": 0.8}),
    ("scores", 1, {"next_step": NextStep.DROP}),
    ("learnings", 0, {"hindered": "The strike"}),
    ("verdicts", 0, {"verdict": DriftVerdict.NOT_REAL}),
]


@pytest.mark.parametrize(("file_", "row", "change"), CHANGES)
def test_a_changed_cell_is_a_change_of_its_row(
    file: Engine, file_: str, row: int, change: dict[str, Any]
) -> None:
    import_tables(file, full())
    before = everything(file)
    tables = full()
    getattr(tables, file_)[row] = replace(getattr(tables, file_)[row], **change)
    done = import_tables(file, tables)
    assert {name: counts.changed for name, counts in done.counts.items() if counts.changed} == {
        file_: 1
    }
    assert all(counts.new == 0 for counts in done.counts.values())
    assert getattr(tables, file_)[row] in getattr(exported(file), file_)
    assert import_tables(file, full()).changes == 1
    assert exported(file) == full()
    assert len(rows(file, "command")) == len(before["command"]) + 2


def test_what_a_file_no_longer_names_stays(company: Engine) -> None:
    bring(company, teams=[TeamRow(team="Lab")])
    assert exported(company) == with_more(acme(), teams=[TeamRow(team="Lab")])


def test_a_person_may_be_in_many_teams(company: Engine) -> None:
    two = [
        PersonRow(person="Cara", team="North", role=Role.LEAD),
        PersonRow(person="Cara", email="cara@acme.test", team="Support"),
    ]
    done = bring(company, people=two)
    assert done.counts["people"] == Counts(changed=1)
    mine = [row for row in exported(company).people if row.person == "Cara"]
    assert mine == [
        PersonRow(person="Cara", email="cara@acme.test", team="North", role=Role.LEAD),
        PersonRow(person="Cara", email="cara@acme.test", team="Support", role=Role.MEMBER),
    ]


GIVEN: list[tuple[str, set[str], Any]] = [
    ("teams", {"team"}, TeamRow(team="North")),
    ("people", {"person", "team"}, PersonRow(person="Ana", team="Sales")),
    ("people", {"person"}, PersonRow(person="Ana")),
    ("kpis", {"team", "kpi"}, KpiRow(team="Sales", kpi="Conversion")),
    ("kpis", {"team", "kpi", "high"}, KpiRow(team="Sales", kpi="Conversion", high=12)),
    ("objectives", {"cycle", "team", "objective"}, ObjectiveRow(**ROAD)),
    (
        "key_results",
        {"cycle", "team", "objective", "key_result", "kind", "start", "target"},
        KeyResultRow(**ROAD, key_result="Lift conversion", start=6, target=10),
    ),
    (
        "milestones",
        {"cycle", "team", "objective", "key_result", "step", "share"},
        MilestoneRow(**ROAD, key_result="Open the office", step="Lease", share=1),
    ),
    (
        "actions",
        {"team", "kpi", "action", "due"},
        ActionRow(team="Sales", kpi="Conversion", action="Call the shops", due=SOON["due"]),
    ),
    (
        "decisions",
        {"team", "kpi", "date", "decision"},
        DecisionRow(team="Sales", kpi="Conversion", date=TODAY, decision=DecisionKind.ACKNOWLEDGE),
    ),
    (
        "annotations",
        {"team", "kpi", "date", "text"},
        AnnotationRow(team="Sales", kpi="Conversion", date=TODAY, text="Fair"),
    ),
]


@pytest.mark.parametrize(("name", "columns", "row"), GIVEN)
def test_a_column_that_a_file_has_not_keeps_what_is_here(
    company: Engine, name: str, columns: set[str], row: Any
) -> None:
    tables = full()
    tables.kpis[1] = replace(tables.kpis[1], pinned=("Sales",), driven_by="[Visits]")
    tables.objectives[0] = replace(tables.objectives[0], guardrails=("Conversion",))
    tables.milestones[0] = replace(tables.milestones[0], done_on=TODAY)
    import_tables(company, tables)
    given = {name: frozenset(columns)}
    done = import_tables(company, Tables(**{name: [row]}, given=given))
    assert done.changes == 0
    assert exported(company) == tables


def test_a_given_column_changes_and_the_others_stay(company: Engine) -> None:
    given = {"kpis": frozenset({"team", "kpi", "low"})}
    kpis = [KpiRow(team="Sales", kpi="Conversion", low=7)]
    import_tables(company, Tables(kpis=kpis, given=given))
    expected = acme()
    expected.kpis[1] = replace(expected.kpis[1], low=7)
    assert exported(company) == expected


def test_a_thing_that_is_new_gets_the_defaults_of_missing_columns(company: Engine) -> None:
    given = {"kpis": frozenset({"team", "kpi"})}
    import_tables(company, Tables(kpis=[KpiRow(team="Sales", kpi="Calls")], given=given))
    assert exported(company).kpis[-1] == KpiRow(
        team="Sales", kpi="Calls", better=Better.WITHIN, cadence=Cadence.MONTHLY
    )


def test_teams_without_a_parent_column_still_find_names_above_them(company: Engine) -> None:
    given = {"teams": frozenset({"team"}), "objectives": frozenset(ROAD) | {"guardrails"}}
    teams = [TeamRow(team="Acme"), TeamRow(team="Sales"), TeamRow(team="North")]
    objectives = [ObjectiveRow(**ROAD, guardrails=("Revenue",))]
    import_tables(company, Tables(teams=teams, objectives=objectives, given=given))
    assert exported(company).objectives[0].guardrails == ("Revenue",)


def test_the_first_terms_hold_from_the_beginning(company: Engine) -> None:
    assert {row["valid_from"] for row in rows(company, "kpi_terms")} == {EARLIEST_DAY}
    record_day = date(2020, 1, 1)
    assert gauge(seen(company, day=record_day)).low == 8


def test_changed_terms_hold_from_today(company_of_each_kind: Engine, clock: Clock) -> None:
    engine = company_of_each_kind
    tables = acme()
    tables.kpis[1] = replace(tables.kpis[1], low=10, owner="Ben")
    clock.tick(days=3)
    import_tables(engine, tables)
    yesterday = gauge(seen(engine, day=TODAY + timedelta(days=2)))
    today = gauge(seen(engine, day=TODAY + timedelta(days=3)))
    assert (yesterday.low, yesterday.owner) == (8, "Ana")
    assert (today.low, today.owner) == (10, "Ben")


def test_a_changed_target_holds_from_today(company: Engine, clock: Clock) -> None:
    tables = acme()
    tables.key_results[0] = replace(tables.key_results[0], target=80)
    clock.tick(days=3)
    import_tables(company, tables)
    targets = [
        seen(company, day=TODAY + timedelta(days=days)).objectives[0].key_results[0].target
        for days in (2, 3)
    ]
    assert targets == [40, 80]


def test_changed_members_hold_from_today(company: Engine) -> None:
    tables = acme()
    tables.people[0] = replace(tables.people[0], role=Role.VIEWER)
    import_tables(company, tables)
    mine = [
        row
        for row in rows(company, "membership")
        if row["person_id"] == key(company, "person", "Ana")
    ]
    assert [(row["role"], row["valid_from"]) for row in mine] == [
        ("lead", EARLIEST_DAY),
        ("viewer", TODAY),
    ]


def test_hold_and_milestones_come_with_their_kind(company: Engine) -> None:
    kinds = {row["name"]: row["kind"] for row in rows(company, "key_result")}
    assert kinds["Keep conversion"] == KeyResultKind.HOLD
    assert kinds["Open the office"] == KeyResultKind.MILESTONE


def test_a_later_import_adds_to_what_is_here(company: Engine) -> None:
    done = bring(
        company,
        cycles=[CycleRow(cycle="Q3 2026", starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30))],
        objectives=[ObjectiveRow(cycle="Q3 2026", team="Sales", objective="Win the south")],
    )
    assert done.counts["cycles"] == Counts(new=1)
    assert done.counts["objectives"] == Counts(new=1)


NEXT = CycleRow(cycle="Q3 2026", starts_on=TODAY + timedelta(days=1), ends_on=date(2026, 9, 30))


@pytest.mark.parametrize(
    ("cycle", "state"), [("Q2 2026", "active"), ("2026", "active"), ("Q3 2026", "draft")]
)
def test_an_objective_without_a_state_is_a_draft_until_its_cycle_has_begun(
    company: Engine, tmp_path: Path, cycle: str, state: str
) -> None:
    bring(company, cycles=[NEXT])
    for folder, lines in (
        ("blank", f"cycle,team,objective,state\n{cycle},Sales,Blank,\n"),
        ("missing", f"cycle,team,objective\n{cycle},Sales,Missing\n"),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "objectives.csv").write_text(lines)
        import_tables(company, read(tmp_path / folder).tables)
        assert exported(company).objectives[-1].state == state


def test_a_file_without_states_changes_none(company: Engine, clock: Clock) -> None:
    row = ObjectiveRow(cycle="Q3 2026", team="Sales", objective="Be near")
    tables = {"cycles": [NEXT], "objectives": [row]}
    assert bring(company, **tables).changes == 2
    clock.tick(days=3)
    for state in (None, ObjectiveState.ACTIVE, ObjectiveState.CLOSED):
        bring(company, objectives=[replace(row, state=state)])
        stands = exported(company)
        again = bring(company, **tables)
        assert (again.changes, exported(company)) == (0, stands)
    assert exported(company).objectives[-1].state == ObjectiveState.CLOSED


def test_a_draft_of_the_next_cycle_may_be_half_written(company: Engine) -> None:
    objective = {"cycle": "Q3 2026", "team": "Sales", "objective": "Be near"}
    bring(
        company,
        cycles=[NEXT],
        objectives=[ObjectiveRow(**objective)],
        key_results=[KeyResultRow(**objective, key_result="Shops")],
    )
    assert exported(company).objectives[-1].state == ObjectiveState.DRAFT


def test_whoever_is_listed_only_to_import_counts_as_new(company: Engine) -> None:
    people = [
        PersonRow(person="Eve", email="eve@acme.test", team="Sales"),
        PersonRow(person="Eve", email="eve@acme.test", team="North"),
        PersonRow(person="Dan"),
        PersonRow(person="Cara", email="cara@acme.test"),
    ]
    expected = import_tables(company, Tables(people=people), dry_run=True).counts["people"]
    assert (expected.new, expected.changed, expected.unchanged) == (2, 1, 0)
    assert introduce(company, "Eve")
    said = {"person_id": person(company, "Ben"), "dry_run": True}
    done = import_tables(company, Tables(people=people), newcomer="Eve", **said)
    assert done.counts["people"] == expected
    before = import_tables(company, Tables(people=people), **said).counts["people"]
    assert (before.new, before.changed) == (1, 2)
