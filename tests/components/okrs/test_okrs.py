"""What the table and the tree of objectives are sent, and what they may send."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from components.okrs import (
    okr_columns,
    okr_editing,
    okr_from_template,
    okr_table,
    okr_tree,
    okr_words,
)
from components.ui.formatting import FIXED, THIN
from data.company.views import CycleView, TeamView
from data.okrs.views.drafts import (
    OkrAdd,
    OkrArchive,
    OkrCell,
    OkrKeyResult,
    OkrMove,
    OkrNode,
    OkrObjective,
    OkrPlace,
    OkrRemark,
    Okrs,
    OkrStep,
    OkrSteps,
    OkrTree,
)
from models import Ambition, KeyResultKind, ObjectiveState, Scope
from tests.elements import records

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


def test_a_score_is_said_of_what_is_over_and_progress_of_what_is_not() -> None:
    closed = objective(state=ObjectiveState.CLOSED, score=0.584)
    assert okr_words.objective_now(closed) == "■ closed · score 0.58"
    assert okr_words.objective_now(objective(score=0.584)) == "● active · 50\u00a0%"
    assert okr_words.closed(0.584) == "Closed with a score of 0.58."


def test_without_a_target_a_value_is_said_alone() -> None:
    fed = key_result(value=6240.0, unit="€", target=None, progress=None)
    assert okr_words.key_result_now(fed) == f"6{THIN}240{FIXED}€"
    assert okr_words.key_result_now(replace(fed, value=None)) == "no value yet"


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
    assert okr_words.archiving(bare).yes == "Archive"
    assert okr_words.archiving(checked).yes == "Close with 0.50"
    assert "check-ins" in okr_words.archiving(checked).question
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


def node(**changes: Any) -> OkrNode:
    facts: dict[str, Any] = {
        "id": 1,
        "name": "Win the north",
        "team": "Sales",
        "cycle": "",
        "scope": Scope.TEAM,
        "state": ObjectiveState.ACTIVE,
        "owner": "Ana",
        "supports_ids": (),
        "progress": 0.5,
        "key_results": 3,
        "pace": 0.62,
        "standing": "behind pace",
        "expected": 0.8,
    }
    return OkrNode(**(facts | changes))


def tree(*nodes: OkrNode) -> OkrTree:
    return OkrTree(5, date(2026, 10, 5), TeamView(2, "Sales", 1, 1), None, nodes, 0)


def test_each_objective_hangs_below_the_first_that_it_supports() -> None:
    rows = (
        node(),
        node(id=2, supports_ids=(1, 3)),
        node(id=3, supports_ids=(9,)),
    )
    assert okr_tree.parents(tree(*rows)) == {1: None, 2: 1, 3: None}
    nodes = records(okr_tree._written(tree(*rows))["nodes"])
    assert [node["parent"] for node in nodes] == [None, 1, None]
    assert nodes[1]["also"] == "also supports Win the north"
    told = ("shape", "text", "progress", "pace", "percent", "ends", "count")
    assert [nodes[0][name] for name in told] == [
        "▼",
        "12 points behind",
        0.5,
        0.62,
        "50\u00a0%",
        "ends near\u00a080\u00a0%",
        "3 key results",
    ]


@pytest.mark.parametrize(
    ("changes", "shape", "text", "kind"),
    [
        ({"standing": "on pace"}, "●", "on pace", "on-pace"),
        ({"standing": "ahead", "pace": 0.3}, "▲", "20 points ahead", "ahead"),
        ({"standing": "no value", "expected": None}, "◌", "no value yet", "no-value"),
        ({"state": ObjectiveState.DRAFT}, "◌", "draft", "draft"),
        ({"state": ObjectiveState.PROBATION}, "◐", "on probation", "probation"),
        ({"state": ObjectiveState.CLOSED, "progress": 1.2}, "■", "closed · score 1.00", "closed"),
    ],
)
def test_the_state_of_an_objective_is_a_shape_and_words(
    changes: dict[str, Any], shape: str, text: str, kind: str
) -> None:
    marked = okr_words.standing(node(**changes))
    assert marked == {"kind": kind, "shape": shape, "text": text}


def test_no_end_is_told_of_what_is_done_over_or_unknown() -> None:
    for changes in ({"standing": "done"}, {"state": ObjectiveState.CLOSED}, {"expected": None}):
        assert okr_words.ends_near(node(**changes)) == ""


def test_a_ring_from_a_file_is_opened_somewhere() -> None:
    rows = (
        node(id=1, supports_ids=(2,)),
        node(id=2, supports_ids=(3,)),
        node(id=3, supports_ids=(1,)),
    )
    assert okr_tree.parents(tree(*rows)) == {1: 2, 2: 3, 3: None}


@pytest.mark.parametrize(
    ("sent", "edit"),
    [
        (
            {"do": "cells", "target": "key result", "id": 7, "cells": {"unit": "x"}},
            OkrCell("key result", 7, "unit", "x", 5),
        ),
        (
            {"do": "add", "target": "objective", "cells": {"name": "X"}, "under": None},
            OkrAdd("objective", "X", None, 5),
        ),
        (
            {"do": "add", "target": "key result", "cells": {"name": "X", "owner": "B"}, "under": 1},
            OkrAdd("key result", "X", 1, 5, "B"),
        ),
        ({"do": "step", "target": "objective", "id": 1, "step": "close"}, OkrStep(1, "close", 5)),
        (
            {"do": "steps", "target": "objective", "ids": [1, 2], "step": "start"},
            OkrSteps((1, 2), "start", 5),
        ),
        ({"do": "archive", "target": "objective", "id": 1}, OkrArchive("objective", 1, 5)),
        ({"do": "place", "target": "objective", "id": 1}, OkrPlace("objective", 1, None)),
        (
            {"do": "move", "target": "objective", "id": 1, "team": "A", "cycle": "B"},
            OkrMove("objective", 1, 5, "A", "B"),
        ),
    ],
)
def test_what_the_table_sends_is_understood(sent: dict[str, Any], edit: object) -> None:
    assert okr_editing.edit({"id": 0, **sent, "base_version": 5}) == edit


@pytest.mark.parametrize(
    "sent",
    [
        {"do": "cells", "target": "team", "cells": {"name": "x"}},
        {"do": "cells", "target": "objective", "cells": {"unit": "x"}},
        {"do": "cells", "target": "objective", "cells": {"name": "x", "owner": "y"}},
        {"do": "cells", "target": "objective", "id": True, "cells": {"name": "x"}},
        {"do": "cells", "target": "objective", "cells": {"name": 5}},
        {"do": "cells", "target": "objective", "cells": {"name": "x" * 2001}},
        {"do": "cells", "target": "objective", "cells": {"name": "x"}, "base_version": None},
        {"do": "add", "target": "key result", "cells": {"name": "x"}, "under": None},
        {"do": "add", "target": "objective", "cells": {"name": "x" * 2001}, "under": None},
        {"do": "add", "target": "objective", "cells": {"owner": "x"}, "under": None},
        {"do": "step", "target": "objective", "step": "explode"},
        {"do": "steps", "target": "objective", "ids": [], "step": "start"},
        {"do": "steps", "target": "objective", "ids": [1, "2"], "step": "close"},
        {"do": "steps", "target": "objective", "ids": [1], "step": "reopen"},
        {"do": "dance", "target": "objective"},
    ],
)
def test_anything_else_is_none(sent: dict[str, Any]) -> None:
    assert okr_editing.edit({"id": 1, "base_version": 5, **sent}) is None


@pytest.mark.parametrize("sent", [None, [], "x"])
def test_what_is_no_change_at_all_is_none(sent: object) -> None:
    assert okr_editing.edit(sent) is None
