from datetime import date
from typing import Any

import pytest

from components.cockpit import headline_words
from components.ui.formatting import FIXED
from data.company.views import CycleView
from data.screens.views.cockpit import Tally
from models import ObjectiveState
from tests.components.examples import TODAY, objective


def told(day: date = TODAY, indicators: int = 0, **counts: int) -> str:
    said = headline_words.headline(Tally(**counts), indicators=indicators, day=day, today=TODAY)
    return said.replace(FIXED, " ")


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (
            {"kpis": 110, "in_range": 88, "outside": 22, "drifting": 9, "undecided": 3}
            | {"waiting": 3, "judged": 110},
            "88 of 110 in range. 9 drift, 3 of them undecided.",
        ),
        (
            {"kpis": 9, "in_range": 5, "outside": 3, "silent": 1, "drifting": 1, "undecided": 1}
            | {"waiting": 2, "judged": 8},
            "5 of 9 in range, 1 without a recent reading. 1 drifts, undecided; "
            "1 other waits for a decision.",
        ),
        (
            {"kpis": 9, "in_range": 6, "outside": 3, "waiting": 2, "judged": 9},
            "6 of 9 in range. None drifts; 2 wait for a decision.",
        ),
        (
            {"kpis": 4, "in_range": 4, "drifting": 2, "judged": 4},
            "All 4 KPIs are in range. 2 drift, all decided.",
        ),
        ({"kpis": 2, "in_range": 2, "judged": 2}, "Both KPIs are in range. None drifts."),
        (
            {"kpis": 1, "outside": 1, "judged": 1, "waiting": 1},
            "The one KPI here is out of range. None drifts; 1 waits for a decision.",
        ),
        ({"kpis": 4, "in_range": 4}, "All 4 KPIs are in range. Too early to tell a drift."),
        (
            {"kpis": 4, "in_range": 4, "judged": 3},
            "All 4 KPIs are in range. None of 3 judged drifts.",
        ),
        (
            {"kpis": 4, "silent": 4},
            "All 4 KPIs have no recent reading: nothing can be told.",
        ),
        ({"kpis": 1, "silent": 1}, "The one KPI here has no recent reading: nothing can be told."),
        ({}, headline_words.NOTHING),
        ({"indicators": 2}, headline_words.NO_RANGE),
    ],
)
def test_the_headline_is_true_whatever_is_known(counts: dict[str, int], said: str) -> None:
    assert told(**counts) == said


def test_looking_back_the_headline_names_its_day() -> None:
    assert told(day=date(2026, 9, 15), kpis=2, in_range=2, judged=2).startswith("15 Sep: Both ")


def beside(*objectives: Any, more: int = 0, due: int = 0, day: date = TODAY) -> list[str]:
    return headline_words.besides(Tally(due=due), objectives, more, day=day, today=TODAY)


def test_objectives_and_what_is_due_stand_below() -> None:
    fine, slow = objective(standing="on pace"), objective()
    assert beside(fine, fine, slow, due=4) == [
        "2 of 3 objectives are on their way",
        "4 readings are due",
    ]
    assert beside(fine, slow, more=2) == ["1 of 2 objectives is on its way, 2 more not shown"]
    assert beside(slow, slow) == ["None of 2 objectives is on its way"]
    assert beside(slow) == ["The objective is not on its way"]
    assert beside(due=1) == ["1 reading is due"]
    assert beside() == []


def test_what_is_closed_is_not_counted_as_on_its_way_or_not() -> None:
    closed = objective(state=ObjectiveState.CLOSED)
    assert beside(closed) == ["1 objective is closed"]
    assert beside(closed, objective(standing="on pace")) == ["The objective is on its way"]


def test_nothing_is_due_on_a_day_that_has_passed() -> None:
    assert beside(due=4, day=date(2026, 9, 15)) == []


def test_the_cycle_before_says_why_it_is_shown() -> None:
    before = CycleView(1, "Q3 2026", date(2026, 7, 1), date(2026, 9, 30), 13, 13, 1.0)
    begun = CycleView(2, "Q4 2026", date(2026, 10, 1), date(2026, 12, 31), 1, 13, 0.02)
    said = headline_words.notice(before, begun, date(2026, 10, 2)).replace(FIXED, " ")
    assert said == "Q4 2026 began on 1 Oct and nobody has checked in yet: this is Q3 2026."
