"""Objectives and their key results, as they stood on a day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.history.undo import undo
from data.kpis.commands.decisions import dismiss
from data.kpis.fields import ReadingRow
from data.okrs.fields import CheckInRow, KeyResultRow, MilestoneRow, ObjectiveRow
from data.okrs.views.key_results import KeyResultView, ObjectiveView
from models import (
    Ambition,
    Confidence,
    Health,
    KeyResultKind,
    ObjectiveState,
    Scope,
)
from tests.data.builders import (
    MONDAY,
    NOW,
    ROAD,
    TODAY,
    Clock,
    acme,
    bring,
    key,
    key_result,
    person,
    record,
    rows,
    seen,
)

CUSTOMERS = "Sign customers"
PACE = 50 / 91
"""The share of the quarter that has gone at the end of `TODAY`."""


def said(value: float | None, days_ago: int = 0, **options: Any) -> CheckInRow:
    day = TODAY - timedelta(days=days_ago)
    options = {"key_result": CUSTOMERS, **options}
    return CheckInRow(**ROAD, date=day, value=value, **options)


def say(engine: Engine, *check_ins: CheckInRow) -> KeyResultView:
    bring(engine, check_ins=list(check_ins))
    return key_result(seen(engine), CUSTOMERS)


def weekly(engine: Engine, *values: float | None, until: date = MONDAY) -> None:
    """Read the weekly KPI, the last time in the week that starts on `until`."""
    for back, value in enumerate(reversed(values)):
        if value is not None:
            record(engine, value, on=until - timedelta(days=7 * back))


def objective(engine: Engine, name: str = "Win the north", **options: Any) -> ObjectiveView:
    return next(found for found in seen(engine, **options).objectives if found.name == name)


def test_a_lane_goes_from_start_to_target(company: Engine) -> None:
    found = say(company, said(12, 7, confidence=Confidence.UNSURE), said(20, note="Two more"))
    assert (found.start, found.target, found.value, found.change) == (0, 40, 20, 8)
    assert found.progress == pytest.approx(0.5)
    assert found.pace == pytest.approx(PACE)
    assert found.checked_on == TODAY
    assert (found.confidence, found.note) == (None, "Two more")


@pytest.mark.parametrize(
    ("value", "standing"),
    [
        (40, "done"),
        (44, "done"),
        (30, "ahead"),
        (22, "on pace"),
        (17, "behind pace"),
        (0, "behind pace"),
    ],
)
def test_where_a_lane_stands_follows_from_the_pace(
    company: Engine, value: float, standing: str
) -> None:
    assert say(company, said(value)).standing == standing


def test_a_lane_may_go_down(company: Engine) -> None:
    row = KeyResultRow(**ROAD, key_result="Fewer calls", start=100, target=60)
    bring(company, key_results=[row], check_ins=[said(80, key_result="Fewer calls")])
    assert key_result(seen(company), "Fewer calls").progress == pytest.approx(0.5)


def test_a_lane_without_a_value_says_so(company: Engine) -> None:
    found = key_result(seen(company), CUSTOMERS)
    assert (found.value, found.progress, found.standing) == (None, 0, "no value")
    assert (found.change, found.checked_on, found.confidence) == (None, None, None)


def test_what_stays_the_same_is_told_with_its_first_day(company: Engine) -> None:
    found = say(company, said(12, 30), said(15, 21), said(15, 14), said(15, 7))
    assert found.unchanged_since == TODAY - timedelta(days=21)
    assert found.change == 0


def test_what_was_said_once_or_has_just_changed_is_not_unchanged(company: Engine) -> None:
    assert say(company, said(12, 14)).unchanged_since is None
    assert say(company, said(12, 7), said(13)).unchanged_since is None


def test_a_value_that_came_back_is_unchanged_only_since_then(company: Engine) -> None:
    found = say(company, said(12, 28), said(13, 21), said(12, 14), said(12, 7))
    assert found.unchanged_since == TODAY - timedelta(days=14)


def test_a_fed_lane_takes_the_kpi_s_latest_reading(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    weekly(engine, 7, 8)
    found = key_result(seen(engine), "Lift conversion")
    assert (found.value, found.change, found.fed_by) == (8, 1, "Conversion")
    assert found.fed_by_id == key(engine, "kpi", "Conversion")
    assert found.progress == pytest.approx(0.5)


def test_a_word_on_a_fed_lane_leaves_its_value(company: Engine) -> None:
    weekly(company, 8)
    check_in = said(None, key_result="Lift conversion", confidence=Confidence.DOUBTFUL, note="Slow")
    bring(company, check_ins=[check_in])
    found = key_result(seen(company), "Lift conversion")
    assert (found.value, found.confidence, found.note) == (8, Confidence.DOUBTFUL, "Slow")


def test_a_lane_can_be_fed_by_a_kpi_of_another_team(company: Engine) -> None:
    row = KeyResultRow(
        **ROAD, key_result="Empty desk", start=90, target=50, kpi="Support / Backlog"
    )
    bring(company, key_results=[row])
    record(company, 70, kpi="Backlog")
    view = seen(company)
    assert key_result(view, "Empty desk").value == 70
    assert "Backlog" not in [gauge.name for gauge in view.gauges]


def test_milestones_count_their_shares(company: Engine) -> None:
    step = MilestoneRow(
        **ROAD, key_result="Open the office", step="Move", share=3, done_on=date(2026, 5, 10)
    )
    bring(company, milestones=[step])
    found = key_result(seen(company), "Open the office")
    assert [(step.step, step.share, step.done_on) for step in found.steps] == [
        ("Lease", 1, None),
        ("Move", 3, date(2026, 5, 10)),
    ]
    assert found.progress == pytest.approx(0.75)
    assert found.standing == "ahead"


@pytest.mark.parametrize(
    ("day", "progress"), [(date(2026, 5, 9), 0), (date(2026, 5, 10), 0.75), (TODAY, 0.75)]
)
def test_a_step_counts_from_the_day_it_was_done(
    company: Engine, day: date, progress: float
) -> None:
    step = MilestoneRow(
        **ROAD, key_result="Open the office", step="Move", share=3, done_on=date(2026, 5, 10)
    )
    bring(company, milestones=[step])
    assert key_result(seen(company, day=day), "Open the office").progress == pytest.approx(progress)


def test_a_key_result_of_steps_without_steps_has_no_value(company: Engine) -> None:
    row = KeyResultRow(**ROAD, key_result="Plan", kind=KeyResultKind.MILESTONE)
    bring(company, key_results=[row])
    assert key_result(seen(company), "Plan").standing == "no value"


@pytest.mark.parametrize(
    ("values", "held"),
    [
        ((7,), 0),
        ((9,), 1),
        ((7, 9, 10), 2),
        ((9, 7, 9, 10), 2),
        ((9, 9, 9, 9), 4),
        ((9, 9, 9, 9, 9, 9), 4),
        ((9, None, 9), 1),
        ((9, 9, 13), 0),
    ],
)
def test_to_hold_is_to_stay_in_range_for_consecutive_periods(
    company: Engine, values: tuple[float | None, ...], held: int
) -> None:
    weekly(company, *values)
    found = key_result(seen(company), "Keep conversion")
    assert (found.held, found.hold_periods) == (held, 4)
    assert found.progress == pytest.approx(held / 4)


def test_a_dismissed_reading_neither_counts_as_held_nor_ends_the_run(company: Engine) -> None:
    weekly(company, 9, 3, 9)
    assert key_result(seen(company), "Keep conversion").held == 1
    dismiss(
        company,
        person_id=person(company),
        kpi_id=key(company, "kpi", "Conversion"),
        period=MONDAY - timedelta(weeks=1),
        reason="a typo",
    )
    assert key_result(seen(company), "Keep conversion").held == 2


def test_what_was_held_before_the_cycle_does_not_count(company: Engine) -> None:
    weeks = [date(2026, 4, 6) - timedelta(weeks=number) for number in range(6)]
    read = [ReadingRow(team="Sales", kpi="Conversion", date=week, value=9) for week in weeks]
    bring(company, readings=read)
    assert key_result(seen(company, day=date(2026, 4, 15)), "Keep conversion").held == 2


def test_a_silent_kpi_holds_nothing_and_is_not_on_pace(company: Engine) -> None:
    weekly(company, *[9] * 6, until=date(2026, 4, 13))
    found = key_result(seen(company), "Keep conversion")
    assert (found.held, found.standing) == (0, "silent")
    assert found.silent_for > 14


def test_a_cycle_that_is_over_changes_no_more(company: Engine, clock: Clock) -> None:
    clock.set(datetime(2026, 7, 20, 12, tzinfo=UTC))
    weekly(company, 8, until=date(2026, 6, 22))
    weekly(company, 12, until=date(2026, 7, 13))
    view = seen(company, day=date(2026, 7, 20), cycle="Q2 2026")
    assert key_result(view, "Lift conversion").value == 8
    assert all(card.kind != "behind pace" for card in view.decisions)


def test_to_hold_without_a_reading_has_no_value(company: Engine) -> None:
    found = key_result(seen(company), "Keep conversion")
    assert (found.held, found.standing) == (0, "no value")


def test_progress_of_an_objective_is_the_weighted_mean_of_scores(company: Engine) -> None:
    tables = acme()
    tables.key_results[0] = replace(tables.key_results[0], weight=5)
    import_tables(company, tables)
    say(company, said(60))
    weekly(company, 8)
    # 5 × 1 (60 of 40 counts as all of it), 1 × ½, 1 × 0 steps of 2, 1 × ¼.
    assert objective(company).progress == pytest.approx((5 + 0.5 + 0 + 0.25) / 8)


def test_what_has_no_value_counts_as_nothing_and_is_named(company: Engine) -> None:
    say(company, said(40))
    found = objective(company)
    assert found.progress == pytest.approx(1 / 4)
    assert found.unvalued == ("Lift conversion", "Keep conversion")


def test_an_objective_says_whose_it_is(company: Engine) -> None:
    found = objective(company)
    assert (found.team, found.owner) == ("Sales", "Ana")
    assert (found.scope, found.ambition, found.state) == (
        Scope.TEAM,
        Ambition.COMMITTED,
        ObjectiveState.ACTIVE,
    )


def test_lanes_keep_the_order_of_the_file(company: Engine) -> None:
    names = [found.name for found in objective(company).key_results]
    assert names == [row.key_result for row in acme().key_results]


def test_a_guardrail_says_how_it_is(company: Engine) -> None:
    tables = acme()
    guards = ("Support / Backlog", "Conversion", "Visits")
    tables.objectives[0] = replace(tables.objectives[0], guardrails=guards)
    import_tables(company, tables)
    record(company, 80, kpi="Backlog")
    found = {guard.name: guard.health for guard in objective(company).guardrails}
    assert found == {
        "Backlog": Health.OUT_OF_RANGE,
        "Conversion": Health.NO_DATA,
        "Visits": Health.INDICATOR,
    }


def test_a_draft_is_not_on_the_road(company: Engine) -> None:
    draft = ObjectiveRow(
        cycle="Q2 2026", team="Sales", objective="Maybe", state=ObjectiveState.DRAFT
    )
    bring(company, objectives=[draft])
    found = seen(company)
    assert ([objective.name for objective in found.objectives], found.drafts) == (
        ["Win the north"],
        1,
    )


def test_terms_are_those_in_force_on_the_day(company: Engine, clock: Clock) -> None:
    clock.tick(days=10)
    tables = acme()
    tables.objectives[0] = replace(
        tables.objectives[0], state=ObjectiveState.PROBATION, owner="Ben"
    )
    import_tables(company, tables)
    before = objective(company, day=TODAY + timedelta(days=9))
    after = objective(company, day=TODAY + timedelta(days=10))
    assert (before.state, before.owner) == (ObjectiveState.ACTIVE, "Ana")
    assert (after.state, after.owner) == (ObjectiveState.PROBATION, "Ben")


def test_a_check_in_is_seen_from_when_it_was_known(company: Engine, clock: Clock) -> None:
    say(company, said(12, 7))
    clock.tick(days=1)
    bring(company, check_ins=[said(13, 7, recorded_at=NOW + timedelta(days=1))])
    assert key_result(seen(company), CUSTOMERS).value == 12
    assert key_result(seen(company, day=TODAY + timedelta(days=1)), CUSTOMERS).value == 13


def test_an_objective_withdrawn_later_is_still_seen_before(company: Engine, clock: Clock) -> None:
    ben = person(company, "Ben")
    more = ObjectiveRow(cycle="Q2 2026", team="Sales", objective="Try")
    done = import_tables(company, Tables(objectives=[more]), person_id=ben)
    clock.tick(days=2)
    assert done.command_id is not None
    undo(company, done.command_id, person_id=ben)
    day_before = TODAY + timedelta(days=1)
    assert len(seen(company, day=day_before).objectives) == 2
    assert len(seen(company, day=day_before + timedelta(days=1)).objectives) == 1


OTHERS = [
    ObjectiveRow(cycle="Q2 2026", team="North", objective="Open the north"),
    ObjectiveRow(cycle="Q2 2026", team="Sales", objective="Learn", scope=Scope.INDIVIDUAL),
    ObjectiveRow(cycle="2026", team="Sales", objective="Another cycle"),
    ObjectiveRow(cycle="Q2 2026", team="Support", objective="Answer"),
]


def names(engine: Engine, team: str, **options: Any) -> list[str]:
    return [found.name for found in seen(engine, team, **options).objectives]


def test_a_team_sees_its_own_objectives_first(company: Engine) -> None:
    bring(company, objectives=OTHERS)
    assert names(company, "Sales") == ["Win the north"]
    assert seen(company).more_objectives == 2


def test_all_objectives_are_those_of_the_team_and_below(company: Engine) -> None:
    bring(company, objectives=OTHERS)
    assert names(company, "Sales", all_objectives=True) == [
        "Win the north",
        "Open the north",
        "Learn",
    ]
    assert seen(company, all_objectives=True).more_objectives == 0


def test_a_team_without_objectives_sees_those_below(company: Engine) -> None:
    bring(company, objectives=OTHERS)
    assert names(company, "Acme") == ["Win the north", "Open the north", "Answer"]


def test_what_is_looked_for_is_shown_too(company: Engine) -> None:
    bring(
        company,
        objectives=OTHERS,
        key_results=[
            KeyResultRow(
                cycle="Q2 2026",
                team="North",
                objective="Open the north",
                key_result="Shops",
                start=0,
                target=3,
            )
        ],
    )
    for focus in (
        ("objective", key(company, "objective", "Open the north")),
        ("key result", key(company, "key_result", "Shops")),
    ):
        assert names(company, "Sales", focus=focus) == ["Win the north", "Open the north"]


def test_a_cycle_that_is_asked_for_is_shown(company: Engine) -> None:
    bring(company, objectives=OTHERS)
    assert names(company, "Sales", cycle="2026") == ["Another cycle"]
    assert len(rows(company, "objective")) == 5


def test_a_fed_lane_reads_as_it_was_known(company: Engine, clock: Clock) -> None:
    bring(
        company,
        readings=[
            ReadingRow(team="Sales", kpi="Conversion", date=MONDAY - timedelta(days=7), value=7)
        ],
    )
    clock.tick(days=1)
    record(company, 9, on=MONDAY - timedelta(days=7))
    assert key_result(seen(company), "Lift conversion").value == 7
    assert key_result(seen(company, day=TODAY + timedelta(days=1)), "Lift conversion").value == 9


@pytest.mark.parametrize(
    ("values", "day", "standing"),
    [
        ((), TODAY, "no value"),
        ((13,), TODAY, "behind pace"),
        ((20,), TODAY, "on pace"),
        ((30,), TODAY, "ahead"),
        ((40,), TODAY, "done"),
        ((20,), TODAY + timedelta(days=30), "silent"),
        ((-9,), date(2026, 4, 3), "behind pace"),
    ],
)
@pytest.mark.parametrize("ambition", Ambition)
def test_an_objective_is_held_against_what_its_key_results_are_held_against(
    file: Engine, values: tuple[float, ...], day: date, standing: str, ambition: Ambition
) -> None:
    base = acme()
    goal = {"cycle": "Q2 2026", "team": "Sales", "objective": "Sell"}
    bring(
        file,
        teams=base.teams,
        cycles=base.cycles,
        objectives=[ObjectiveRow(**goal, ambition=ambition, state=ObjectiveState.ACTIVE)],
        key_results=[KeyResultRow(**goal, key_result="Customers", start=0, target=40)],
        check_ins=[
            CheckInRow(**goal, key_result="Customers", date=min(day, TODAY), value=value)
            for value in values
        ],
    )
    found = objective(file, "Sell", day=day)
    assert (found.standing, found.key_results[0].standing) == (standing, standing)
    assert found.pace == found.key_results[0].pace
