"""Change points in hindsight."""

from itertools import combinations, pairwise
from math import inf, log, nan

import numpy as np
import pytest
import ruptures
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from analytics.drift.segments import change_points, partition

pytestmark = pytest.mark.filterwarnings("error")
relaxed = settings(deadline=None, database=None, max_examples=60)

Numbers = NDArray[np.float64]
readings = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))
with_gaps = arrays(np.float64, st.integers(0, 60), elements=st.one_of(readings, st.just(nan)))

# Cobb 1978, The Problem of the Nile: annual flow at Aswan from 1871 on, 10^8 m³.
NILE = [
    *(1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960),
    *(1180, 799, 958, 1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694),
    *(940, 833, 701, 916, 692, 1020, 1050, 969, 831, 726, 456, 824, 702, 1120, 1100, 832, 764),
    *(821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897, 822),
    *(1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050, 918),
    *(986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740),
]


def steps(seed: int, *levels: float, length: int = 30) -> Numbers:
    noise = np.random.default_rng(seed).normal(size=length * len(levels))
    return noise + np.repeat(np.array(levels), length)


def pelt(values: Numbers, penalty: float, min_segment: int) -> list[int]:
    signal = np.column_stack([values, np.arange(values.size), np.ones(values.size)])
    search = ruptures.Pelt(model="linear", min_size=min_segment, jump=1)
    return search.fit(signal).predict(pen=penalty)[:-1]


def price(values: Numbers, points: list[int], penalty: float, slope_penalty: float) -> float:
    """Add up what a partition costs, by least squares for each segment."""
    total = 0.0
    for begin, end in pairwise([0, *points, values.size]):
        level, line = (residual(values[begin:end], degree) for degree in (0, 1))
        total += penalty + min(level, line + slope_penalty)
    return total


def residual(segment: Numbers, degree: int) -> float:
    powers = np.vander(np.arange(segment.size), degree + 1)
    fitted = powers @ np.linalg.lstsq(powers, segment, rcond=None)[0]
    return float(((segment - fitted) ** 2).sum())


def test_the_nile_changed_when_the_dam_was_begun() -> None:
    assert change_points(NILE) == [28]
    assert 1871 + 28 == 1899


@pytest.mark.parametrize("before", [5, 8, 20, 40])
@pytest.mark.parametrize("height", [1.0, -3.0, 1e9])
def test_a_clean_step_is_found_exactly(before: int, height: float) -> None:
    values = np.repeat([0.0, height], [before, 20])
    assert change_points(values) == [before]


def test_clean_steps_are_found_exactly() -> None:
    assert change_points(np.repeat([3.0, 7.0, 4.0, 9.0], 12)) == [12, 24, 36]


def test_noisy_steps_are_found() -> None:
    assert change_points(steps(1, 0, 6, 0)) == [30, 60]


def test_a_bend_is_found() -> None:
    time = np.arange(40.0)
    assert change_points(np.concatenate([time, 40 - time]))[0] == pytest.approx(40, abs=1)


def test_a_straight_line_does_not_change() -> None:
    assert change_points(np.arange(60.0)) == []


def test_healthy_noise_hardly_ever_changes() -> None:
    noise = np.random.default_rng(11).normal(size=(300, 60))
    assert np.mean([change_points(row) != [] for row in noise]) < 0.1


COUNTS = {
    "a coin": lambda random: random.integers(0, 2, size=(200, 80)),
    "one in five": lambda random: random.random((200, 80)) < 0.2,
    "four in five, as shares": lambda random: 0.3 - 0.2 * (random.random((200, 80)) < 0.2),
    "a fifth of one": lambda random: random.poisson(0.2, size=(200, 80)),
    "one": lambda random: random.poisson(1.0, size=(200, 80)),
    "four": lambda random: random.poisson(4.0, size=(200, 80)),
}


@pytest.mark.parametrize("counts", COUNTS)
def test_counts_and_yes_or_no_hardly_ever_change(counts: str) -> None:
    found = [change_points(row) for row in COUNTS[counts](np.random.default_rng(14))]
    assert np.mean([points != [] for points in found]) < 0.13


def test_a_change_of_yes_and_no_is_seen() -> None:
    chances = np.where(np.arange(80) < 40, 0.1, 0.9)
    answers = np.random.default_rng(15).random((200, 80)) < chances
    near = [any(abs(point - 40) <= 5 for point in change_points(row)) for row in answers]
    assert np.mean(near) > 0.9


def test_strongly_related_readings_wander_mostly_without_a_change() -> None:
    noise = np.random.default_rng(16).normal(size=(300, 80))
    for period in range(1, 80):
        noise[:, period] += 0.6 * noise[:, period - 1]
    assert np.mean([change_points(row) != [] for row in noise]) < 0.3


def test_related_readings_wander_mostly_without_a_change() -> None:
    noise = np.random.default_rng(12).normal(size=(200, 60))
    for period in range(1, 60):
        noise[:, period] += 0.5 * noise[:, period - 1]
    assert np.mean([change_points(row) != [] for row in noise]) < 0.25


def test_a_step_of_two_sigma_is_seen() -> None:
    noise = np.random.default_rng(13).normal(size=(200, 60)) + 2 * (np.arange(60) >= 30)
    near = [any(abs(point - 30) <= 5 for point in change_points(row)) for row in noise]
    assert np.mean(near) > 0.9


def test_outliers_are_no_change() -> None:
    values = steps(2, 0, 6)
    values[[4, 17, 48]] = [1e6, -1e6, 3e6]
    assert change_points(values) == [30]
    assert change_points(np.where(np.arange(40) == 20, 1e6, 5.0)) == []


def test_two_outliers_side_by_side_are_no_change() -> None:
    values = steps(3, 0, 0)
    values[[30, 31]] = 1e6
    assert change_points(values) == []


@pytest.mark.parametrize(
    "values",
    [[], [1.0], [nan] * 20, [3.0] * 50, [nan, 2, nan, 2], [inf] * 20, [1.0, 2.0] * 4, [1e308] * 9],
)
def test_nothing_changes_where_there_is_nothing(values: list[float]) -> None:
    assert change_points(values) == []


def test_missing_periods_are_skipped() -> None:
    values = np.repeat([0.0, 5.0], 10)
    gaps = np.insert(values, [0, 3, 10, 10, 15], nan)
    (point,) = change_points(gaps)
    assert gaps[point] == 5.0
    assert not (gaps[:point] == 5.0).any()


def test_segments_have_their_least_length() -> None:
    values = np.repeat([0.0, 9.0, 0.0], [20, 6, 20])
    assert change_points(values) == [20, 26]
    assert change_points(values, min_segment=6) == [20, 26]
    for point, following in pairwise([0, *change_points(values, min_segment=7), 46]):
        assert following - point >= 7


@pytest.mark.parametrize("search", [change_points, lambda v, **k: partition(v, penalty=1, **k)])
def test_a_segment_without_readings_is_refused(search: object) -> None:
    with pytest.raises(ValueError, match="min_segment is 0"):
        search([1.0, 2.0], min_segment=0)  # type: ignore[operator]


@relaxed
@given(with_gaps, st.integers(1, 9))
def test_points_are_readings_in_order_and_apart(values: Numbers, least: int) -> None:
    found = change_points(values, min_segment=least)
    known = np.flatnonzero(~np.isnan(values))
    positions = np.searchsorted(known, found)
    assert all(isinstance(point, int) for point in found)
    assert set(found) <= set(known.tolist())
    assert (np.diff([0, *positions, known.size]) >= least).all() or found == []


@relaxed
@given(st.integers(0, 1000), st.sampled_from([-1e9, 0.5, 7.0]), st.sampled_from([-2.0, 1e-6, 3e5]))
def test_shift_and_scale_do_not_matter(seed: int, shift: float, scale: float) -> None:
    values = np.round(steps(seed, 0, 3, -2), 1)
    assert change_points(scale * (values + shift)) == change_points(values)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("min_segment", [2, 5, 11])
def test_pelt_finds_the_same_for_the_same_cost_and_penalty(seed: int, min_segment: int) -> None:
    values = steps(seed, *np.random.default_rng(seed).normal(scale=4, size=4), length=18)
    penalty = 3 * log(values.size)
    ours = partition(values, penalty=penalty, min_segment=min_segment)
    assert ours == pelt(values, penalty, min_segment)


def test_pelt_finds_the_same_in_five_hundred_readings() -> None:
    values = steps(5, 0, 4, 4, -1, 2, length=100) + np.abs(np.arange(500) - 250) / 20
    penalty = 3 * log(values.size)
    assert partition(values, penalty=penalty) == pelt(values, penalty, 5)


@settings(relaxed, max_examples=25)
@given(
    arrays(np.float64, st.integers(6, 9), elements=st.integers(-3, 3).map(float)),
    st.sampled_from([0.5, 2.0, 6.0]),
    st.sampled_from([0.0, 1.5]),
    st.integers(1, 3),
)
def test_no_other_partition_is_better(
    values: Numbers, penalty: float, slope_penalty: float, least: int
) -> None:
    inner = range(1, values.size)
    chosen = ([*points] for count in range(values.size) for points in combinations(inner, count))
    options = [
        points
        for points in chosen
        if all(end - begin >= least for begin, end in pairwise([0, *points, values.size]))
    ]
    prices = [price(values, points, penalty, slope_penalty) for points in options]
    found = partition(values, penalty=penalty, slope_penalty=slope_penalty, min_segment=least)
    assert price(values, found, penalty, slope_penalty) == pytest.approx(min(prices))
