"""The sample company: what is in it."""

import math
import re
import time
from collections import Counter

from analytics.rhythm import FEWEST
from data.content.sample import sample_company
from data.exchange.tables import Tables
from models import (
    Ambition,
    Better,
    Cadence,
    DecisionKind,
    KeyResultKind,
    KpiKind,
    ObjectiveState,
    Role,
    Scope,
)
from tests.data.content.sample_lookups import COMPANY, TODAY


def test_it_is_the_same_whenever_it_is_made_on_a_day(sample: Tables) -> None:
    assert sample_company(TODAY) == sample


def test_it_is_made_in_under_a_second() -> None:
    began = time.perf_counter()
    sample_company(TODAY)
    assert time.perf_counter() - began < 1


def test_five_teams_stand_under_one_company(sample: Tables) -> None:
    assert [row.team for row in sample.teams if not row.parent] == [COMPANY]
    assert [row.team for row in sample.teams if row.parent == COMPANY] == [
        "Sales",
        "Marketing",
        "Human Resources",
        "Technical Support",
        "Procurement",
    ]
    assert len({row.check_in_day for row in sample.teams}) >= 3


def test_fourteen_people_have_all_the_roles(sample: Tables) -> None:
    assert len({row.person for row in sample.people}) == 14
    assert {row.role for row in sample.people} == set(Role)
    assert all(row.email.endswith("@example.com") for row in sample.people)


def test_every_team_has_its_lead_and_somebody_else(sample: Tables) -> None:
    for team in [row.team for row in sample.teams if row.parent]:
        roles = [row.role for row in sample.people if row.team == team]
        assert Role.LEAD in roles
        assert len(roles) >= 2


def test_thirty_three_kpis_use_every_word_there_is(sample: Tables) -> None:
    assert len(sample.kpis) == 33
    assert {row.cadence for row in sample.kpis} == set(Cadence)
    assert {row.better for row in sample.kpis} == set(Better)
    assert {row.kind for row in sample.kpis} == set(KpiKind)
    assert all(row.unit and row.owner and row.description for row in sample.kpis)
    assert sum(row.low is None and row.high is None for row in sample.kpis) == 6


def test_the_objectives_use_every_word_there_is(sample: Tables) -> None:
    assert {row.state for row in sample.objectives} == set(ObjectiveState)
    assert {row.ambition for row in sample.objectives} == set(Ambition)
    assert {row.kind for row in sample.key_results} == set(KeyResultKind)
    assert {row.decision for row in sample.decisions} == set(DecisionKind)
    assert sum(row.scope == Scope.INDIVIDUAL for row in sample.objectives) >= 3
    assert len(sample.annotations) >= 5


def test_the_company_pins_eight_and_each_team_three_to_five_of_its_own(sample: Tables) -> None:
    assert sum(COMPANY in row.pinned for row in sample.kpis) == 8
    for team in [row.team for row in sample.teams if row.parent]:
        assert 3 <= sum(row.team == team and team in row.pinned for row in sample.kpis) <= 5


def test_the_three_cycles_are_named_as_people_name_them(sample: Tables) -> None:
    assert [row.cycle for row in sample.cycles] == ["2026", "Q3 2026", "Q4 2026"]


def test_the_company_has_three_objectives_with_nine_key_results_in_the_quarter(
    sample: Tables,
) -> None:
    mine = [r for r in sample.objectives if (r.cycle, r.team) == ("Q4 2026", COMPANY)]
    results = [r for r in sample.key_results if (r.cycle, r.team) == ("Q4 2026", COMPANY)]
    assert len(mine) == 3
    assert len(results) == 9
    assert {row.ambition for row in mine} == set(Ambition)


def test_every_objective_is_words_and_has_three_to_five_key_results(sample: Tables) -> None:
    counts = Counter((row.cycle, row.team, row.objective) for row in sample.key_results)
    for row in sample.objectives:
        assert not re.search(r"\d", row.objective)
        assert 3 <= counts[row.cycle, row.team, row.objective] <= 5


def test_every_key_result_says_how_it_is_measured(sample: Tables) -> None:
    stepped = {(row.objective, row.key_result) for row in sample.milestones}
    for row in sample.key_results:
        assert row.owner
        if row.kind == KeyResultKind.METRIC:
            assert row.unit
            assert None not in (row.start, row.target)
        elif row.kind == KeyResultKind.HOLD:
            assert row.kpi
            assert row.hold_periods
        assert ((row.objective, row.key_result) in stepped) == (row.kind == KeyResultKind.MILESTONE)


def test_the_shares_of_a_milestone_key_result_add_up(sample: Tables) -> None:
    shares: dict[tuple[str, str], float] = {}
    for row in sample.milestones:
        key = (row.objective, row.key_result)
        shares[key] = shares.get(key, 0) + row.share
    assert all(math.isclose(total, 1) for total in shares.values())
    assert {row.done_on is None for row in sample.milestones} == {True, False}


def test_a_recovery_objective_has_one_key_result_that_holds_its_kpi(sample: Tables) -> None:
    recoveries = [row for row in sample.objectives if row.origin_kpi]
    assert len(recoveries) == 7
    for row in recoveries:
        (held,) = [
            result.kpi
            for result in sample.key_results
            if result.objective == row.objective and result.kind == KeyResultKind.HOLD
        ]
        assert held == row.origin_kpi


def test_some_key_results_stand_still_and_one_is_silent(sample: Tables) -> None:
    last: dict[str, list[float | None]] = {}
    for row in sample.check_ins:
        if row.cycle == "Q4 2026":
            last.setdefault(row.key_result, []).append(row.value)
    assert len(set(last["Pilot farms set up without our help"][-4:])) == 1
    assert "Visitors who ask for the new sensor" not in last


def test_a_fed_key_result_has_no_value_typed_for_it(sample: Tables) -> None:
    fed = {(row.cycle, row.objective, row.key_result) for row in sample.key_results if row.kpi}
    said = [r for r in sample.check_ins if (r.cycle, r.objective, r.key_result) in fed]
    assert said
    assert all(row.value is None for row in said)


def test_the_company_has_held_check_ins_enough_to_tell_how_they_go(sample: Tables) -> None:
    held = [row.started_at for row in sample.meetings if row.team == COMPANY]
    assert len(held) == FEWEST
    assert {row.started_at for row in sample.meeting_items if row.team == COMPANY} == set(held)
    kept = [row for row in sample.actions if row.done_on and row.kpi == ""]
    assert sorted(row.done_on <= row.due for row in kept if row.done_on) == [False, True]
