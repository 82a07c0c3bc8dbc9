from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.drift import alarms, monitor, shift_limits, steady, window_tests
from components.kpis import signal_explanation
from components.ui.formatting import FIXED, THIN
from models import Better, Cadence, Rule, Signal
from tests.components.examples import TODAY, WEEKS, signal


def told(better: Better = Better.WITHIN, **changes: Any) -> str:
    names = {field.name for field in fields(signal_explanation.Measure)}
    terms = {"series": (1.0, None, 2.0)} | {
        name: changes.pop(name) for name in names & changes.keys()
    }
    measure = signal_explanation.Measure(unit="%", cadence=Cadence.WEEKLY, better=better, **terms)
    text = signal_explanation.why(signal(**changes), measure, TODAY)
    return text.replace(THIN, " ").replace(FIXED, " ")


def test_a_drift_is_told_with_the_numbers_of_its_rule() -> None:
    assert told() == (
        "The last 8 readings average 9.4 %, 4.2 standard errors below the 10.2 % expected from the "
        "30 before; of 100 healthy KPIs about 8 to 10 do this within 26 readings (of simulated "
        "ones at most about 6). It began in the week of 21 Sep."
    )


def test_how_often_a_healthy_kpi_is_alarmed_is_said_where_it_is_known() -> None:
    assert "about 4 to 5 do this within 26 readings" in told(Better.LOWER)
    assert "(of simulated ones at most about 3)" in told(Better.LOWER)
    assert "healthy" not in told(size=12)


def test_a_baseline_that_is_not_just_before_is_not_said_to_be() -> None:
    assert "the 10.2 % expected from 30 earlier readings;" in told(adjoining=False)


@pytest.mark.parametrize(("mean", "z", "where"), [(9.4, -4.2, "below"), (11.0, 4.2, "above")])
def test_the_direction_is_that_of_the_mean_from_what_was_expected(
    mean: float, z: float, where: str
) -> None:
    assert f"standard errors {where} the 10.2 % expected" in told(mean=mean, z=z)


def test_errors_that_the_plain_average_does_not_give_say_how_readings_were_counted() -> None:
    numbers = {"mean": 2.9375, "expected": 2.1986, "error": 0.0611, "z": 6.3, "sigma": 0.155}
    assert told(**numbers, size=12) == (
        "The last 8 readings average 2.938 %, 6.3 standard errors above the 2.199 % expected from "
        "the 12 before, with each reading counted for at most 3 sigma or, once 4 in a row are far "
        "off, the nearest of them (sigma is 0.155 %, a standard error 0.0611 %). It began in the "
        "week of 21 Sep."
    )
    assert "counted" not in told(**(numbers | {"z": 12.0933}))


def test_an_average_that_one_reading_carries_is_not_called_a_shift_to_its_side() -> None:
    text = told(signal=Signal.STEADY, mean=12.0, error=0.5, z=-1.1)
    assert text == (
        "The last 8 readings average 12 %, against the 10.2 % expected from the 30 before: 1.1 "
        "standard errors below that with each reading counted for at most 3 sigma or, once 4 in a "
        "row are far off, the nearest of them (sigma is 0.5 %, a standard error 0.5 %): routine "
        "variation."
    )


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
    assert signal_explanation.readings_so_far(young, ()) == 11
    assert signal_explanation.readings_so_far(young, (None,) * 20 + (1.0,) * 6) == 6


def test_a_steady_kpi_shows_routine_variation() -> None:
    text = told(signal=Signal.STEADY, mean=10.1, error=0.25, z=-0.4)
    assert text.endswith("0.4 standard errors below the 10.2 % expected from the 30 before: "
                         "routine variation.")  # fmt: skip
    assert told(signal=Signal.STEADY, mean=10.2) == (
        "The last 8 readings average 10.2 %, as expected from the 30 before: routine variation."
    )


def test_no_standard_errors_are_not_counted() -> None:
    text = told(signal=Signal.STEADY, mean=10.19, error=0.25, z=-0.04)
    assert "average 10.19 %, close to the 10.2 % expected from the 30 before" in text


UNTESTED = {"mean": None, "expected": None, "error": None, "z": None, "window": 0, "size": 12}


def test_readings_too_few_to_compare_are_neither_compared_nor_called_routine() -> None:
    assert told(signal=Signal.STEADY, **UNTESTED) == (
        "No 8 readings since its baseline of 12 yet: nothing stands out so far."
    )


@pytest.mark.parametrize("count", [12, 60])
def test_readings_that_are_all_the_same_are_told_as_that(count: int) -> None:
    series = (5.0, None) * count
    text = told(signal=Signal.STEADY, series=series, rule=Rule.NONE, **UNTESTED)
    assert text == f"All {count} readings are 5 %."


COMPARED = (
    "The last 8 readings average 10 %, 0.8 standard errors below the 10.2 % expected from the "
    "30 before."
)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (
            {"rule": Rule.READING, "last": -3.4, "last_expected": 7.1},
            "2 % in the week of 9 Nov is 3.4 sigma below the 7.1 % expected.",
        ),
        (
            {"rule": Rule.RUN, "last": -0.2},
            "The last 8 readings all lie below what is expected.",
        ),
        (
            {"rule": Rule.RUN, "last": 0.2},
            "The last 8 readings all lie above what is expected.",
        ),
        ({"rule": Rule.TREND}, "It falls by 0.05 % a week, 3.1 standard errors."),
        (
            {"rule": Rule.TREND, "slope": 2.0, "slope_z": 1.6},
            "It rises by 2 % a week, 1.6 standard errors.",
        ),
    ],
)
def test_what_is_watched_names_the_rule_that_fired(rule: dict[str, Any], text: str) -> None:
    window = {"mean": 10.0, "error": 0.25, "z": -0.8}
    assert told(signal=Signal.WATCH, **window, **rule) == f"{text} {COMPARED}"
    assert told(signal=Signal.WATCH, **UNTESTED, **rule) == text


def test_a_reading_is_named_by_the_period_it_is_of() -> None:
    """The one after it was dismissed."""
    text = told(
        signal=Signal.WATCH, rule=Rule.READING, last=-3.4, last_expected=7.1, read_on=WEEKS[1]
    )
    assert text.startswith("2 % in the week of 2 Nov is 3.4 sigma below")


def test_a_shift_that_is_held_back_says_by_what() -> None:
    text = told(signal=Signal.WATCH, mean=9.4, z=-4.2, smallest_change=2)
    assert text == (
        "The last 8 readings average 9.4 %, 4.2 standard errors below the 10.2 % expected from the "
        "30 before: worth a look, but below the smallest change that matters, 2 %."
    )
    text = told(signal=Signal.STEADY, mean=11.0, z=4.2, rule=Rule.NONE, smallest_change=2)
    assert text.endswith("from the 30 before: below the smallest change that matters, 2 %.")


@pytest.mark.parametrize(
    "changes",
    [
        {"signal": Signal.WATCH, "smallest_change": 0.7},
        {"signal": Signal.WATCH, "smallest_change": None},
        {"signal": Signal.WATCH, "smallest_change": 2, "rule": Rule.TREND},
        {"signal": Signal.WATCH, "smallest_change": 2, "mean": None},
        {"signal": Signal.STEADY, "smallest_change": 2, "z": -1.1},
        {"signal": Signal.DRIFTING, "smallest_change": 2},
        {"signal": Signal.RECOVERING, "smallest_change": 2},
    ],
)
def test_what_is_not_held_back_is_not_said_to_be(changes: dict[str, Any]) -> None:
    assert "smallest change" not in told(**({"mean": 9.4} | changes))


def test_a_window_that_nearly_makes_a_drift_is_told_as_that() -> None:
    text = told(signal=Signal.WATCH, mean=9.8, z=-2.1)
    assert text == (
        "The last 8 readings average 9.8 %, 2.1 standard errors below the 10.2 % expected from the "
        "30 before: worth a look, not yet called a drift."
    )


@pytest.mark.parametrize(
    ("dismissed", "gone"),
    [(1, "Its only reading was dismissed"), (3, "All its 3 readings were dismissed")],
)
def test_dismissed_readings_are_not_counted_as_learnt_from(dismissed: int, gone: str) -> None:
    text = told(
        signal=Signal.LEARNING,
        history="l" * dismissed,
        series=(None,) * dismissed,
        dismissed=dismissed,
        silent=True,
    )
    assert text == f"{gone}; Milepost learns what is normal here from 12 that count."


def test_a_recovery_says_what_it_still_takes() -> None:
    text = told(signal=Signal.RECOVERING)
    assert text.startswith("The last 4 readings average at most 0.5 % worse than expected. ")
    assert text.endswith("The drift is over once 12 readings are steady.")


def test_a_better_level_asks_to_rebase() -> None:
    text = told(signal=Signal.STEADY, favourable=True, mean=11.0, z=4.2)
    assert "standard errors above" in text
    assert text.endswith("It is a shift to the good side: if it is here to stay, rebase.")


def test_a_silent_kpi_is_told_as_it_was() -> None:
    text = told(silent=True, period=WEEKS[2])
    assert text.startswith(
        "The last reading was in the week of 26 Oct; this is how it was then. The last 8"
    )


def test_without_readings_there_is_nothing_to_tell() -> None:
    measure = signal_explanation.Measure(unit="", cadence=Cadence.DAILY, better=Better.HIGHER)
    assert signal_explanation.why(None, measure, TODAY).startswith("No reading yet")


def test_the_sentences_know_the_rules() -> None:
    assert signal_explanation.FEWEST == monitor.FEWEST == steady.SPAN
    assert (signal_explanation.COUNTED, signal_explanation.LATEST) == (
        shift_limits.COUNTED,
        shift_limits.LATEST,
    )
    for better, sides in ((Better.HIGHER, 1), (Better.LOWER, 1), (Better.WITHIN, 2)):
        of_100 = [round(100 * sides * share) for share in (alarms.MOST, *alarms.REAL)]
        assert list(signal_explanation.FALSE_ALARMS[better]) == of_100
    assert signal_explanation.STRETCH == alarms.READINGS
    assert tuple(Rule) == tuple(window_tests.RULES)
    assert monitor.CLOSE == 4
    assert signal_explanation.RUN == window_tests.RUN == monitor.SHORTEST


numbers = st.none() | st.floats(-1e9, 1e9)


@given(
    kind=st.sampled_from(Signal),
    better=st.sampled_from(Better),
    mean=numbers,
    expected=numbers,
    z=numbers,
    slope=numbers,
    slope_z=numbers,
    last=numbers,
    last_expected=numbers,
    rule=st.sampled_from(Rule),
    favourable=st.booleans(),
)
def test_every_signal_has_a_sentence(kind: Signal, better: Better, **numbers: Any) -> None:
    text = told(better, signal=kind, **numbers)
    assert text.endswith((".", "rebase."))
    assert "None" not in text
    assert "nan" not in text
