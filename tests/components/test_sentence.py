from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import monitor, sight, steady
from components import sentence
from components.words import FIXED, THIN
from models import Better, Cadence, Signal
from tests.components.examples import TODAY, WEEKS, signal


def told(better: Better = Better.WITHIN, *, silent: bool = False, **changes: Any) -> str:
    measure = sentence.Measure(
        unit="%", cadence=Cadence.WEEKLY, better=better, series=(1.0, None, 2.0), silent=silent
    )
    text = sentence.why(signal(**changes), measure, TODAY)
    return text.replace(THIN, " ").replace(FIXED, " ")


def test_a_drift_is_told_with_the_numbers_of_its_rule() -> None:
    assert told() == (
        "The last 8 readings average 9.4 %, 4.2 standard errors below the 10.2 % expected from a "
        "baseline of 30 readings. It began in the week of 21 Sep. Of 100 healthy KPIs, at most 6 "
        "are called drifting within 26 readings."
    )


def test_how_often_a_healthy_kpi_is_alarmed_is_said_where_it_is_known() -> None:
    assert "at most 3 are called" in told(Better.LOWER)
    assert "called drifting" not in told(size=12)


@pytest.mark.parametrize(("mean", "where"), [(9.4, "below"), (11.0, "above")])
def test_the_direction_is_that_of_the_mean_from_what_was_expected(mean: float, where: str) -> None:
    assert f"standard errors {where} the 10.2 % expected" in told(mean=mean)


@pytest.mark.parametrize(
    ("history", "count"),
    [("l", 1), ("ll", 1), ("lll", 2), ("sswddl", 1), ("sswddlll", 2)],
)
def test_learning_counts_the_readings_since_it_began(history: str, count: int) -> None:
    assert told(signal=Signal.LEARNING, history=history) == (
        f"{count} of 12 readings: Milepost is still learning what is normal here."
    )


def test_learning_never_claims_more_readings_than_learning_takes() -> None:
    young = signal(signal=Signal.LEARNING, history="l" * 40)
    assert sentence.readings_so_far(young, ()) == 11
    assert sentence.readings_so_far(young, (None,) * 20 + (1.0,) * 6) == 6


def test_a_steady_kpi_shows_routine_variation() -> None:
    text = told(signal=Signal.STEADY, mean=10.1, z=-0.4)
    assert text.endswith("0.4 standard errors below the 10.2 % expected from a baseline of "
                         "30 readings: routine variation.")  # fmt: skip
    assert told(signal=Signal.STEADY, mean=10.2) == (
        "The last 8 readings average 10.2 %, as expected from a baseline of 30 readings: "
        "routine variation."
    )


def test_no_standard_errors_are_not_counted() -> None:
    text = told(signal=Signal.STEADY, mean=10.19, z=-0.04)
    assert "average 10.19 %, close to the 10.2 % expected from a baseline of 30" in text


def test_a_window_without_standard_errors_is_told_without() -> None:
    assert told(signal=Signal.STEADY, z=0.0).startswith(
        "The last 8 readings average 9.4 %, where a baseline of 30 readings lets expect 10.2 %"
    )


def test_readings_too_few_to_compare_are_not_compared() -> None:
    nothing = {"mean": None, "expected": None, "z": None, "window": 0}
    text = told(signal=Signal.STEADY, **nothing)
    assert text.startswith("The readings after its baseline are still too few")


def test_a_trend_to_the_bad_side_is_named_as_what_is_watched() -> None:
    text = told(Better.HIGHER, signal=Signal.WATCH, slope=-0.05, slope_z=-3.1, z=-1.0)
    assert text.startswith(
        "It gets worse along a trend of −0.05 % a week, 3.1 standard errors of that slope. "
    )


@pytest.mark.parametrize("better", [Better.HIGHER, Better.LOWER])
def test_a_trend_to_the_good_side_is_no_reason_to_watch(better: Better) -> None:
    slope = 3.1 if better is Better.HIGHER else -3.1
    assert "trend" not in told(better, signal=Signal.WATCH, slope=slope, slope_z=slope)


def test_a_window_that_nearly_makes_a_drift_is_told_as_that() -> None:
    text = told(signal=Signal.WATCH, z=-2.1, slope_z=0.1)
    assert text.endswith("too little to call it a drift, enough for a look.")


def test_a_routine_window_under_watch_leaves_a_single_reading_or_a_run() -> None:
    text = told(signal=Signal.WATCH, z=-1.2, slope_z=0.1)
    assert "A single reading far out, or eight in a row on the bad side" in text


def test_a_recovery_says_what_it_still_takes() -> None:
    text = told(signal=Signal.RECOVERING)
    assert text.startswith("The last 4 readings average at most 0.5 % worse than expected. ")
    assert text.endswith("The drift is over once 12 readings are steady.")


def test_a_better_level_asks_to_rebase() -> None:
    text = told(signal=Signal.STEADY, favourable=True, mean=11.0)
    assert text.endswith("It is a shift to the good side: if it is here to stay, rebase.")


def test_a_silent_kpi_is_told_as_it_was() -> None:
    text = told(silent=True, period=WEEKS[2])
    assert text.startswith(
        "The last reading was in the week of 26 Oct; this is how it was then. The last 8"
    )


def test_without_readings_there_is_nothing_to_tell() -> None:
    measure = sentence.Measure(unit="", cadence=Cadence.DAILY, better=Better.HIGHER)
    assert sentence.why(None, measure, TODAY).startswith("No reading yet")


def test_the_sentences_know_the_rules() -> None:
    assert sentence.FEWEST == monitor.FEWEST == steady.SPAN
    assert sentence.STEEP == sight.STEEP
    assert sight.NOTABLE * min(sight.LIMITS) >= sentence.MILD
    assert monitor.CLOSE == 4
    assert sight.RUN == 8


numbers = st.none() | st.floats(-1e9, 1e9)


@given(
    kind=st.sampled_from(Signal),
    better=st.sampled_from(Better),
    mean=numbers,
    expected=numbers,
    z=numbers,
    slope=numbers,
    slope_z=numbers,
    favourable=st.booleans(),
)
def test_every_signal_has_a_sentence(kind: Signal, better: Better, **numbers: Any) -> None:
    text = told(better, signal=kind, **numbers)
    assert text.endswith((".", "rebase."))
    assert "None" not in text
    assert "nan" not in text
