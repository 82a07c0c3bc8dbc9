"""The ends of a gauge and its needle."""

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.scale import gauge_scale, needle
from analytics.variation import natural_limits

pytestmark = pytest.mark.filterwarnings("error")
relaxed = settings(deadline=None, database=None)

amounts = st.floats(-1e6, 1e6).map(lambda value: round(value, 2))
anything = st.one_of(st.floats(), st.just(nan))
some_readings = st.lists(st.one_of(amounts, st.just(nan)), max_size=12)


def _scale(
    low: float, high: float, values: list[float], *, percent: bool = False
) -> tuple[float, float]:
    lower, upper = gauge_scale(
        np.array([low]), np.array([high]), np.array([values], dtype=float), np.array([percent])
    )
    return float(lower[0]), float(upper[0])


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (50, 70, (30, 90)),
        (10, 18, (2, 26)),
        (25, 50, (0, 75)),
        (0.7, 0.9, (0.5, 1.1)),
        (0.1, 0.2, (0, 0.3)),
        (1200, 1500, (900, 1800)),
        (-3, -1, (-5, 1)),
        (10.13, 18.4, (0, 30)),
    ],
)
def test_two_bounds_span_the_range_and_one_width_to_either_side(
    low: float, high: float, expected: tuple[float, float]
) -> None:
    assert _scale(low, high, [nan]) == expected


def test_an_end_at_nought_has_no_minus_sign() -> None:
    assert [str(end) for end in _scale(-2, -1, [nan])] == ["-3.0", "0.0"]


def test_readings_do_not_move_the_scale_of_two_bounds() -> None:
    assert _scale(50, 70, [10, 400, 20]) == (30, 90)


def test_one_bound_spans_the_readings_and_two_sigmas_to_either_side() -> None:
    # Moving ranges of 2 make a sigma of 1.77, and 8 - 3.55 to 12 + 3.55 is 4.45 to 15.55.
    assert _scale(nan, 11, [8, 10, 12, 10, 8]) == (4, 16)


def test_one_bound_far_off_is_inside_the_scale() -> None:
    # Two sigmas (2.36) below the readings to the bound is 7.64 to 40, and a sixth of that
    # beyond readings and bound is 4.61 to 45.39.
    assert _scale(40, nan, [10, 11, 10, 12]) == (0, 50)


@pytest.mark.parametrize(
    ("low", "high", "values", "expected"),
    [
        (95, 100, [nan], (90, 100)),
        (99.5, 100, [nan], (99, 100)),
        (99.9, nan, [99.7, 99.9, 99.8, 99.9, 99.8], (99.4, 100)),
        (10, 60, [30], (0, 100)),
        (120, 140, [130], (0, 100)),
    ],
)
def test_percentages_stay_in_nought_to_a_hundred(
    low: float, high: float, values: list[float], expected: tuple[float, float]
) -> None:
    assert _scale(low, high, values, percent=True) == expected


def test_what_is_never_negative_gets_no_negative_end() -> None:
    assert _scale(25, 75, [30]) == (0, 125)
    assert _scale(25, 75, [-30]) == (-25, 125)
    assert _scale(nan, 5, [0, 1, 0, 4, 0])[0] == 0


@pytest.mark.parametrize(
    ("low", "high", "values", "percent", "expected"),
    [
        (nan, nan, [], False, (0, 1)),
        (nan, nan, [nan], True, (0, 100)),
        (5, 5, [5, 5], False, (2.5, 7.5)),
        (nan, 0, [0, 0, 0], False, (0, 1)),
        (nan, nan, [0], False, (0, 1)),
        (-4, nan, [], False, (-6, -2)),
        (nan, nan, [1e308, -1e308], False, (0, 1)),
        (nan, inf, [-inf, nan], False, (0, 1)),
    ],
)
def test_next_to_nothing_still_makes_a_scale(
    low: float,
    high: float,
    values: list[float],
    percent: bool,
    expected: tuple[float, float],
) -> None:
    assert _scale(low, high, values, percent=percent) == expected


@relaxed
@given(anything, anything, st.lists(anything, max_size=6), st.booleans())
def test_a_scale_is_never_empty(
    low: float, high: float, values: list[float], percent: bool
) -> None:
    lower, upper = _scale(low, high, values, percent=percent)
    assert -inf < lower < upper < inf
    if percent:
        assert lower >= 0
        assert upper <= 100


@relaxed
@given(amounts, some_readings, st.booleans())
def test_a_single_bound_keeps_a_tenth_of_the_scale_to_either_end(
    bound: float, values: list[float], is_low: bool
) -> None:
    low, high = (bound, nan) if is_low else (nan, bound)
    lower, upper = _scale(low, high, values)
    room = 0.1 * (upper - lower) * (1 - 1e-6)
    assert upper - bound >= room
    # A scale that begins at nought may have cut the room below the bound.
    assert bound - lower >= room or lower == 0


@relaxed
@given(amounts, st.lists(amounts, min_size=2, max_size=12))
def test_a_single_bound_shows_its_readings_and_two_sigmas(
    bound: float, values: list[float]
) -> None:
    lower, upper = _scale(nan, bound, values)
    sigma, slack = natural_limits(values).sigma, 1e-6 * (upper - lower)
    assert upper >= max(values) + 2 * sigma - slack
    assert lower <= min(values) - 2 * sigma + slack or lower == 0


@relaxed
@given(amounts, st.floats(0.01, 1e4))
def test_ends_are_round_and_reach_little_beyond_the_span(low: float, width: float) -> None:
    ends = np.array(_scale(low, low + width, [-1.0]))
    span = 3 * width
    assert low - width - 0.25 * span <= ends[0] <= low - width + 1e-6 * span
    assert low + 2 * width - 1e-6 * span <= ends[1] <= low + 2 * width + 0.25 * span
    power = np.floor(np.log10(span / 16)) + np.arange(3)
    steps = np.multiply.outer(10.0**power, [1, 2, 2.5, 5]).ravel()
    steps = steps[(steps >= span / 16 * (1 - 1e-6)) & (steps <= span)]
    multiples = ends / steps[:, None]
    assert np.isclose(multiples, np.rint(multiples), atol=1e-6).all(axis=1).any()


def test_many_kpis_are_scaled_as_one_by_one() -> None:
    random = np.random.default_rng(7)
    values = random.normal(50, 10, (20, 12))
    values[random.random(values.shape) < 0.2] = nan
    low = np.where(random.random(20) < 0.5, 30.0, nan)
    high = np.where(random.random(20) < 0.5, 63.7, nan)
    percent = random.random(20) < 0.5
    lower, upper = gauge_scale(low, high, values, percent)
    rows = zip(low, high, values.tolist(), percent, strict=True)
    singly = [_scale(*row[:3], percent=row[3]) for row in rows]
    assert list(zip(lower.tolist(), upper.tolist(), strict=True)) == singly


@pytest.mark.parametrize(
    ("value", "share", "off"),
    [
        (30, 0.0, 0),
        (45, 0.25, 0),
        (90, 1.0, 0),
        (29, 0.0, -1),
        (400, 1.0, 1),
        (inf, 1.0, 1),
        (nan, nan, 0),
    ],
)
def test_a_needle_shows_its_share_of_the_scale_and_rests_at_the_end_when_off_it(
    value: float, share: float, off: int
) -> None:
    shares, offs = needle(np.array([value]), np.array([30.0]), np.array([90.0]))
    assert shares[0] == pytest.approx(share, nan_ok=True)
    assert offs[0] == off


@pytest.mark.parametrize(("lower", "upper"), [(5, 5), (6, 5), (nan, 5)])
def test_an_empty_scale_has_no_needle(lower: float, upper: float) -> None:
    shares, offs = needle(np.array([5.0]), np.array([lower]), np.array([upper]))
    assert np.isnan(shares[0])
    assert offs[0] == 0
