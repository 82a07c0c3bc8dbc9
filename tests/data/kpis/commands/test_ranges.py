"""Ideal ranges that are planned: in force from their day on, with what is changed before it."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import Engine

from data.company.commands.people import hand_over
from data.core.database import data_version, open_database, snapshot
from data.core.errors import CommandRejected
from data.exchange.importing import import_tables
from data.history.queries import Asked, history
from data.history.undo import undo
from data.kpis.commands.kpis import amend_kpi
from data.kpis.commands.ranges import plan_range, withdraw_range
from data.kpis.fields import RangeRow
from data.kpis.queries.kpi import kpi
from data.kpis.queries.ranges import ranges_ahead
from models import Health
from tests.data.builders import (
    TODAY,
    Clock,
    acme,
    bring,
    content,
    exported,
    gauge,
    key,
    person,
    problems,
    record,
    seen,
)

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)


def plan(
    engine: Engine, day: date, low: str = "", high: str = "", base_version: int | None = None
) -> int | None:
    return plan_range(
        engine,
        person_id=person(engine),
        kpi_id=key(engine, "kpi", "Conversion"),
        starts_on=day,
        low=low,
        high=high,
        base_version=data_version(engine) if base_version is None else base_version,
    )


def withdraw(engine: Engine, day: date) -> int | None:
    return withdraw_range(
        engine,
        person_id=person(engine),
        kpi_id=key(engine, "kpi", "Conversion"),
        starts_on=day,
        base_version=data_version(engine),
    )


def amend(engine: Engine, **said: str) -> int | None:
    return amend_kpi(
        engine,
        person_id=person(engine, "Ben"),
        kpi_id=key(engine, "kpi", "Conversion"),
        said=said,
        base_version=data_version(engine),
    )


def steps(engine: Engine, day: date = TODAY) -> list[tuple[date, float | None, float | None]]:
    with snapshot(engine) as connection:
        found = ranges_ahead(connection, [key(engine, "kpi", "Conversion")], day)
    return [(step.starts_on, step.low, step.high) for step in found]


def taken_back(engine: Engine, command_id: int | None, who: str = "Ana") -> None:
    assert command_id is not None
    undo(engine, command_id, person_id=person(engine, who))


def test_health_follows_the_range_in_force(company: Engine, clock: Clock) -> None:
    record(company, 9)
    plan(company, JUNE, "9,5 %", "12")
    assert gauge(seen(company)).health is Health.IN_RANGE
    for day, low, health in (
        (JUNE - timedelta(days=1), 8, Health.IN_RANGE),
        (JUNE, 9.5, Health.OUT_OF_RANGE),
    ):
        clock.tick(days=(day - clock.moment.date()).days)
        found = gauge(seen(company, day=day))
        assert (found.low, found.health) == (low, health)
    # A look back sees what held then.
    assert gauge(seen(company, day=TODAY)).health is Health.IN_RANGE


def test_near_the_edge_follows_it_too(company: Engine, clock: Clock) -> None:
    record(company, 9)
    plan(company, TODAY + timedelta(days=1), "8.9", "12")
    clock.tick(days=1)
    # In range, but within a tenth of the 3.1 between the bounds.
    assert gauge(seen(company, day=TODAY + timedelta(days=1))).health is Health.NEAR_EDGE


def test_one_can_be_seen_before_and_gone_after_its_day(company: Engine) -> None:
    plan(company, JUNE, "9", "13")
    version = data_version(company)
    shown = kpi(company, version, key(company, "kpi", "Conversion"), TODAY)
    assert shown is not None
    assert [each.starts_on for each in shown.ranges_ahead] == [JUNE]
    before = kpi(company, version, key(company, "kpi", "Conversion"), TODAY - timedelta(days=1))
    assert before is not None
    assert before.ranges_ahead == ()
    assert steps(company, JUNE) == []


def test_what_a_step_changes_it_still_does_after_a_change_before_it(company: Engine) -> None:
    plan(company, JUNE, "9", "12")
    plan(company, JULY, "10", "12")
    amend(company, high="14", owner="Ben")
    assert steps(company) == [(JUNE, 9, 14), (JULY, 10, 14)]
    owners = {row.owner for row in exported(company).kpis if row.kpi == "Conversion"}
    assert owners == {"Ben"}


def test_the_owner_of_today_owns_on_its_day(company: Engine, clock: Clock) -> None:
    plan(company, JUNE, "9", "12")
    amend(company, owner="Ben")
    clock.tick(days=(JUNE - TODAY).days)
    (row,) = [row for row in exported(company).kpis if row.kpi == "Conversion"]
    assert (row.owner, row.low) == ("Ben", 9)


def test_who_takes_over_from_somebody_owns_on_its_day_too(company: Engine, clock: Clock) -> None:
    plan(company, JUNE, "9", "12")
    hand_over(
        company,
        person_id=person(company, "Ben"),
        listed_id=person(company),
        to_id=person(company, "Cara"),
        base_version=data_version(company),
    )
    clock.tick(days=(JUNE - TODAY).days)
    (row,) = [row for row in exported(company).kpis if row.kpi == "Conversion"]
    assert (row.owner, row.low, row.high) == ("Cara", 9, 12)


def test_a_file_that_changes_today_leaves_what_is_planned(company: Engine) -> None:
    plan(company, JUNE, "9", "12")
    (row,) = [row for row in acme().kpis if row.kpi == "Conversion"]
    bring(company, kpis=[replace(row, high=15)])
    assert steps(company) == [(JUNE, 9, 15)]


def test_withdrawn_it_never_comes(company: Engine, clock: Clock) -> None:
    plan(company, JUNE, "9", "12")
    plan(company, JULY, "9", "11")
    assert withdraw(company, JUNE) is not None
    # The second lowered the upper end alone.
    assert steps(company) == [(JULY, 8, 11)]
    amend(company, low="7")
    assert steps(company) == [(JULY, 7, 11)]
    clock.tick(days=(JUNE - TODAY).days)
    assert gauge(seen(company, day=JUNE)).low == 7


def test_each_is_undone_as_one(company: Engine) -> None:
    before = content(exported(company))
    planned = plan(company, JUNE, "9", "12")
    with_it = content(exported(company))
    taken_back(company, withdraw(company, JUNE))
    assert content(exported(company)) == with_it
    taken_back(company, amend(company, owner="Cara", high="14"), "Ben")
    assert content(exported(company)) == with_it
    taken_back(company, planned)
    assert content(exported(company)) == before


def test_the_same_again_is_nothing(company: Engine) -> None:
    assert plan(company, JUNE, "9", "12") is not None
    assert plan(company, JUNE, "9", "12") is None


@pytest.mark.parametrize(
    ("day", "low", "high", "said"),
    [
        (TODAY, "9", "12", "Choose a day after today"),
        (JUNE, "13", "12", "low 13 is above high 12"),
        (JUNE, "", "", "range has no end"),
        (JUNE, "nine", "", "nine"),
    ],
)
def test_what_cannot_be_is_refused(
    company: Engine, day: date, low: str, high: str, said: str
) -> None:
    with pytest.raises(CommandRejected) as error:
        plan(company, day, low, high)
    assert said in error.value.message
    with pytest.raises(CommandRejected, match="Nothing is planned"):
        withdraw(company, JUNE)


def test_who_has_not_seen_the_last_change_is_told(company: Engine) -> None:
    seen_at = data_version(company)
    plan(company, JUNE, "9", "12")
    with pytest.raises(CommandRejected, match="meanwhile"):
        plan(company, JUNE, "10", "12", base_version=seen_at)


def test_the_history_says_from_when(company: Engine) -> None:
    plan(company, JUNE, "9", "12")
    done = history(company, data_version(company), Asked()).done[0]
    (change,) = done.changes
    assert (done.name, change.field, change.before, change.after, change.when) == (
        *("plan range", "low", 8, 9),
        JUNE,
    )
    amend(company, low="8.5")
    first, *_ = history(company, data_version(company), Asked()).done[0].changes
    assert first.when is None


def test_files_hold_what_is_planned_and_what_holds_today(
    company: Engine, empty_file: Path, tmp_path: Path
) -> None:
    plan(company, JUNE, "9", "")
    out = exported(company)
    assert out.ranges == [RangeRow(team="Sales", kpi="Conversion", starts_on=JUNE, low=9)]
    assert next(row for row in out.kpis if row.kpi == "Conversion").high == 12
    copyfile(empty_file, tmp_path / "other.db")
    empty = open_database(f"sqlite:///{tmp_path}/other.db")
    import_tables(empty, out)
    assert content(exported(empty)) == content(out)
    again = import_tables(empty, out)
    assert again.command_id is None
    assert again.counts["ranges"].unchanged == 1
    empty.dispose()


def test_an_older_file_counts_where_nothing_was_said_since(company: Engine, clock: Clock) -> None:
    row = RangeRow(team="Sales", kpi="Conversion", starts_on=JUNE, low=9, high=12)
    clock.tick(days=60)
    day = clock.moment.date()
    assert bring(company, ranges=[row]).counts["ranges"].new == 1
    assert gauge(seen(company, day=day)).low == 9
    amend(company, low="10")
    assert bring(company, ranges=[row]).command_id is None
    assert gauge(seen(company, day=day)).low == 10


def test_what_a_file_cannot_say(company: Engine) -> None:
    tables = acme()
    tables.ranges = [RangeRow(team="Sales", kpi="Nothing", starts_on=JUNE, low=9)]
    assert problems(company, tables) == [
        "ranges.csv:2: unknown KPI “Nothing” of Sales: add it to kpis, or correct the name"
    ]
