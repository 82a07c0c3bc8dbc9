"""A range proposed from readings: what the KPI does by itself, and no more than that."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.range_proposal import propose_range
from analytics.variation import natural_limits

STEADY = np.tile([9.0, 9.6, 8.4, 9.2, 8.8, 9.0], 9)[:52]
"""A mean of 9 with a mean moving range of 0.53: natural limits of 7.6 and 10.4."""


def test_each_way_of_being_good_has_its_own_bounds() -> None:
    within = propose_range(STEADY, better="within", unit="%")
    assert (within.low, within.high) == (7.5, 10.5)
    assert within.reason == (
        "The natural limits of its last 52 readings are 7.5 to 10.5 %. "
        "Outside them something has changed."
    )
    higher = propose_range(STEADY, better="higher", unit="%")
    assert (higher.low, higher.high) == (7.5, None)
    assert "Below 7.5 % something has changed; its better half begins at 9" in higher.reason
    lower = propose_range(STEADY, better="lower", unit="%")
    assert (lower.low, lower.high) == (None, 10.5)
    assert "Above 10.5 % something has changed; its better half ends at 9" in lower.reason


@pytest.mark.parametrize(("known", "said"), [(0, "0 readings"), (1, "1 reading:"), (11, "11 re")])
def test_too_few_readings_say_so(known: int, said: str) -> None:
    found = propose_range(STEADY[:known], better="higher")
    assert (found.low, found.high) == (None, None)
    assert said in found.reason
    assert "from 12 on" in found.reason


def test_gaps_are_no_readings() -> None:
    gappy = np.where(np.arange(52) % 5 == 0, STEADY, np.nan)
    assert "It has 11 readings" in propose_range(gappy, better="higher").reason


def test_what_never_varies_has_no_range() -> None:
    found = propose_range(np.full(30, 5.0), better="within")
    assert (found.low, found.high) == (None, None)
    assert "do not vary" in found.reason


def test_only_the_present_level_counts() -> None:
    moved = np.r_[STEADY[:30] + 20, STEADY[:22]]
    found = propose_range(moved, better="within")
    assert "22 readings since its level changed" in found.reason
    assert (found.low, found.high) == (7.4, 10.6)
    fresh = propose_range(np.r_[STEADY[:40] + 20, STEADY[:8]], better="within")
    assert (fresh.low, fresh.high) == (None, None)
    assert "Its level changed 8 readings ago" in fresh.reason


def test_a_kpi_that_is_still_moving_has_no_range() -> None:
    found = propose_range(np.arange(52) + STEADY, better="higher")
    assert (found.low, found.high) == (None, None)
    assert "still moving" in found.reason


def test_a_bound_that_nothing_can_pass_is_none() -> None:
    counts = np.tile([0.0, 3.0, 1.0, 0.0, 2.0, 0.0], 6)
    higher = propose_range(counts, better="higher")
    assert (higher.low, higher.high) == (None, None)
    assert "Nothing can go beyond that" in higher.reason
    within = propose_range(counts, better="within")
    assert within.low is None
    assert within.high is not None
    share = propose_range(100 - counts, better="lower", unit="%")
    assert (share.low, share.high) == (None, None)
    # A growth rate is no share of a hundred.
    assert propose_range(100 - counts, better="lower", unit="k€").high is not None


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=0, max_size=80),
    st.sampled_from(["higher", "lower", "within"]),
)
def test_whatever_is_read_the_proposal_holds_what_is_normal(
    values: list[float], better: str
) -> None:
    found = propose_range(values, better=better)
    assert found.reason
    assert found.low is None or better != "lower"
    assert found.high is None or better != "higher"
    recent = np.array(values[-52:])
    if found.low is not None:
        assert found.low <= recent.max()
    if found.low is not None and found.high is not None:
        assert found.low < found.high
    if found.low is not None and "since its level changed" not in found.reason:
        assert found.low <= float(natural_limits(recent).lower) + 1e-9 * abs(recent).max()
