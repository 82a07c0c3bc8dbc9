"""Readings far from all others: left out where they are few, kept where they belong to the KPI."""

import numpy as np
import pytest
from numpy.typing import NDArray

from analytics.drift.baseline import fit
from analytics.drift.outages import far_off, far_off_in_phase, quartiles

Numbers = NDArray[np.float64]

RIPPLE = np.tile([9.0, 11.0, 10.0, 10.5, 9.5], 8)


def of(values: Numbers) -> list[int]:
    """Return the places of the readings that are far off in one row."""
    rows = values[None]
    known = np.isfinite(rows)
    return np.flatnonzero(far_off(rows, known, *quartiles(rows, known))[0]).tolist()


def test_quartiles_are_those_of_the_readings_known() -> None:
    values = np.array([[5.0, 1, np.nan, 3, 2, 4, 7, 6], [2.0, 4, 6, 8, np.nan, np.nan, 1e9, 0]])
    known = np.isfinite(values)
    known[1, 6] = False
    centre, middle_half = quartiles(values, known)
    assert centre.tolist() == [4, 4]
    # Of 1..7 from the second to the sixth, of 0, 2, 4, 6, 8 from the second to the fourth.
    assert middle_half.tolist() == [4, 4]


def test_an_outage_of_five_in_forty_is_far_off() -> None:
    values = RIPPLE.copy()
    values[20:25] = 0
    assert of(values) == [20, 21, 22, 23, 24]


def test_what_happens_more_often_than_in_a_fifth_belongs_to_the_kpi() -> None:
    values = RIPPLE.copy()
    values[:8] = 0
    assert of(values) == list(range(8))
    values[8] = 0
    assert of(values) == []


@pytest.mark.parametrize(("away", "found"), [(5.5, []), (6.5, [3])])
def test_far_is_beyond_six_robust_sigmas(away: float, found: list[int]) -> None:
    values = RIPPLE.copy()
    _, middle_half = quartiles(values[None], np.isfinite(values)[None])
    values[3] = 10 + away * middle_half[0] / 1.349
    assert of(values) == found


def test_where_most_are_equal_nothing_is_far_off() -> None:
    assert of(np.append(np.full(30, 5.0), 1e6)) == []


def test_a_baseline_learns_nothing_from_an_outage() -> None:
    values, periods = RIPPLE[None].copy(), np.arange(40.0)[None]
    known = np.isfinite(values)
    known[0, 20:25] = False
    without = fit(values, periods, known)
    values[0, 20:25] = 0
    with_it = fit(values, periods, np.ones_like(known))
    for name in ("level", "slope", "sigma", "level_variance"):
        assert getattr(with_it, name)[0] == pytest.approx(getattr(without, name)[0]), name
    assert with_it.size[0] == 40


def test_far_from_its_phase_is_told_by_the_phases_of_three_readings() -> None:
    random = np.random.default_rng(20200101)
    table = random.normal(size=(1, 4, 12)) + 20 * np.arange(12)
    table[0, 2, 5] -= 30
    table[0, :2, 7] = np.nan
    table[0, 3, 7] -= 30
    expected = np.zeros(table.shape, dtype=np.bool_)
    expected[0, 2, 5] = True
    np.testing.assert_array_equal(far_off_in_phase(table), expected)


def test_two_seasons_tell_of_no_reading_that_it_is_far_off() -> None:
    table = np.random.default_rng(1).normal(size=(3, 2, 12))
    table[:, 1, 4] = 1e6
    assert not far_off_in_phase(table).any()
