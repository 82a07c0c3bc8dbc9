"""How KPIs may go on, and when they leave their ranges: against many simulated futures."""

from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from analytics.forecast import outlook
from analytics.forecast.departure import exit_times, first_exit
from analytics.forecast.simulation import Courses, courses

pytestmark = pytest.mark.filterwarnings("error")
relaxed = settings(deadline=None, database=None, max_examples=50)

Numbers = NDArray[np.float64]
readings = st.one_of(st.floats(allow_infinity=False), st.integers(-5, 5).map(float))

KPIS, WEEKS = 200, 13


def noise(seed: int, periods: int) -> Numbers:
    return np.random.default_rng(seed).normal(size=(KPIS, periods))


def left(ahead: Courses, low: float, high: float) -> Numbers:
    kpis = len(ahead.mean)
    return first_exit(ahead, np.full(kpis, low), np.full(kpis, high))


def ramp() -> Numbers:
    """Give 40 steady weeks, then half a σ more every week of twelve."""
    return np.concatenate([noise(1, 40), noise(2, 12) + 0.5 * np.arange(1, 13)], axis=1)


@pytest.mark.parametrize(("onset", "told"), [(nan, 0.8), (38, 0.9), (40, 0.9)])
def test_a_drift_that_goes_on_leads_out(onset: float, told: float) -> None:
    coming = 6 + 0.5 * np.arange(1, WEEKS + 1) + noise(3, WEEKS)
    exits = (coming > 10).argmax(axis=1) + 1
    steps = exit_times(left(courses(ramp(), WEEKS, onsets=np.full(KPIS, onset)), nan, 10.0))
    even = steps[:, 1]
    assert np.mean(~np.isnan(even)) > told
    assert np.nanmedian(even) == pytest.approx(np.median(exits), abs=1.5)
    inside = (steps[:, 0] <= exits) & ~(exits > steps[:, 2])
    # Steps are whole weeks, so that a span of 80 % holds somewhat more.
    assert 0.75 < inside.mean() < 0.96


def test_a_step_that_set_in_is_a_new_level() -> None:
    values = noise(4, 52)
    values[:, -8:] += 2
    ahead = courses(values, WEEKS, onsets=np.full(KPIS, 44))
    assert ahead.mean[:, -1].mean() == pytest.approx(2, abs=0.4)


def test_a_drift_too_young_for_a_slope_is_left_to_the_outlook() -> None:
    found = courses(ramp(), 5, onsets=np.full(KPIS, 49))
    assert found.mean == pytest.approx(outlook(ramp(), 5).mean)


def test_what_scatters_around_a_level_leaves_as_often_as_independent_readings_do() -> None:
    # 8 % lie above 1.405 σ.
    chances = left(courses(noise(5, 52), WEEKS), nan, 1.405)[:, -1]
    assert chances.mean() == pytest.approx(1 - 0.92**13, abs=0.1)


@pytest.mark.parametrize("room", [2.0, 5.0])
def test_a_walk_leaves_as_often_as_walks_do(room: float) -> None:
    walks = np.cumsum(noise(6, 52 + WEEKS), axis=1)
    walks -= walks[:, 51:52]
    chances = left(courses(walks[:, :52], WEEKS), nan, room)[:, -1]
    assert chances.mean() == pytest.approx((walks[:, 52:] > room).any(axis=1).mean(), abs=0.1)


def test_a_season_that_is_evident_is_expected_again() -> None:
    season = 20 * np.sin(np.arange(58) / 12 * 2 * np.pi)
    values = 100 + season[:52] + 3 * noise(7, 52)
    assert left(courses(values, 6, seasons=12), 60.0, nan).max() < 0.1
    ahead = courses(values, 6, seasons=12)
    assert ahead.mean.mean(axis=0) == pytest.approx(100 + season[52:], abs=4)
    # It is from the second year on, less surely.
    short = courses(values[:, -24:], 6, seasons=12)
    assert short.mean.mean(axis=0) == pytest.approx(100 + season[52:], abs=4)
    assert (short.sd.mean(axis=0) > ahead.sd.mean(axis=0)).all()
    none = courses(values[:, -23:], 6, seasons=12)
    np.testing.assert_array_equal(none.mean, courses(values[:, -23:], 6).mean)


def test_the_first_exit_counts_and_not_only_the_last_state() -> None:
    still = Courses(np.array([[1.0, -1.0, 1.0]]), *np.zeros((2, 1, 3)), np.zeros(1))
    np.testing.assert_array_equal(left(still, 0.0, nan), [[0, 1, 1]])
    np.testing.assert_array_equal(left(still, 1.0, nan), [[0, 1, 1]])
    np.testing.assert_array_equal(left(still, nan, nan), [[0, 0, 0]])


def test_a_kpi_leaves_among_many_as_it_leaves_alone() -> None:
    ahead = courses(noise(8, 52).cumsum(axis=1), WEEKS)
    alone = [left(ahead.some(slice(row, row + 1)), -3.0, 3.0)[0] for row in range(KPIS)]
    np.testing.assert_array_equal(left(ahead, -3.0, 3.0), alone)


def test_a_kpi_leaves_at_the_ends_that_its_range_has() -> None:
    ahead = courses(noise(9, 52).cumsum(axis=1), WEEKS)
    low = np.resize([-3.0, nan, -3.0, nan, -np.inf, np.inf], KPIS)
    high = np.resize([3.0, 3.0, nan, nan, 3.0, 3.0], KPIS)
    mean, sd = ahead.mean[..., None], ahead.sd[..., None]
    values = mean + sd * np.stack(list(ahead.deviates()), axis=1)
    outside = (values < low[:, None, None]) | (values > high[:, None, None])
    counted = np.logical_or.accumulate(outside, axis=1).mean(axis=2)
    np.testing.assert_allclose(first_exit(ahead, low, high), counted, atol=1e-9)
    assert counted[5::6].all()


def test_what_lasts_is_the_same_in_all_periods() -> None:
    zeros, ones = np.zeros((1, 4)), np.ones((1, 4))
    lasting = left(Courses(zeros, ones, ones, np.zeros(1)), 0.0, nan)
    np.testing.assert_array_equal(lasting, np.full((1, 4), lasting[0, 0]))
    fresh = left(Courses(zeros, ones, zeros, np.zeros(1)), 0.0, nan)
    assert fresh[0] == pytest.approx(1 - 0.5 ** np.arange(1, 5), abs=0.05)


def test_departures_are_the_steps_by_which_so_many_have_left() -> None:
    np.testing.assert_array_equal(
        exit_times(np.array([[0.05, 0.1, 0.6, 0.9], [0.0, 0.0, 0.2, 0.4]])),
        [[2, 3, 4], [3, nan, nan]],
    )
    np.testing.assert_array_equal(exit_times(np.full((1, 3), nan)), [[nan, nan, nan]])


@relaxed
@given(arrays(np.float64, (3, 40), elements=readings), st.integers(0, 40))
def test_whatever_the_readings_chances_are_chances(values: Numbers, onset: int) -> None:
    ahead = courses(values, 6, onsets=[nan, 0, min(onset, 39)], seasons=np.array([0, 4, 12]))
    chances = left(ahead, -1.0, 4.0)
    known = ~np.isnan(chances)
    assert ((chances[known] >= 0) & (chances[known] <= 1)).all()
    assert (np.diff(chances, axis=1)[known[:, 1:]] >= 0).all()
    assert (known == (np.isfinite(values).sum(axis=1) >= 4)[:, None]).all()
