"""Whether all readings of a segment confirm a shift."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from analytics.drift.baseline import fit
from analytics.drift.confirmation import (
    ALONE_YEARLY,
    OVERWHELMING,
    OVERWHELMING_YEARLY,
    enough_alone,
    overwhelming,
    surely_shifted,
)
from analytics.drift.reference import Recent

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

KPIS, BEFORE, PERIODS = 200, 30, 42


def noise(periods: int = PERIODS) -> Numbers:
    return np.random.default_rng(20200101).normal(size=(KPIS, periods))


def confirmed(values: Numbers, side: int = 1, known: Flags | None = None, season: int = 0) -> Flags:
    """Ask all readings of KPIs whose baselines are their first 30."""
    periods = np.broadcast_to(np.arange(float(values.shape[1])), values.shape)
    everything = np.ones(values.shape, dtype=np.bool_)
    baseline = fit(values[:, :BEFORE], periods[:, :BEFORE], everything[:, :BEFORE])
    distance = values - baseline.expected(baseline.ahead(periods))
    known = everything if known is None else known
    recent = read(values, periods, side, season)
    return surely_shifted(distance, recent, known, baseline, baseline.sigma)


def read(values: Numbers, periods: Numbers, side: int = 1, season: int = 0) -> Recent:
    kpis = len(values)
    return Recent(
        values, periods, np.full(kpis, side), np.full(kpis, season), smallest_change=np.zeros(kpis)
    )


def stepped(size: float, ago: int = 8) -> Numbers:
    return noise() + size * (np.arange(PERIODS) >= PERIODS - ago)


def test_a_step_is_confirmed() -> None:
    assert confirmed(stepped(-3)).mean() > 0.9
    assert confirmed(stepped(3), side=-1).mean() > 0.9


@pytest.mark.parametrize("size", [-3.0, 3.0])
def test_within_a_step_to_either_side_is_confirmed(size: float) -> None:
    assert confirmed(stepped(size), side=0).mean() > 0.9


def test_a_step_to_the_good_side_is_not() -> None:
    assert confirmed(stepped(3)).mean() < 0.02
    assert confirmed(stepped(-3), side=-1).mean() < 0.02


def test_a_ramp_is_confirmed() -> None:
    ramp = np.maximum(np.arange(PERIODS) - BEFORE + 1, 0)
    assert confirmed(noise() - 0.4 * ramp).mean() > 0.85


@pytest.mark.parametrize("slope", [-0.05, -0.1, -0.3])
def test_a_slope_all_along_is_not(slope: float) -> None:
    assert confirmed(noise() + slope * np.arange(PERIODS)).mean() < 0.1


def test_a_season_of_a_year_asks_for_more() -> None:
    smooth, yearly, weekly = (confirmed(stepped(-2), season=season) for season in (0, 12, 7))
    assert smooth.mean() > 2 * yearly.mean()
    assert not (yearly & ~smooth).any()
    np.testing.assert_array_equal(weekly, smooth)


def test_a_season_of_a_year_asks_the_same_whatever_the_size_of_the_baseline() -> None:
    values = stepped(-2.5)
    periods = np.broadcast_to(np.arange(float(PERIODS)), values.shape)
    everything = np.ones(values.shape, dtype=np.bool_)
    baseline = fit(values[:, :BEFORE], periods[:, :BEFORE], everything[:, :BEFORE])
    distance = values - baseline.expected(baseline.ahead(periods))
    sizes = [np.full(KPIS, size) for size in (12, 22, 52)]
    small, middle, large = (
        surely_shifted(
            distance,
            read(values, periods, season=12),
            everything,
            replace(baseline, size=size),
            baseline.sigma,
        )
        for size in sizes
    )
    assert 0.1 < small.mean() < 0.9
    np.testing.assert_array_equal(small, middle)
    np.testing.assert_array_equal(small, large)


def test_a_level_that_wanders_asks_for_more() -> None:
    wandering = noise()
    for period in range(1, PERIODS):
        wandering[:, period] += 0.9 * wandering[:, period - 1]
    spread = wandering.std(axis=1, keepdims=True)
    assert confirmed(wandering / spread).mean() < 0.1


@pytest.mark.parametrize(
    ("season", "enough"), [(0, OVERWHELMING), (7, OVERWHELMING), (12, OVERWHELMING_YEARLY)]
)
def test_what_is_overwhelming_needs_no_confirmation(season: int, enough: float) -> None:
    beyond = np.array([enough - 0.01, enough + 0.01])
    found = overwhelming(beyond, np.full(2, season))
    assert found.tolist() == [False, True]


def test_with_a_season_of_a_year_a_window_alone_must_lie_further_off() -> None:
    beyond = np.array([1.01, ALONE_YEARLY + 0.01])
    assert enough_alone(beyond, np.full(2, 12)).tolist() == [False, True]
    assert enough_alone(beyond, np.zeros(2, dtype=np.int64)).all()


def test_noise_is_not() -> None:
    assert confirmed(noise()).mean() < 0.05


def test_one_wild_reading_is_not() -> None:
    values = noise()
    values[:, -3] = -1e6
    assert confirmed(values).mean() < 0.1


@pytest.mark.parametrize(("by", "plus"), [(4.0, 0.0), (0.25, 64.0)])
def test_unit_and_origin_do_not_matter(by: float, plus: float) -> None:
    values = stepped(-1.5)
    np.testing.assert_array_equal(confirmed(values), confirmed(by * (values + plus)))


def test_readings_of_other_segments_are_not_asked() -> None:
    values, more = stepped(-2), np.full((KPIS, 9), 1e3)
    periods = np.broadcast_to(np.arange(float(PERIODS)), values.shape)
    everything = np.ones(values.shape, dtype=np.bool_)
    baseline = fit(values[:, :BEFORE], periods[:, :BEFORE], everything[:, :BEFORE])
    distance = values - baseline.expected(baseline.ahead(periods))
    asked = np.hstack([np.zeros((KPIS, 9), dtype=np.bool_), everything])
    longer = np.hstack([np.broadcast_to(np.arange(-9.0, 0), more.shape), periods])
    recent = read(np.hstack([more, values]), longer)
    found = surely_shifted(np.hstack([more, distance]), recent, asked, baseline, baseline.sigma)
    np.testing.assert_array_equal(found, confirmed(values))


def test_what_only_wild_months_show_is_not_confirmed() -> None:
    values, scattered = noise(), np.ones((KPIS, PERIODS))
    scattered[:, PERIODS - 8 :: 2] = scattered[:, 2 : PERIODS - 8 : 6] = 6.0
    values[:, PERIODS - 8 :: 2] -= 6
    periods = np.broadcast_to(np.arange(float(PERIODS)), values.shape)
    everything = np.ones(values.shape, dtype=np.bool_)
    baseline = fit(values[:, :BEFORE], periods[:, :BEFORE], everything[:, :BEFORE])
    distance = values - baseline.expected(baseline.ahead(periods))
    recent = read(values, periods)
    of_all = surely_shifted(distance, recent, everything, baseline, baseline.sigma)
    of_their_own = surely_shifted(distance, recent, everything, baseline, baseline.sigma, scattered)
    assert of_all.mean() > 0.5
    assert of_their_own.mean() < 0.1
