"""States as rows of numbers: nothing that a later reading needs is lost."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.drift import Facts, resume, state_after, trace
from analytics.drift.serialization import packed, unpacked, width

pytestmark = pytest.mark.filterwarnings("error")


@settings(deadline=None, database=None, max_examples=25)
@given(st.integers(0, 2**32 - 1), st.integers(0, 90), st.sampled_from([4, 7, 12]))
def test_who_goes_on_from_a_packed_state_has_replayed_all(seed: int, cut: int, season: int) -> None:
    random = np.random.default_rng(seed)
    values = np.round(random.normal(size=(3, 100)), 1)
    values[0, 50:70] -= 4
    values[1, random.random(100) < 0.3] = np.nan
    better, least = ["higher", "lower", "within"], [2.0, None, 0.5]
    terms = {"better": better, "season": season, "smallest_change": least}
    state = state_after(values[:, :cut], **terms)  # type: ignore[arg-type]
    facts = trace(values[:, : cut + 3], **terms)  # type: ignore[arg-type]
    for period in range(cut, cut + 3):
        state = unpacked(packed(state), better=better, season=season, smallest_change=least)
        last = state.facts
        state = resume(state, values[:, period])
        known = np.isfinite(values[:, period])
        for field in fields(Facts):
            found, before = getattr(state.facts, field.name), getattr(last, field.name)
            wanted = np.where(known, getattr(facts, field.name)[:, period], before)
            np.testing.assert_array_equal(found, wanted, err_msg=field.name)


def test_a_packed_state_comes_back_to_the_bit() -> None:
    values = np.random.default_rng(5).normal(size=(4, 60))
    state = state_after(values, better="higher", season=7)
    numbers = packed(state)
    assert numbers.shape == (4, width(7))
    again = unpacked(numbers, better=["higher"] * 4, season=7)
    np.testing.assert_array_equal(packed(again), numbers)
    assert again.memory.signal.dtype == state.memory.signal.dtype
    assert again.memory.count.tolist() == [60] * 4


def test_a_state_of_another_season_is_refused() -> None:
    with pytest.raises(ValueError, match="replay it anew"):
        unpacked(np.zeros((1, width(12))), better=["higher"], season=52)
