"""Scores of many key results at once are those of each by itself."""

from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.progress import hold_progress, objective_progress, progress, score
from analytics.scores import hold_scores, last_runs, metric_scores, weighted_means

pytestmark = pytest.mark.filterwarnings("error")
relaxed = settings(deadline=None, database=None)
finite = st.floats(allow_nan=False, allow_infinity=False)


@relaxed
@given(st.lists(st.tuples(finite, finite, finite | st.just(nan))))
def test_a_metrics_score_is_its_progress_within_bounds(ways: list[tuple[float, ...]]) -> None:
    start, target, current = np.array(ways, np.float64).reshape(-1, 3).T
    expected = [score(progress(*way)) for way in ways]
    assert metric_scores(start, target, current).tolist() == expected


def test_a_metric_without_a_way_or_a_value_scores_nothing() -> None:
    start, target = np.array([0.0, 5.0, nan, 0.0, 20.0]), np.array([10.0, 5.0, 10.0, nan, 10.0])
    current = np.array([4.0, 5.0, 4.0, 4.0, 12.0])
    assert metric_scores(start, target, current).tolist() == [0.4, 0.0, 0.0, 0.0, 0.8]


def test_periods_that_do_not_count_neither_end_a_run_nor_make_it_longer() -> None:
    inside = np.array([[1, 0, 1, 0, 1], [1, 1, 1, 1, 0], [1, 1, 1, 1, 1], [1, 1, 1, 1, 1]], bool)
    counted = np.array([[1, 1, 1, 0, 1], [1, 1, 1, 1, 1], [0, 1, 1, 1, 0], [0, 0, 0, 0, 0]], bool)
    assert last_runs(inside, counted).tolist() == [2, 0, 3, 0]
    assert last_runs(inside[:0], counted[:0]).tolist() == []


@relaxed
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(-2, 60))))
def test_a_holds_score_is_its_progress(holds: list[tuple[int, int]]) -> None:
    runs, periods = np.array(holds, np.int64).reshape(-1, 2).T
    expected = [hold_progress([True] * run, asked) for run, asked in holds]
    assert hold_scores(runs, periods).tolist() == expected


@relaxed
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(-5, 5) | st.just(nan), st.integers(0, 3))))
def test_an_objectives_progress_is_the_weighted_mean(
    parts: list[tuple[float, float, int]],
) -> None:
    values, weights, group = np.array(parts, np.float64).reshape(-1, 3).T
    found = weighted_means(values, weights, group.astype(np.int64), 4)
    for number in range(4):
        own = [part for part in parts if part[2] == number]
        expected = objective_progress([part[0] for part in own], [part[1] for part in own])
        assert found[number] == pytest.approx(expected, rel=1e-12)
