"""What a closed objective shows: what it was closed with, whatever is read later."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest
from sqlalchemy import Engine

from data.company.fields import CycleRow
from data.company.queries import company as read_company
from data.core.database import data_version
from data.core.errors import CommandRejected
from data.history.undo import undo
from data.kpis.commands.kpis import archive_kpi
from data.kpis.fields import KpiRow, ReadingRow
from data.okrs.commands.check_ins import amend_check_in
from data.okrs.commands.from_template import carry_over
from data.okrs.commands.milestones import reach_milestone
from data.okrs.commands.objective_life import change_state
from data.okrs.fields import CheckInRow, KeyResultRow, MilestoneRow, ObjectiveRow
from data.okrs.queries.alignment_tree import alignment
from data.okrs.queries.drafts import OkrLook, okrs
from data.okrs.views.drafts import OkrObjective
from data.okrs.views.key_results import KeyResultView
from models import Better, Cadence, ObjectiveState
from tests.data.builders import (
    MONDAY,
    ROAD,
    TODAY,
    Clock,
    bring,
    everything,
    key,
    key_result,
    person,
    record,
    rows,
    seen,
)

LIFT, HOLD, TYPED, STEPS = (
    "Lift conversion",
    "Keep conversion",
    "Sign customers",
    "Open the office",
)
WEEK = timedelta(weeks=1)
END = date(2026, 6, 30)


class Shown(NamedTuple):
    """What is shown of the objective on a day: by the cockpit, its table and the tree alike."""

    progress: float
    key_results: dict[str, KeyResultView]


def step(engine: Engine, name: str) -> int | None:
    return change_state(
        engine,
        person_id=person(engine),
        objective_id=key(engine, "objective", "Win the north"),
        step=name,
        base_version=data_version(engine),
    )


def table(engine: Engine, day: date) -> OkrObjective:
    here = read_company(engine, data_version(engine))
    look = OkrLook(here.team_named("Sales"), here.cycle_named("Q2 2026", day), day, over=True)
    (row,) = okrs(engine, data_version(engine), look).objectives
    (node,) = alignment(engine, data_version(engine), look).objectives
    assert node.progress == pytest.approx(row.progress)
    return row


def shown(engine: Engine, day: date) -> Shown:
    (view,) = seen(engine, day=day, cycle="Q2 2026").objectives
    row = table(engine, day)
    assert view.progress == pytest.approx(row.progress)
    assert [each.value for each in view.key_results] == [each.value for each in row.key_results]
    return Shown(view.progress, {each.name: each for each in view.key_results})


def values(engine: Engine, *read: float, until: date = MONDAY) -> None:
    """Read the weekly KPI, the last time in the week that starts on `until`."""
    for back, value in enumerate(reversed(read)):
        record(engine, value, on=until - back * WEEK)


@pytest.fixture
def closed(company: Engine, clock: Clock) -> Engine:
    """Give the road closed on a Wednesday, two weeks read in range, the week before not."""
    values(company, 7.0, 8.0, 9.0)
    step(company, "close")
    clock.tick(days=1)
    return company


def test_what_is_read_later_does_not_move_what_an_objective_was_closed_with(
    closed: Engine, clock: Clock
) -> None:
    before = shown(closed, TODAY)
    assert before.progress == pytest.approx((0 + 0.75 + 0 + 0.5) / 4)
    for weeks in range(1, 6):
        clock.tick(weeks=1)
        record(closed, 11.0, on=MONDAY + weeks * WEEK)
        assert shown(closed, clock.moment.date()) == before
    assert seen(closed, day=clock.moment.date()).gauges[0].value == 11.0


def test_each_kind_of_database_keeps_what_an_objective_was_closed_with(
    company_of_each_kind: Engine, clock: Clock
) -> None:
    company = company_of_each_kind
    values(company, 7.0, 8.0, 9.0)
    step(company, "close")
    clock.tick(days=1)
    imported(company, clock.moment.date())
    clock.tick(weeks=2)
    values(company, 11.0, 12.0, until=MONDAY + WEEK)
    today = clock.moment.date()
    assert shown(company, today).progress == pytest.approx((0 + 0.75 + 0 + 0.5) / 4)
    step(company, "reopen")
    assert shown(company, today).progress == pytest.approx((0.25 + 1 + 0.25 + 0.75) / 4)


def test_the_week_in_which_it_was_closed_keeps_what_was_read_by_then(closed: Engine) -> None:
    before = shown(closed, TODAY)
    record(closed, 10.0, on=MONDAY)
    assert shown(closed, TODAY + WEEK) == before


def test_a_week_that_was_not_read_when_it_was_closed_says_nothing(
    company: Engine, clock: Clock
) -> None:
    values(company, 8.0, until=MONDAY - WEEK)
    step(company, "close")
    record(company, 10.0, on=MONDAY)
    assert shown(company, TODAY).key_results[LIFT].value == 8.0


def test_what_is_closed_in_the_first_week_of_its_cycle_keeps_what_was_read_before_it(
    company: Engine, clock: Clock
) -> None:
    clock.set(datetime(2026, 4, 2, 9, tzinfo=UTC))
    values(company, 8.0, until=date(2026, 3, 23))
    step(company, "close")
    clock.tick(weeks=1)
    record(company, 10.0, on=date(2026, 3, 30))
    found = shown(company, clock.moment.date())
    assert found.key_results[LIFT].value == 8.0
    assert found.progress == pytest.approx(0.5 / 4)


@pytest.mark.parametrize("on", [MONDAY - WEEK, MONDAY - 3 * WEEK])
def test_a_week_that_had_ended_is_corrected_as_ever(closed: Engine, on: date) -> None:
    record(closed, 11.0, on=on)
    found = shown(closed, TODAY + WEEK).key_results
    assert found[LIFT].value == 9.0
    assert found[HOLD].held == 2
    record(closed, 11.0, on=MONDAY - 2 * WEEK)
    assert shown(closed, TODAY + WEEK).key_results[HOLD].held == (3 if on == MONDAY - WEEK else 4)


def test_the_last_reading_of_a_week_that_had_ended_may_come_late(
    company: Engine, clock: Clock
) -> None:
    values(company, 8.0, until=MONDAY - 2 * WEEK)
    step(company, "close")
    clock.tick(days=1)
    record(company, 9.0, on=MONDAY - WEEK)
    assert shown(company, clock.moment.date()).key_results[LIFT].value == 9.0


def test_a_closed_lane_stands_as_it_did_and_has_nothing_ahead(
    company: Engine, clock: Clock
) -> None:
    values(company, 6.2, 6.4, 6.6, 6.8, 7.0, 7.2)
    open_lane = shown(company, TODAY).key_results[LIFT]
    assert open_lane.chance is not None
    step(company, "close")
    found = key_result(seen(company, day=TODAY), LIFT)
    assert (found.chance, found.expected, found.arrives_on, found.span) == (None,) * 4
    assert (found.pace, found.standing) == (open_lane.pace, open_lane.standing)
    clock.tick(weeks=8)
    later = key_result(seen(company, day=clock.moment.date(), cycle="Q2 2026"), LIFT)
    assert (later.is_over, later) == (True, found)


def test_before_it_was_closed_it_is_seen_as_it_was(closed: Engine, clock: Clock) -> None:
    clock.tick(weeks=2)
    found = shown(closed, TODAY - WEEK)
    assert found.key_results[LIFT].value is None
    assert not found.key_results[LIFT].is_over
    assert shown(closed, TODAY).key_results[LIFT].is_over


def test_reopened_it_follows_its_kpi_again(closed: Engine, clock: Clock) -> None:
    clock.tick(weeks=1)
    record(closed, 10.0, on=MONDAY + WEEK)
    step(closed, "reopen")
    today = clock.moment.date()
    assert shown(closed, today).key_results[LIFT].value == 10.0
    assert shown(closed, TODAY).key_results[LIFT].value == 9.0


def test_closed_again_on_the_day_it_was_reopened_it_keeps_what_stands_then(
    closed: Engine, clock: Clock
) -> None:
    clock.tick(weeks=1)
    record(closed, 10.0, on=MONDAY + WEEK)
    step(closed, "reopen")
    step(closed, "close")
    clock.tick(weeks=1)
    record(closed, 6.0, on=MONDAY + 2 * WEEK)
    assert shown(closed, clock.moment.date()).key_results[LIFT].value == 10.0


def test_a_reopening_that_was_taken_back_never_was(closed: Engine, clock: Clock) -> None:
    before = shown(closed, TODAY)
    clock.tick(weeks=1)
    record(closed, 10.0, on=MONDAY + WEEK)
    done = step(closed, "reopen")
    clock.tick(days=1)
    assert done is not None
    undo(closed, done, person_id=person(closed))
    assert shown(closed, clock.moment.date()) == before


def test_a_closing_that_was_taken_back_never_was(company: Engine, clock: Clock) -> None:
    values(company, 8.0)
    done = step(company, "close")
    assert done is not None
    undo(company, done, person_id=person(company))
    clock.tick(weeks=1)
    record(company, 10.0, on=MONDAY + WEEK)
    assert shown(company, clock.moment.date()).key_results[LIFT].value == 10.0
    step(company, "close")
    clock.tick(weeks=1)
    record(company, 7.0, on=MONDAY + 2 * WEEK)
    assert shown(company, clock.moment.date()).key_results[LIFT].value == 10.0


def test_what_a_file_changes_of_a_closed_objective_does_not_move_its_closing(
    closed: Engine, clock: Clock
) -> None:
    before = shown(closed, TODAY)
    clock.tick(weeks=1)
    record(closed, 10.0, on=MONDAY + WEEK)
    bring(closed, objectives=[ObjectiveRow(**ROAD, state=ObjectiveState.GRADUATED, owner="Cara")])
    today = clock.moment.date()
    last = rows(closed, "objective_terms")[-1]
    assert (last["state"], last["valid_from"]) == ("graduated", today)
    assert shown(closed, today) == before


def test_what_was_brought_in_as_closed_follows_its_kpi_to_the_end_of_its_cycle(
    company: Engine, clock: Clock
) -> None:
    past = {**ROAD, "objective": "Win the west"}
    bring(
        company,
        objectives=[ObjectiveRow(**past, state=ObjectiveState.CLOSED)],
        key_results=[KeyResultRow(**past, key_result="Convert", start=6, target=10, kpi="Visits")],
    )
    found = []
    for days in (0, 20, 40, 45):
        day = TODAY + timedelta(days=days)
        clock.set(clock.moment.replace(month=day.month, day=day.day))
        record(company, 6 + days / 20, kpi="Visits", on=day)
        found.append(key_result(seen(company, day=day, cycle="Q2 2026"), "Convert").value)
    assert found == [6.0, 7.0, 8.0, 8.0]


def test_what_is_closed_after_its_cycle_keeps_what_was_read_by_then(
    company: Engine, clock: Clock
) -> None:
    week = date(2026, 6, 29)
    clock.tick(days=(END - TODAY).days + 1)
    values(company, 8.0, 8.5, until=week)
    step(company, "close")
    before = shown(company, clock.moment.date())
    assert (before.key_results[LIFT].value, before.key_results[LIFT].pace) == (8.5, 1.0)
    for value, on in ((9.0, week), (9.5, week + WEEK)):
        clock.tick(weeks=1)
        record(company, value, on=on)
        assert shown(company, clock.moment.date()) == before


@pytest.mark.parametrize("cadence", list(Cadence))
def test_what_it_was_closed_with_stays_however_often_its_kpi_is_read(
    company: Engine, clock: Clock, cadence: Cadence
) -> None:
    of = {"team": "Sales", "kpi": "Calls"}
    bring(
        company,
        cycles=[CycleRow(cycle="Q2 2026", starts_on=date(2026, 4, 1), ends_on=date(2026, 12, 31))],
        kpis=[KpiRow(**of, better=Better.HIGHER, cadence=cadence)],
        key_results=[KeyResultRow(**ROAD, key_result="Call", start=0, target=100, kpi="Calls")],
        readings=[ReadingRow(**of, date=TODAY, value=50)],
    )
    step(company, "close")
    for days in range(75):
        clock.tick(days=1)
        record(company, 60, kpi="Calls", on=clock.moment.date())
        if days in (0, 40, 74):
            found = shown(company, clock.moment.date()).key_results["Call"]
            assert (found.value, found.silent_for) == (50, 0)


def say(engine: Engine, value: float, day: date) -> None:
    amend_check_in(
        engine,
        person_id=person(engine),
        key_result_id=key(engine, "key_result", TYPED),
        day=day,
        value=value,
        base_version=data_version(engine),
    )


def reach(engine: Engine, name: str, day: date) -> None:
    found = next(row for row in rows(engine, "milestone") if row["step"] == name)
    reach_milestone(
        engine,
        person_id=person(engine),
        milestone_id=found["id"],
        done_on=day,
        base_version=data_version(engine),
    )


def checked_in(engine: Engine, day: date) -> None:
    say(engine, 10, day)
    reach(engine, "Lease", day)


def imported(engine: Engine, day: date) -> None:
    step = {"key_result": STEPS, "step": "Lease", "share": 1.0, "done_on": day}
    bring(
        engine,
        check_ins=[CheckInRow(**ROAD, key_result=TYPED, date=day, value=10)],
        milestones=[MilestoneRow(**ROAD, **step)],
    )


@pytest.mark.parametrize("write", [checked_in, imported])
@pytest.mark.parametrize("back", [1, 7])
def test_check_ins_and_steps_of_days_until_the_closing_count(
    closed: Engine, clock: Clock, write: Callable[[Engine, date], None], back: int
) -> None:
    today = clock.moment.date()
    write(closed, today - timedelta(days=back))
    found = shown(closed, today).key_results
    assert (found[TYPED].value, found[STEPS].progress) == (10, 0.25)


def test_check_ins_and_steps_that_files_bring_of_later_days_do_not_count(
    closed: Engine, clock: Clock
) -> None:
    imported(closed, clock.moment.date())
    found = shown(closed, clock.moment.date()).key_results
    assert (found[TYPED].value, found[STEPS].progress) == (None, 0)


def test_a_day_after_the_closing_is_refused_until_it_is_reopened(
    closed: Engine, clock: Clock
) -> None:
    today, before = clock.moment.date(), everything(closed)
    told = "^The objective was closed on 2026-05-20: reopen it first.$"
    with pytest.raises(CommandRejected, match=told) as refused:
        say(closed, 10, today)
    assert refused.value.field == "date"
    with pytest.raises(CommandRejected, match=told) as refused:
        reach(closed, "Lease", today)
    assert refused.value.field == "done_on"
    assert everything(closed) == before
    step(closed, "reopen")
    checked_in(closed, today)
    found = shown(closed, today).key_results
    assert (found[TYPED].value, found[STEPS].progress) == (10, 0.25)


def test_what_is_copied_starts_where_it_was_closed(closed: Engine, clock: Clock) -> None:
    clock.tick(weeks=1)
    record(closed, 12.0, on=MONDAY + WEEK)
    carry_over(
        closed,
        person_id=person(closed),
        left=[table(closed, clock.moment.date())],
        cycle_id=key(closed, "cycle", "2026"),
    )
    copied = {row["id"]: row["name"] for row in rows(closed, "key_result")[-4:]}
    terms = rows(closed, "key_result_terms")
    assert {copied.get(row["key_result_id"]): row["start"] for row in terms}[LIFT] == 9.0


def test_a_lane_knows_whether_its_kpi_is_archived(closed: Engine, clock: Clock) -> None:
    assert shown(closed, TODAY).key_results[LIFT].feed_is_live
    archive_kpi(
        closed,
        person_id=person(closed, "Ben"),
        kpi_id=key(closed, "kpi", "Conversion"),
        base_version=data_version(closed),
    )
    found = shown(closed, clock.moment.date()).key_results
    assert (found[LIFT].feed_is_live, found[LIFT].fed_by) == (False, "Conversion")
    assert found[TYPED].feed_is_live
    assert shown(closed, TODAY).key_results[LIFT].feed_is_live
