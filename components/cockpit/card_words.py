"""What a card of the decisions says."""

from datetime import date
from typing import NamedTuple

from components.cockpit import key_result_words
from components.kpis import (
    action_words,
    first_sentence,
    gauge_decisions,
    gauge_words,
    recovery_words,
)
from components.ui import formatting, words
from data.kpis.views.gauges import Gauge
from data.okrs.views.key_results import KeyResultView
from data.screens.views.cockpit import DecisionCard
from models import Health

VERBS = {"behind pace": "Check in", "no data": "Enter it now"}
"""What one does about a card about which there is nothing to decide."""


class Said(NamedTuple):
    """What a card says: whose it is, what is the matter, and for how long or what was decided."""

    name: str
    whose: str
    sentence: str
    shape: str
    age: str


def said(card: DecisionCard, on: date, today: date) -> Said:
    """Say what needs a decision."""
    if card.gauge is not None:
        gauge, facts = card.gauge, _gauge_facts(card, card.gauge, on, today)
        sentence = _sentence(card, gauge, on, today)
        return Said(gauge.name, gauge.team, sentence, _shape(card, gauge), words.dotted(*facts))
    result = card.key_result
    if result is None:
        return Said("", "", "", "", "")
    facts = [key_result_words.phrase(result, today, on), result.owner or "", card.objective or ""]
    return Said(result.name, "", f"{_lag(result, on)}.", "◣", words.dotted(*facts))


def _sentence(card: DecisionCard, gauge: Gauge, on: date, today: date) -> str:
    if card.kind == "recovered" and gauge.recovery is not None:
        return recovery_words.awaited(gauge.recovery, gauge.cadence, gauge.unit)
    return f"{first_sentence.moves(gauge, on, today)}."


def verb(card: DecisionCard) -> str:
    """Say on a button what is to be done next, empty where that is decided in a form.

    What slipped again may also be taken on at once.
    """
    recovery = card.gauge.recovery if card.gauge is not None else None
    slipped = recovery is not None and recovery.phase == "relapsed" and waits_for_decision(card)
    if recovery is not None and (card.kind == "recovered" or slipped):
        return recovery_words.STEPS.get(recovery.phase, "")
    return VERBS.get(card.kind, "")


def waits_for_decision(card: DecisionCard) -> bool:
    """Tell whether a card waits for somebody to decide."""
    return card.kind in ("drifting", "out of range") and not card.decided


def _shape(card: DecisionCard, gauge: Gauge) -> str:
    if card.kind == "no data":
        return "◌"
    if card.kind == "recovered" and gauge.recovery is not None:
        return recovery_words.MARKS[gauge.recovery.phase][0]
    mark = gauge_words.signal_mark(gauge)
    return "■" if gauge.health is Health.OUT_OF_RANGE else mark[1][0] if mark else "●"


def _gauge_facts(card: DecisionCard, gauge: Gauge, on: date, today: date) -> list[str]:
    if card.kind == "no data":
        mark = gauge_words.signal_mark(gauge)
        return [mark[1] if mark else "", words.rhythm(gauge.cadence)]
    if card.kind == "settled":
        return ["is it the new normal?"]
    if card.kind == "recovered" and gauge.recovery is not None:
        return [recovery_words.held(gauge.recovery, gauge.cadence), "waits for a person"]
    decided = _said(gauge, today) if card.decided else _undecided(gauge, today)
    recovers = recovery_words.short(gauge.recovery, gauge.cadence) if gauge.recovery else ""
    return [
        decided,
        recovers,
        *action_words.others(gauge, today),
        first_sentence.until(gauge, on, today),
    ]


def _said(gauge: Gauge, today: date) -> str:
    decision = gauge.decision
    if decision is None:
        return ""
    if decision.action is not None:
        told = action_words.done if decision.action.done_on else action_words.agreed
        return told(decision.action, today)
    who = f" by {decision.who}" if decision.who else ""
    again = decision.look_again
    until = f" until {formatting.day(again, today)}" if again else ""
    return f"{gauge_decisions.DECIDED[decision.kind]}{who}{until}: {decision.reason}"


def _undecided(gauge: Gauge, today: date) -> str:
    """Say for how long nobody has decided; a day to look again that has come is named."""
    if gauge.decision is not None and gauge.decision.action is not None:
        return action_words.without_effect(gauge.decision.action, today)
    if gauge.decision is not None and gauge.decision.look_again is not None:
        return f"look again since {formatting.day(gauge.decision.look_again, today)}"
    waits = gauge_decisions.undecided_for(gauge)
    return f"nobody has decided for {waits}" if waits else "nobody has decided yet"


def _lag(key_result: KeyResultView, on: date) -> str:
    """Say how far a key result is behind, for how long nothing has moved, and where it is."""
    stuck = key_result.unchanged_since
    still = "" if stuck is None else f"unchanged for {words.span(max(1, (on - stuck).days))}"
    lag = ", ".join(filter(None, (key_result_words.pace(key_result), still)))
    if key_result.value is None:
        return lag
    return f"{lag}: {formatting.value(key_result.value, key_result.unit, key_result.target)}"
