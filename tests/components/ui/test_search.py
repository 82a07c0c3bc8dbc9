from collections.abc import Sequence

import pytest

from components.ui import search
from data.names.views import Found

FOUND = [
    Found("KPI", 3, "Churn", "Customer team", None),
    Found("key result", 3, "Churn below 3 %", "Customer team", "Q4 2026"),
    Found("team", 9, "Churn squad", "Churn squad", None),
]


def find(query: str) -> Sequence[Found]:
    return [found for found in FOUND if query.lower() in found.name.lower()]


def test_what_was_picked_is_found_again() -> None:
    assert search.chosen({"query": "churn", "target": "key result", "id": 3}, find) is FOUND[1]


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "KPI 3",
        {},
        {"query": 3, "target": "kpi", "id": 3},
        {"query": "x", "target": "kpi", "id": 3},
        {"query": "churn", "target": "kpi", "id": "3"},
        {"query": "churn"},
    ],
)
def test_a_malformed_pick_is_ignored(sent: object) -> None:
    assert search.chosen(sent, find) is None


def test_a_row_tells_kind_name_and_place() -> None:
    rows = [search.row(found) for found in FOUND]
    assert [(row["target"], row["id"]) for row in rows] == [
        ("kpi", 3),
        ("key result", 3),
        ("team", 9),
    ]
    assert [(row["kind"], row["name"], row["where"]) for row in rows] == [
        ("KPI", "Churn", "Customer team"),
        ("key result", "Churn below 3 %", "Customer team · Q4 2026"),
        ("team", "Churn squad", ""),
    ]
