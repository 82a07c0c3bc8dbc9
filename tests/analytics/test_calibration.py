"""The Brier score and the reliability plot, against values that others computed or by hand."""

from math import isnan

import pytest

from analytics.calibration import Reliability, brier, reliability

RAIN = [0.7, 0.9, 0.8, 0.4, 0.2, 0.0, 0.0, 0.0, 0.0, 0.1]
RAINED = [0, 1, 1, 1, 0, 0, 0, 0, 0, 0]
"""The example of ten forecasts of rain in Brier 1950: its score, of both outcomes, is 0.19."""


def test_it_is_half_of_what_brier_counted_of_his_example() -> None:
    assert brier(RAIN, RAINED) == pytest.approx(0.19 / 2)


@pytest.mark.parametrize(
    ("said", "happened", "score"),
    [(1.0, 1, 0.0), (1.0, 0, 1.0), (0.7, 1, 0.09), (0.3, 1, 0.49), (0.5, 1, 0.25), (0.5, 0, 0.25)],
)
def test_one_chance_scores_as_in_the_textbooks(said: float, happened: int, score: float) -> None:
    assert brier([said], [happened]) == pytest.approx(score)


def test_of_no_chances_there_is_no_score() -> None:
    assert isnan(brier([], []))
    assert reliability([], []) == []


def test_chances_are_told_together_that_were_said_alike() -> None:
    told = reliability(RAIN, RAINED)
    assert told == [
        Reliability(pytest.approx(0.02), 0.0, 5),
        Reliability(pytest.approx(0.2), 0.0, 1),
        Reliability(pytest.approx(0.4), 1.0, 1),
        Reliability(pytest.approx(0.7), 0.0, 1),
        Reliability(pytest.approx(0.85), 1.0, 2),
    ]


def test_certainty_belongs_to_the_highest() -> None:
    assert reliability([1.0, 0.9], [1, 0]) == [Reliability(0.95, 0.5, 2)]
