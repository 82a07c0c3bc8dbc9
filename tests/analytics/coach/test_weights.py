"""Weights: does one key result decide everything?"""

import pytest

from analytics.coach.draft import DraftObjective
from analytics.coach.remark import About, Kind
from analytics.coach.weights import one_weight
from tests.analytics.coach.writing import kr, objective


def weighted(*weights: float) -> DraftObjective:
    drafts = [kr("Floods", "floods", 4, 1, "Ada", weight=weight) for weight in weights]
    return objective("Dry feet", "Ada", *drafts)


def test_80_percent_decide_everything() -> None:
    remark = one_weight(weighted(1, 8, 1), 1, About(0, 1))
    assert remark is not None
    assert remark.kind is Kind.ONE_WEIGHT
    assert "80 % of the objective" in remark.reason


@pytest.mark.parametrize("weights", [(1, 7.9, 1.1), (5,), (0, 0), (1, 1, 1)])
def test_less_does_not(weights: tuple[float, ...]) -> None:
    for at in range(len(weights)):
        assert one_weight(weighted(*weights), at, About(0, at)) is None
