"""How many healthy KPIs are called drifting by chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.drift.alarms import MOST, REAL, expected_by_chance, expected_of_real


def test_of_38_healthy_kpis_at_most_about_one_is_called_drifting() -> None:
    fewest, most = expected_by_chance(38)
    assert fewest == pytest.approx(0.342)
    assert most == pytest.approx(1.14)


def test_of_real_ones_more_are() -> None:
    assert expected_of_real(38) == pytest.approx((1.52, 1.9))
    assert min(REAL) > MOST


@given(st.integers(0, 100_000), st.integers(0, 100_000))
def test_it_grows_with_what_is_watched(one: int, other: int) -> None:
    few, many = sorted((one, other))
    assert expected_by_chance(few) <= expected_by_chance(many)
    assert expected_by_chance(many)[0] <= expected_by_chance(many)[1]
    assert expected_by_chance(many)[1] <= expected_of_real(many)[0]


def test_a_negative_count_is_an_error() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        expected_by_chance(-1)
    with pytest.raises(ValueError, match="0 or more"):
        expected_of_real(-1)
