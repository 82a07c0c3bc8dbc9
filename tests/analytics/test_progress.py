"""Progress, score and pace."""

from datetime import date, timedelta
from itertools import chain
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.progress import (
    hold_pace,
    hold_progress,
    hold_standing,
    last_runs,
    metric_progress,
    pace,
    scores,
    standing,
    weighted_means,
)

pytestmark = pytest.mark.filterwarnings("error")
relaxed = settings(deadline=None, database=None)
amounts = st.floats(-1e6, 1e6)
shares = st.floats(0, 1)


def progress(start: float, target: float, current: float) -> float:
    (done,) = metric_progress(*np.array([[start], [target], [current]], np.float64))
    return float(done)


def weighted_mean(values: list[float], weights: list[float]) -> float:
    group = np.zeros(len(values), np.int64)
    means = weighted_means(np.array(values), np.array(weights, np.float64), group, 1)
    return float(means[0])


def holding(in_range: list[bool], periods: int) -> float:
    inside = np.array([in_range], np.bool_)
    runs = last_runs(inside, np.ones_like(inside))
    return float(hold_progress(runs, np.array([periods]))[0])


@pytest.mark.parametrize(
    ("start", "target", "current", "expected"),
    [
        (0, 10, 4, 0.4),
        (20, 10, 12, 0.8),
        (-5, 5, 0, 0.5),
        (0, 10, 13, 1.3),
        (10, 20, 5, -0.5),
    ],
)
def test_progress_is_the_share_of_the_way_in_either_direction_and_not_clamped(
    start: float, target: float, current: float, expected: float
) -> None:
    assert progress(start, target, current) == pytest.approx(expected)


@pytest.mark.parametrize("current", [nan, inf, -inf])
def test_a_missing_value_is_no_progress(current: float) -> None:
    assert progress(2, 10, current) == 0.0


def test_without_a_start_or_a_target_there_is_no_progress() -> None:
    assert progress(nan, 10, 4) == 0.0
    assert progress(0, nan, 4) == 0.0


def test_a_way_of_no_length_is_no_progress_even_when_the_value_is_there() -> None:
    assert progress(7, 7, 7) == 0.0
    assert progress(7, 7, 9) == 0.0


@relaxed
@given(amounts, amounts)
def test_the_start_is_nought_and_the_target_is_one(start: float, target: float) -> None:
    assert progress(start, target, start) == 0.0
    assert progress(start, target, target) == (0.0 if start == target else 1.0)


@pytest.mark.parametrize(
    ("value", "expected"), [(-0.5, 0.0), (0.4, 0.4), (1.3, 1.0), (nan, 0.0), (inf, 1.0)]
)
def test_a_score_is_progress_clamped(value: float, expected: float) -> None:
    assert scores(np.array([value])).tolist() == [expected]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2024, 12, 31), 0.0),
        (date(2025, 1, 1), 1 / 90),
        (date(2025, 2, 14), 45 / 90),
        (date(2025, 3, 30), 89 / 90),
        (date(2025, 3, 31), 1.0),
        (date(2025, 4, 1), 1.0),
        (date(2023, 1, 1), 0.0),
    ],
)
def test_pace_counts_today_as_elapsed(today: date, expected: float) -> None:
    assert pace(date(2025, 1, 1), date(2025, 3, 31), today) == pytest.approx(expected)


@pytest.mark.parametrize("ends_on", [date(2025, 5, 5), date(2025, 4, 1)])
def test_a_cycle_of_one_day_or_less_elapses_on_the_day_it_starts(ends_on: date) -> None:
    day = date(2025, 5, 5)
    assert pace(day, ends_on, day - timedelta(days=1)) == 0.0
    assert pace(day, ends_on, day) == 1.0


@relaxed
@given(st.dates(), st.dates(), st.dates(max_value=date(9999, 12, 30)))
def test_pace_never_leaves_nought_to_one_and_never_goes_back(
    starts_on: date, ends_on: date, today: date
) -> None:
    now, tomorrow = (pace(starts_on, ends_on, today + timedelta(days=n)) for n in (0, 1))
    assert 0.0 <= now <= tomorrow <= 1.0


@pytest.mark.parametrize(
    ("start", "target", "value", "true_progress", "score"),
    [
        (20, 80, 65, 0.75, 0.75),
        (100, 20, 28, 0.9, 0.9),
        (20, 80, 95, 1.25, 1.0),
        (20, 80, 5, -0.25, 0.0),
        (100, 20, 4, 1.2, 1.0),
        (100, 20, 120, -0.25, 0.0),
    ],
)
def test_scores_are_those_that_others_compute_and_progress_stays_true(
    start: float, target: float, value: float, true_progress: float, score: float
) -> None:
    done = progress(start, target, value)
    assert done == pytest.approx(true_progress)
    assert scores(np.array([done]))[0] == pytest.approx(score)


def test_an_objective_is_the_weighted_mean_of_its_scores() -> None:
    assert weighted_mean([0.4, 0.8], [1, 3]) == pytest.approx(0.7)
    assert weighted_mean([1.0, 0.5, 0.0], [1, 2, 1]) == pytest.approx(0.5)
    assert weighted_mean([1.0, 0.0], [3, 1]) == pytest.approx(0.75)


def test_a_key_result_without_a_value_counts_as_nought_with_its_full_weight() -> None:
    assert weighted_mean(scores(np.array([1.0, nan])).tolist(), [1, 1]) == pytest.approx(0.5)


def test_a_negative_or_missing_weight_counts_as_nought() -> None:
    assert weighted_mean([1.0, 0.2, 0.2], [1, -1, nan]) == 1.0


@pytest.mark.parametrize(("values", "weights"), [([], []), ([1.0, 1.0], [0, 0])])
def test_an_objective_without_key_results_or_weight_is_at_nought(
    values: list[float], weights: list[float]
) -> None:
    assert weighted_mean(values, weights) == 0.0


@relaxed
@given(st.lists(st.tuples(shares, st.floats(0.1, 10)), min_size=1))
def test_an_objective_lies_between_its_lowest_and_highest_score(
    pairs: list[tuple[float, float]],
) -> None:
    values, weights = map(list, zip(*pairs, strict=True))
    slack = 1e-12
    assert min(values) - slack <= weighted_mean(values, weights) <= max(values) + slack


@relaxed
@given(st.lists(st.lists(st.tuples(shares, st.floats(-5, 5) | st.just(nan)), max_size=4)))
def test_each_of_many_objectives_is_as_it_is_alone(
    objectives: list[list[tuple[float, float]]],
) -> None:
    parts = np.array(list(chain(*objectives)), np.float64).reshape(-1, 2)
    group = np.repeat(np.arange(len(objectives)), [len(each) for each in objectives])
    found = weighted_means(*parts.T, group.astype(np.int64), len(objectives))
    alone = [
        weighted_mean(*map(list, zip(*each, strict=True))) if each else 0.0 for each in objectives
    ]
    assert found.tolist() == alone


def test_milestones_count_by_their_share() -> None:
    assert weighted_mean([1.0, 0.0, 1.0], [0.5, 0.3, 0.2]) == pytest.approx(0.7)
    assert weighted_mean([1.0, 0.0], [20, 30]) == pytest.approx(0.4)
    assert weighted_mean([1.0] * 3, [0.5, 0.3, 0.2]) == 1.0


def test_periods_that_do_not_count_neither_end_a_run_nor_make_it_longer() -> None:
    inside = np.array([[1, 0, 1, 0, 1], [1, 1, 1, 1, 0], [1, 1, 1, 1, 1], [1, 1, 1, 1, 1]], bool)
    counted = np.array([[1, 1, 1, 0, 1], [1, 1, 1, 1, 1], [0, 1, 1, 1, 0], [0, 0, 0, 0, 0]], bool)
    assert last_runs(inside, counted).tolist() == [2, 0, 3, 0]
    assert last_runs(inside[:0], counted[:0]).tolist() == []


@pytest.mark.parametrize(
    ("in_range", "periods", "expected"),
    [
        ([True, True, False, True, True], 4, 0.5),
        ([True, True, True, False], 4, 0.0),
        ([True] * 6, 4, 1.0),
        ([], 4, 0.0),
        ([True], 0, 0.0),
        ([True], -1, 0.0),
    ],
)
def test_holding_counts_the_periods_in_range_since_the_last_one_out_of_it(
    in_range: list[bool], periods: int, expected: float
) -> None:
    assert holding(in_range, periods) == expected


@pytest.mark.parametrize(
    ("done", "elapsed", "expected"),
    [
        (1.0, 1.0, "done"),
        (1.2, 0.1, "done"),
        (0.3, 0.2, "ahead"),
        (0.61, 0.5, "ahead"),
        (0.59, 0.5, "on pace"),
        (0.41, 0.5, "on pace"),
        (0.2, 0.3, "behind pace"),
        (0.0, 0.05, "on pace"),
        (-0.4, 0.0, "behind pace"),
        (nan, 0.5, "behind pace"),
    ],
)
def test_standing_compares_progress_with_pace(done: float, elapsed: float, expected: str) -> None:
    assert standing(done, elapsed) == expected


def test_the_margin_of_standing_can_be_wider() -> None:
    assert standing(0.6, 0.5, margin=0.2) == "on pace"
    assert standing(0.25, 0.5, margin=0.2) == "behind pace"


@pytest.mark.parametrize(
    ("left", "periods", "pace"), [(14, 12, 0.0), (12, 12, 0.0), (3, 12, 0.75), (0, 12, 1.0)]
)
def test_of_a_hold_so_much_has_to_be_done_that_what_is_left_is_enough(
    left: int, periods: int, pace: float
) -> None:
    assert hold_pace(left, periods) == pace
    assert hold_standing(pace, pace) == ("done" if pace == 1 else "on pace")
    assert hold_standing(pace - 1 / 12, pace) == "behind pace"
    assert hold_standing(1.0, pace) == "done"


def test_nothing_to_hold_is_never_done() -> None:
    assert hold_pace(3, 0) == hold_pace(-1, 4) == 1.0
