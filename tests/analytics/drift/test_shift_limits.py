"""For how much a reading counts in a window, and what makes the window a shift."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from analytics.drift.baseline import WINDOWS, Baseline, fit
from analytics.drift.shift_limits import (
    AGAINST,
    CORRELATED,
    CORRELATED_TIMES,
    COUNTED,
    LEANING,
    LIMITS,
    SIZES,
    TOWARDS,
    YEARLY_LIMIT,
    counted_means,
    shares,
    window_means,
)

Numbers = NDArray[np.float64]

ONE = np.ones(1)


def counted(*latest: float, error: float = 0.3) -> Numbers:
    """Return the means of both windows, sigma being 1 and all readings before these 0."""
    distance = np.append(np.zeros(12 - len(latest)), latest)[None]
    return counted_means(distance, ONE, error * ONE)[0]


def test_means_are_those_of_the_last_readings() -> None:
    numbers = np.arange(40.0).reshape(2, 20) ** 2
    expected = [[row[-8:].mean(), row[-12:].mean()] for row in numbers]
    assert WINDOWS == (8, 12)
    np.testing.assert_allclose(window_means(numbers), expected)


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_lone_wild_reading_counts_for_three_sigmas(sign: int) -> None:
    assert counted(sign * 1e6) == pytest.approx([sign * COUNTED / 8, sign * COUNTED / 12])
    assert counted(sign * 1e6, 0, 0, 0) == pytest.approx([sign * COUNTED / 8, sign * COUNTED / 12])


def test_three_in_a_row_are_wild_readings_still() -> None:
    assert counted(-50, -50, -50) == pytest.approx([-9 / 8, -9 / 12])
    assert counted(-50, -50, -50, 1) == pytest.approx([-8 / 8, -8 / 12])


@pytest.mark.parametrize("sign", [-1, 1])
def test_four_in_a_row_count_fully(sign: int) -> None:
    assert counted(*[sign * 50.0] * 4) == pytest.approx([sign * 200 / 8, sign * 200 / 12])


def test_four_count_as_far_as_the_nearest_of_them() -> None:
    assert counted(-50, -20, -1e6, -30) == pytest.approx([-80 / 8, -80 / 12])
    # What lies on the other side counts for three sigmas still.
    assert counted(1e6, -20, -20, -20, -20) == pytest.approx([-77 / 8, -77 / 12])


def test_four_beyond_what_is_unsure_of_the_expectation_count_fully() -> None:
    assert counted(*[-6.0] * 4, error=0.3)[0] == pytest.approx(-24 / 8)
    assert counted(*[-6.0] * 4, error=5.0)[0] == pytest.approx(-12 / 8)


def ripple(slope: float) -> Numbers:
    times = np.arange(30)
    return np.random.default_rng(20200101).normal(size=30) + slope * times


def baseline_of(values: Numbers) -> Baseline:
    return fit(values[None], np.arange(30.0)[None], np.ones((1, 30), dtype=np.bool_))


def times_of(baseline: Baseline) -> float:
    """Return by how much correlation changes the limit."""
    wider = WINDOWS[0] * baseline.noise[0, 0] / baseline.sigma[0] ** 2
    return float(np.interp(wider, CORRELATED, CORRELATED_TIMES))


def share_of(z: float, slope: float) -> tuple[float, float]:
    """Return z as a share after a baseline of 30 and the slope in its standard errors."""
    baseline = replace(baseline_of(ripple(slope)), noise=np.array([[0.125, 0.083]]), sigma=ONE)
    leaning = float(baseline.slope[0] / np.sqrt(baseline.slope_variance[0]))
    return float(shares(np.array([[z, z]]), baseline, np.zeros(1, dtype=np.int64))[0, 0]), leaning


@pytest.mark.parametrize("slope", [-0.5, 0.5])
@pytest.mark.parametrize("z", [-4.0, 4.0])
def test_more_is_asked_of_a_shift_the_way_it_was_going(slope: float, z: float) -> None:
    share, leaning = share_of(z, slope)
    assert abs(leaning) > TOWARDS
    wider = 1 + LEANING * (TOWARDS if slope * z > 0 else -AGAINST)
    assert share == pytest.approx(z / (LIMITS[SIZES.index(30)] * wider))


def test_the_limit_follows_how_readings_take_after_each_other() -> None:
    baseline = baseline_of(ripple(0.0))
    none = np.zeros(1, dtype=np.int64)
    alone = replace(baseline, noise=np.full((1, 2), baseline.sigma[0] ** 2 / 8))
    for wider in (1.0, *CORRELATED, 9.0):
        correlated = replace(alone, noise=wider * alone.noise)
        share = shares(np.array([[-4.0, -4.0]]), correlated, none)
        ratio = shares(np.array([[-4.0, -4.0]]), alone, none) / share
        assert ratio[0, 0] == pytest.approx(times_of(correlated))


def test_constant_readings_have_a_limit_too() -> None:
    baseline = baseline_of(np.full(30, 7.0))
    with np.errstate(all="ignore"):
        share = shares(np.array([[-4.0, -4.0]]), baseline, np.zeros(1, dtype=np.int64))
    assert (share < -1).all()


def test_a_share_beyond_one_is_a_shift() -> None:
    limit = LIMITS[SIZES.index(30)]
    share, leaning = share_of(limit, 0.0)
    assert share == pytest.approx(1 / (1 + LEANING * np.clip(leaning, -AGAINST, TOWARDS)))
    assert share_of(0.0, 0.0)[0] == 0


def test_a_reading_counts_for_three_sigmas_of_its_phase() -> None:
    distance, noise = np.zeros((1, 12)), np.ones((1, 12))
    distance[0, [-3, -1]], noise[0, -1] = -1e6, 2.5
    found = counted_means(distance, ONE, 0.3 * ONE, noise)[0]
    assert found == pytest.approx([-COUNTED * 3.5 / 8, -COUNTED * 3.5 / 12])


def test_four_wild_months_are_wild_readings_still() -> None:
    distance = np.append(np.zeros(8), np.full(4, -5.0))[None]
    plain = counted_means(distance, ONE, 0.3 * ONE)[0]
    noisy = counted_means(distance, ONE, 0.3 * ONE, np.full((1, 12), 2.0))[0]
    assert plain == pytest.approx([-20 / 8, -20 / 12])
    # Beyond 2.8 of theirs they would count in full; within six sigma each counts as it is.
    assert noisy == pytest.approx(plain)
    assert counted_means(2 * distance, ONE, 0.3 * ONE, np.full((1, 12), 4.0))[0] == pytest.approx(
        2 * plain
    )


@pytest.mark.parametrize("size", [12, 30, 52])
@pytest.mark.parametrize("season", [4, 12, 52])
def test_a_season_of_a_year_has_one_limit(size: int, season: int) -> None:
    baseline = replace(baseline_of(ripple(0.3)), size=np.array([size]))
    share = shares(np.array([[-4.0, 4.0]]), baseline, np.array([season]))
    np.testing.assert_allclose(share, [[-4 / YEARLY_LIMIT, 4 / YEARLY_LIMIT]])
