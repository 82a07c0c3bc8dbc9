"""A team's objectives for drafting."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from data.actions.commands import act_on_key_result, act_on_objective, tick_off
from data.company.queries import company as read_company
from data.core.database import data_version
from data.okrs.commands.check_ins import check_in
from data.okrs.commands.objective_life import change_state
from data.okrs.commands.objectives import add_objective, amend_objective
from data.okrs.fields import KeyResultRow, ObjectiveRow
from data.okrs.queries.drafts import OkrLook, okrs
from data.okrs.views.drafts import Okrs
from models import KeyResultKind, Scope
from tests.data.builders import NOW, TODAY, Clock, bring, key, person, record, statements
from tests.data.okrs.queries.growing import COMPANY, grow

STATEMENTS = 12


def view(engine: Engine, team: str = "Sales", cycle: str = "Q2 2026", **look: object) -> Okrs:
    version = data_version(engine)
    here, day = read_company(engine, version), look.pop("day", TODAY)
    asked = OkrLook(here.team_named(team), here.cycle_named(cycle, day), day, **look)  # type: ignore[arg-type]
    return okrs(engine, version, asked)


def test_a_page_costs_the_same_statements_whatever_it_shows(company: Engine) -> None:
    for count in (1, 40):
        grow(company, count, count)
        with statements(company) as noted:
            found = view(company, "North")
        assert len(found.objectives) == count
        # Each is guarded: three more tell how that went.
        assert len(noted) == STATEMENTS + COMPANY + 1 + 3


def test_cells_are_written_as_one_would_type_them(company: Engine) -> None:
    amend_objective(
        company,
        person_id=person(company),
        objective_id=key(company, "objective", "Win the north"),
        said={"guardrails": "Support / Backlog; Revenue"},
        base_version=data_version(company),
    )
    (objective,) = view(company).objectives
    assert objective.guardrails == "Revenue; Support / Backlog"
    found = {each.name: each for each in objective.key_results}
    assert found["Lift conversion"].kpi == "Conversion"
    assert found["Open the office"].steps == "Lease (1); Move (3)"
    assert found["Sign customers"].progress is None
    assert (objective.owner, objective.ambition, objective.state) == ("Ana", "committed", "active")


def test_what_a_kpi_says_is_where_a_key_result_is(company: Engine) -> None:
    record(company, 9)
    (objective,) = view(company).objectives
    lift = next(each for each in objective.key_results if each.name == "Lift conversion")
    assert (lift.value, lift.progress) == (9, 0.75)


def test_without_key_results_there_is_no_score_which_is_not_nought(company: Engine) -> None:
    empty = ObjectiveRow(cycle="Q2 2026", team="Sales", objective="Delight the south")
    bring(company, objectives=[empty])
    scores = {each.name: each.score for each in view(company).objectives}
    assert scores["Delight the south"] is None
    assert scores["Win the north"] is not None


def test_what_is_over_is_hidden_until_it_is_asked_for(company: Engine) -> None:
    change_state(
        company,
        person_id=person(company),
        objective_id=key(company, "objective", "Win the north"),
        step="close",
        base_version=data_version(company),
    )
    assert (view(company).objectives, view(company).hidden) == ((), 1)
    assert len(view(company, over=True).objectives) == 1


def test_a_teams_own_come_before_those_of_its_people(company: Engine) -> None:
    rows = [
        ObjectiveRow(cycle="Q2 2026", team="Sales", objective="Mine", scope=Scope.INDIVIDUAL),
        ObjectiveRow(cycle="Q2 2026", team="Sales", objective="Ours"),
        ObjectiveRow(cycle="Q2 2026", team="North", objective="Theirs"),
    ]
    bring(company, objectives=rows)
    assert [row.name for row in view(company).objectives] == ["Win the north", "Ours", "Mine"]


def test_a_look_back_shows_what_was_known_then(company: Engine, clock: Clock) -> None:
    clock.set(datetime(2026, 5, 22, 9, tzinfo=UTC))
    add_objective(
        company,
        person_id=person(company),
        cycle_id=key(company, "cycle", "Q2 2026"),
        team_id=key(company, "team", "Sales"),
        name="Later",
        base_version=data_version(company),
    )
    assert [row.name for row in view(company).objectives] == ["Win the north"]
    later = view(company, day=date(2026, 5, 22))
    assert [row.name for row in later.objectives] == ["Win the north", "Later"]
    assert NOW.date() == TODAY


def test_earlier_cycles_with_objectives_can_be_copied_from(company: Engine) -> None:
    bring(
        company,
        cycles=[],
        objectives=[ObjectiveRow(cycle="2026", team="Sales", objective="All year")],
    )
    assert view(company).left == ()


def test_a_kpi_to_hold_lends_its_unit(company: Engine) -> None:
    bring(
        company,
        key_results=[
            KeyResultRow(
                cycle="Q2 2026",
                team="Sales",
                objective="Win the north",
                key_result="Hold conversion",
                kind=KeyResultKind.HOLD,
                hold_periods=4,
                kpi="Conversion",
            )
        ],
    )
    (objective,) = view(company).objectives
    hold = next(each for each in objective.key_results if each.name == "Hold conversion")
    assert hold.unit == "%"


def test_it_is_told_whether_somebody_said_how_far_it_is(company: Engine) -> None:
    (objective,) = view(company).objectives
    assert (objective.checked_in, objective.score) == (False, objective.progress)
    check_in(
        company,
        person_id=person(company),
        key_result_id=key(company, "key_result", "Sign customers"),
        day=TODAY,
        value=12,
        confidence=None,
        base_version=data_version(company),
    )
    (objective,) = view(company).objectives
    assert objective.checked_in


def test_what_is_still_to_be_done_stands_with_its_row(company: Engine) -> None:
    said: dict[str, Any] = {
        "owner": "Ben",
        "due": TODAY + timedelta(days=3),
        "person_id": person(company),
    }
    objective_id = key(company, "objective", "Win the north")
    lift_id = key(company, "key_result", "Lift conversion")
    act_on_objective(company, objective_id=objective_id, what="Ask growers", **said)
    act_on_key_result(company, key_result_id=lift_id, what="Write to the farms", **said)
    (objective,) = view(company).objectives
    (asked,) = objective.actions
    assert (asked.what, asked.owner) == ("Ask growers", "Ben")
    told = {each.name: [one.what for one in each.actions] for each in objective.key_results}
    assert told.pop("Lift conversion") == ["Write to the farms"]
    assert not any(told.values())
    tick_off(
        company,
        person_id=person(company),
        action_id=asked.action_id,
        done_on=TODAY,
        base_version=data_version(company),
    )
    assert view(company).objectives[0].actions == ()
