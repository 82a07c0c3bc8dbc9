"""The mixture of regressions, against matrices written out and densities summed over grids."""

from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from analytics.drift.mixture import (
    BY_CORRELATION,
    FRESH,
    ONE,
    PERSISTENCE,
    PERSISTENCE_ODDS,
    SHIFT,
    TIME,
    TREND_ODDS,
    TREND_SIZES,
    VALUE,
    Forms,
    Weighed,
    freed,
    over_all,
    quadratic_forms,
    weigh,
)

Numbers = NDArray[np.float64]

TIMES = np.array([-15.0, -14, -13, -11, -10, -9, -8, -7, -6, -4, -3, -2, -1, 0])
VALUES = np.random.default_rng(20200101).normal(size=14) - 0.1 * TIMES
KNOWN = np.ones(14, dtype=np.bool_)
KNOWN[8] = False
SHAPE = (np.arange(14) >= 9).astype(np.float64)


def forms_of(*more: Numbers) -> tuple[Forms, int, int]:
    """Return the forms of the readings known, how many they are and how many begin anew."""
    weight = KNOWN.astype(np.float64)[None]
    follows = (KNOWN[1:] & KNOWN[:-1] & (np.diff(TIMES) == 1)).astype(np.float64)[None]
    columns = [weight, *(np.where(KNOWN, column, 0.0)[None] for column in (TIMES, VALUES, *more))]
    size = int(KNOWN.sum())
    return quadratic_forms(columns, weight, follows), size, size - int(follows.sum())


def weighed() -> Weighed:
    forms, size, starts = forms_of()
    return weigh(forms, np.array([size]), np.array([starts]))


def covariance(correlation: float, times: Numbers) -> Numbers:
    """Return that of readings with a variance of 1, none across a gap."""
    begins = np.append(True, np.diff(times) > 1).cumsum()
    near = correlation ** np.abs(times[:, None] - times)
    return np.where(begins[:, None] == begins, near, 0.0)


def parts() -> list[tuple[int, int, float, float]]:
    """Return all trends and correlations, with their sizes."""
    return [
        (trend, at, TREND_SIZES[trend], PERSISTENCE[at])
        for trend, at in product(range(len(TREND_SIZES)), range(len(PERSISTENCE)))
    ]


# The readings known with a gap where one is not: places and numbers.
PLACES, READ = TIMES[KNOWN], VALUES[KNOWN]
DESIGN = np.column_stack([np.ones(len(READ)), PLACES])


def test_forms_are_those_of_the_inverse_of_the_covariance() -> None:
    forms, _, _ = forms_of(SHAPE)
    columns = [DESIGN[:, 0], PLACES, READ, SHAPE[KNOWN]]
    for at, correlation in enumerate(PERSISTENCE):
        inverse = np.linalg.inv(covariance(correlation, PLACES)) * FRESH[at]
        for (i, j), form in forms.items():
            # Freed of the reading before, readings that begin anew are as sure as 1 - c² is.
            assert form[at, 0, 0] == pytest.approx(columns[i] @ inverse @ columns[j]), (i, j)


def test_level_and_slope_are_those_of_generalised_least_squares() -> None:
    found = weighed()
    for trend, at, size, correlation in parts():
        inverse = np.linalg.inv(covariance(correlation, PLACES))
        precision = DESIGN.T @ inverse @ DESIGN + np.diag([0, 1 / size**2])
        level, slope = np.linalg.solve(precision, DESIGN.T @ inverse @ READ)
        assert found.level[trend, at, 0, 0] == pytest.approx(level, rel=1e-6)
        assert found.slope[trend, at, 0, 0] == pytest.approx(slope, rel=1e-5, abs=1e-9)
        wanted = np.linalg.inv(precision) / FRESH[at]
        determinant = found.determinant[trend, at, 0, 0]
        assert found.squares[trend, at, 0, 0] / determinant == pytest.approx(wanted[0, 0], rel=1e-6)


def test_weights_are_those_of_the_readings_densities_summed_over_all_unknowns() -> None:
    found = weighed().weight[:, :, 0, 0]
    # Level and logarithm of the variance on grids; the slope is in the covariance.
    levels, log_variances = np.linspace(-12, 14, 1041), np.linspace(-8, 9, 401)
    variances = np.exp(log_variances)
    evidence = np.zeros(found.shape)
    for trend, at, size, correlation in parts():
        spread = covariance(correlation, PLACES) + size**2 * np.outer(PLACES, PLACES)
        inverse, (_, log_determinant) = np.linalg.inv(spread), np.linalg.slogdet(spread)
        left = READ - levels[:, None]
        squares = np.einsum("li,ij,lj->l", left, inverse, left)
        likely = -np.log(variances) * len(READ) / 2 - squares[:, None] / variances / 2
        likely -= log_determinant / 2
        odds = TREND_ODDS[trend] * PERSISTENCE_ODDS[at]
        evidence[trend, at] = odds * np.exp(likely).sum()
    np.testing.assert_allclose(found, evidence / evidence.sum(), atol=2e-3)


def test_weights_sum_to_one() -> None:
    assert over_all(weighed().weight) == pytest.approx([1])


@pytest.mark.parametrize("size", [0.7, 4.0])
def test_a_column_taken_out_is_one_in_the_covariance(size: float) -> None:
    forms, _, _ = forms_of(SHAPE)
    precision = BY_CORRELATION / size**2
    products = [forms[at, SHIFT] for at in (ONE, TIME, VALUE)]
    without = freed(forms, products, forms[SHIFT, SHIFT], precision)
    columns, shape = [DESIGN[:, 0], PLACES, READ], SHAPE[KNOWN]
    for at, correlation in enumerate(PERSISTENCE):
        whole = covariance(correlation, PLACES) + size**2 * np.outer(shape, shape)
        inverse = np.linalg.inv(whole) * FRESH[at]
        assert set(without) == {(i, j) for i in range(3) for j in range(i, 3)}
        for (i, j), form in without.items():
            assert form[at, 0, 0] == pytest.approx(columns[i] @ inverse @ columns[j]), (i, j)


def test_what_a_shift_adds_to_the_weight_is_its_share_of_the_determinant() -> None:
    forms, size, starts = forms_of(SHAPE)
    precision = BY_CORRELATION / 4.0**2
    own = forms[SHIFT, SHIFT]
    for at, correlation in enumerate(PERSISTENCE):
        spread = covariance(correlation, PLACES)
        with_shift = spread + 16 * np.outer(SHAPE[KNOWN], SHAPE[KNOWN])
        added = np.linalg.slogdet(with_shift)[1] - np.linalg.slogdet(spread)[1]
        factor = np.log(precision / (own + precision)) / 2
        assert factor[at, 0, 0] == pytest.approx(-added / 2)
        # The readings' own determinant is that of those which follow one.
        assert np.linalg.slogdet(spread)[1] == pytest.approx((size - starts) * np.log(FRESH[at]))


def test_no_kpi_depends_on_how_many_others_there_are() -> None:
    numbers = np.random.default_rng(1).normal(size=(3, 7, 5, 9))
    alone = np.concatenate([over_all(numbers[..., [row] * 2])[:1] for row in range(9)])
    np.testing.assert_array_equal(over_all(numbers), alone)
