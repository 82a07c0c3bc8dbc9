"""What is said as a cycle is closed."""

import pytest

from components.okrs import closing, closing_words
from data.okrs.views.closing import ClosingKeyResult
from data.okrs.views.drafts import OkrKeyResult
from models import KeyResultKind


def ended(
    *, computed: float | None = 0.654, low: float | None = None, reason: str = ""
) -> ClosingKeyResult:
    row = OkrKeyResult(
        id=7,
        name="Sign customers",
        kind=KeyResultKind.METRIC,
        unit="customers",
        start=0,
        target=40,
        weight=1,
        hold_periods=None,
        owner="Ana",
        kpi="",
        steps="",
        step_names=(),
        value=None if computed is None else 26,
        progress=computed,
        lasting="spike" if computed else None,
    )
    return ClosingKeyResult(row, computed, None, "", None, (low, None), reason)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_key_result_says_where_it_ended_and_whether_that_lasts() -> None:
    said = "at 26 customers · 0 → 40 customers · ▼ a spike: it fell back"
    assert plain(closing_words.key_result(ended())) == said
    assert plain(closing_words.key_result(ended(computed=None))).startswith("no value")


def test_the_computed_score_stands_beside_the_field() -> None:
    assert closing_words.computed(ended()) == "Score, computed 0.65"
    assert closing_words.computed(ended(computed=None)) == "Score"


def test_a_range_is_named_that_it_would_have_as_a_kpi() -> None:
    told = plain(closing_words.graduates(ended(low=20, reason="It has 12 readings.")))
    assert told == "As a KPI: ideal from 20 customers. It has 12 readings."
    none = plain(closing_words.graduates(ended(reason="It has 3 readings.")))
    assert none.startswith("As a KPI it would have no range yet.")
    assert closing_words.graduates(ended()) == ""


@pytest.mark.parametrize(("given", "kept"), [(0.65, None), (0.7, 0.7), (0.0, 0.0), (None, None)])
def test_the_computed_score_as_it_is_shown_is_no_other_one(
    given: float | None, kept: float | None
) -> None:
    assert closing._given(ended(), given) == kept
