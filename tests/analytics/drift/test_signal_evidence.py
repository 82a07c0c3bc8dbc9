"""Facts: which rule fired, and by which numbers."""

import numpy as np
import pytest
from numpy.typing import NDArray

from analytics.drift import Facts, trace

Numbers = NDArray[np.float64]

CALM = np.tile([9.0, 11.0, 10.0, 10.5, 9.5], 8)


def after(*readings: float, better: str = "higher", calm: Numbers = CALM) -> Facts:
    return trace(np.append(calm, readings), better=better)


def test_a_single_reading_far_out_is_the_rule_with_its_distance() -> None:
    facts = after(5.5)
    assert (facts.signal[-1], facts.rule[-1]) == ("watch", "reading")
    assert facts.last[-1] < -3
    assert facts.last_expected[-1] + facts.last[-1] * facts.sigma[-1] == pytest.approx(5.5)
    assert facts.last_expected[-1] == pytest.approx(10, abs=0.2)


@pytest.mark.parametrize("better", ["lower", "higher", "within"])
def test_eight_in_a_row_on_the_bad_side_are_a_run(better: str) -> None:
    sign = -1 if better == "lower" else 1
    facts = after(*[sign * 9.8] * 8, better=better, calm=sign * CALM)
    assert (facts.signal[-1], facts.rule[-1]) == ("watch", "run")
    assert -1 < sign * facts.last[-1] < 0


def test_a_trend_is_the_rule_where_nothing_else_is_bad() -> None:
    falling = 10 - 0.05 * np.arange(60) + np.tile([0.5, -0.5, 0.2, -0.2], 15)
    facts = trace(falling, better="higher")
    assert (facts.signal[-1], facts.rule[-1]) == ("watch", "trend")
    assert facts.slope[-1] == pytest.approx(-0.05, abs=0.01)


def test_a_window_is_told_before_the_reading_that_made_it() -> None:
    facts = after(9, 9, 8.5, 8.8, 8.5, 9, 8.6, 5.5)
    assert facts.last[-1] < -3
    assert facts.signal[-1] in ("watch", "drifting")
    assert facts.rule[-1] == "window"


def test_a_rule_is_named_with_its_signal_alone() -> None:
    values = np.random.default_rng(7).normal(10, 1, (40, 90))
    values[:20, 50:65] -= 3
    facts = trace(values, better="within")
    named = facts.rule != ""
    np.testing.assert_array_equal(named, np.isin(facts.signal, ["watch", "drifting"]))
    assert set(facts.rule[facts.signal == "drifting"]) == {"window"}
    assert {"reading", "run", "trend", "window"} >= set(facts.rule[facts.signal == "watch"])


def test_the_baseline_adjoins_the_window_only_where_it_ends_before_it() -> None:
    facts = trace(np.append(CALM[:12], [9.7, 10.2] * 24), better="higher")
    first = int((facts.window > 0).argmax())
    assert (first, facts.window[first], facts.size[first]) == (19, 8, 12)
    assert facts.adjoining[first]
    assert not facts.adjoining[:first].any()
    # The baseline of 30 stays while readings follow it.
    assert facts.size[50] == 30
    assert not facts.adjoining[50]


def test_equal_readings_meet_what_is_expected_of_them() -> None:
    facts = trace(np.full(60, 5.0), better="higher")
    assert (facts.mean[-1], facts.expected[-1], facts.z[-1], facts.window[-1]) == (5, 5, 0, 8)
    assert (facts.signal[-1], facts.rule[-1]) == ("steady", "")
    assert np.isnan(facts.mean[:19]).all()
    assert np.isnan(facts.last).all()
