"""The grid to type in: what is sent makes sense, or is no edit at all; each change is answered."""

from typing import Any

import pytest
import streamlit as st

from components.editing import grid
from components.editing.grid import Column, Edited
from components.settings.settings_tables import Tried, _edited, _tried
from data.core.fields import columns
from data.core.outcomes import CurrentValue, Outcome
from data.kpis.fields import KpiRow

TABLE = {
    **grid.written(
        "kpis",
        {
            "kpis": (
                Column("name", "KPI", "text", "10rem", fresh=True),
                Column("driven_by", "Driven by", "long", "10rem", live=True),
                Column("count", "Count", "shown", "4rem"),
            )
        },
        [],
        version=4,
        place="3",
    ),
    "heirs": [{"id": 8, "name": "Ben"}],
}
TYPED = {"do": "cells", "target": "kpis", "id": 7, "cells": {"name": "Loss"}, "base_version": 4}
SENT = {"table": "kpis", "place": "3", "edits": [TYPED], "token": "a"}


def test_cells_an_archive_and_a_new_row_are_edits() -> None:
    assert _edited(TYPED, TABLE) == Edited("cells", "kpis", 7, 4, {"name": "Loss"})
    added = {**TYPED, "do": "add", "id": 0}
    assert _edited(added, TABLE) == Edited("add", "kpis", 0, 4, {"name": "Loss"})
    away = {"target": "kpis", "id": 7, "base_version": 4}
    assert _edited({**away, "do": "archive"}, TABLE) == Edited("archive", "kpis", 7, 4)
    handed = _edited({**away, "do": "hand over", "hand_to": 8}, TABLE)
    assert handed == Edited("hand over", "kpis", 7, 4)


@pytest.mark.parametrize(
    "change",
    [
        {"target": "teams"},
        {"do": "hand over", "hand_to": 9},
        {"do": "hand over", "hand_to": "8"},
        {"do": "dance"},
        {"do": "add", "cells": {}},
        {"id": "7"},
        {"id": True},
        {"id": -1},
        {"base_version": None},
        {"at": 3},
        {"cells": {}},
        {"cells": {"count": "4"}},
        {"cells": {"colour": "red"}},
        {"cells": {"name": 4}},
        {"cells": {"name": "x" * 10_001}},
        {"cells": ["name"]},
    ],
)
def test_anything_else_is_none(change: dict[str, object]) -> None:
    assert _edited({**TYPED, **change}, TABLE) is None


def test_only_a_live_cell_is_tried() -> None:
    sent = {"table": "kpis", "id": 7, "cell": "driven_by", "typed": "[Lost"}
    assert _tried(sent, TABLE) == Tried(7, "driven_by", "[Lost")
    assert _tried({**sent, "cell": "name"}, TABLE) is None
    assert _tried({**sent, "typed": None}, TABLE) is None
    assert _tried(None, TABLE) is None


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


def hear(session: dict[str, Any], sent: object, *outcomes: Outcome) -> list[Any]:
    """Let a grid hear what was sent; give what was passed on."""
    heard: list[Any] = []

    def keep(edits: Any) -> Any:
        heard.extend(edits)
        return outcomes

    session["grid"] = {"edit": sent}
    grid.listener("grid", TABLE, lambda sent: _edited(sent, TABLE), keep)()
    return heard


def test_changes_come_together_and_each_is_answered(session: dict[str, Any]) -> None:
    theirs = CurrentValue(None, "Ana", None, version=9, field="owner_id", text="Bo")
    outcomes = (
        Outcome("saved", "row", 7, "Saved."),
        Outcome("conflict", "row", 7, "", theirs),
        Outcome("refused", "row", 7, "Nobody.", field="owner_id"),
    )
    heard = hear(session, {**SENT, "edits": [TYPED, TYPED, {"do": "x"}]}, *outcomes)
    assert heard == [_edited(TYPED, TABLE), _edited(TYPED, TABLE), None]
    answer = grid.answer("grid")
    assert answer is not None
    assert answer["token"] == "a"
    saved, conflict, refused = answer["answers"]
    assert (saved["kind"], saved["theirs"]) == ("saved", None)
    assert (conflict["theirs"]["field"], conflict["theirs"]["value"]) == ("owner", "Bo")
    assert (refused["field"], refused["message"]) == ("owner", "Nobody.")


def test_what_is_sent_twice_is_done_once(session: dict[str, Any]) -> None:
    assert hear(session, SENT, Outcome("saved", "row", 7, "Saved."))
    before = grid.answer("grid")
    assert hear(session, SENT) == []
    assert grid.answer("grid") == before


def test_what_waits_for_the_database_is_not_answered(session: dict[str, Any]) -> None:
    saved = Outcome("saved", "row", 7, "Saved.")
    waiting = Outcome("refused", "row", 7, "Out of reach.", is_waiting=True)
    assert hear(session, SENT, saved)
    before, again = grid.answer("grid"), {**SENT, "token": "b", "edits": [TYPED, TYPED]}
    for _ in range(2):
        assert len(hear(session, again, waiting, waiting)) == 2
        assert grid.answer("grid") == before
    # What was saved is answered, and what was not is told beside it.
    assert hear(session, again, saved, waiting)
    answer = grid.answer("grid")
    assert answer is not None
    assert [each["kind"] for each in answer["answers"]] == ["saved", "refused"]


@pytest.mark.parametrize("change", [{"table": "teams"}, {"place": "4"}, {"place": None}])
def test_what_was_typed_elsewhere_is_answered_and_not_done(
    session: dict[str, Any], change: dict[str, object]
) -> None:
    assert hear(session, {**SENT, **change}) == []
    assert grid.answer("grid") == {"token": "a", "answers": []}


@pytest.mark.parametrize("sent", [None, "x", [], {}, {"edits": "x"}])
def test_what_is_no_message_is_not_heard(session: dict[str, Any], sent: object) -> None:
    assert hear(session, sent) == []
    assert grid.answer("grid") is None


def test_a_change_that_failed_is_not_called_saved(session: dict[str, Any]) -> None:
    def fail(edits: Any) -> Any:
        raise RuntimeError

    session["grid"] = {"edit": SENT}
    with pytest.raises(RuntimeError):
        grid.listener("grid", TABLE, lambda sent: _edited(sent, TABLE), fail)()
    assert grid.answer("grid") == {"token": "a", "answers": []}


def test_a_column_is_typed_as_its_field_is_declared() -> None:
    known = {column.name: grid.column(column, empty="none") for column in columns(KpiRow)}
    kinds = {name: known[name].kind for name in ("kpi", "team", "better", "low", "pinned", "link")}
    assert list(kinds.values()) == ["text", "pick", "choice", "number", "names", "long"]
    assert (known["kpi"].name, known["kpi"].longest) == ("name", 200)
    assert known["kind"].options[0] == ("", "none")
    assert (known["team"].list, known["pinned"].list, known["unit"].list) == ("team", "team", "")
