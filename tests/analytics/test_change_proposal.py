"""A smallest change proposed from range and level: what people would write, and why."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.change_proposal import propose_change

STEADY = np.tile([9.0, 9.6, 8.4, 9.2, 8.8, 9.0], 9)[:52]
"""A median of 9."""


def test_a_tenth_of_the_range_where_both_ends_are_given() -> None:
    found = propose_change(STEADY, low=8, high=12, unit="%")
    assert found is not None
    assert found.smallest_change == 0.4
    assert found.reason == (
        "A tenth of the range 8 to 12 % is about 0.4 percentage points: "
        "a smaller shift would be watched, and call nobody."
    )
    assert propose_change([], low=8, high=12, unit="%") == found


@pytest.mark.parametrize(("low", "high"), [(None, None), (8, None), (None, 12), (9, 9)])
def test_else_two_percent_of_the_usual_level(low: float | None, high: float | None) -> None:
    found = propose_change(STEADY, low=low, high=high, unit="days")
    assert found is not None
    assert found.smallest_change == 0.2
    assert found.reason.startswith("About 2 % of its usual level of 9 days is 0.2 days: ")


def test_the_level_is_that_of_the_present() -> None:
    moved = np.r_[STEADY[:30] + 91, STEADY[:22]]
    found = propose_change(moved, low=None, high=None)
    assert found is not None
    assert found.smallest_change == 0.2


def test_a_level_below_zero_has_a_share_too() -> None:
    found = propose_change(-100 * STEADY, low=None, high=None, unit="k€")
    assert found is not None
    assert found.smallest_change == 20
    assert "its usual level of −900 k€ is 20 k€" in found.reason


@pytest.mark.parametrize(
    "values", [[], STEADY[:11], STEADY - 9, np.r_[STEADY[:20], 0.0], np.full(20, np.nan)]
)
def test_without_a_level_nothing_is_proposed(values: list[float]) -> None:
    assert propose_change(values, low=None, high=10) is None


@pytest.mark.parametrize(
    ("width", "written"),
    [(10, 1), (13, 1.5), (16, 1.5), (18, 2), (24, 2.5), (28, 3), (96, 10), (0.23, 0.025)],
)
def test_it_is_what_people_write(width: float, written: float) -> None:
    found = propose_change([], low=0, high=width)
    assert found is not None
    assert found.smallest_change == written


@given(st.floats(1e-9, 1e12))
def test_it_is_near_a_tenth_of_the_range(width: float) -> None:
    found = propose_change([], low=0, high=width)
    assert found is not None
    assert 0.79 <= found.smallest_change / (0.1 * width) <= 1.26
