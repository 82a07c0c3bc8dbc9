"""Recording what a KPI read."""

import math
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text

from data.core.database import data_version
from data.core.errors import CommandRejected, Conflict, NeedsConfirmation
from data.core.fact_conflicts import UNSET
from data.core.outcomes import CurrentValue
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.history.undo import undo
from data.kpis.commands.readings import record_reading
from data.kpis.fields import KpiRow
from models import Cadence
from tests.data.builders import (
    MONDAY,
    NOW,
    TODAY,
    Clock,
    bring,
    everything,
    gauge,
    key,
    person,
    record,
    rows,
    seen,
    statements,
)


def readings(engine: Engine) -> list[dict[str, Any]]:
    return rows(engine, "reading")


def refused(engine: Engine, field: str, value: float = 9, **options: Any) -> str:
    """Give what a person is told whose reading is refused; nothing has changed then."""
    person(engine)
    before = everything(engine)
    with pytest.raises(CommandRejected) as error:
        record(engine, value, **options)
    assert error.value.field == field
    assert everything(engine) == before
    return error.value.message


def test_a_reading_says_who_recorded_what_when(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    command_id = record(engine, 9.1, note="  Fair week ")
    (reading,) = readings(engine)
    assert reading == {
        "id": reading["id"],
        "kpi_id": key(engine, "kpi", "Conversion"),
        "period": MONDAY,
        "value": 9.1,
        "note": "Fair week",
        "imported": False,
        "recorded_at": NOW,
        "known_at": NOW,
        "recorded_by_id": key(engine, "person", "Ana"),
        "command_id": command_id,
        "version": data_version(engine),
        "supersedes_id": None,
        "withdraws_id": None,
    }


def test_a_correction_follows_what_it_corrects(company_of_each_kind: Engine, clock: Clock) -> None:
    engine = company_of_each_kind
    record(engine, 9)
    clock.tick()
    record(engine, 10, who="Ben")
    first, second = readings(engine)
    assert (first["value"], second["value"]) == (9, 10)
    assert second["supersedes_id"] == first["id"]
    assert second["recorded_at"] == clock.moment
    assert gauge(seen(engine)).value == 10


def test_a_correction_by_a_clock_that_went_back_still_counts(company: Engine, clock: Clock) -> None:
    record(company, 9)
    clock.tick(seconds=-5)
    record(company, 10)
    assert gauge(seen(company)).value == 10


def test_saying_the_same_again_is_no_command(company: Engine) -> None:
    record(company, 9, note="Fair")
    before = everything(company)
    assert record(company, 9, note=" Fair") is None
    assert everything(company) == before


def test_another_note_is_a_correction(company: Engine) -> None:
    record(company, 9)
    assert record(company, 9, note="Fair") is not None
    assert [reading["note"] for reading in readings(company)] == ["", "Fair"]


def test_a_reading_that_was_taken_back_can_be_recorded_again(company: Engine) -> None:
    command_id = record(company, 9)
    assert command_id is not None
    undo(company, command_id, person_id=person(company))
    assert record(company, 9) is not None
    assert gauge(seen(company)).value == 9


@pytest.mark.parametrize(
    ("cadence", "day", "period"),
    [
        (Cadence.DAILY, date(2026, 5, 17), date(2026, 5, 17)),
        (Cadence.WEEKDAYS, date(2026, 5, 17), date(2026, 5, 15)),
        (Cadence.WEEKLY, date(2026, 5, 17), date(2026, 5, 11)),
        (Cadence.MONTHLY, date(2026, 5, 17), date(2026, 5, 1)),
        (Cadence.QUARTERLY, date(2026, 5, 17), date(2026, 4, 1)),
    ],
)
def test_a_reading_is_kept_for_the_period_of_its_day(
    company: Engine, cadence: Cadence, day: date, period: date
) -> None:
    bring(company, kpis=[KpiRow(team="Sales", kpi="Calls", low=1, cadence=cadence)])
    record(company, 9, kpi="Calls", on=day)
    record(company, 10, kpi="Calls", on=period)
    first, second = readings(company)
    assert first["period"] == second["period"] == period
    assert second["supersedes_id"] == first["id"]


def test_a_kpi_that_is_not_here_takes_no_reading(company: Engine) -> None:
    with pytest.raises(CommandRejected, match="no longer here"):
        record_reading(
            company, person_id=person(company), kpi_id=77, period=MONDAY, value=9, base_version=99
        )


def test_a_kpi_that_was_withdrawn_takes_no_reading(company: Engine) -> None:
    ben = person(company, "Ben")
    kpis = [KpiRow(team="Sales", kpi="Calls", low=1)]
    imported = import_tables(company, Tables(kpis=kpis), person_id=ben)
    calls = key(company, "kpi", "Calls")
    assert imported.command_id is not None
    undo(company, imported.command_id, person_id=ben)
    with pytest.raises(CommandRejected, match="no longer here"):
        record_reading(
            company, person_id=ben, kpi_id=calls, period=MONDAY, value=9, base_version=99
        )


def test_a_day_that_lies_ahead_is_refused(company: Engine) -> None:
    assert "lies ahead" in refused(company, "period", on=TODAY + timedelta(days=1))


def test_the_period_that_has_begun_is_taken(company: Engine) -> None:
    assert record(company, 9, on=TODAY) is not None


def test_the_company_s_day_decides_what_lies_ahead(company: Engine, clock: Clock) -> None:
    with company.begin() as connection:
        connection.execute(text("UPDATE company SET time_zone = 'Pacific/Auckland'"))
    clock.tick(hours=1)  # 13:00 in UTC is past midnight there
    assert record(company, 9, kpi="Visits", on=TODAY + timedelta(days=1)) is not None


@pytest.mark.parametrize("day", [date(1899, 12, 31), date.min])
def test_a_day_before_1900_is_refused(company: Engine, day: date) -> None:
    assert "years 1900 to 2199" in refused(company, "period", on=day)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1e308])
def test_a_value_that_is_no_number_is_refused(company: Engine, value: float) -> None:
    assert "too large" in refused(company, "value", value)


def test_a_note_as_long_as_a_file_takes_is_kept(company: Engine) -> None:
    record(company, 9, note="a" * 10_000)
    assert "shorten it" in refused(company, "note", 9, note="a" * 10_001)


@pytest.mark.parametrize("note", ["a\x00b", "a\x07b", "\x1b[2J", "a\ud800", "a\ufffe"])
def test_a_note_that_no_file_can_hold_is_refused(company: Engine, note: str) -> None:
    assert "has the control character" in refused(company, "note", note=note)


@pytest.mark.parametrize(
    ("note", "kept"),
    [("a\r\nb", "a\nb"), ("e\u0301", "é"), ("a\tb", "a\tb"), ("=1+1", "=1+1"), ("🎯", "🎯")],
)
def test_a_note_is_kept_as_a_file_gives_it_back(company: Engine, note: str, kept: str) -> None:
    record(company, 9, note=note)
    assert readings(company)[0]["note"] == kept


def test_a_reading_of_somebody_else_meanwhile_is_a_conflict(
    company_of_each_kind: Engine, clock: Clock
) -> None:
    engine = company_of_each_kind
    person(engine)
    saw = data_version(engine)
    record(engine, 9, who="Ben")
    clock.tick()
    before = everything(engine)
    with pytest.raises(Conflict) as conflict:
        record(engine, 10, base_version=saw)
    assert conflict.value.theirs == CurrentValue(
        value=9, who="Ben", at=NOW, version=readings(engine)[0]["version"]
    )
    assert everything(engine) == before


def test_who_saves_again_after_seeing_theirs_wins(company: Engine) -> None:
    saw = data_version(company)
    record(company, 9, who="Ben")
    with pytest.raises(Conflict) as conflict:
        record(company, 10, base_version=saw)
    record(company, 10, base_version=conflict.value.theirs.version)
    assert gauge(seen(company)).value == 10


def test_a_third_one_meanwhile_is_a_conflict_again(company: Engine) -> None:
    saw = data_version(company)
    record(company, 9, who="Ben")
    with pytest.raises(Conflict) as first:
        record(company, 10, base_version=saw)
    record(company, 11, who="Cara")
    with pytest.raises(Conflict) as second:
        record(company, 10, base_version=first.value.theirs.version)
    assert (second.value.theirs.value, second.value.theirs.who) == (11, "Cara")


def test_saying_what_somebody_else_said_meanwhile_is_no_conflict(company: Engine) -> None:
    saw = data_version(company)
    record(company, 9, who="Ben")
    assert record(company, 9, base_version=saw) is None


def test_another_period_meanwhile_is_no_conflict(company: Engine) -> None:
    saw = data_version(company)
    record(company, 9, who="Ben", on=MONDAY - timedelta(days=7))
    assert record(company, 10, base_version=saw) is not None


def test_another_kpi_meanwhile_is_no_conflict(company: Engine) -> None:
    saw = data_version(company)
    record(company, 9, who="Ben", kpi="Backlog")
    assert record(company, 10, base_version=saw) is not None


def test_a_reading_that_was_taken_back_meanwhile_is_a_conflict(company: Engine) -> None:
    command_id = record(company, 9, who="Ben")
    saw = data_version(company)
    assert command_id is not None
    undo(company, command_id, person_id=person(company, "Ben"))
    with pytest.raises(Conflict) as conflict:
        record(company, 10, base_version=saw)
    assert conflict.value.theirs.value is None


def test_others_wait_for_five_answers_and_the_commit(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    record(engine, 7)
    with statements(engine) as made:
        record(engine, 8)
    verbs = " ".join(one.split()[0] for one in made)
    before, _, under_the_turn = verbs.partition("UPDATE")
    with_the_commit = "INSERT DELETE DELETE INSERT INSERT INSERT"
    assert set(before.split()) == {"SELECT"}
    assert under_the_turn == f" INSERT SELECT INSERT SELECT {with_the_commit}"


def test_a_note_alone_keeps_the_value(company: Engine) -> None:
    record(company, 9)
    assert record(company, UNSET, note="Fair") is not None
    assert (readings(company)[-1]["value"], readings(company)[-1]["note"]) == (9, "Fair")
    assert record(company, UNSET, note="") is not None
    assert readings(company)[-1]["note"] == ""


def test_a_value_alone_takes_no_note_away(company: Engine) -> None:
    record(company, 9, note="Fair")
    record(company, 10)
    assert readings(company)[-1]["note"] == "Fair"


def test_a_note_without_a_number_is_refused(company: Engine) -> None:
    assert "number first" in refused(company, "value", UNSET, note="Fair")


def test_another_cell_meanwhile_is_no_conflict(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    record(engine, 9)
    saw = data_version(engine)
    record(engine, UNSET, note="Fair", who="Ben")
    record(engine, 10, base_version=saw)
    last = readings(engine)[-1]
    assert (last["value"], last["note"]) == (10, "Fair")


def test_the_same_note_meanwhile_is_a_conflict_that_says_it(company: Engine) -> None:
    record(company, 9)
    saw = data_version(company)
    record(company, UNSET, note="Fair", who="Ben")
    with pytest.raises(Conflict) as conflict:
        record(company, UNSET, note="Rain", base_version=saw)
    theirs = conflict.value.theirs
    assert (theirs.field, theirs.text, theirs.who) == ("note", "Fair", "Ben")
    assert record(company, UNSET, note="Rain", base_version=theirs.version) is not None


def test_what_was_set_back_meanwhile_is_no_conflict(company: Engine) -> None:
    record(company, 9)
    saw = data_version(company)
    record(company, 10, who="Ben")
    record(company, 9, who="Ben")
    assert record(company, 11, base_version=saw) is not None


def doubtful(engine: Engine, value: float) -> str:
    """Give what a person is asked who types an unlikely value; nothing has changed then."""
    for week in range(1, 9):
        record(engine, 9 + week % 3 / 10, on=MONDAY - timedelta(weeks=week))
    before = everything(engine)
    with pytest.raises(NeedsConfirmation) as error:
        unsure(engine, value)
    assert everything(engine) == before
    return error.value.message


def unsure(engine: Engine, value: float, *, confirmed: bool = False) -> int | None:
    return record_reading(
        engine,
        person_id=person(engine),
        kpi_id=key(engine, "kpi", "Conversion"),
        period=MONDAY,
        value=value,
        base_version=data_version(engine),
        confirmed=confirmed,
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (9100, "9\u202f100\u00a0% is not of the size of the usual 9–9.2\u00a0%: check the unit."),
        (91, "91\u00a0% is far beyond the usual 9–9.2\u00a0%."),
        (0.091, "0.091\u00a0% looks like a share of one: 9.1\u00a0% would be usual."),
    ],
)
def test_an_unlikely_value_is_asked_about(company: Engine, value: float, words: str) -> None:
    assert doubtful(company, value) == words
    assert unsure(company, value, confirmed=True) is not None


def test_a_likely_value_is_not_asked_about(company_of_each_kind: Engine) -> None:
    doubtful(company_of_each_kind, 9100)
    assert unsure(company_of_each_kind, 9.6) is not None
