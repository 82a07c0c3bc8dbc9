"""What the page of a KPI says: range to empty, its marks, why, and who has to decide."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from components.kpis import (
    gauge_decisions,
    gauge_words,
    kpi_head,
    kpi_notes,
    kpi_words,
    range_words,
)
from components.ui import formatting
from data.kpis.views.ranges import RangeAhead
from data.kpis.views.signals import ACT, DecidedAs, Departure, OutlookView
from models import Better, DecisionKind, Health, Rule, Signal
from tests.components.examples import RECOVERY, TODAY, decision, gauge, indicator, signal
from tests.components.kpi_examples import COMING, WEEKS, kpi


@pytest.mark.parametrize(
    ("departure", "text"),
    [
        (
            Departure(None, None, None, 0.04),
            "If this goes on, it stays in its range for the next 2 weeks.",
        ),
        (
            Departure(COMING[1], None, None, 0.32),
            "If this goes on, it stays in its range for the next 2 weeks "
            "(32\u00a0% chance to leave).",
        ),
        (
            Departure(COMING[0], COMING[1], None),
            "If this goes on, it leaves its range around the week of 5\u00a0Oct "
            "(80\u00a0% span: the week of 28\u00a0Sep to later than the outlook).",
        ),
        (
            Departure(COMING[0], COMING[0], COMING[1]),
            "If this goes on, it leaves its range around the week of 28\u00a0Sep "
            "(80\u00a0% span: the week of 28\u00a0Sep to the week of 5\u00a0Oct).",
        ),
    ],
)
def test_range_to_empty_in_words(departure: Departure, text: str) -> None:
    view = kpi()
    assert view.ahead is not None
    left = replace(view, ahead=replace(view.ahead, departure=departure))
    assert kpi_words.departure(left, TODAY) == text


@pytest.mark.parametrize(
    ("mean", "text"),
    [
        ((3.9, 3.7), ""),
        ((3.9, 3.4), "If this goes on, it is back in its range around the week of 5\u00a0Oct."),
    ],
)
def test_what_is_out_already_says_when_it_is_back(mean: tuple[float, float], text: str) -> None:
    ahead = OutlookView(COMING, mean, mean, mean, Departure(None, None, None))
    view = kpi(gauge=gauge(low=None, high=3.5, health=Health.OUT_OF_RANGE), ahead=ahead)
    assert kpi_words.departure(view, TODAY) == text


@pytest.mark.parametrize("changes", [{"gauge": None}, {"ahead": None}])
def test_without_range_or_outlook_nothing_leaves(changes: dict[str, None]) -> None:
    assert kpi_words.departure(kpi(**changes), TODAY) == ""


@pytest.mark.parametrize(
    ("changes", "mark"),
    [
        ({}, "▼ drifting down"),
        ({"mean": 11.0, "expected": 10.0}, "▲ drifting up"),
        ({"signal": Signal.STEADY}, "═ steady"),
        ({"signal": Signal.STEADY, "favourable": True}, "▼ better"),
        ({"signal": Signal.WATCH}, "△ watch"),
        ({"signal": Signal.RECOVERING}, "↻ recovering"),
        ({"signal": Signal.LEARNING}, "… learning"),
    ],
)
def test_a_signal_has_a_shape_and_a_word(changes: dict[str, Any], mark: str) -> None:
    view = kpi(signal=signal(**changes), better=Better.LOWER)
    assert kpi_words.signal_mark(view) == mark


def test_a_signal_that_is_being_computed_says_so() -> None:
    assert kpi_words.signal_mark(kpi(is_pending=True)) == "… signal being computed"
    view = kpi(signal=signal(), is_pending=True)
    assert kpi_words.signal_mark(view) == "▼ drifting down · signal being computed"


def test_a_silent_kpi_was_drifting() -> None:
    view = kpi(signal=signal(), gauge=gauge(freshness="no data", health=Health.NO_DATA))
    assert kpi_words.signal_mark(view) == "▼ was drifting down"
    assert "this is how it was then" in kpi_words.because(view, TODAY)


def test_an_indicator_is_never_green() -> None:
    view = kpi(gauge=None, indicator=indicator())
    assert kpi_words.health_mark(view) == "◇ Indicator"
    assert kpi_words.signal_mark(view) == ""


@pytest.mark.parametrize(
    ("days", "said", "text"),
    [
        (None, None, ""),
        (0, None, "Nobody has decided yet."),
        (35, None, "Nobody has decided for 5 weeks."),
        (1, decision(look_again=date(2026, 11, 16)), "It is time to look again."),
        (
            14,
            decision(look_again=date(2026, 11, 3)),
            "It should have been looked at again 2 weeks ago.",
        ),
    ],
)
def test_who_has_to_decide(days: int | None, said: Any, text: str) -> None:
    about = {"undecided_days": days, "decision": said}
    outside = gauge(health=Health.OUT_OF_RANGE, **about)
    assert kpi_notes.undecided(kpi(gauge=outside, **about)) == text


def test_only_dismissed_readings_are_no_readings_that_count() -> None:
    (week,) = kpi().periods[:1]
    gone = signal(signal=Signal.LEARNING, period=week, history="l")
    empty = gauge(value=None, period=None, health=Health.NO_DATA, freshness="no data", signal=gone)
    view = kpi(periods=(week,), values=(2.4,), dismissed=(week,), signal=gone, gauge=empty)
    assert kpi_words.because(view, TODAY) == (
        "Its only reading was dismissed; Milepost learns what is normal here from 12 that count."
    )
    assert kpi_head._latest(view, TODAY) == ("", "no reading that counts")
    assert gauge_words.gauge_line(empty, TODAY, TODAY).startswith("no reading that counts")
    assert gauge_words.silence(gauge(period=None), TODAY) == "no reading yet"


def test_a_dismissed_reading_is_not_the_one_that_is_far_out() -> None:
    far = signal(
        signal=Signal.WATCH, rule=Rule.READING, last=3.4, last_expected=2.0, period=WEEKS[2]
    )
    view = kpi(values=(2.4, 9.9, 3.1), dismissed=WEEKS[2:], signal=far)
    said = kpi_words.because(view, TODAY).replace(formatting.FIXED, " ")
    assert said.startswith("9.9 % in the week of 14 Sep is 3.4 sigma above the 2 % expected.")


@pytest.mark.parametrize(
    ("kind", "day", "text"),
    [
        (DecisionKind.DISMISS, WEEKS[1], "Dismissed the reading of the week of 14 Sep"),
        (DecisionKind.DISMISS, date(2026, 9, 16), "Dismissed the reading of the week of 14 Sep"),
        (DecisionKind.REBASE, WEEKS[1], "Rebased from 14 Sep on"),
        (DecisionKind.ACKNOWLEDGE, TODAY, "Acknowledged"),
        (ACT, TODAY, "Agreed to act"),
    ],
)
def test_a_decision_names_the_period_it_speaks_of(kind: DecidedAs, day: date, text: str) -> None:
    said = kpi_notes.said(kpi(), decision(kind=kind, date=day), TODAY)
    assert said.replace(formatting.FIXED, " ") == text


def test_what_is_recovered_names_no_day_that_its_recovery_does_not_keep() -> None:
    facts = {"date": TODAY, "look_again": date(2026, 12, 22), "reason": "Too slow."}
    rerouted = kpi_notes._details(kpi(), decision(kind=DecisionKind.REROUTE, **facts), TODAY)
    assert "look again" not in " ".join(rerouted)
    noted = kpi_notes._details(kpi(), decision(kind=DecisionKind.ACKNOWLEDGE, **facts), TODAY)
    assert "look again" in " ".join(noted)


def test_a_kpi_that_recovers_already_says_where_and_is_not_rerouted_again() -> None:
    recovers = gauge(recovery=RECOVERY)
    assert gauge_decisions.recovers_already(recovers) == (
        "“Backlog comes back” in Q4 2026 brings it back already: work on it there."
    )
    assert not gauge_decisions.may_be_rerouted(recovers)
    slipped = gauge(recovery=replace(RECOVERY, phase="relapsed"))
    assert gauge_decisions.recovers_already(slipped) == ""
    assert gauge_decisions.may_be_rerouted(slipped)
    assert not gauge_decisions.may_be_rerouted(gauge(health=Health.NO_DATA))


def test_an_outlook_names_the_range_it_is_held_against_and_what_comes_of_the_next() -> None:
    tighter = RangeAhead(1, COMING[1], None, 3.2)
    view = kpi(ranges_ahead=(tighter,), gauge=gauge(low=None, high=3.5, value=3.1))
    told = kpi_words.departure(view, TODAY)
    assert told == "If this goes on, it stays in its present range for the next 2 weeks."
    assert range_words.now_and_then(view).replace(formatting.FIXED, " ") == (
        "Its latest value, 3.1 %, would be in that range. "
        "If this goes on, it will be near 3.3 %, out of that range."
    )
    later = replace(tighter, starts_on=COMING[1] + timedelta(days=1))
    beyond = replace(view, ranges_ahead=(later,))
    assert "in its range" in kpi_words.departure(beyond, TODAY)
    assert "goes on" not in range_words.now_and_then(beyond)
