"""Natural process limits, autocorrelation and the test for a season."""

from math import isnan, nan, pi, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from analytics.variation import D2, D4, Limits, autocorrelation, natural_limits, seasonal

pytestmark = pytest.mark.filterwarnings("error")
relaxed = settings(deadline=None, database=None)

Numbers = NDArray[np.float64]
readings = st.one_of(st.floats(-1e6, 1e6).map(lambda value: round(value, 3)), st.just(nan))
series = arrays(np.float64, st.integers(0, 40), elements=readings)
tables = arrays(np.float64, array_shapes(min_dims=2, max_dims=2, max_side=40), elements=readings)

FIELDS = ("centre", "sigma", "lower", "upper", "upper_range")

# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2 Individuals Control Charts.
FLOW_RATES = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]

# Box & Jenkins, Time Series Analysis, series G: monthly airline passengers 1949-1960.
AIR_PASSENGERS = [
    *(112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118),
    *(115, 126, 141, 135, 125, 149, 170, 170, 158, 133, 114, 140),
    *(145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166),
    *(171, 180, 193, 181, 183, 218, 230, 242, 209, 191, 172, 194),
    *(196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201),
    *(204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229),
    *(242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278),
    *(284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306),
    *(315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336),
    *(340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337),
    *(360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405),
    *(417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432),
]


def _fields(limits: Limits) -> list[float | Numbers]:
    return [getattr(limits, name) for name in FIELDS]


def test_the_constants_are_those_of_the_range_of_two_normal_readings() -> None:
    d3 = 0.853
    assert pytest.approx(2 / sqrt(pi), abs=5e-4) == D2
    assert pytest.approx(1 + 3 * d3 / D2, abs=2e-3) == D4
    assert round(3 / D2, 2) == 2.66


def test_limits_are_those_of_the_handbook() -> None:
    limits = natural_limits(FLOW_RATES)
    assert limits.centre == pytest.approx(50.81)
    assert limits.sigma * D2 == pytest.approx(1.8778, abs=5e-5)
    assert limits.upper == pytest.approx(55.8041, abs=5e-5)
    assert limits.lower == pytest.approx(45.8159, abs=5e-5)
    assert limits.upper_range == pytest.approx(6.1347, abs=5e-5)


def test_a_jump_is_screened_from_the_moving_ranges() -> None:
    # Ranges 2 2 2 2 2 18 2 2 2: their mean is 34/9, its limit 12.34, and 18 is above it.
    shifted = [10, 12, 10, 12, 10, 12, 30, 32, 30, 32]
    assert natural_limits(shifted).sigma == pytest.approx(2 / 1.128)
    assert natural_limits(shifted).upper_range == pytest.approx(3.267 * 2)
    assert natural_limits(shifted, screen=False).sigma == pytest.approx(34 / 9 / 1.128)
    assert natural_limits(shifted, screen=False).centre == pytest.approx(19.0)


def test_the_centre_of_jumping_readings_lies_where_most_of_them_are() -> None:
    # Nothing is near 19, the mean of 10 12 10 12 10 12 30 32 30 32.
    assert natural_limits([10, 12, 10, 12, 10, 12, 30, 32, 30, 32]).centre == pytest.approx(11.0)
    assert natural_limits([10, 12, 10, 12, 30, 32, 30, 32]).centre == pytest.approx(11.0)


@pytest.mark.parametrize("at", [0, 1, 26, 50, 51])
@pytest.mark.parametrize("wild", [1e6, -1e6])
def test_one_wild_reading_moves_no_limits(at: int, wild: float) -> None:
    values = np.random.default_rng(3).normal(100, 5, 52)
    without, values[at] = natural_limits(np.delete(values, at), screen=False), wild
    limits = natural_limits(values)
    assert limits.centre == pytest.approx(without.centre, abs=0.5)
    assert limits.sigma == pytest.approx(without.sigma, rel=0.1)
    assert ((values > limits.lower) & (values < limits.upper)).sum() >= 50


def test_the_centre_is_the_mean_of_all_where_no_range_is_dropped() -> None:
    table = np.array([FLOW_RATES, [*FLOW_RATES[:-1], 1e6]])
    assert natural_limits(table).centre[0] == natural_limits(FLOW_RATES, screen=False).centre
    assert 49 < natural_limits(table).centre[1] < 52


@pytest.mark.parametrize("values", [[1] * 40 + [0] + [1] * 11, [0] * 9 + [3], [0, 0, 0, 0, 7] * 5])
def test_mostly_equal_readings_have_limits_of_some_width(values: list[float]) -> None:
    limits = natural_limits(values)
    assert limits == natural_limits(values, screen=False)
    assert limits.lower < np.mean(values) < limits.upper


def test_moving_ranges_are_screened_only_once() -> None:
    # The mean of the ranges is 65/22, which drops the 40; a second pass would drop the 5.
    values = np.cumsum([0] + [1] * 20 + [5, 40])
    assert natural_limits(values).sigma == pytest.approx(25 / 21 / 1.128)


@pytest.mark.parametrize(("largest", "kept"), [(4.3, True), (4.4, False)])
def test_a_moving_range_is_dropped_from_3_267_means_on(largest: float, kept: bool) -> None:
    # Beside nine ranges of 1 these are 3.23 and 3.28 times the mean range.
    values = np.cumsum([0] + [1] * 9 + [largest])
    mean_range = (9 + largest) / 10 if kept else 1.0
    assert natural_limits(values).sigma == pytest.approx(mean_range / 1.128)


def test_no_moving_range_spans_a_gap() -> None:
    limits = natural_limits([1, 2, nan, 102, 103])
    assert limits.sigma == pytest.approx(1 / 1.128)
    assert limits.centre == pytest.approx(52.0)


@pytest.mark.parametrize(
    ("values", "centre"), [([], nan), ([nan, nan], nan), ([7.0], 7.0), ([1.0, nan, 3.0], 2.0)]
)
def test_without_adjacent_readings_there_are_no_limits(values: list[float], centre: float) -> None:
    limits = natural_limits(values)
    assert limits.centre == pytest.approx(centre, nan_ok=True)
    assert all(isnan(value) for value in _fields(limits)[1:])


def test_constant_readings_have_a_sigma_of_nought_and_limits_on_the_reading() -> None:
    assert _fields(natural_limits([0.1] * 13)) == [0.1, 0.0, 0.1, 0.1, 0.0]


def test_one_kpi_has_plain_floats_and_many_have_arrays() -> None:
    assert all(type(value) is float for value in _fields(natural_limits([1.0, 2.0])))
    assert all(np.shape(value) == (3,) for value in _fields(natural_limits(np.ones((3, 5)))))


def test_infinite_readings_are_missing_ones() -> None:
    with_gap = _fields(natural_limits([1, 2, nan, 3, 5]))
    assert _fields(natural_limits([1, 2, np.inf, 3, 5])) == with_gap


def test_readings_at_the_end_of_the_number_range_do_not_warn() -> None:
    limits = natural_limits([1e308, -1e308, 1e308])
    assert limits.sigma == np.inf
    assert autocorrelation([1e308, -1e308, 1e308], 1) == autocorrelation([1, -1, 1], 1)


@relaxed
@given(tables, st.booleans())
def test_many_kpis_are_answered_as_one_by_one(values: Numbers, screen: bool) -> None:
    together = _fields(natural_limits(values, screen=screen))
    singly = [_fields(natural_limits(row, screen=screen)) for row in values]
    np.testing.assert_allclose(np.transpose(together), singly, rtol=1e-9, atol=1e-6)
    expected = [autocorrelation(row, 2) for row in values]
    np.testing.assert_allclose(autocorrelation(values, 2), expected, atol=1e-9)
    np.testing.assert_array_equal(seasonal(values, 4), [seasonal(row, 4) for row in values])


@relaxed
@given(series, st.integers(-1000, 1000))
def test_shifting_the_readings_shifts_the_limits_and_nothing_else(
    values: Numbers, shift: int
) -> None:
    before, after = (natural_limits(v, screen=False) for v in (values, values + shift))
    moved = [before.centre + shift, before.sigma, before.lower + shift, before.upper + shift]
    np.testing.assert_allclose(_fields(after)[:4], moved, rtol=1e-9, atol=1e-5)


@relaxed
@given(series)
def test_limits_enclose_the_centre_and_screening_never_widens_them(values: Numbers) -> None:
    limits, wide = natural_limits(values), natural_limits(values, screen=False)
    if not isnan(limits.sigma):
        assert limits.lower <= limits.centre <= limits.upper
        assert limits.sigma <= wide.sigma * (1 + 1e-12)
        assert np.nanmin(values) <= limits.centre <= np.nanmax(values)


def test_autocorrelations_of_the_airline_passengers_are_those_of_r_and_statsmodels() -> None:
    published = {1: 0.94804734, 2: 0.87557484, 3: 0.80668116, 7: 0.66290439, 12: 0.76039504}
    for lag, value in published.items():
        assert autocorrelation(AIR_PASSENGERS, lag) == pytest.approx(value, abs=1e-8)


def test_pairs_with_a_gap_are_left_out() -> None:
    # Deviations from the mean of 2 are -1, 1, gap, -1, 1: two pairs of -1 make a covariance
    # of -2 / (2 pairs + lag 1), and the variance is 4 / 4.
    assert autocorrelation([1, 3, nan, 1, 3], 1) == pytest.approx(-2 / 3)


@pytest.mark.parametrize(
    ("values", "lag"),
    [([], 1), ([nan, nan], 1), ([4.0], 1), ([1, 2], 2), ([1, 2], 9), ([0.1] * 9, 1), ([], 0)],
)
def test_constant_or_short_series_have_no_autocorrelation(values: list[float], lag: int) -> None:
    assert autocorrelation(values, lag) == 0.0


def test_a_negative_lag_is_refused() -> None:
    with pytest.raises(ValueError, match="lag is -1"):
        autocorrelation([1, 2, 3], -1)


@relaxed
@given(series, st.integers(0, 45))
def test_autocorrelation_is_a_correlation(values: Numbers, lag: int) -> None:
    assert -1.0 <= autocorrelation(values, lag) <= 1.0
    known = values[~np.isnan(values)]
    varied = known.size > 0 and np.ptp(known) > 0
    assert autocorrelation(values, 0) == pytest.approx(float(varied))


def test_the_airline_passengers_have_a_season_of_a_year_and_none_of_seven_months() -> None:
    growth = np.diff(np.log(AIR_PASSENGERS))
    assert seasonal(AIR_PASSENGERS, 12) is True
    assert seasonal(growth, 12) is True
    assert seasonal(growth, 7) is False


def test_the_threshold_is_that_of_the_competition() -> None:
    # Of n alternating ones the autocorrelation at lag k is (-1)^k · (n - k) / n.
    values = np.tile([1.0, -1.0], 6)
    at_one, at_two = -11 / 12, 10 / 12
    assert autocorrelation(values, 1) == pytest.approx(at_one)
    assert autocorrelation(values, 2) == pytest.approx(at_two)
    assert at_two > 1.645 * sqrt((1 + 2 * at_one**2) / 12)
    assert seasonal(values, 2) is True
    assert 8 / 10 < 1.645 * sqrt((1 + 2 * (9 / 10) ** 2) / 10) < 0.85
    assert seasonal(values[:10], 2) is False


@pytest.mark.parametrize("period", [-1, 0, 1])
def test_a_period_of_one_or_less_is_no_season(period: int) -> None:
    assert seasonal(np.cumsum(np.ones(40)), period) is False


def test_fewer_than_three_seasons_of_readings_are_too_few() -> None:
    pattern = np.tile([0, 0, 0, 1, 0, 0, 9, 0, 0, 3, 0, 0], 3).astype(float)
    assert seasonal(pattern, 12) is True
    assert seasonal(pattern[:-1], 12) is False
    pattern[5] = nan
    assert seasonal(pattern, 12) is False


def test_one_random_series_in_ten_passes_for_seasonal() -> None:
    noise = np.random.default_rng(20200101).normal(size=(4000, 300))
    share = np.mean(seasonal(noise, 4))
    # Three standard errors of a share of 0.1 among 4000.
    assert share == pytest.approx(0.1, abs=3 * sqrt(0.1 * 0.9 / 4000))


@pytest.mark.parametrize("values", [[], [nan] * 40, [5.0] * 40])
def test_nothing_and_constants_have_no_season(values: list[float]) -> None:
    assert seasonal(values, 12) is False
