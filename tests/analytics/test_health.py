"""Health and severity."""

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.health import health, severity

pytestmark = pytest.mark.filterwarnings("error")
relaxed = settings(deadline=None, database=None)

numbers = st.one_of(st.floats(-1e6, 1e6), st.just(nan))
HEALTHS = {"in range", "near edge", "out of range", "no data", "indicator"}


def _health(
    value: float, low: float, high: float, sigma: float = nan, *, stale: bool = False
) -> str:
    arrays = (np.array([number]) for number in (value, low, high, sigma))
    return str(health(*arrays, np.array([stale]))[0])


def _severity(value: float, low: float, high: float, sigma: float = nan) -> float:
    return float(severity(*(np.array([number]) for number in (value, low, high, sigma)))[0])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (9.999, "out of range"),
        (10, "near edge"),
        (11, "near edge"),
        (11.01, "in range"),
        (15, "in range"),
        (18.99, "in range"),
        (19, "near edge"),
        (20, "near edge"),
        (20.001, "out of range"),
    ],
)
def test_between_two_bounds_a_tenth_of_the_width_is_near_the_edge(
    value: float, expected: str
) -> None:
    assert _health(value, 10, 20, sigma=3) == expected


def test_the_tenth_is_a_tenth_in_spite_of_binary_fractions() -> None:
    assert 0.72 - 0.7 > 0.1 * (0.9 - 0.7)
    assert _health(0.72, 0.7, 0.9) == "near edge"


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (94.9, 95, nan, "out of range"),
        (95, 95, nan, "near edge"),
        (97, 95, nan, "near edge"),
        (97.1, 95, nan, "in range"),
        (5.1, nan, 5, "out of range"),
        (3, nan, 5, "near edge"),
        (2.9, nan, 5, "in range"),
    ],
)
def test_with_one_bound_a_sigma_is_near_the_edge(
    value: float, low: float, high: float, expected: str
) -> None:
    assert _health(value, low, high, sigma=2) == expected


def test_without_a_sigma_nothing_is_near_a_single_bound() -> None:
    assert _health(95, 95, nan, sigma=nan) == "in range"


def test_in_a_range_of_no_width_the_one_right_value_is_in_range() -> None:
    assert _health(5, 5, 5, sigma=1) == "in range"
    assert _health(5.1, 5, 5, sigma=1) == "out of range"


def test_a_range_upside_down_holds_nothing() -> None:
    assert _health(5, 9, 1) == "out of range"


def test_a_stale_or_missing_value_is_no_data_wherever_it_would_be() -> None:
    assert _health(15, 10, 20, stale=True) == "no data"
    assert _health(99, 10, 20, stale=True) == "no data"
    assert _health(nan, 10, 20) == "no data"
    assert _health(inf, 10, 20) == "no data"


def test_without_bounds_it_is_an_indicator_even_without_data() -> None:
    assert _health(15, nan, nan) == "indicator"
    assert _health(nan, nan, nan, stale=True) == "indicator"
    assert _health(15, -inf, inf) == "indicator"


def test_no_kpis_have_no_health() -> None:
    none = np.empty(0)
    assert health(none, none, none, none, np.empty(0, dtype=bool)).shape == (0,)
    assert severity(none, none, none, none).shape == (0,)


@pytest.mark.parametrize(
    ("value", "low", "high", "sigma", "expected"),
    [
        (25, 10, 20, 3, 0.5),
        (5, 10, 20, 3, 0.5),
        (83, 95, nan, 2, 1.0),
        (8, nan, 5, 0.25, 2.0),
        (90, 100, nan, nan, 0.1),
        (6, nan, -5, 0, 2.2),
        (3, nan, 0, nan, 3.0),
        (8, 5, 5, 0.5, 1.0),
        (15, 10, 20, 3, 0.0),
        (20, 10, 20, 3, 0.0),
        (nan, 10, 20, 3, 0.0),
        (15, nan, nan, 3, 0.0),
    ],
)
def test_severity_counts_the_distance_in_widths_then_six_sigmas_then_bounds(
    value: float, low: float, high: float, sigma: float, expected: float
) -> None:
    assert _severity(value, low, high, sigma) == pytest.approx(expected)


@relaxed
@given(numbers, numbers, numbers, numbers, st.booleans())
def test_exactly_the_values_out_of_range_are_severe(
    value: float, low: float, high: float, sigma: float, stale: bool
) -> None:
    state = _health(value, low, high, sigma, stale=stale)
    assert state in HEALTHS
    if state == "out of range":
        assert value < low or value > high
        assert _severity(value, low, high, abs(sigma)) >= 0
    if state in {"in range", "near edge", "indicator"}:
        assert _severity(value, low, high, sigma) == 0


@relaxed
@given(st.lists(st.tuples(numbers, numbers, numbers, numbers, st.booleans()), min_size=1))
def test_many_kpis_are_answered_as_one_by_one(
    rows: list[tuple[float, float, float, float, bool]],
) -> None:
    *columns, stale = (np.array(column) for column in zip(*rows, strict=True))
    expected = [_health(*row[:4], stale=row[4]) for row in rows]
    assert health(*columns, stale).tolist() == expected
    assert severity(*columns).tolist() == [_severity(*row[:4]) for row in rows]
