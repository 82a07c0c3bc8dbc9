"""A recovery from the day it begins: held, certified, gone on with, slipped, graduated."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from data.company.fields import CycleRow
from data.company.queries import company
from data.core.database import data_version, open_database
from data.history.undo import undo
from data.kpis.commands.decisions import acknowledge
from data.kpis.fields import KpiRow, ReadingRow
from data.okrs.commands.objective_life import (
    change_state,
    close_objectives,
    move_objective,
)
from data.okrs.commands.recoveries import (
    confirm_recovery,
    graduate_recovery,
    reroute,
    set_new_normal,
)
from data.okrs.queries.drafts import OkrLook, okrs
from models import Better, Cadence
from tests.data.builders import (
    MONDAY,
    TODAY,
    Clock,
    bring,
    content,
    exported,
    gauge,
    key,
    person,
    rows,
    seen,
)
from tests.data.okrs.recovering import (
    BAD,
    about,
    good_weeks,
    grow,
    plan,
    read,
    refused,
    shown,
    start,
)


def test_it_is_decided_as_long_as_its_cycle_goes_on(grown: Engine, clock: Clock) -> None:
    start(grown)
    assert gauge(seen(grown, "Support"), "Backlog").undecided_days is None
    clock.set(datetime(2026, 6, 27, 12, tzinfo=UTC))
    read(grown, 0, [BAD] * 5)
    clock.set(datetime(2026, 7, 4, 12, tzinfo=UTC))
    late = gauge(seen(grown, "Support", day=date(2026, 7, 4)), "Backlog")
    assert late.undecided_days == 3


def test_what_was_said_afterwards_does_not_end_it(grown: Engine, clock: Clock) -> None:
    start(grown)
    acknowledge(
        grown,
        person_id=person(grown, "Ben"),
        kpi_id=key(grown, "kpi", "Backlog"),
        reason="Known.",
        look_again=TODAY + timedelta(days=2),
    )
    clock.tick(days=3)
    later = gauge(seen(grown, "Support", day=TODAY + timedelta(days=3)), "Backlog")
    assert later.undecided_days is None


def test_it_is_certified_confirmed_and_graduates(grown: Engine, clock: Clock) -> None:
    start(grown)
    said = {"kpi_id": key(grown, "kpi", "Backlog"), "reason": "We looked."}
    good_weeks(grown, clock, 3)
    assert "is under way" in refused(grown, confirm_recovery, **said)
    day = good_weeks(grown, clock, 4)
    recovery = shown(grown, day)
    assert recovery is not None
    assert (recovery.phase, recovery.held, recovery.is_provisional) == ("certified", 4, True)
    assert recovery.left_open is not None
    confirm_recovery(grown, person_id=person(grown, "Ben"), **said)
    assert "is on probation" in refused(grown, graduate_recovery, **said)
    day = good_weeks(grown, clock, 8)
    assert [each.phase for each in (shown(grown, day),) if each] == ["passed"]
    graduate_recovery(grown, person_id=person(grown, "Ben"), **said)
    assert [each.phase for each in (shown(grown, day),) if each] == ["graduated"]
    assert rows(grown, "objective_terms")[-1]["state"] == "graduated"


def test_what_is_silent_holds_nothing_and_nobody_can_confirm_it(
    grown: Engine, clock: Clock
) -> None:
    start(grown, cycle_id=key(grown, "cycle", "2026"))
    said = {"kpi_id": key(grown, "kpi", "Backlog"), "reason": "We looked."}
    day = good_weeks(grown, clock, 4)
    assert [each.phase for each in (shown(grown, day),) if each] == ["certified"]
    clock.tick(weeks=3)
    silent = shown(grown, day + timedelta(weeks=3))
    assert silent is not None
    assert (silent.phase, silent.held, silent.is_silent) == ("under way", 0, True)
    assert "is under way" in refused(grown, confirm_recovery, **said)
    day = good_weeks(grown, clock, 8)
    confirm_recovery(grown, person_id=person(grown, "Ben"), **said)
    day = good_weeks(grown, clock, 12)
    assert [each.phase for each in (shown(grown, day),) if each] == ["passed"]
    clock.tick(weeks=3)
    assert "is on probation" in refused(grown, graduate_recovery, **said)


def test_a_relapse_reopens_it_by_itself_and_is_called_the_second_time(
    grown: Engine, clock: Clock
) -> None:
    year = key(grown, "cycle", "2026")
    start(grown, cycle_id=year)
    kpi_id = key(grown, "kpi", "Backlog")
    good_weeks(grown, clock, 4)
    confirm_recovery(grown, person_id=person(grown, "Ben"), kpi_id=kpi_id, reason="Looks good.")
    clock.tick(weeks=2)
    day = TODAY + timedelta(weeks=6)
    # The week in which it was confirmed is the first that counts.
    read(grown, 4, [BAD])
    one = shown(grown, day)
    read(grown, 5, [BAD])
    two = shown(grown, day)
    assert one is not None
    assert two is not None
    assert (one.phase, two.phase) == ("on probation", "relapsed")
    view = seen(grown, "Support", day=day, cycle="2026")
    assert gauge(view, "Backlog").undecided_days is not None
    assert [each.state for each in view.objectives if each.name == "Backlog comes back"] == [
        "active"
    ]
    start(grown, cycle_id=year, objective="Backlog comes back, and stays")
    again = shown(grown, day)
    assert again is not None
    assert (again.phase, again.times) == ("under way", 2)
    assert (again.objective_id, again.objective) == (
        two.objective_id,
        "Backlog comes back, and stays",
    )


def test_it_goes_on_where_its_cycle_is_closed(grown: Engine, clock: Clock) -> None:
    start(grown)
    ids = [about(grown)["objective_id"]]
    told = refused(grown, close_objectives, objective_ids=ids, base_version=data_version(grown))
    assert "add the one after Q2 2026 first" in told
    third = {"starts_on": date(2026, 7, 1), "ends_on": date(2026, 9, 30)}
    bring(grown, cycles=[CycleRow(cycle="Q3 2026", **third)])
    to = {"team_id": key(grown, "team", "Support"), "cycle_id": key(grown, "cycle", "Q3 2026")}
    assert "goes on when this cycle is closed" in refused(
        grown, move_objective, **to, **about(grown)
    )
    done = close_objectives(
        grown, person_id=person(grown, "Ben"), objective_ids=ids, base_version=data_version(grown)
    )
    assert done is not None
    recovery = shown(grown)
    assert recovery is not None
    assert (recovery.cycle, recovery.phase, recovery.times) == ("Q3 2026", "under way", 1)
    old = {"objective_id": ids[0], "base_version": data_version(grown)}
    assert "goes on with it" in refused(grown, change_state, step="reopen", **old)
    undo(grown, done, person_id=person(grown, "Ben"))
    back = shown(grown)
    assert back is not None
    assert (back.cycle, back.objective_id) == ("Q2 2026", ids[0])


def test_a_new_normal_ends_it(grown: Engine) -> None:
    start(grown)
    said = {"since": MONDAY - timedelta(weeks=4), "reason": "More customers."}
    kpi_id = key(grown, "kpi", "Backlog")
    set_new_normal(grown, person_id=person(grown, "Ben"), kpi_id=kpi_id, **said)
    recovery = shown(grown)
    assert recovery is not None
    assert recovery.phase == "closed"


def test_it_is_taken_back_whole(grown: Engine) -> None:
    done = start(grown)
    undo(grown, done, person_id=person(grown, "Ben"))
    assert shown(grown) is None
    assert gauge(seen(grown, "Support"), "Backlog").undecided_days is not None


def test_confirming_and_graduating_are_taken_back_each_as_one(grown: Engine, clock: Clock) -> None:
    start(grown)
    ben, kpi_id = person(grown, "Ben"), key(grown, "kpi", "Backlog")
    said = {"person_id": ben, "kpi_id": kpi_id, "reason": "We looked."}
    for weeks, step, phase in (
        (4, confirm_recovery, "certified"),
        (8, graduate_recovery, "passed"),
    ):
        day = good_weeks(grown, clock, weeks)
        before = content(exported(grown))
        undo(grown, step(grown, **said), person_id=ben)
        assert content(exported(grown)) == before
        assert [each.phase for each in (shown(grown, day),) if each] == [phase]
        step(grown, **said)
        assert [each.phase for each in (shown(grown, day),) if each] != [phase]


def test_files_carry_it_from_one_database_to_another(
    grown: Engine, clock: Clock, empty_file: Path, tmp_path: Path
) -> None:
    start(grown)
    said = {"kpi_id": key(grown, "kpi", "Backlog"), "reason": "We looked."}
    day = good_weeks(grown, clock, 4)
    confirm_recovery(grown, person_id=person(grown, "Ben"), **said)
    shutil.copy(empty_file, tmp_path / "other.db")
    other = open_database(f"sqlite:///{tmp_path / 'other.db'}")
    bring(other, **dict(exported(grown).items()))
    assert content(exported(other)) == content(exported(grown))
    mine, theirs = shown(grown, day), shown(other, day)
    other.dispose()
    assert mine is not None
    assert theirs is not None
    assert (mine.phase, mine.confirmed_on, mine.held) == (
        theirs.phase,
        theirs.confirmed_on,
        theirs.held,
    )


def test_a_monthly_recovery_is_provisional_and_says_what_it_leaves_open(
    company: Engine, clock: Clock
) -> None:
    ends = {"unit": "days", "better": Better.LOWER, "high": 60.0, "cadence": Cadence.MONTHLY}
    bring(company, kpis=[KpiRow(team="Support", kpi="Wait", **ends)])
    months = [date(2022 + at // 12, at % 12 + 1, 1) for at in range(52)]
    level = [50.0 + at % 3 for at in range(40)] + [70.0 + at % 3 for at in range(12)]
    bring(
        company,
        readings=[
            ReadingRow(team="Support", kpi="Wait", date=day, value=value)
            for day, value in zip(months, level, strict=True)
        ],
    )
    kpi_id = key(company, "kpi", "Wait")
    year = key(company, "cycle", "2026")
    wanted = plan(company, objective="Shorter waits", periods=6, cycle_id=year)
    reroute(company, person_id=person(company, "Ben"), kpi_id=kpi_id, plan=wanted)
    clock.set(datetime(2027, 2, 2, 12, tzinfo=UTC))
    good = [*(date(2026, month, 1) for month in range(5, 13)), date(2027, 1, 1)]
    bring(
        company,
        readings=[
            ReadingRow(team="Support", kpi="Wait", date=day, value=50.0 + at % 3)
            for at, day in enumerate(good, len(months))
        ],
    )
    recovery = gauge(seen(company, "Support", day=date(2027, 2, 2)), "Wait").recovery
    assert recovery is not None
    # Of nine good readings three still stood in the drift; six are held.
    assert (recovery.phase, recovery.held, recovery.share_back) == ("certified", 6, 1.0)
    assert recovery.is_provisional
    assert recovery.left_open is not None
    assert recovery.left_open > 0


def test_both_kinds_of_database_tell_the_same(company_of_each_kind: Engine, clock: Clock) -> None:
    engine = company_of_each_kind
    grow(engine)
    start(engine)
    day = good_weeks(engine, clock, 4)
    said = {"kpi_id": key(engine, "kpi", "Backlog"), "reason": "We looked."}
    confirm_recovery(engine, person_id=person(engine, "Ben"), **said)
    (view,) = [
        each
        for each in seen(engine, "Support", day=day, cycle="Q2 2026").objectives
        if each.name == "Backlog comes back"
    ]
    assert (view.progress, view.recovery and view.recovery.phase) == (1.0, "on probation")
    here = company(engine, data_version(engine))
    look = OkrLook(here.team_named("Support"), here.cycle_named("Q2 2026", day), day)
    (row,) = okrs(engine, data_version(engine), look).objectives
    assert (row.progress, row.recovery and row.recovery.held, row.recovers) == (1.0, 4, True)
