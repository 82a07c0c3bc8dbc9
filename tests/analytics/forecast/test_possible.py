"""What a KPI can be at all, and what follows for its forecast."""

from math import inf, nan

import numpy as np
import pytest

from analytics.forecast.departure import exit_times, first_exit
from analytics.forecast.possible import Possible, is_percent, possible
from analytics.forecast.simulation import Courses

pytestmark = pytest.mark.filterwarnings("error")


@pytest.mark.parametrize(
    ("values", "low", "high", "percent", "ends"),
    [
        ([60, 99.5], 60, 100, True, (0, 100)),
        ([60, 99.5], 60, nan, True, (0, 100)),
        ([60, nan, 99.5], 60, 100, False, (0, inf)),
        # A retention above 100 % was there, or its range has room for one.
        ([98, 104], 90, nan, True, (0, inf)),
        ([98, 99], 90, 110, True, (0, inf)),
        ([98, 99], 105, nan, True, (0, inf)),
        # A growth rate.
        ([-2, 3], nan, nan, True, (-inf, 100)),
        ([2, 3], -5, 5, True, (-inf, 100)),
        ([2, 0], nan, 70, False, (0, inf)),
        ([nan, nan], nan, nan, True, (0, 100)),
        ([], nan, nan, False, (0, inf)),
    ],
)
def test_what_neither_a_reading_nor_the_range_ever_was_is_not_possible(
    values: list[float], low: float, high: float, percent: bool, ends: tuple[float, float]
) -> None:
    found = possible(np.array([values]), np.array([low]), np.array([high]), percent)
    assert (float(found.lowest[0]), float(found.highest[0])) == ends


@pytest.mark.parametrize(
    ("unit", "percent"), [("%", True), (" % of orders", True), ("", False), ("days", False)]
)
def test_a_unit_of_percent_begins_with_its_sign(unit: str, percent: bool) -> None:
    assert is_percent(unit) is percent


def test_bounds_at_the_end_of_the_possible_are_never_crossed() -> None:
    ends = Possible(np.zeros(4), np.full(4, 100.0))
    low, high = ends.bounds([0.0, 60.0, nan, -5.0], [100.0, 99.0, 100.0, nan])
    np.testing.assert_array_equal(low, [-inf, 60, nan, -inf])
    np.testing.assert_array_equal(high, [inf, 99, inf, nan])


def test_what_lies_beyond_is_at_the_end() -> None:
    ends = Possible(np.array([0.0, -inf]), np.array([100.0, inf]))
    np.testing.assert_array_equal(
        ends.clipped([[-3.0, 50, 101], [-3, 50, 101]]), [[0, 50, 100], [-3, 50, 101]]
    )


def test_a_kpi_leaves_its_range_on_the_side_that_is_possible_alone() -> None:
    mean = np.array([[98.0, 101.0, 104.0], [2.0, -1.0, -4.0], [98.0, 101.0, 104.0]])
    ahead = Courses(mean, np.ones((3, 3)), np.zeros((3, 3)), np.zeros(3))
    ends = Possible(np.zeros(3), np.array([100.0, inf, inf]))
    low, high = np.array([60.0, 0.0, 60.0]), np.array([100.0, 70.0, 100.0])
    chances = first_exit(ahead, *ends.bounds(low, high))
    assert (chances[:2] == 0).all()
    # Where more than 100 % is possible it leaves them with the second step.
    np.testing.assert_array_equal(exit_times(chances)[2, 1:], [2, 3])
