"""The ideal range of a KPI: can it be missed, and can it be met?"""

import numpy as np
import pytest

from analytics.coach import ranges
from analytics.coach.draft import KpiFacts
from analytics.coach.history import limits
from analytics.coach.remark import About, Kind, Remark

# Moving ranges of 1.128 are a sigma of 1: natural limits at 3 either side of 50.
ZIGZAG = 50 + 1.128 * (np.arange(52) % 2 - 0.5)


def kpi(low: float | None, high: float | None, values: np.ndarray = ZIGZAG) -> KpiFacts:
    return KpiFacts(
        id=1, name="Level", better="within", unit="cm", low=low, high=high, values=values
    )


def easy_range(judged: KpiFacts) -> Remark | None:
    return ranges.easy_range(judged, *limits([judged]))


def hard_range(judged: KpiFacts) -> Remark | None:
    return ranges.hard_range(judged, *limits([judged]))


def test_what_is_normal_for_one_kpi_is_so_among_others() -> None:
    gap = ZIGZAG.copy()
    gap[30:33] = np.nan
    among = [kpi(0, 1), kpi(0, 1, gap), kpi(0, 1, ZIGZAG[:20] * 9), kpi(0, 1, ZIGZAG[:11])]
    found = limits(among)
    assert found == [one for each in among for one in limits([each])]
    assert [one is None for one in found] == [False, False, False, True]
    assert limits([]) == []


@pytest.mark.parametrize(("low", "high"), [(40.9, None), (None, 59.1), (40.9, 59.1)])
def test_a_range_that_nobody_can_miss(low: float | None, high: float | None) -> None:
    remark = easy_range(kpi(low, high))
    assert remark is not None
    assert remark.kind is Kind.EASY_RANGE
    assert remark.about == About(kpi="Level")
    assert "between 47 and 53 cm" in remark.reason


@pytest.mark.parametrize(
    ("low", "high"), [(41.1, None), (None, 58.9), (40.9, 58.9), (48, 52), (None, None)]
)
def test_a_range_that_can_be_missed(low: float | None, high: float | None) -> None:
    assert easy_range(kpi(low, high)) is None


def test_a_range_that_was_nearly_missed_is_not_easy() -> None:
    once = ZIGZAG.copy()
    once[20] = 43
    assert easy_range(kpi(40, None)) is not None
    assert easy_range(kpi(40, None, once)) is None


def test_a_range_that_is_never_met() -> None:
    remark = hard_range(kpi(None, 48))
    assert remark is not None
    assert remark.kind is Kind.HARD_RANGE
    assert "None of its last 52 readings lay in its range" in remark.reason


def test_a_range_that_is_met_at_times() -> None:
    assert hard_range(kpi(None, 48.5)) is None
    assert hard_range(kpi(50, None)) is None
    assert hard_range(kpi(None, None)) is None


def test_a_kpi_that_left_its_range_has_met_it_before() -> None:
    left = ZIGZAG.copy()
    left[10:] += 20
    assert hard_range(kpi(None, 55, left)) is None


def test_without_a_history_nothing_is_said() -> None:
    for values in (ZIGZAG[:11], np.full(52, 50.0), np.full(52, np.nan)):
        assert easy_range(kpi(0, 100, values)) is None
        assert hard_range(kpi(0, 1, values)) is None
