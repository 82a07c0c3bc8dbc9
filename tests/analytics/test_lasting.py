"""A target that was reached: it lasts, or it was a spike. Sigmas are worked out by hand."""

import numpy as np
import pytest

from analytics.lasting import lasting

NONE = float("nan")

# Up and down by 1.128 each period: the mean moving range is 1.128 and so sigma is 1.
UP, DOWN = 50.564, 49.436


def told(values: list[float], *, by: int = 99, periods: int = 6, better: str = "higher") -> object:
    return lasting(np.array(values), target=50, better=better, by=by, periods=periods)


def around(level: float, count: int) -> list[float]:
    return [level + (UP if at % 2 else DOWN) for at in range(count)]


def test_a_target_that_was_not_reached_lasts_in_no_way() -> None:
    assert told(around(-3, 12)) is None
    assert told([NONE, NONE]) is None
    assert told([]) is None


def test_it_is_reached_at_first_and_sustained_once_it_is_steady() -> None:
    assert told([*around(-5, 4), UP]) == "reached"
    assert told([*around(-5, 4), UP, DOWN, UP, DOWN, UP]) == "reached"
    assert told([*around(-5, 4), UP, DOWN, UP, DOWN, UP, DOWN]) == "sustained"


def test_with_twelve_periods_it_takes_the_certificate_of_twelve() -> None:
    assert told([*around(-5, 4), *([UP, DOWN] * 6)], periods=12) == "sustained"
    assert told([*around(-5, 4), *([UP, DOWN] * 5), UP], periods=12) == "reached"


def test_one_that_fell_back_before_it_was_steady_was_a_spike() -> None:
    assert told([*around(-5, 6), UP, *around(-5, 4)]) == "spike"
    # Three readings since are too few to say so.
    assert told([*around(-5, 6), UP, *around(-5, 2)]) == "reached"


def test_one_that_fell_back_after_it_was_steady_is_lost() -> None:
    assert told([*([UP, DOWN] * 4), *around(-5, 4)]) == "lost"


def test_a_little_short_of_the_target_is_no_way_back() -> None:
    # Of six readings the mean may be 0.4 sigma short, of the last four 1 sigma.
    assert told([UP, *around(-0.7, 8)]) == "reached"
    assert told([UP, *around(-1.2, 8)]) == "spike"


def test_what_came_after_counts_for_whether_it_lasts_not_for_whether_it_was_reached() -> None:
    assert told([*around(-5, 4), *around(1, 8)], by=3) is None
    assert told([*around(-5, 3), UP, *around(1, 8)], by=3) == "sustained"
    assert told([*around(-5, 3), UP, *around(-5, 8)], by=3) == "spike"


@pytest.mark.parametrize("better", ["higher", "lower"])
def test_down_is_as_good_as_up(better: str) -> None:
    sign = 1 if better == "higher" else -1
    values = [50 + sign * (value - 50) for value in [*around(-5, 4), UP, *around(-5, 4)]]
    assert told(values, better=better) == "spike"


def test_missing_periods_are_skipped() -> None:
    assert told([DOWN - 9, UP, NONE, DOWN, UP, DOWN, NONE, UP, DOWN]) == "sustained"


def test_one_reading_proves_nothing() -> None:
    assert told([UP]) == "reached"
