"""The slope of the last readings, and how surely there is one."""

import numpy as np
from numpy.typing import NDArray

from analytics.drift.slope import TREND, slopes

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]

KPIS = 40
PERIODS = np.broadcast_to(np.arange(100.0, 100 + TREND), (KPIS, TREND))
NONE, AS_IT_IS = np.zeros(KPIS), np.ones(KPIS)


def noise() -> Numbers:
    return np.random.default_rng(20200101).normal(size=(KPIS, TREND))


def counts(readings: int = TREND) -> Counts:
    return np.full(KPIS, readings)


def test_the_slope_and_its_error_are_those_of_least_squares() -> None:
    values = noise() + 0.1 * PERIODS
    slope, slope_z = slopes(values, PERIODS, counts(), NONE, AS_IT_IS)
    for row, one, surely in zip(values, slope, slope_z, strict=True):
        coefficients, covariance = np.polyfit(PERIODS[0], row, 1, cov=True)
        np.testing.assert_allclose(one, coefficients[0])
        np.testing.assert_allclose(surely, coefficients[0] / np.sqrt(covariance[0, 0]))


def test_a_kpi_with_gaps_beside_it_changes_no_bit() -> None:
    values, periods = noise(), PERIODS.copy()
    count = np.arange(KPIS) + TREND - KPIS + 1
    alone = slopes(values, periods, count, NONE, AS_IT_IS)
    periods[0, :-5] -= 3
    for one, other in zip(slopes(values, periods, count, NONE, AS_IT_IS), alone, strict=True):
        assert one[0] != other[0]
        np.testing.assert_array_equal(one[1:], other[1:])


def test_readings_of_other_segments_are_left_out() -> None:
    values = noise()
    values[:, :30] += 1e3
    short = slopes(values, PERIODS, counts(TREND - 30), NONE, AS_IT_IS)
    values[:, :30] -= 2e3
    np.testing.assert_array_equal(
        short, slopes(values, PERIODS, counts(TREND - 30), NONE, AS_IT_IS)
    )


def test_readings_that_follow_each_other_or_are_rounded_make_it_less_sure() -> None:
    values = noise() - 0.1 * PERIODS
    slope, slope_z = slopes(values, PERIODS, counts(), NONE, AS_IT_IS)
    same, wider = slopes(values, PERIODS, counts(), NONE, 4 * AS_IT_IS)
    _, rounded = slopes(values, PERIODS, counts(), 0.1 * AS_IT_IS, AS_IT_IS)
    np.testing.assert_array_equal(slope, same)
    np.testing.assert_allclose(wider, slope_z / 2)
    assert (np.abs(rounded) < np.abs(slope_z)).all()


def test_nothing_to_tell_by_is_no_slope() -> None:
    flat = np.zeros((KPIS, TREND))
    with np.errstate(all="ignore"):
        assert not slopes(flat, PERIODS, counts(), NONE, AS_IT_IS)[1].any()
        assert not slopes(noise(), PERIODS, counts(2), NONE, AS_IT_IS)[1].any()
