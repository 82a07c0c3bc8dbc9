"""Values that were probably not meant."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.plausibility import implausibility

PERCENT = [9.0, 9.4, 8.8, 9.1, 9.3, 8.9, 9.2, 9.1]
values = st.floats(-1e6, 1e6)


@pytest.mark.parametrize("value", [9.1, 8.0, 10.5, 7.5, 12.0])
def test_news_is_not_doubted(value: float) -> None:
    assert implausibility(value, PERCENT, unit="%") is None


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (0.091, "share"),
        (9100, "scale"),
        (0.0091, "scale"),
        (91, "far"),
        (-9.1, "far"),
        (0, "far"),
    ],
)
def test_a_slip_is_doubted_and_named(value: float, reason: str) -> None:
    assert implausibility(value, PERCENT, unit="%") == reason


def test_a_share_is_one_only_of_a_percent() -> None:
    assert implausibility(0.091, PERCENT, unit="days") == "far"


def test_a_percent_below_one_is_no_share_where_such_are_usual() -> None:
    assert implausibility(0.5, [0.4, 0.6, 0.7], unit="%") is None


def test_a_thousandfold_slip_is_seen_after_a_single_value() -> None:
    assert implausibility(745_000, [745]) == "scale"
    assert implausibility(0.745, [745]) == "scale"
    assert implausibility(2_000, [745]) is None


def test_a_small_change_of_what_hardly_moves_is_not_doubted() -> None:
    assert implausibility(98.0, [99.9, 99.91, 99.9, 99.92, 99.9, 99.91, 99.9]) is None


@pytest.mark.parametrize("known", [[], [math.nan], [math.nan, math.inf]])
def test_where_nothing_is_known_nothing_is_doubted(known: list[float]) -> None:
    assert implausibility(9100, known, unit="%") is None


def test_after_nothing_but_zeros_no_size_is_wrong() -> None:
    assert implausibility(3, [0, 0]) is None


@given(st.lists(values, min_size=1, max_size=30), st.data())
def test_what_lies_among_the_known_is_never_doubted(
    known: list[float], data: st.DataObject
) -> None:
    value = data.draw(st.floats(min(known), max(known)))
    assert implausibility(value, known, unit="%") is None


@given(st.lists(values, max_size=30), values)
def test_the_unit_alone_turns_a_doubt_into_a_share(known: list[float], value: float) -> None:
    plain = implausibility(value, known)
    assert implausibility(value, known, unit="%") in (plain, "share")
    assert plain in (None, "scale", "far")
