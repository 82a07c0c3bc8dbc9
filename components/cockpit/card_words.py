"""What a card of the decisions says."""

from collections.abc import Sequence
from datetime import date

from components.cockpit import key_result_words
from components.kpis import (
    action_words,
    first_sentence,
    gauge_decisions,
    gauge_numbers,
    gauge_words,
)
from components.ui import formatting, words
from data.kpis.views.gauges import Gauge
from data.okrs.views.key_results import KeyResultView
from data.screens.views.cockpit import DecisionCard
from models import Health

LOOK = "Look closer"

VERBS = {
    "drifting": LOOK,
    "out of range": LOOK,
    "behind pace": "Check in",
    "no data": "Enter it now",
    "settled": LOOK,
}


def card_titles(cards: Sequence[DecisionCard]) -> list[str]:
    """Name what needs a decision, a KPI with its team where two cards would say the same."""
    names = gauge_words.told_apart([card.gauge for card in cards if card.gauge is not None])
    return [
        names[card.gauge.kpi_id] if card.gauge else card.key_result.name if card.key_result else ""
        for card in cards
    ]


def card_fact(card: DecisionCard, on: date, today: date) -> str:
    """Say what is the matter."""
    if card.gauge is None:
        return "" if card.key_result is None else f"◣ {key_result_words.pace(card.key_result)}"
    if card.kind == "no data":
        return f"◌ {gauge_words.silence(card.gauge, on)}"
    return _fact(card.gauge, on, today)


def card_text(card: DecisionCard, on: date, today: date) -> str:
    """Say what else one has to know to decide."""
    if card.gauge is not None:
        facts = _gauge_facts(card, card.gauge, on, today)
    elif card.key_result is not None:
        facts = _key_result_facts(card.key_result, card.objective, on)
    else:
        facts = []
    return " · ".join(fact for fact in facts if fact)


def waits_for_decision(card: DecisionCard) -> bool:
    """Tell whether a card waits for somebody to decide."""
    return card.kind in ("drifting", "out of range") and not card.decided


def _fact(gauge: Gauge, on: date, today: date) -> str:
    mark = gauge_words.signal_mark(gauge)
    shape = "■" if gauge.health is Health.OUT_OF_RANGE else mark[1][0] if mark else "●"
    return f"{shape} {first_sentence.moves(gauge, on, today)}"


def _gauge_facts(card: DecisionCard, gauge: Gauge, on: date, today: date) -> list[str]:
    whose = [gauge.team, gauge.owner or ""]
    if card.kind == "no data":
        mark = gauge_words.signal_mark(gauge)
        return [mark[1] if mark else "", words.rhythm(gauge.cadence), *whose]
    now = [gauge_numbers.value(gauge), gauge_numbers.ideal(gauge)]
    if card.kind == "settled":
        return ["is it the new normal?", *now, *whose]
    said = _said(gauge, today) if card.decided else _undecided(gauge, today)
    is_told = card.kind == "out of range" and not gauge_decisions.is_drifting(gauge)
    actions = action_words.others(gauge, today)
    until = first_sentence.until(gauge, on, today)
    return [said, *actions, until, *now[is_told:], *whose]


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


def _key_result_facts(key_result: KeyResultView, objective: str | None, on: date) -> list[str]:
    stuck = key_result.unchanged_since
    still = "" if stuck is None else f"unchanged for {words.span(max(1, (on - stuck).days))}"
    now = (
        ""
        if key_result.value is None
        else f"at {formatting.value(key_result.value, key_result.unit, key_result.target)}"
    )
    return [still, now, key_result.owner or "", objective or ""]
