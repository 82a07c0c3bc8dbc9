from datetime import date
from typing import Any

import pytest

from components.cockpit import decisions
from data.kpis.views.edits import AcknowledgeEdit

SENT = {"id": 4, "reason": "new <b>prices</b>", "look_again": "2026-12-01", "token": "a"}


def test_an_acknowledgement_is_taken_as_it_was_typed() -> None:
    edit = AcknowledgeEdit(kpi_id=4, reason="new <b>prices</b>", look_again=date(2026, 12, 1))
    assert decisions.acknowledgement(SENT) == edit


@pytest.mark.parametrize(
    "change",
    [
        {"id": "4"},
        {"id": True},
        {"id": None},
        {"id": 2**60},
        {"reason": None},
        {"reason": 3},
        {"reason": "x" * 3000},
        {"look_again": "soon"},
        {"look_again": ""},
        {"look_again": 5},
        {"look_again": None},
    ],
    ids=str,
)
def test_a_malformed_acknowledgement_is_ignored(change: dict[str, Any]) -> None:
    assert decisions.acknowledgement(SENT | change) is None


@pytest.mark.parametrize("sent", [None, 5, "text", [], {}])
def test_what_is_no_form_at_all_is_ignored(sent: object) -> None:
    assert decisions.acknowledgement(sent) is None
