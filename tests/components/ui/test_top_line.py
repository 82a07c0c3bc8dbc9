"""The top line says how far the cycle has gone, and takes what was picked where it makes sense."""

from datetime import date
from typing import Any

import pytest
import streamlit as st

from components.ui import top_line
from components.ui.formatting import FIXED
from components.ui.page_registry import DRIFT
from components.ui.top_line import Asked, how_far
from data.company.views import CycleView
from data.names.views import Found

TODAY = date(2026, 11, 22)
QUARTER = CycleView(1, "Q4 2026", date(2026, 10, 1), date(2026, 12, 31), 8, 13, 0.57)
CHURN = Found("KPI", 3, "Churn", "Customer team", None)
SHOWN: dict[str, Any] = {
    "teams": [{"name": "Acme", "depth": 0}],
    "cycles": ["Q4 2026"],
    "next_cycle": "Q1 2027",
    "is_signed_in": False,
}


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 9, 30), f"begins 1{FIXED}Oct"),
        (date(2026, 10, 1), "week 8 of 13"),
        (date(2026, 12, 31), "week 8 of 13"),
        (date(2027, 1, 1), f"ended 31{FIXED}Dec"),
    ],
)
def test_a_cycle_begins_goes_on_and_has_ended(day: date, said: str) -> None:
    assert how_far(QUARTER, day, TODAY) == said


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Give what the session holds."""

    class State(dict[str, Any]):
        __getattr__ = dict.__getitem__
        __setattr__ = dict.__setitem__

    held = State()
    monkeypatch.setattr(st, "session_state", held)
    return held


def hear(sent: object, **shown: Any) -> list[object]:
    """Say something; give what the page was asked for."""
    done: list[object] = []
    asked = Asked(
        find=lambda query: [CHURN] if query == "churn" else [],
        on_pick=done.append,
        on_sign_out=lambda: done.append("signed out"),
        on_add_cycle=lambda: done.append("added"),
    )
    top_line.hear(sent, SHOWN | shown, asked, TODAY)
    return done


@pytest.mark.parametrize(
    ("sent", "held"),
    [
        ({"team": "Acme"}, {"team": "Acme"}),
        ({"cycle": "Q4 2026"}, {"cycle": "Q4 2026"}),
        ({"as_of": "2026-11-01"}, {"as_of": date(2026, 11, 1), "cycle": None}),
        ({"as_of": ""}, {"as_of": None, "cycle": None}),
        ({"person": "  Ana "}, {"person": "Ana"}),
        ({"person": ""}, {"person": None}),
    ],
)
def test_what_is_picked_is_looked_at(
    state: dict[str, Any], sent: object, held: dict[str, Any]
) -> None:
    assert hear(sent) == []
    assert state == held | {"is_picked": True}


def test_a_search_and_a_way_to_another_page_do_not_run_this_page(state: dict[str, Any]) -> None:
    hear({"query": " churn "})
    hear({"path": "drift"})
    assert state == {"searched": "churn", "going_to": DRIFT}


@pytest.mark.parametrize(
    ("sent", "done"),
    [
        ({"found": {"query": "churn", "target": "kpi", "id": 3}}, CHURN),
        ({"add_cycle": True}, "added"),
    ],
)
def test_the_page_does_what_it_is_asked_for(
    state: dict[str, Any], sent: object, done: object
) -> None:
    assert hear(sent) == [done]
    assert state["is_picked"]


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "team",
        {},
        {"team": "Nobody"},
        {"team": ["Acme"]},
        {"team": "Acme", "cycle": "Q4 2026"},
        {"cycle": 4},
        {"as_of": "tomorrow"},
        {"as_of": "2026-11-23"},
        {"as_of": "1066-10-14"},
        {"as_of": None},
        {"person": 7},
        {"person": "A" * 2_001},
        {"found": {"query": "churn", "target": "kpi", "id": 4}},
        {"found": "churn"},
        {"dragon": 7},
    ],
    ids=lambda sent: str(sent)[:40],
)
def test_what_makes_no_sense_is_passed_over(state: dict[str, Any], sent: object) -> None:
    assert hear(sent) == []
    assert not state.get("is_picked")
    assert state.keys() <= {"is_picked"}


def test_whoever_signs_out_sees_this_page_no_more(state: dict[str, Any]) -> None:
    assert hear({"sign_out": True}) == ["signed out"]
    assert state == {}


def test_a_page_that_is_none_is_not_gone_to(state: dict[str, Any]) -> None:
    for path in ("kpi", "nowhere", 7, ["drift"]):
        hear({"path": path})
        assert state["going_to"] is None


def test_whoever_signed_in_is_nobody_else(state: dict[str, Any]) -> None:
    hear({"person": "Bo"}, is_signed_in=True)
    assert "person" not in state
