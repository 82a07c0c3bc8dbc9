"""What a card of the decisions says."""

from datetime import date

from components import gauge_words, lane_words, words
from data.views import DecisionCard, Gauge, Lane

VERBS = {"no data": "Enter it now", "out of range": "Look closer", "behind pace": "Check in"}


def card_title(card: DecisionCard) -> str:
    """Name what needs a decision."""
    if card.gauge is not None:
        return card.gauge.name
    return "" if card.lane is None else card.lane.name


def card_fact(card: DecisionCard, on: date) -> str:
    """Say what is the matter."""
    if card.gauge is not None and card.kind == "no data":
        return f"◌ {gauge_words.silence(card.gauge, on)}"
    if card.gauge is not None:
        return f"■ {gauge_words.stretch(card.gauge, on).replace(' for', ',')}"
    return "" if card.lane is None else f"◣ {lane_words.pace(card.lane)}"


def card_text(card: DecisionCard, on: date) -> str:
    """Say what else one has to know to decide."""
    if card.gauge is not None:
        facts = _gauge_facts(card.gauge, card.kind)
    elif card.lane is not None:
        facts = _lane_facts(card.lane, card.objective, on)
    else:
        facts = []
    return " · ".join(fact for fact in facts if fact)


def _gauge_facts(gauge: Gauge, kind: str) -> list[str]:
    whose = [gauge.team, gauge.owner or ""]
    if kind == "no data":
        return [words.rhythm(gauge.cadence), *whose]
    return [
        words.value(gauge.value, gauge.unit),
        words.ideal(gauge.low, gauge.high, gauge.unit),
        *whose,
    ]


def _lane_facts(lane: Lane, objective: str | None, on: date) -> list[str]:
    stuck = lane.unchanged_since
    still = "" if stuck is None else f"unchanged for {words.span(max(1, (on - stuck).days))}"
    now = "" if lane.value is None else f"at {words.value(lane.value, lane.unit)}"
    return [still, now, lane.owner or "", objective or ""]
