"""What the table and the tree of objectives are sent, and what they may send."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from components.okrs import (
    okr_columns,
    okr_from_template,
    okr_table,
    okr_words,
)
from components.ui.formatting import FIXED, THIN
from data.company.views import CycleView, TeamView
from data.okrs.views.drafts import (
    OkrKeyResult,
    OkrObjective,
    OkrRemark,
    Okrs,
)
from data.okrs.views.key_results import GuardBreach
from models import Ambition, Cadence, KeyResultKind, ObjectiveState, Scope

TODAY = date(2026, 10, 5)


def key_result(**changes: Any) -> OkrKeyResult:
    facts: dict[str, Any] = {
        "id": 7,
        "name": "Regulars",
        "kind": KeyResultKind.METRIC,
        "unit": "people",
        "start": 0.1,
        "target": 1200.0,
        "weight": 1.0,
        "hold_periods": None,
        "owner": "Ana",
        "kpi": "",
        "steps": "",
        "step_names": (),
        "value": 600.0,
        "progress": 0.5,
    }
    return OkrKeyResult(**(facts | changes))


def objective(**changes: Any) -> OkrObjective:
    facts: dict[str, Any] = {
        "id": 1,
        "name": "Win the north",
        "team": "Sales",
        "scope": Scope.TEAM,
        "ambition": Ambition.COMMITTED,
        "state": ObjectiveState.ACTIVE,
        "owner": "Ana",
        "supports": "",
        "guardrails": "Revenue",
        "supports_ids": (),
        "progress": 0.5,
        "score": 0.5,
        "checked_in": False,
        "key_results": (key_result(),),
    }
    return OkrObjective(**(facts | changes))


def view(*objectives: OkrObjective, cycle: bool = True) -> Okrs:
    quarter = CycleView(3, "Q4", date(2026, 10, 1), date(2026, 12, 31), 1, 13, 0.1)
    return Okrs(
        version=5,
        day=date(2026, 10, 5),
        team=TeamView(2, "Sales", 1, 1),
        cycle=quarter if cycle else None,
        objectives=objectives,
        hidden=0,
        kpis=(),
        people=(),
        supportable=(),
        left=(),
    )


def test_numbers_are_written_as_one_would_type_them() -> None:
    sent, row = okr_table._rows(objective(), {}, TODAY)
    cells = row["cells"]
    assert (cells["start"], cells["target"], cells["weight"]) == ("0.1", "1200", "1")
    assert row["now"] == "600\u00a0people · 50\u00a0%"
    assert (sent["now"], sent["steps_open"]) == (
        "● active · 50\u00a0%",
        [{"step": "close", "label": "Close"}],
    )


def test_what_is_over_is_for_reading() -> None:
    sent, row = okr_table._rows(objective(state=ObjectiveState.CLOSED), {}, TODAY)
    assert (sent["over"], sent["archiving"], sent["closing"]) == (True, None, None)
    assert row["over"]
    assert sent["steps_open"] == [{"step": "reopen", "label": "Reopen"}]


@pytest.mark.parametrize(
    ("ambition", "success"),
    [
        (Ambition.ASPIRATIONAL, "Aspirational: 0.7 is success."),
        (Ambition.COMMITTED, "Committed: 1.0 is expected."),
    ],
)
def test_closing_is_asked_with_the_score(ambition: Ambition, success: str) -> None:
    sent, _ = okr_table._rows(objective(score=0.584, ambition=ambition), {}, TODAY)
    assert sent["closing"] == {
        "question": f"Close with a score of 0.58? {success}",
        "yes": "Close with 0.58",
        "no": "Keep it open",
    }


@pytest.mark.parametrize(
    ("score", "mended", "told"),
    [
        (0.8, None, "It moved well, but its guardrail Churn broke in May 2026."),
        (
            0.8,
            date(2026, 7, 1),
            "It moved well, but its guardrail Churn broke in May 2026, steady again by Jul 2026.",
        ),
        (0.4, None, "Its guardrail Churn broke in May 2026."),
    ],
)
def test_a_score_is_no_success_without_a_word_on_what_broke(
    score: float, mended: date | None, told: str
) -> None:
    breach = GuardBreach(4, "Churn", Cadence.MONTHLY, date(2026, 5, 1), True, mended)
    row = objective(score=score, ambition=Ambition.ASPIRATIONAL, breaches=(breach,))
    assert okr_words.closing(row, TODAY).question.replace(FIXED, " ").endswith(f"success. {told}")
    assert ("◆ Churn" in okr_words.objective_now(row, TODAY)) is (mended is None)


def test_a_score_is_said_of_what_is_over_and_progress_of_what_is_not() -> None:
    closed = objective(state=ObjectiveState.CLOSED, score=0.584)
    assert okr_words.objective_now(closed, TODAY) == "■ closed · score 0.58"
    assert okr_words.objective_now(objective(score=0.584), TODAY) == "● active · 50\u00a0%"
    assert okr_words.closed(0.584) == "Closed with a score of 0.58."


def test_an_objective_without_key_results_has_no_score_which_is_not_nought() -> None:
    closed = objective(state=ObjectiveState.CLOSED, score=None)
    assert okr_words.objective_now(closed, TODAY) == "■ closed · no score"
    assert okr_words.closing(objective(score=None), TODAY) == (
        "Close without a score? It has no key results.",
        "Close it",
        "Keep it open",
    )
    assert okr_words.closed(None) == "Closed without a score."


def test_without_a_target_a_value_is_said_alone() -> None:
    fed = key_result(value=6240.0, unit="€", target=None, progress=None)
    assert okr_words.key_result_now(fed, TODAY) == f"6{THIN}240{FIXED}€"
    assert okr_words.key_result_now(replace(fed, value=None), TODAY) == "no value yet"


def test_too_many_kpis_are_counted() -> None:
    assert okr_from_template.too_many(7, 7) == ""
    assert okr_from_template.too_many(8, 7).startswith("That makes 8 KPIs: more than 7 ")


def test_the_cells_of_a_row_are_those_that_are_declared() -> None:
    labels = {
        target: [column.label for column in each] for target, each in okr_columns.COLUMNS.items()
    }
    assert labels == {
        "objective": ["Name", "Ambition", "Whose", "Owner", "Supports", "Guardrails"],
        "key result": [
            *("Name", "Kind", "From", "To", "Unit", "Steps", "Periods to hold", "Weight"),
            *("Owner", "Fed by KPI"),
        ],
    }
    first = {column.name: column.options[0][0] for column in okr_columns.COLUMNS["objective"][1:3]}
    assert first == {"ambition": "aspirational", "scope": "team"}


def test_what_has_check_ins_is_not_archived_and_no_draft_again() -> None:
    bare, checked = objective(), objective(checked_in=True)
    assert okr_words.archiving(bare, TODAY).yes == "Archive"
    assert okr_words.archiving(checked, TODAY).yes == "Close with 0.50"
    assert "check-ins" in okr_words.archiving(checked, TODAY).question
    assert okr_words.steps_aside(bare) == (("back to draft", "Back to draft"),)
    assert okr_words.steps_aside(checked) == ()
    assert okr_words.steps_aside(objective(state=ObjectiveState.DRAFT)) == ()


def test_the_cycle_is_closed_once_it_is_over() -> None:
    rows = objective(score=0.2), objective(id=2, state=ObjectiveState.DRAFT)
    assert okr_words.ending(view(*rows)) is None
    on_last_day = replace(view(*rows), day=date(2026, 12, 31))
    assert okr_words.ending(on_last_day) is None
    asked = okr_words.ending(replace(on_last_day, day=date(2027, 1, 1)))
    assert asked is not None
    assert asked["ids"] == [1]
    assert asked["rows"] == ["Win the north · score 0.20 · Committed: 1.0 is expected."]
    assert asked["question"] == "Q4 ended on 31\u00a0Dec\u00a02026. Close this with its score?"
    assert okr_words.start(on_last_day) == "Start the cycle with these"
    assert okr_words.start(view(objective())) == ""


def test_remarks_stand_beside_their_row() -> None:
    said = okr_table._by_row(
        [OkrRemark("objective", 1, "Why?"), OkrRemark("key result", 7, "How?")]
    )
    sent, row = okr_table._rows(objective(), said, TODAY)
    assert sent["remarks"] == ["Why?"]
    assert (row["under"], row["remarks"]) == (1, ["How?"])


def test_it_says_what_to_do_first() -> None:
    assert okr_words.empty(view(cycle=False), editable=True) == okr_words.NO_CYCLE
    assert "Type the first one below" in okr_words.empty(view(), editable=True)
    assert okr_words.empty(view(), editable=False) == okr_words.NOTHING_THEN
    assert okr_words.empty(view(objective()), editable=True) == ""
    closed = okr_words.empty(replace(view(), hidden=2), editable=True)
    assert closed == "All 2 objectives here are closed, and none is under way."
    over = objective(state=ObjectiveState.CLOSED)
    assert okr_words.empty(view(over), editable=True).startswith("The one objective here is closed")
    assert okr_words.empty(view(over, objective()), editable=True) == ""
