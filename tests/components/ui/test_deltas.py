"""What travels where something large changes a little: its base stays, and the changes to it."""

import json
from typing import Any
from uuid import uuid4

import pytest

from components.ui.deltas import Delta, delta
from tests.elements import composed

Rows = list[dict[str, Any]]


@pytest.fixture
def element() -> str:
    """Name an element that nobody has shown yet."""
    return uuid4().hex


def rows(count: int = 40, **changed: str) -> Rows:
    """Give rows by number, some with other words."""
    return [
        {"id": number, "text": changed.get(f"row_{number}", f"the words of row {number}" * 3)}
        for number in range(count)
    ]


def written(element: str, content: dict[str, Any]) -> Delta:
    found = delta(element, content)
    assert found is not None
    base = {"module": "1/base/index.js", "bases": {found.base: found.text}}
    data = {"module": "1/some/index.js", "base": found.base, "changes": found.changes}
    shown = composed(data, [base, data])
    assert shown == {"module": data["module"], **content}
    return found


def test_what_is_small_is_sent_as_it_is(element: str) -> None:
    assert delta(element, {"rows": rows(2)}) is None


def test_a_changed_row_is_all_that_is_new(element: str) -> None:
    before = written(element, {"rows": rows(), "days": ["Monday"]})
    after = written(element, {"rows": rows(row_7="new"), "days": ["Monday"]})
    assert before.changes == {"rows": {}, "values": {}}
    assert (after.base, after.text) == (before.base, before.text)
    at = [[0, 7], -1, [8, 32]]
    assert after.changes == {
        "rows": {"rows": {"at": at, "new": [{"id": 7, "text": "new"}]}},
        "values": {},
    }


def test_rows_in_another_order_are_not_sent_again(element: str) -> None:
    before = written(element, {"rows": rows()})
    after = written(element, {"rows": rows()[::-1]})
    assert after.base == before.base
    assert after.changes["rows"]["rows"] == {
        "at": [[place, 1] for place in range(40)][::-1],
        "new": [],
    }


def test_a_changed_value_is_sent_whole(element: str) -> None:
    before = written(element, {"rows": rows(), "days": ["Monday"]})
    after = written(element, {"rows": rows(), "days": ["Tuesday"]})
    assert after.base == before.base
    assert after.changes == {"rows": {}, "values": {"days": ["Tuesday"]}}


def test_where_much_changed_there_is_a_new_base(element: str) -> None:
    before = written(element, {"rows": rows()})
    after = written(
        element, {"rows": rows(**{f"row_{at}": f"other words {at}" * 4 for at in range(20)})}
    )
    assert after.base != before.base
    assert after.changes == {"rows": {}, "values": {}}


def test_other_rows_have_a_base_of_their_own(element: str) -> None:
    before = written(element, {"rows": rows(40)})
    other = written(element, {"rows": rows(41)})
    assert other.base != before.base
    assert written(element, {"rows": rows(40, row_1="new")}).base == before.base


def test_two_who_look_in_turn_do_not_undo_each_others_base(element: str) -> None:
    present = {"rows": rows()}
    past = {"rows": rows(**{f"row_{at}": f"other words {at}" * 4 for at in range(20)})}
    first, second = written(element, present), written(element, past)
    assert (written(element, present), written(element, past)) == (first, second)


def test_rows_that_differ_in_their_fields_are_sent_as_they_are(element: str) -> None:
    content = {"rows": [*rows(), {"id": 99}]}
    assert json.loads(written(element, content).text)["rows"]["rows"] == content["rows"]
