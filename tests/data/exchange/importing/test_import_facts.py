"""Readings and check-ins of files against those that are known."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text

from data.exchange.bad_input import BadInput
from data.exchange.importing import Counts, Imported, import_tables
from data.kpis.fields import KpiRow, ReadingRow
from data.okrs.fields import CheckInRow
from models import Cadence
from tests.data.builders import (
    MONDAY,
    NOW,
    ROAD,
    TODAY,
    Clock,
    bring,
    exported,
    gauge,
    key_result,
    record,
    rows,
    seen,
)

LAST = MONDAY - timedelta(days=7)


def reading(value: float, on: date = MONDAY, **options: Any) -> ReadingRow:
    return ReadingRow(team="Sales", kpi="Conversion", date=on, value=value, **options)


def said(value: float, on: date = TODAY, **options: Any) -> CheckInRow:
    return CheckInRow(**ROAD, key_result="Sign customers", date=on, value=value, **options)


def bring_readings(engine: Engine, *readings: ReadingRow) -> Counts:
    return bring(engine, readings=list(readings)).counts["readings"]


def value(engine: Engine, **options: Any) -> float | None:
    return gauge(seen(engine, **options)).value


def test_history_is_known_from_the_end_of_its_period(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    bring_readings(engine, reading(9, LAST))
    (row,) = rows(engine, "reading")
    assert row["recorded_at"] is None
    assert row["known_at"] == datetime(2026, 5, 18, tzinfo=UTC)
    assert value(engine, day=MONDAY - timedelta(days=2)) is None
    assert value(engine, day=MONDAY - timedelta(days=1)) == 9


def test_history_is_known_when_the_day_of_the_company_ends(company: Engine) -> None:
    with company.begin() as connection:
        connection.execute(text("UPDATE company SET time_zone = 'America/New_York'"))
    bring_readings(company, reading(9, LAST))
    assert rows(company, "reading")[0]["known_at"] == datetime(2026, 5, 18, 4, tzinfo=UTC)


def test_a_period_that_has_not_ended_is_known_now(company: Engine) -> None:
    bring_readings(company, reading(9))
    assert rows(company, "reading")[0]["known_at"] == NOW
    assert value(company) == 9


@pytest.mark.parametrize(
    ("cadence", "day", "period"),
    [
        (Cadence.DAILY, date(2026, 5, 17), date(2026, 5, 17)),
        (Cadence.WEEKDAYS, date(2026, 5, 17), date(2026, 5, 15)),
        (Cadence.WEEKLY, date(2026, 5, 17), date(2026, 5, 11)),
        (Cadence.MONTHLY, date(2026, 2, 17), date(2026, 2, 1)),
        (Cadence.QUARTERLY, date(2026, 2, 17), date(2026, 1, 1)),
    ],
)
def test_a_reading_is_kept_for_the_period_of_its_day(
    company: Engine, cadence: Cadence, day: date, period: date
) -> None:
    kpi = KpiRow(team="Sales", kpi="Calls", cadence=cadence)
    row = ReadingRow(team="Sales", kpi="Calls", date=day, value=1)
    bring(company, kpis=[kpi], readings=[row])
    assert rows(company, "reading")[0]["period"] == period
    assert bring(company, kpis=[kpi], readings=[row]).changes == 0


def test_a_changed_value_is_a_correction_recorded_now(company: Engine, clock: Clock) -> None:
    bring_readings(company, reading(9, LAST))
    clock.tick()
    assert bring_readings(company, reading(10, LAST)) == Counts(changed=1)
    first, second = rows(company, "reading")
    assert second["supersedes_id"] == first["id"]
    assert second["recorded_at"] == second["known_at"] == clock.moment
    assert value(company) == 10
    assert value(company, day=TODAY - timedelta(days=1)) == 9


def test_a_changed_note_is_a_correction(company: Engine) -> None:
    bring_readings(company, reading(9))
    assert bring_readings(company, reading(9, note="Fair")) == Counts(changed=1)


def test_a_file_set_back_corrects_again(company: Engine, clock: Clock) -> None:
    for number, now in enumerate([9, 10, 9, 10]):
        clock.tick()
        done = bring_readings(company, reading(now))
        assert done == (Counts(changed=1) if number else Counts(new=1))
        assert bring_readings(company, reading(now)) == Counts(unchanged=1)
        assert value(company) == now


def test_a_correction_by_a_person_outlives_the_old_file(company: Engine, clock: Clock) -> None:
    bring_readings(company, reading(9))
    clock.tick()
    record(company, 10)
    clock.tick()
    assert bring_readings(company, reading(9)) == Counts(unchanged=1)
    assert value(company) == 10


def test_a_file_that_changes_after_a_person_did_is_a_correction(
    company: Engine, clock: Clock
) -> None:
    bring_readings(company, reading(9))
    record(company, 10)
    clock.tick()
    assert bring_readings(company, reading(11)) == Counts(changed=1)
    assert value(company) == 11
    assert bring_readings(company, reading(11)) == Counts(unchanged=1)
    record(company, 10)
    assert bring_readings(company, reading(11)) == Counts(unchanged=1)
    assert value(company) == 10


def test_a_file_that_says_what_a_person_said_is_no_change(company: Engine) -> None:
    record(company, 10)
    assert bring_readings(company, reading(10)) == Counts(unchanged=1)


def test_a_file_that_differs_from_what_a_person_said_first_corrects(company: Engine) -> None:
    record(company, 10)
    assert bring_readings(company, reading(9)) == Counts(changed=1)
    assert value(company) == 9


def test_rows_with_a_moment_correct_those_before_them(
    company_of_each_kind: Engine, clock: Clock
) -> None:
    engine = company_of_each_kind
    first, second = NOW - timedelta(hours=30), NOW - timedelta(hours=6)
    chain = [
        reading(9, LAST),
        reading(10, LAST, recorded_at=first, recorded_by="Ben"),
        reading(11, LAST, recorded_at=second, recorded_by="Ana", note="Counted again"),
    ]
    bring_readings(engine, *chain)
    kept = rows(engine, "reading")
    assert [row["value"] for row in kept] == [9, 10, 11]
    assert [row["supersedes_id"] for row in kept] == [None, kept[0]["id"], kept[1]["id"]]
    assert [row["recorded_at"] for row in kept] == [None, first, second]
    assert value(engine, day=LAST + timedelta(days=6)) == 9
    assert value(engine, day=TODAY - timedelta(days=1)) == 10
    assert value(engine) == 11
    clock.tick()
    assert bring_readings(engine, *chain) == Counts(unchanged=3)


def test_the_order_of_moments_counts_not_that_of_rows(company: Engine) -> None:
    chain = [
        reading(11, recorded_at=NOW - timedelta(hours=1)),
        reading(9),
        reading(10, recorded_at=NOW - timedelta(hours=2)),
    ]
    bring_readings(company, *chain)
    kept = rows(company, "reading")
    assert [row["value"] for row in kept] == [9, 10, 11]
    assert [row["supersedes_id"] for row in kept] == [None, kept[0]["id"], kept[1]["id"]]
    assert value(company) == 11


def test_a_correction_before_the_period_ended_still_corrects(company: Engine) -> None:
    friday = datetime(2026, 5, 15, 10, tzinfo=UTC)
    bring_readings(company, reading(9, LAST), reading(10, LAST, recorded_at=friday))
    assert value(company) == 10
    assert value(company, day=friday.date()) == 10
    assert value(company, day=friday.date() - timedelta(days=1)) is None


def test_a_correction_from_before_its_period_ended_still_corrects_what_is_here(
    company: Engine,
) -> None:
    friday = datetime(2026, 5, 15, 10, tzinfo=UTC)
    bring_readings(company, reading(9, LAST))
    bring_readings(company, reading(9, LAST), reading(10, LAST, recorded_at=friday))
    assert value(company) == 10


def test_a_reading_from_before_what_stands_changes_only_the_past(
    company: Engine, clock: Clock
) -> None:
    record(company, 10, on=LAST)
    clock.tick()
    bring_readings(company, reading(9, LAST, recorded_at=NOW - timedelta(days=1)))
    assert value(company) == 10
    assert value(company, day=TODAY - timedelta(days=1)) == 9


def test_many_at_once_keep_their_own_chains(company: Engine) -> None:
    weeks = [MONDAY - timedelta(days=7 * week) for week in range(30)]
    first = [reading(number, week) for number, week in enumerate(weeks)]
    bring_readings(company, *first)
    changed = [reading(number + 100, week) for number, week in enumerate(weeks)]
    assert bring_readings(company, *changed) == Counts(changed=30)
    kept = {row["id"]: row for row in rows(company, "reading")}
    for row in list(kept.values())[30:]:
        before = kept[row["supersedes_id"]]
        assert (before["period"], before["value"]) == (row["period"], row["value"] - 100)


def test_a_check_in_is_known_from_the_end_of_its_day(company: Engine) -> None:
    bring(company, check_ins=[said(12, TODAY - timedelta(days=7))])
    week_ago = TODAY - timedelta(days=7)
    assert key_result(seen(company, day=week_ago), "Sign customers").value == 12
    assert (
        key_result(seen(company, day=week_ago - timedelta(days=1)), "Sign customers").value is None
    )


def check_ins(engine: Engine, *rows_: CheckInRow) -> Imported:
    return bring(engine, check_ins=list(rows_))


def test_check_ins_are_corrected_like_readings(company: Engine, clock: Clock) -> None:
    assert check_ins(company, said(12)).counts["check_ins"] == Counts(new=1)
    clock.tick()
    assert check_ins(company, said(13)).counts["check_ins"] == Counts(changed=1)
    assert check_ins(company, said(13)).changes == 0
    clock.tick()
    assert check_ins(company, said(12)).counts["check_ins"] == Counts(changed=1)
    assert key_result(seen(company), "Sign customers").value == 12


def test_what_was_exported_changes_nothing_here(company: Engine, clock: Clock) -> None:
    bring_readings(company, reading(9, LAST), reading(8))
    clock.tick()
    record(company, 10, on=LAST)
    clock.tick()
    bring_readings(company, reading(11, LAST))
    clock.tick()
    assert import_tables(company, exported(company)).changes == 0


def test_what_was_recorded_tomorrow_is_a_problem(company: Engine) -> None:
    with pytest.raises(BadInput) as bad:
        bring_readings(company, reading(9, LAST, recorded_at=NOW + timedelta(days=1), line=2))
    assert str(bad.value) == (
        "readings.csv:2: recorded_at lies ahead: give the moment at which it was recorded"
    )
    assert rows(company, "reading") == []


@pytest.mark.parametrize("days", [1, 36_500])
def test_a_day_that_lies_ahead_is_a_problem(company: Engine, days: int) -> None:
    ahead = TODAY + timedelta(days=days)
    for rows_ahead in ({"readings": [reading(4, ahead)]}, {"check_ins": [said(4, ahead)]}):
        with pytest.raises(BadInput, match=f"date {ahead} lies ahead: correct the year"):
            bring(company, **rows_ahead)
    assert rows(company, "reading") == rows(company, "check_in") == []


def test_a_cadence_does_not_change_under_readings(company: Engine) -> None:
    bring_readings(company, reading(9))
    other = KpiRow(team="Sales", kpi="Conversion", low=8, high=12, cadence=Cadence.MONTHLY)
    with pytest.raises(BadInput, match="cannot change while it has readings"):
        bring(company, kpis=[other])
