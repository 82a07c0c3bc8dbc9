"""What else changed around the time a KPI did, and how much of it chance would give."""

from math import exp, factorial, inf, isnan, nan, pi, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from analytics.coincidence import (
    Hit,
    chance_of_hits,
    comparisons,
    expected_by_chance,
    near,
)

pytestmark = pytest.mark.filterwarnings("error")
relaxed = settings(deadline=None, database=None)

Numbers = NDArray[np.float64]
days = st.one_of(st.floats(-1e4, 1e4), st.just(nan))
points = st.tuples(st.integers(0, 6), st.integers(0, 4)).flatmap(
    lambda shape: st.tuples(arrays(np.float64, shape, elements=days), arrays(np.float64, shape))
)


# What is near


def test_a_change_within_the_window_is_a_hit_with_its_lead_or_lag() -> None:
    hits = near(100, [[93, 400], [114, nan]], [[2.0, 9.0], [3.0, nan]], window_days=28)
    assert hits == [Hit(1, 114.0, 14.0, 3.0), Hit(0, 93.0, -7.0, 2.0)]


def test_hits_come_the_strongest_first_whatever_their_sign_then_the_nearest() -> None:
    hits = near(0, [[5], [-3], [1], [2]], [[1.0], [-4.0], [-1.0], [nan]], window_days=10)
    assert [hit.kpi for hit in hits] == [1, 2, 0, 3]
    assert hits[0].strength == -4.0


@pytest.mark.parametrize(("position", "found"), [(72, True), (128, True), (71.9, False)])
def test_both_ends_belong_to_the_window(position: float, found: bool) -> None:
    assert bool(near(100, [[position]], [[1.0]], window_days=28)) is found


@pytest.mark.parametrize("change", [nan, inf, -inf])
def test_nothing_is_near_a_change_that_is_not_known(change: float) -> None:
    assert near(change, [[0.0, inf, -inf, nan]], [[1.0] * 4], window_days=inf) == []


def test_no_kpis_and_no_change_points_give_no_hits() -> None:
    assert near(0, np.empty((0, 3)), np.empty((0, 3)), window_days=28) == []
    assert near(0, np.empty((3, 0)), np.empty((3, 0)), window_days=28) == []


def test_positions_at_the_ends_of_the_number_range_do_not_warn() -> None:
    assert near(1e308, [[-1e308]], [[1.0]], window_days=28) == []
    assert expected_by_chance([1], [1.0], 1.7e308, period_days=[1.7e308]) == 1.0


def test_each_position_needs_a_strength_and_a_window_is_not_negative() -> None:
    with pytest.raises(ValueError, match="give one for each"):
        near(0, [[1, 2]], [[1]], window_days=28)
    with pytest.raises(ValueError, match="the window is -1 days"):
        near(0, [[1]], [[1]], window_days=-1)
    with pytest.raises(ValueError, match="the window is nan days"):
        near(0, [[1]], [[1]], window_days=nan)


@relaxed
@given(points, st.floats(-1e4, 1e4), st.floats(0, 1e3))
def test_hits_are_all_the_points_in_the_window_and_no_others(
    table: tuple[Numbers, Numbers], change: float, window: float
) -> None:
    positions, strengths = table
    hits = near(change, positions, strengths, window)
    inside = np.argwhere(np.abs(positions - change) <= window)
    assert sorted((hit.kpi, hit.position) for hit in hits) == sorted(
        (kpi, positions[kpi, point]) for kpi, point in inside.tolist()
    )
    assert all(abs(hit.lag) <= window for hit in hits)
    sizes = [-1.0 if isnan(hit.strength) else abs(hit.strength) for hit in hits]
    assert sizes == sorted(sizes, reverse=True)
    assert len(hits) <= comparisons(positions).sum()


@relaxed
@given(st.integers(-500, 500), st.integers(-500, 500))
def test_a_lead_seen_from_one_side_is_a_lag_from_the_other(one: int, other: int) -> None:
    forth, back = (near(a, [[b]], [[1.0]], 1000)[0].lag for a, b in ((one, other), (other, one)))
    assert forth == -back == other - one


# What chance would give


def test_every_known_change_point_is_a_comparison() -> None:
    assert comparisons([[1, nan, 3], [nan, nan, inf], [4, 5, 6]]).tolist() == [2, 0, 3]
    assert comparisons(np.empty((0, 3))).tolist() == []


def test_chance_gives_the_window_s_share_of_the_span() -> None:
    # 28 days to either side and the day itself are 57 of 570 days: a tenth of 4 points.
    assert expected_by_chance([1, 0, 3], 570, 28) == pytest.approx(0.4)


def test_of_weeks_and_months_the_window_holds_one_more_than_fits_twice() -> None:
    # Of 100 weeks 9 are within 28 days of a week's first day; of 36 months 3 within one.
    assert expected_by_chance([1], 700, 28, period_days=7) == pytest.approx(9 / 100)
    assert expected_by_chance([1], 36 * 30.5, 30.5, period_days=30.5) == pytest.approx(3 / 36)
    both = expected_by_chance([1, 1], [700, 36 * 30.5], 28, period_days=[7, 30.5])
    assert both == pytest.approx(9 / 100 + (56 + 30.5) / (36 * 30.5))


def test_what_of_the_window_is_outside_the_span_does_not_count() -> None:
    middle = expected_by_chance([2], 1000, 99.5, since_start=500)
    assert middle == expected_by_chance([2], 1000, 99.5) == pytest.approx(0.4)
    assert expected_by_chance([2], 1000, 99.5, since_start=1000) == pytest.approx(0.2)
    assert expected_by_chance([2], 1000, 99.5, since_start=0) == pytest.approx(0.2)
    assert expected_by_chance([2], 1000, 99.5, since_start=970) == pytest.approx(0.26)
    assert expected_by_chance([2], 1000, 99.5, since_start=9999) == pytest.approx(0.2)


@pytest.mark.parametrize("span", [28, 10, 0, -5, nan, inf])
@pytest.mark.parametrize("since_start", [None, 3, nan])
def test_in_a_span_as_short_as_the_window_chance_gives_them_all(
    span: float, since_start: float | None
) -> None:
    assert expected_by_chance([2, 1], span, 28, since_start=since_start) == 3.0


def test_without_change_points_chance_gives_none() -> None:
    assert expected_by_chance([], 365, 28) == 0.0
    assert expected_by_chance([0, 0], [365, 30], 28) == 0.0
    with pytest.raises(ValueError, match="the window is -1 days"):
        expected_by_chance([1], 365, -1)


@pytest.mark.parametrize("week", [0, 2, 50, 97, 99])
def test_points_thrown_at_random_hit_as_often_as_expected(week: int) -> None:
    thrown = 7.0 * np.random.default_rng(1).integers(100, size=(2000, 5))
    hits = near(7.0 * week, thrown, np.ones_like(thrown), window_days=28)
    expected = expected_by_chance(
        comparisons(thrown), 700, 28, period_days=7, since_start=7 * week + 3.5
    )
    assert len(hits) == pytest.approx(expected, abs=4 * sqrt(expected))


@pytest.mark.parametrize(
    ("hits", "expected", "chance"),
    [
        (1, 1.0, 1 - exp(-1)),
        (3, 0.5, 1 - exp(-0.5) * (1 + 0.5 + 0.125)),
        (0, 5.0, 1.0),
        (-1, 5.0, 1.0),
        (1, 0.0, 0.0),
        (0, 0.0, 1.0),
        (2, inf, 1.0),
        (10, 1e-12, 0.0),
        # 1/2 − 2/3 / √(2πλ) + 1 / √(2πλ) for large λ, where e^−λ is no number any more.
        (1000, 1000.0, 0.5 + 1 / 3 / sqrt(2000 * pi)),
    ],
)
def test_as_many_hits_have_the_chance_of_a_poisson_count(
    hits: int, expected: float, chance: float
) -> None:
    assert chance_of_hits(hits, expected) == pytest.approx(chance, abs=1e-5)


def test_the_chance_of_hits_needs_an_expectation() -> None:
    assert isnan(chance_of_hits(1, nan))
    with pytest.raises(ValueError, match="-1 hits are expected"):
        chance_of_hits(1, -1)


@relaxed
@given(st.integers(0, 20), st.floats(0, 20))
def test_more_hits_are_less_likely_by_the_count_s_own_chance(hits: int, expected: float) -> None:
    one = exp(-expected) * expected**hits / factorial(hits)
    at_least, more = chance_of_hits(hits, expected), chance_of_hits(hits + 1, expected)
    assert 0 <= more <= at_least <= 1
    assert at_least - more == pytest.approx(one, abs=1e-12)
