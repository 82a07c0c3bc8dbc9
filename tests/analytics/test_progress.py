"""Progress, score and pace."""

from datetime import date, timedelta
from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.progress import (
    hold_progress,
    milestone_progress,
    objective_progress,
    pace,
    progress,
    score,
    standing,
)

pytestmark = pytest.mark.filterwarnings("error")
relaxed = settings(deadline=None, database=None)
amounts = st.floats(-1e6, 1e6)
shares = st.floats(0, 1)


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


@pytest.mark.parametrize("current", [None, nan, inf, -inf])
def test_a_missing_value_is_no_progress(current: float | None) -> None:
    assert progress(2, 10, current) == 0.0


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
    assert score(value) == expected


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


def test_an_objective_is_the_weighted_mean_of_its_scores() -> None:
    assert objective_progress([1.0, 0.5, 0.0], [1, 2, 1]) == pytest.approx(0.5)
    assert objective_progress([1.0, 0.0], [3, 1]) == pytest.approx(0.75)


def test_a_key_result_without_a_value_counts_as_nought_with_its_full_weight() -> None:
    assert objective_progress([1.0, nan], [1, 1]) == pytest.approx(0.5)


def test_a_negative_or_missing_weight_counts_as_nought() -> None:
    assert objective_progress([1.0, 0.2, 0.2], [1, -1, nan]) == 1.0


@pytest.mark.parametrize(("scores", "weights"), [([], []), ([1.0, 1.0], [0, 0])])
def test_an_objective_without_key_results_or_weight_is_at_nought(
    scores: list[float], weights: list[float]
) -> None:
    assert objective_progress(scores, weights) == 0.0


def test_a_weight_for_every_score_is_required() -> None:
    with pytest.raises(ValueError, match="shorter"):
        objective_progress([1.0, 0.5], [1])


@relaxed
@given(st.lists(st.tuples(shares, st.floats(0.1, 10)), min_size=1))
def test_an_objective_lies_between_its_lowest_and_highest_score(
    pairs: list[tuple[float, float]],
) -> None:
    scores, weights = zip(*pairs, strict=True)
    slack = 1e-12
    assert min(scores) - slack <= objective_progress(scores, weights) <= max(scores) + slack


def test_milestones_count_by_their_share() -> None:
    assert milestone_progress([0.5, 0.3, 0.2], [True, False, True]) == pytest.approx(0.7)
    assert milestone_progress([20, 30], [True, False]) == pytest.approx(0.4)
    assert milestone_progress([0.5, 0.3, 0.2], [True] * 3) == 1.0


def test_without_milestones_or_shares_there_is_no_progress() -> None:
    assert milestone_progress([], []) == 0.0
    assert milestone_progress([0.0, 0.0], [True, True]) == 0.0


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
    assert hold_progress(in_range, periods) == expected


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
