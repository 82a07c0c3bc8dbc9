"""Checking in a key result."""

import math
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from data.core.database import data_version
from data.core.errors import CommandRejected, Conflict, NeedsConfirmation
from data.core.outcomes import CurrentValue
from data.history.undo import undo
from data.okrs.commands.check_ins import amend_check_in, check_in
from models import Confidence
from tests.data.builders import (
    NOW,
    TODAY,
    Clock,
    everything,
    key,
    key_result,
    person,
    rows,
    seen,
)

CUSTOMERS = "Sign customers"


def say(
    engine: Engine,
    value: float | None,
    *,
    key_result: str = CUSTOMERS,
    who: str = "Ana",
    on: date = TODAY,
    confidence: Confidence | None = None,
    note: str = "",
    saw: int | None = None,
) -> int | None:
    return check_in(
        engine,
        person_id=person(engine, who),
        key_result_id=key(engine, "key_result", key_result),
        day=on,
        value=value,
        confidence=confidence,
        note=note,
        base_version=data_version(engine) if saw is None else saw,
    )


def refused(engine: Engine, field: str, value: float | None, **options: Any) -> str:
    before = everything(engine)
    with pytest.raises(CommandRejected) as error:
        say(engine, value, **options)
    assert error.value.field == field
    assert everything(engine) == before
    return error.value.message


def test_a_check_in_says_who_said_what_when(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    command_id = say(engine, 12, confidence=Confidence.UNSURE, note=" Two lost ")
    (said,) = rows(engine, "check_in")
    assert said == {
        "id": said["id"],
        "key_result_id": key(engine, "key_result", CUSTOMERS),
        "date": TODAY,
        "value": 12,
        "confidence": "unsure",
        "note": "Two lost",
        "blocked_by": "",
        "imported": False,
        "withdrawn": False,
        "recorded_at": NOW,
        "known_at": NOW,
        "recorded_by_id": key(engine, "person", "Ana"),
        "command_id": command_id,
        "version": data_version(engine),
        "supersedes_id": None,
        "withdraws_id": None,
    }


def test_a_confidence_that_nobody_gave_is_empty(company: Engine) -> None:
    say(company, 12)
    assert rows(company, "check_in")[0]["confidence"] is None
    assert key_result(seen(company), CUSTOMERS).confidence is None


def test_a_second_check_in_of_the_day_corrects_the_first(company: Engine, clock: Clock) -> None:
    say(company, 12)
    clock.tick()
    say(company, 13, who="Ben")
    first, second = rows(company, "check_in")
    assert second["supersedes_id"] == first["id"]
    assert key_result(seen(company), CUSTOMERS).value == 13
    assert key_result(seen(company), CUSTOMERS).change is None


def test_a_check_in_of_another_day_stands_beside_it(company: Engine) -> None:
    say(company, 12, on=TODAY - timedelta(days=7))
    say(company, 15)
    assert [said["supersedes_id"] for said in rows(company, "check_in")] == [None, None]
    assert key_result(seen(company), CUSTOMERS).change == 3


def test_saying_the_same_again_is_no_command(company: Engine) -> None:
    say(company, 12, confidence=Confidence.SURE)
    before = everything(company)
    assert say(company, 12, confidence=Confidence.SURE) is None
    assert everything(company) == before


def test_another_confidence_is_a_correction(company: Engine) -> None:
    say(company, 12, confidence=Confidence.SURE)
    assert say(company, 12) is not None
    assert key_result(seen(company), CUSTOMERS).confidence is None


def test_a_metric_needs_a_number(company: Engine) -> None:
    assert refused(company, "value", None, note="All is well") == "Type a number first."


@pytest.mark.parametrize("name", ["Lift conversion", "Open the office", "Keep conversion"])
def test_what_is_fed_counted_or_held_takes_no_number(company: Engine, name: str) -> None:
    assert "follows by itself" in refused(company, "value", 9, key_result=name)


@pytest.mark.parametrize("name", ["Lift conversion", "Open the office", "Keep conversion"])
def test_what_takes_no_number_takes_a_word(company: Engine, name: str) -> None:
    say(company, None, key_result=name, confidence=Confidence.DOUBTFUL, note="Late")
    found = key_result(seen(company), name)
    assert (found.confidence, found.note) == (Confidence.DOUBTFUL, "Late")


@pytest.mark.parametrize("value", [math.nan, math.inf, 1e308])
def test_a_value_that_is_no_number_is_refused(company: Engine, value: float) -> None:
    assert "too large" in refused(company, "value", value)


@pytest.mark.parametrize("note", ["a\x00b", "a" * 10_001])
def test_a_note_that_cannot_be_kept_is_refused(company: Engine, note: str) -> None:
    assert refused(company, "note", 12, note=note)


def test_a_day_that_lies_ahead_is_refused(company: Engine) -> None:
    assert "lies ahead" in refused(company, "date", 12, on=TODAY + timedelta(days=1))


def test_a_day_before_the_cycle_is_refused(company: Engine) -> None:
    assert "began on 2026-04-01" in refused(company, "date", 12, on=date(2026, 3, 31))


def test_the_first_day_of_the_cycle_is_taken(company: Engine) -> None:
    assert say(company, 12, on=date(2026, 4, 1)) is not None


def test_a_key_result_that_is_not_here_is_refused(company: Engine) -> None:
    with pytest.raises(CommandRejected, match="This key result is no longer here"):
        check_in(
            company,
            person_id=person(company),
            key_result_id=77,
            day=TODAY,
            value=1,
            confidence=None,
            base_version=99,
        )


def test_a_check_in_of_somebody_else_meanwhile_is_a_conflict(
    company_of_each_kind: Engine, clock: Clock
) -> None:
    engine = company_of_each_kind
    saw = data_version(engine)
    say(engine, 12, who="Ben")
    clock.tick()
    before = everything(engine)
    with pytest.raises(Conflict) as conflict:
        say(engine, 13, saw=saw)
    theirs = conflict.value.theirs
    assert theirs == CurrentValue(12, "Ben", NOW, rows(engine, "check_in")[0]["version"])
    assert everything(engine) == before
    say(engine, 13, saw=theirs.version)
    assert key_result(seen(engine), CUSTOMERS).value == 13


def test_another_day_or_key_result_meanwhile_is_no_conflict(company: Engine) -> None:
    saw = data_version(company)
    say(company, 12, who="Ben", on=TODAY - timedelta(days=1))
    say(company, None, who="Ben", key_result="Lift conversion", note="Up")
    assert say(company, 13, saw=saw) is not None


def test_a_check_in_that_was_taken_back_can_be_said_again(company: Engine) -> None:
    for _ in range(2):
        command_id = say(company, 12, confidence=Confidence.SURE)
        assert command_id is not None
        assert key_result(seen(company), CUSTOMERS).value == 12
        undo(company, command_id, person_id=person(company))
        found = key_result(seen(company), CUSTOMERS)
        assert (found.value, found.checked_on, found.standing) == (None, None, "no value")


def test_a_correction_by_a_clock_that_went_back_still_counts(company: Engine, clock: Clock) -> None:
    say(company, 12)
    clock.tick(seconds=-5)
    say(company, 13)
    assert key_result(seen(company), CUSTOMERS).value == 13


@pytest.mark.parametrize("name", ["Lift conversion", "Open the office", "Keep conversion"])
def test_a_check_in_that_says_nothing_is_refused(company: Engine, name: str) -> None:
    assert "write a comment" in refused(company, "confidence", None, key_result=name)


def amend(
    engine: Engine, *, key_result: str = CUSTOMERS, saw: int | None = None, **cells: Any
) -> int | None:
    return amend_check_in(
        engine,
        person_id=person(engine, cells.pop("who", "Ana")),
        key_result_id=key(engine, "key_result", key_result),
        day=TODAY,
        base_version=data_version(engine) if saw is None else saw,
        **cells,
    )


def said(engine: Engine) -> tuple[Any, ...]:
    last = rows(engine, "check_in")[-1]
    return tuple(last[name] for name in ("value", "confidence", "note", "blocked_by"))


def test_a_cell_is_changed_and_the_others_stay(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    amend(engine, value=12)
    amend(engine, confidence=Confidence.LIKELY)
    amend(engine, note=" Two lost ")
    amend(engine, blocked_by="Rain")
    assert said(engine) == (12, "likely", "Two lost", "Rain")
    amend(engine, note="", confidence=None)
    assert said(engine) == (12, None, "", "Rain")
    assert amend(engine, blocked_by="Rain") is None


def test_two_people_change_different_cells_of_a_day(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    saw = data_version(engine)
    amend(engine, value=12, who="Ben")
    amend(engine, note="Two lost", saw=saw)
    amend(engine, confidence=Confidence.SURE, saw=saw, who="Ben")
    assert said(engine) == (12, "sure", "Two lost", "")


@pytest.mark.parametrize(
    ("cell", "first", "second"),
    [
        ("confidence", Confidence.SURE, Confidence.DOUBTFUL),
        ("note", "Two lost", "All well"),
        ("blocked_by", "Rain", "Snow"),
    ],
)
def test_the_same_cell_meanwhile_is_a_conflict(
    company: Engine, cell: str, first: str, second: str
) -> None:
    saw = data_version(company)
    amend(company, **{cell: first}, who="Ben")
    assert amend(company, **{cell: first}, saw=saw) is None
    with pytest.raises(Conflict) as conflict:
        amend(company, **{cell: second}, saw=saw)
    theirs = conflict.value.theirs
    assert (theirs.field, theirs.text, theirs.who) == (cell, first, "Ben")
    assert amend(company, **{cell: second}, saw=theirs.version) is not None


def test_a_whole_check_in_keeps_what_holds_it_up(company: Engine) -> None:
    amend(company, value=12, blocked_by="Rain", note="Two lost")
    say(company, 13)
    assert said(company) == (13, None, "Two lost", "Rain")


def test_a_check_in_whose_words_are_all_taken_away_stands_no_more(company: Engine) -> None:
    amend(company, key_result="Open the office", note="Late")
    amend(company, key_result="Open the office", note="")
    assert rows(company, "check_in")[-1]["withdrawn"]
    assert key_result(seen(company), "Open the office").note == ""


def test_an_unlikely_value_is_asked_about(company: Engine) -> None:
    say(company, 12, on=TODAY - timedelta(days=7))
    before = everything(company)
    with pytest.raises(NeedsConfirmation, match="check the unit"):
        amend(company, value=12_000, confirmed=False)
    assert everything(company) == before
    assert amend(company, value=12_000) is not None
    assert amend(company, value=14, confirmed=False) is not None
