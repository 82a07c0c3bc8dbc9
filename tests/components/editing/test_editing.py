from datetime import UTC, date, datetime
from typing import Any

import pytest
import streamlit as st

from components.editing import editing
from data.core.outcomes import CurrentValue, Outcome
from data.kpis.views.edits import ReadingEdit
from data.okrs.views.edits import CheckInEdit

READING = {
    "id": 1,
    "period": "2026-11-09",
    "typed": "3,4",
    "note": "",
    "base_version": 7,
    "token": "a",
}
CHECK_IN = {
    "id": 5,
    "date": "2026-11-17",
    "typed": "76",
    "confidence": "likely",
    "note": "ok",
    "base_version": 7,
    "token": "a",
}


def test_a_reading_is_taken_as_it_was_typed() -> None:
    edit = ReadingEdit(kpi_id=1, period=date(2026, 11, 9), typed="3,4", note="", base_version=7)
    assert editing.reading(READING) == edit


def test_a_check_in_is_taken_as_it_was_typed() -> None:
    edit = CheckInEdit(
        5, date(2026, 11, 17), typed="76", confidence="likely", note="ok", base_version=7
    )
    assert editing.check_in(CHECK_IN) == edit


def test_a_check_in_may_leave_value_confidence_and_comment_empty() -> None:
    edit = editing.check_in(CHECK_IN | {"typed": "", "confidence": "", "note": ""})
    assert edit is not None
    assert (edit.typed, edit.confidence, edit.note) == ("", "", "")


NONSENSE: list[dict[str, Any]] = [
    {"id": "1"},
    {"id": True},
    {"id": 1.5},
    {"id": None},
    {"base_version": "7"},
    {"base_version": None},
    {"typed": 3.4},
    {"typed": None},
    {"typed": "9" * 3000},
    {"note": ["x"]},
]


@pytest.mark.parametrize("change", [*NONSENSE, {"period": "9 Nov"}, {"period": 3}, {"period": ""}])
def test_a_malformed_reading_is_ignored(change: dict[str, Any]) -> None:
    assert editing.reading(READING | change) is None


@pytest.mark.parametrize(
    "change",
    [*NONSENSE, {"date": "x"}, {"date": None}, {"confidence": "very"}, {"confidence": ["sure"]}],
)
def test_a_malformed_check_in_is_ignored(change: dict[str, Any]) -> None:
    assert editing.check_in(CHECK_IN | change) is None


@pytest.mark.parametrize("sent", [None, "x", 3, [], {}, [READING]])
def test_what_is_no_edit_at_all_is_ignored(sent: object) -> None:
    assert editing.reading(sent) is None
    assert editing.check_in(sent) is None


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


def test_an_edit_is_passed_on(session: dict[str, Any]) -> None:
    heard: list[ReadingEdit] = []
    session["wall"] = {"edit": READING}
    editing.listener("wall", editing.reading, heard.append)()
    assert [edit.typed for edit in heard] == ["3,4"]


def test_what_is_brought_twice_is_done_once(session: dict[str, Any]) -> None:
    heard: list[ReadingEdit] = []
    listen = editing.listener("wall", editing.reading, heard.append)
    for sent in (READING, READING, READING | {"token": "b"}):
        session["wall"] = {"edit": sent}
        listen()
    assert len(heard) == 2


def test_a_malformed_edit_is_answered_but_not_passed_on(session: dict[str, Any]) -> None:
    heard: list[ReadingEdit] = []
    session["wall"] = {"edit": READING | {"period": "never"}}
    editing.listener("wall", editing.reading, heard.append)()
    assert heard == []
    assert editing.answer("wall", None, "kpi") == {"token": "a"}
    older = Outcome("saved", "kpi", 1, "Saved.")
    assert editing.answer("wall", older, "kpi") == {"token": "a"}


def test_an_edit_that_failed_is_not_called_saved(session: dict[str, Any]) -> None:
    def fail(edit: ReadingEdit) -> None:
        raise RuntimeError

    session["wall"] = {"edit": READING}
    with pytest.raises(RuntimeError):
        editing.listener("wall", editing.reading, fail)()
    older = Outcome("saved", "kpi", 1, "Saved.")
    assert editing.answer("wall", older, "kpi") == {"token": "a"}


def test_without_an_edit_there_is_no_answer(session: dict[str, Any]) -> None:
    assert editing.answer("wall", Outcome("saved", "kpi", 1, "Saved."), "kpi") is None


def test_an_answer_carries_the_token_of_the_edit(session: dict[str, Any]) -> None:
    session["wall"] = {"edit": READING}
    editing.listener("wall", editing.reading, lambda edit: None)()
    assert editing.answer("wall", Outcome("saved", "kpi", 1, "Saved."), "kpi") == {
        "token": "a",
        "kind": "saved",
        "id": 1,
        "message": "Saved.",
        "theirs": None,
    }
    assert editing.answer("wall", Outcome("saved", "key result", 1, ""), "kpi") == {"token": "a"}


def test_a_conflict_tells_what_somebody_else_saved(session: dict[str, Any]) -> None:
    session["wall"] = {"edit": READING}
    editing.listener("wall", editing.reading, lambda edit: None)()
    theirs = CurrentValue(3.4, "Ana", datetime(2026, 11, 17, 10, 12, tzinfo=UTC), version=9)
    answer = editing.answer("wall", Outcome("conflict", "kpi", 1, "", theirs), "kpi")
    assert answer is not None
    assert answer["theirs"] == {
        "field": "value",
        "value": "3.4",
        "who": "Ana",
        "at": "2026-11-17T10:12:00+00:00",
        "version": 9,
    }


def test_whoever_is_sure_says_so() -> None:
    edit = editing.reading(READING | {"confirmed": True})
    assert edit is not None
    assert edit.confirmed


def test_a_conflict_of_words_tells_the_words(session: dict[str, Any]) -> None:
    session["wall"] = {"edit": READING}
    editing.listener("wall", editing.reading, lambda edit: None)()
    theirs = CurrentValue(3.4, "Ana", None, version=9, field="note", text="Rain")
    outcome = Outcome("conflict", "key result", 1, "", theirs)
    answer = editing.answer("wall", outcome, "kpi", "key result")
    assert answer is not None
    assert (answer["theirs"]["field"], answer["theirs"]["value"]) == ("note", "Rain")
