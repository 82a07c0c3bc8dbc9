"""What the form of a decision is sent, and what it sends back."""

from datetime import date
from typing import Any

import pytest

from components.kpis import action_words, decision_form
from data.kpis.views.edits import DecisionEdit
from data.kpis.views.signals import ACT
from models import Cadence, DecisionKind
from tests.components.examples import PERIODS, TODAY, WEEKS, gauge

SENT = {
    "id": 4,
    "kind": "act",
    "text": "ask <b>Ben</b>",
    "day": "2026-12-01",
    "owner": "Ana",
    "token": "a",
}


def test_a_decision_is_taken_as_it_was_typed() -> None:
    edit = DecisionEdit(4, ACT, "ask <b>Ben</b>", date(2026, 12, 1), "Ana")
    assert decision_form.decision(SENT) == edit
    without = {name: value for name, value in SENT.items() if name != "owner"}
    known = decision_form.decision(without | {"kind": "acknowledge"})
    assert known == DecisionEdit(4, DecisionKind.ACKNOWLEDGE, edit.text, edit.day)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "4"},
        {"id": True},
        {"id": None},
        {"id": 2**60},
        {"kind": "reroute"},
        {"kind": "forget"},
        {"kind": None},
        {"kind": []},
        {"text": None},
        {"text": 3},
        {"text": "x" * 3000},
        {"owner": 3},
        {"day": "soon"},
        {"day": ""},
        {"day": 5},
        {"day": None},
    ],
    ids=str,
)
def test_a_malformed_decision_is_ignored(change: dict[str, Any]) -> None:
    assert decision_form.decision(SENT | change) is None


@pytest.mark.parametrize("sent", [None, 5, "text", [], {}])
def test_what_is_no_form_at_all_is_ignored(sent: object) -> None:
    assert decision_form.decision(sent) is None


def shared(*cadences: Cadence, **options: Any) -> dict[str, Any]:
    who: dict[str, Any] = {"people": ["Ana", "Ben"], "person": None, **options}
    return decision_form.shared(cadences, PERIODS, today=TODAY, **who)


def test_all_forms_of_a_page_share_people_days_and_periods() -> None:
    form = shared(Cadence.WEEKLY, Cadence.WEEKLY, Cadence.MONTHLY)
    assert list(form["kinds"]) == ["act", "acknowledge", "reroute", "rebase", "dismiss"]
    assert (form["people"], form["person"]) == (["Ana", "Ben"], "")
    assert (form["today"], form["tomorrow"], form["latest"]) == (
        "2026-11-17",
        "2026-11-18",
        "2027-11-18",
    )
    weekly = form["cadences"]["weekly"]
    assert list(form["cadences"]) == ["monthly", "weekly"]
    assert (weekly["due"], weekly["again"]) == ("2026-12-01", "2026-12-15")
    # The week that still goes on comes first.
    assert [each["start"] for each in weekly["periods"][:2]] == ["2026-11-16", str(WEEKS[0])]
    assert form["cadences"]["monthly"]["periods"] == []


def test_a_form_knows_where_its_last_reading_stands() -> None:
    assert decision_form.own(gauge(), PERIODS) == {"owner": "Ana", "cadence": "weekly", "latest": 1}
    assert decision_form.own(gauge(period=date(2026, 11, 16)), PERIODS)["latest"] == 0
    assert decision_form.own(gauge(period=date(2020, 1, 6), owner=None), PERIODS) == {
        "owner": "",
        "cadence": "weekly",
        "latest": None,
    }


@pytest.mark.parametrize(
    ("cadence", "today", "day"),
    [
        (Cadence.DAILY, TODAY, date(2026, 11, 24)),
        (Cadence.WEEKLY, TODAY, date(2026, 12, 1)),
        (Cadence.MONTHLY, TODAY, date(2026, 12, 15)),
        (Cadence.QUARTERLY, TODAY, date(2026, 12, 29)),
        # A Saturday and a Sunday: the Monday after.
        (Cadence.WEEKLY, date(2026, 11, 21), date(2026, 12, 7)),
        (Cadence.WEEKLY, date(2026, 11, 22), date(2026, 12, 7)),
    ],
)
def test_the_usual_day_goes_by_the_cadence_and_is_a_working_day(
    cadence: Cadence, today: date, day: date
) -> None:
    assert action_words.usual_day(cadence, today) == day
