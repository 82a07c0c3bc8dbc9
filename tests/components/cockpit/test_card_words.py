from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from components.cockpit import card_words
from components.ui.formatting import FIXED, THIN
from data.kpis.queries.decision_status import act_of
from data.kpis.views.recovery import Phase
from data.screens.views.cockpit import DecisionCard
from models import DecisionKind, Health, Signal
from tests.components.examples import (
    RECOVERY,
    TODAY,
    WEEKS,
    action,
    decision,
    departure,
    gauge,
    key_result,
    out_of_range,
    signal,
)


def plain(text: str) -> str:
    return text.replace(THIN, " ").replace(FIXED, " ")


def told(card: DecisionCard) -> tuple[str, str, str]:
    """Give what a card says: whose it is, the sentence, and the line below with its shape."""
    said = card_words.said(card, TODAY, TODAY)
    whose = f"{said.name}, {said.whose}" if said.whose else said.name
    return plain(whose), plain(said.sentence), plain(f"{said.shape} {said.age}")


def test_the_card_of_a_gauge_out_of_range() -> None:
    assert told(out_of_range(value=64.0, low=45.0, high=60.0, unit="days")) == (
        "Conversion rate, Sales",
        "Out of range for 3 weeks: 64 days.",
        "■ nobody has decided yet",
    )


def test_a_stretch_that_began_before_what_is_known_is_longer_than_it() -> None:
    since = date(2023, 10, 30)
    card = out_of_range(since=since, since_before=True, undecided_days=(TODAY - since).days)
    assert told(card)[1].startswith("Out of range for over 3 years: ")
    assert told(card)[2] == "■ nobody has decided for over 3 years"
    drifts = out_of_range(since=since, since_before=True, signal=signal(), undecided_days=28)
    assert told(drifts)[2].startswith("■ nobody has decided for 4 weeks · ")


def test_the_card_of_a_silent_gauge() -> None:
    silent = gauge(health=Health.NO_DATA, period=WEEKS[2], owner=None)
    assert told(DecisionCard("no data", gauge=silent)) == (
        "Conversion rate, Sales",
        "No reading for 16 days.",
        "◌ due every week",
    )


def test_the_card_of_a_key_result_behind_pace() -> None:
    slow = key_result(standing="behind pace", progress=0.1, unchanged_since=date(2026, 10, 26))
    assert told(DecisionCard("behind pace", key_result=slow, objective="Selling is simple")) == (
        "Raise 90-day retention",
        "48 points behind pace, unchanged for 3 weeks: 75.8 %.",
        "◣ too early to say · Ana · Selling is simple",
    )


def drifting(**changes: object) -> DecisionCard:
    facts = {"signal": signal(onset=date(2026, 9, 21)), "departure": departure()}
    return DecisionCard("drifting", gauge=gauge(**(facts | changes)))


def test_the_card_of_a_drift_that_nobody_has_decided() -> None:
    assert told(drifting(undecided_days=35)) == (
        "Conversion rate, Sales",
        "Falling from 10.2 to 9.4 % since 21 Sep.",
        "▼ nobody has decided for 5 weeks · leaves its range around 30 Nov",
    )
    assert told(drifting(undecided_days=0))[2].startswith("▼ nobody has decided yet · ")


def test_one_card_says_that_a_gauge_is_out_of_range_and_drifts() -> None:
    drifts = told(out_of_range(signal=signal()))
    assert drifts[1] == "Falling from 10.2 to 9.4 % since 21 Sep."
    assert drifts[2] == "■ nobody has decided yet · out of range for 3 weeks"
    watched = out_of_range(signal=signal(signal=Signal.WATCH))
    assert told(watched)[1].startswith("Out of range for 3 weeks: ")
    recovering = told(out_of_range(signal=signal(signal=Signal.RECOVERING)))
    assert recovering[1].startswith("Out of range for 3 weeks: ")
    assert "it is on its way back" in recovering[2]


def test_the_card_of_a_decided_drift_says_who_decided_what() -> None:
    card = DecisionCard("drifting", gauge=gauge(signal=signal(), decision=decision()), decided=True)
    assert told(card)[2] == "▼ acknowledged by Ana until 1 Dec: The new price list is out."
    rerouted = decision(kind=DecisionKind.REROUTE, look_again=None, who=None, reason="A new road")
    card = DecisionCard("drifting", gauge=gauge(signal=signal(), decision=rerouted), decided=True)
    assert told(card)[2] == "▼ rerouted: A new road"


def test_a_day_to_look_again_that_has_come_is_named() -> None:
    due = drifting(decision=decision(look_again=date(2026, 11, 16)), undecided_days=1)
    assert told(due)[2].startswith("▼ look again since 16 Nov · leaves its range")


def test_the_card_of_a_drift_about_which_somebody_acts_says_who_does_what_by_when() -> None:
    acted = gauge(signal=signal(), decision=act_of(action()), actions=(action(),))
    card = DecisionCard("drifting", gauge=acted, decided=True)
    assert told(card)[2] == "▼ Ben: Check the feed, by 12 Dec"
    ticked = action(done_on=date(2026, 11, 12))
    done = gauge(signal=signal(), decision=act_of(ticked))
    card = DecisionCard("drifting", gauge=done, decided=True)
    assert told(card)[2] == "▼ Ben: Check the feed, done 12 Nov"


def test_an_action_beside_another_decision_is_told_too() -> None:
    known = gauge(signal=signal(), decision=decision(), actions=(action(),))
    card = DecisionCard("drifting", gauge=known, decided=True)
    assert told(card)[2].endswith("list is out. · Ben: Check the feed, by 12 Dec")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Ben: Check the feed, was due 16 Nov and is not done · "),
        (
            {"done_on": date(2026, 11, 12)},
            "Ben: Check the feed, done 12 Nov, without effect so far · ",
        ),
        ({"owner": None}, "Check the feed, was due 16 Nov and is not done · "),
    ],
)
def test_a_decision_without_effect_is_named(changes: dict[str, Any], said: str) -> None:
    past = action(due=date(2026, 11, 16), **changes)
    waits = drifting(decision=act_of(past), undecided_days=0, actions=(past,))
    assert told(waits)[2].startswith(f"▼ {said}")
    assert told(waits)[2].count("Check the feed") == 1


def test_the_card_of_a_better_level_asks_whether_it_is_the_new_normal() -> None:
    better = signal(signal=Signal.STEADY, favourable=True, mean=11.0, onset=None)
    assert told(DecisionCard("settled", gauge=gauge(signal=better)))[1:] == (
        "Better than before: 11 % against 10.2 %.",
        "▲ is it the new normal?",
    )


def test_the_card_of_a_gauge_that_fell_silent_while_it_drifted_says_so() -> None:
    silent = gauge(health=Health.NO_DATA, signal=signal(), period=WEEKS[2])
    text = told(DecisionCard("no data", gauge=silent))[2]
    assert text == "◌ ▼ was drifting · due every week"


def test_only_what_waits_is_decided() -> None:
    assert card_words.waits_for_decision(drifting())
    assert card_words.waits_for_decision(out_of_range())
    decided = DecisionCard("drifting", gauge=gauge(signal=signal()), decided=True)
    assert not card_words.waits_for_decision(decided)
    assert not card_words.waits_for_decision(DecisionCard("no data", gauge=gauge()))


@pytest.mark.parametrize(
    ("phase", "verb"),
    [("certified", "Confirm it is back"), ("passed", "Let it graduate"), ("on probation", "")],
)
def test_a_recovery_that_waits_for_a_person_takes_one_press(phase: Phase, verb: str) -> None:
    held = gauge(recovery=replace(RECOVERY, phase=phase))
    assert card_words.verb(DecisionCard("recovered", gauge=held)) == verb
