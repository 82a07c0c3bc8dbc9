"""The tree of what supports what, as it is sent."""

from datetime import date
from typing import Any

import pytest

from components.okrs import (
    okr_tree,
    okr_words,
)
from data.company.views import TeamView
from data.okrs.views.drafts import (
    OkrNode,
    OkrTree,
)
from models import ObjectiveState, Scope
from tests.elements import records


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
