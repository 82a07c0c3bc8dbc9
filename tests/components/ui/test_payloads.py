"""What a browser sent: what makes sense comes in, the rest is nothing."""

from datetime import date
from typing import Any

import pytest

from components.ui.payloads import LONGEST, columns, day, text, whole
from tests.elements import records


@pytest.mark.parametrize("sent", [0, 7, 2**53 - 1])
def test_a_key_is_a_whole_number_from_0(sent: int) -> None:
    assert whole(sent) == sent


@pytest.mark.parametrize("sent", [-1, 2**53, True, 1.0, "1", None, [1]])
def test_anything_else_is_no_key(sent: object) -> None:
    assert whole(sent) is None


def test_a_day_is_spelled_as_iso_says() -> None:
    assert day("2026-11-22") == date(2026, 11, 22)


@pytest.mark.parametrize("sent", ["22.11.2026", "2026-02-30", "", 20261122, None])
def test_anything_else_is_no_day(sent: object) -> None:
    assert day(sent) is None


def test_a_text_is_not_beyond_all_bounds() -> None:
    assert text("x" * LONGEST) == "x" * LONGEST
    assert text("x" * (LONGEST + 1)) is None
    assert text(7) is None


def test_rows_travel_as_a_column_a_field_and_what_they_share_once() -> None:
    rows: list[dict[str, Any]] = [
        {"id": 1, "team": "Sales", "mark": {"kind": "late"}, "ends": [0, 1]},
        {"id": 2, "team": "Sales", "mark": None, "ends": [0, 1]},
        {"id": 3, "team": "Sales", "mark": {"kind": "late"}, "ends": [0, 1]},
        {"id": 4, "team": "North", "mark": None, "ends": [0, 1]},
    ]
    found = columns(rows)
    assert found == {
        "id": [1, 2, 3, 4],
        "team": {"kinds": ["Sales", "North"], "at": [0, 0, 0, 1]},
        "mark": {"kinds": [{"kind": "late"}, None], "at": [0, 1, 0, 1]},
        "ends": [[0, 1]] * 4,
    }
    assert records(found) == rows


def test_what_no_row_shares_is_not_pointed_at() -> None:
    assert columns([{"name": "a"}, {"name": "b"}]) == {"name": ["a", "b"]}
    assert columns([]) == {}
