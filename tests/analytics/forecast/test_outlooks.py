"""The outlook, chances, arrival and departure."""

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from analytics.forecast.outlooks import (
    arrival,
    chance,
    outlook,
    span80,
)
from analytics.forecast.smoothing import damped_holt, mean_return, random_walk, theta

pytestmark = pytest.mark.filterwarnings("error")
relaxed = settings(deadline=None, database=None, max_examples=50)

Numbers = NDArray[np.float64]
readings = st.one_of(st.floats(-1e6, 1e6).map(lambda value: round(value, 3)), st.just(nan))
series = arrays(np.float64, st.integers(0, 40), elements=readings)
tables = arrays(np.float64, array_shapes(min_dims=2, max_dims=2, max_side=30), elements=readings)


def walks(seed: int, count: int, length: int) -> Numbers:
    random = np.random.default_rng(seed)
    return np.cumsum(random.standard_t(6, size=(count, length)), axis=1)


def levels(seed: int, count: int, length: int) -> Numbers:
    return np.random.default_rng(seed).normal(size=(count, length))


def test_the_mean_is_that_of_three_forecasts() -> None:
    walk, level = walks(1, 1, 60), levels(1, 1, 60)
    for values, third in ((walk, random_walk), (level, mean_return)):
        means = [model(values, 5).mean[0] for model in (theta, damped_holt, third)]
        assert outlook(values[0], 5).mean == pytest.approx(np.mean(means, axis=0))


def test_short_horizons_are_the_beginning_of_long_ones() -> None:
    values = walks(2, 4, 40)
    short, long = outlook(values, 4), outlook(values, 20)
    assert short.mean == pytest.approx(long.mean[:, :4])
    assert short.sd == pytest.approx(long.sd[:, :4])


@pytest.mark.parametrize("make", [walks, levels])
@pytest.mark.parametrize("length", [30, 60])
def test_the_span_holds_four_fifths(make: object, length: int) -> None:
    values = make(3, 400, length + 13)  # type: ignore[operator]
    ahead = outlook(values[:, :length], 13)
    lower, upper = span80(ahead.mean, ahead.sd)
    future = values[:, length:]
    assert np.mean((lower <= future) & (future <= upper)) == pytest.approx(0.8, abs=0.08)


def test_high_chances_come_true() -> None:
    values = np.concatenate([walks(4, 400, 73), levels(4, 400, 73)])
    past, future = values[:, :60], values[:, 72]
    ahead = outlook(past, 13)
    usual = np.sqrt(np.mean((past[:, 13:] - past[:, :-13]) ** 2, axis=1))
    chances, came = [], []
    for share in (-1, -0.5, 0, 0.5, 1):
        target = past[:, -1] + share * usual
        chances.append(chance(ahead.mean[:, -1], ahead.sd[:, -1], target, better="higher"))
        came.append(future >= target)
    sure = np.array(chances) > 0.9
    assert np.array(came)[sure].mean() >= 0.93
    assert np.mean((np.array(chances) - np.array(came)) ** 2) < 0.18


def test_a_trend_goes_on_somewhat_damped() -> None:
    ahead = outlook(np.arange(60.0), 5)
    assert ahead.mean == pytest.approx(np.arange(60.0, 65.0), abs=1.0)
    lower, upper = span80(ahead.mean, ahead.sd)
    assert ((lower < np.arange(60.0, 65.0)) & (np.arange(60.0, 65.0) < upper)).all()


@pytest.mark.parametrize(
    "values", [[], [1.0], [1.0, 2, 3], [nan] * 9, [1, nan, 2, nan, 3], [inf] * 9]
)
def test_fewer_than_four_readings_have_no_outlook(values: list[float]) -> None:
    ahead = outlook(values, 3)
    assert np.isnan(ahead.mean).all()
    assert np.isnan(ahead.sd).all()
    assert ahead.mean.shape == ahead.sd.shape == (3,)


@pytest.mark.parametrize("value", [0.0, 0.1, -1e308, 5e-324])
@pytest.mark.parametrize("length", [4, 5, 60])
def test_a_constant_goes_on_without_spread(value: float, length: int) -> None:
    ahead = outlook([value] * length, 3)
    assert (ahead.mean == value).all()
    assert (ahead.sd == 0).all()


def test_a_gap_is_not_filled() -> None:
    values = walks(5, 1, 40)[0]
    gap = values.copy()
    gap[[0, 7, 8, 21]] = nan
    ahead = outlook(gap, 4)
    assert np.isfinite(ahead.mean).all()
    assert ahead.mean == pytest.approx(outlook(values, 4).mean, abs=2.0)


def test_what_is_missing_at_first_does_not_matter() -> None:
    values = walks(7, 1, 30)[0]
    late, expected = outlook(np.append([nan] * 9, values), 6), outlook(values, 6)
    assert late.mean == pytest.approx(expected.mean)
    assert late.sd == pytest.approx(expected.sd)


def test_a_missing_last_period_adds_to_the_horizon() -> None:
    values = walks(6, 1, 40)[0]
    late = outlook(np.append(values, [nan, nan]), 2)
    known = outlook(values, 4)
    assert late.mean == pytest.approx(known.mean[2:], rel=0.2)
    assert (late.sd > known.sd[0]).all()


def test_no_horizon_is_empty_and_a_negative_one_is_refused() -> None:
    assert outlook([1.0, 2, 3, 4, 5], 0).mean.shape == (0,)
    assert outlook(np.ones((3, 6)), 0).sd.shape == (3, 0)
    with pytest.raises(ValueError, match="horizon is -1"):
        outlook([1.0, 2, 3, 4, 5], -1)


@pytest.mark.parametrize("shape", [(0, 5), (2, 0), (0, 0)])
def test_no_kpis_or_periods_have_the_shape_asked_for(shape: tuple[int, int]) -> None:
    assert outlook(np.zeros(shape), 3).mean.shape == (shape[0], 3)


@relaxed
@given(tables, st.integers(0, 15))
def test_many_kpis_are_each_on_its_own(values: Numbers, horizon: int) -> None:
    together = outlook(values, horizon)
    for number, row in enumerate(values):
        alone = outlook(row, horizon)
        assert together.mean[number] == pytest.approx(alone.mean, nan_ok=True)
        assert together.sd[number] == pytest.approx(alone.sd, nan_ok=True)


@relaxed
@given(st.integers(0, 999), st.sampled_from([-4e5, 0.5, 3e6]), st.sampled_from([-3.0, 1e-5, 7e4]))
def test_shift_and_scale_carry_over(seed: int, shift: float, scale: float) -> None:
    values = walks(seed, 1, 30)[0]
    plain, moved = outlook(values, 6), outlook(shift + scale * values, 6)
    close = {"rel": 1e-4, "abs": abs(scale) * 1e-4 + abs(shift) * 1e-9}
    assert moved.mean == pytest.approx(shift + scale * plain.mean, **close)
    assert moved.sd == pytest.approx(abs(scale) * plain.sd, **close)


@relaxed
@given(series, st.integers(1, 30))
def test_spread_is_never_negative(values: Numbers, horizon: int) -> None:
    ahead = outlook(values, horizon)
    known = (~np.isnan(values)).sum()
    assert np.isnan(ahead.mean).all() if known < 4 else (ahead.sd >= 0).all()


@pytest.mark.parametrize(
    ("z", "published"), [(0.0, 0.5), (1.0, 0.84134475), (1.96, 0.97500210), (-2.5, 0.00620967)]
)
def test_a_chance_is_that_of_the_normal_distribution(z: float, published: float) -> None:
    # Abramowitz & Stegun, Handbook of Mathematical Functions, table 26.1.
    assert chance(z, 1.0, 0.0, better="higher") == pytest.approx(published, abs=1e-8)
    assert chance(10.0, 4.0, 10.0 + 4 * z, better="lower") == pytest.approx(published, abs=1e-8)


def test_a_chance_within_is_what_lies_between() -> None:
    assert chance(0.0, 1.0, (-1.0, 1.0), better="within") == pytest.approx(0.68268949)
    assert chance(0.0, 1.0, (-1.0, nan), better="within") == pytest.approx(0.84134475)
    assert chance(0.0, 1.0, (nan, nan), better="within") == 1.0


def test_without_spread_a_target_is_reached_or_not() -> None:
    assert chance(5.0, 0.0, 5.0, better="higher") == 1.0
    assert chance(5.0, 0.0, 5.0, better="lower") == 1.0
    assert chance(5.0, 0.0, (5.0, 5.0), better="within") == 1.0
    assert chance(5.0, 0.0, 5.1, better="higher") == 0.0


@pytest.mark.parametrize("arguments", [(nan, 1.0, 0.0), (0.0, nan, 0.0), (0.0, 1.0, nan)])
def test_what_is_not_known_has_no_chance(arguments: tuple[float, ...]) -> None:
    assert np.isnan(chance(*arguments, better="higher"))
    assert np.isnan(chance(*arguments, better="lower"))


def test_a_chance_ends_with_what_is_possible() -> None:
    ends = {"lowest": 0.0, "highest": 100.0}
    # What would lie beyond an end lies at it: a target there is as likely as without it.
    assert chance(99.0, 1.0, 100.0, better="higher", **ends) == pytest.approx(0.15865525)
    assert chance(99.0, 1.0, 100.5, better="higher", **ends) == 0.0
    assert chance(1.0, 1.0, 0.0, better="lower", **ends) == pytest.approx(0.15865525)
    assert chance(1.0, 1.0, -0.5, better="lower", **ends) == 0.0
    assert chance(-3.0, 1.0, 0.0, better="higher", **ends) == 1.0
    assert chance(103.0, 1.0, 100.0, better="lower", **ends) == 1.0
    assert chance(99.0, 1.0, (98.0, 100.0), better="within", **ends) == pytest.approx(0.84134475)
    assert chance(99.0, 1.0, (101.0, 110.0), better="within", **ends) == 0.0
    assert chance(99.0, 1.0, (nan, 110.0), better="within", **ends) == 1.0


def test_chances_of_many_are_taken_one_by_one() -> None:
    found = chance([0.0, 1.0], [1.0, 1.0], [[0.0], [1.0]], better="higher")
    assert found == pytest.approx(np.array([[0.5, 0.84134475], [0.15865525, 0.5]]))


def test_an_unknown_better_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown better 'up'"):
        chance(0.0, 1.0, 0.0, better="up")


def test_arrival_is_the_first_step_with_an_even_chance() -> None:
    mean, sd = np.array([1.0, 2.0, 3.0, 4.0]), np.ones(4)
    assert arrival(mean, sd, 3.0, better="higher") == 3
    assert arrival(mean, sd, 0.5, better="higher") == 1
    assert arrival(mean, sd, 4.5, better="higher") is None
    assert arrival(-mean, sd, -2.5, better="lower") == 3
    assert arrival(mean, sd, (2.0, 9.0), better="within") == 3


def test_arrivals_of_many_are_numbers_or_nan() -> None:
    mean = np.array([[1.0, 2, 3], [1, 1, 1]])
    found = arrival(mean, np.ones((2, 3)), np.array([[2.0], [9.0]]), better="higher")
    np.testing.assert_array_equal(found, [2, nan])


def test_what_is_not_known_does_not_arrive() -> None:
    assert arrival(np.full(3, nan), np.full(3, nan), 1.0, better="lower") is None


def test_four_fifths_lie_in_the_span() -> None:
    lower, upper = span80([50.0, 99.0], [10.0, 10.0], lowest=0.0, highest=100.0)
    assert lower == pytest.approx([37.184484, 86.184484])
    assert upper == pytest.approx([62.815516, 100.0])
