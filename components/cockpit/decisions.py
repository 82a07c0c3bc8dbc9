"""The cards of what needs a decision, worst first."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from components.cockpit import card_groups, card_words
from components.editing import editing
from components.kpis import decision_form, gauge_decisions
from components.kpis.gauge_numbers import Periods
from components.ui import click_events, frontend, payloads
from data.core.outcomes import Outcome
from data.kpis.views.edits import DecisionEdit
from data.screens.views.cockpit import DecisionCard
from models import Cadence

_CARDS = frontend.element("decisions")


def show(
    cards: Sequence[DecisionCard],
    *,
    day: date,
    today: date,
    editable: bool,
    outcome: Outcome | None,
    key: str,
    on_decide: Callable[[DecisionEdit], None],
    on_open: Callable[[int], None],
    calm: str,
    periods: Mapping[Cadence, Sequence[date]],
    people: Sequence[str] = (),
    person: str | None = None,
    on_missing: Callable[[str, int], None] | None = None,
    on_reroute: Callable[[int], None] = lambda kpi_id: None,
    on_step: Callable[[int], None] = lambda kpi_id: None,
) -> None:
    """Show three cards, the rest behind a button; one can decide in a card.

    `on_reroute` hears which KPI is to be rerouted, `on_step` of which the recovery is confirmed
    or graduates.

    `on_open` hears which KPI is to be looked at closer; `on_missing` what was clicked to be
    edited and is not on the page. `calm` is said where there is no card, its shape first.
    """
    offered = tuple((cadence, tuple(starts)) for cadence, starts in periods.items())
    data = {
        "calm": None if cards else payloads.shaped(calm),
        "editable": editable,
        "person": person or "",
        "answer": editing.answer(key, outcome, "kpi"),
    }
    _CARDS(
        key=key,
        data=data,
        large=_written(tuple(cards), offered, day, today, tuple(people)),
        on_open_change=click_events.listener(key, on_missing),
        on_look_change=click_events.of_kpi(key, "look", on_open),
        on_edit_change=editing.listener(key, decision_form.decision, on_decide),
        on_reroute_change=click_events.of_kpi(key, "reroute", on_reroute),
        on_step_change=click_events.of_kpi(key, "step", on_step),
    )


@lru_cache(maxsize=32)
def _written(
    cards: tuple[DecisionCard, ...],
    periods: Periods,
    day: date,
    today: date,
    people: tuple[str, ...],
) -> Mapping[str, Any]:
    """Write what all who look at these cards are sent, once and not at every run."""
    waiting = [card.gauge for card in cards if card_words.waits_for_decision(card)]
    cadences = [gauge.cadence for gauge in waiting if gauge is not None]
    return {
        "form": decision_form.shared(
            cadences, dict(periods), today=today, people=people, person=None
        ),
        "cards": [_card(card, periods, day, today) for card in cards],
        "groups": [_group(group, cards, day, today) for group in card_groups.groups(cards)],
    }


@lru_cache(maxsize=2048)
def _card(card: DecisionCard, periods: Periods, day: date, today: date) -> Mapping[str, Any]:
    """Write a card in words, once until it changes."""
    target, number = _subject(card)
    gauge = card.gauge if card_words.waits_for_decision(card) else None
    return {
        "kind": card.kind.replace(" ", "-"),
        "decided": card.decided,
        **card_words.said(card, day, today)._asdict(),
        "decide": gauge and decision_form.with_readings(gauge, dict(periods)),
        "reroutes": gauge is not None and gauge_decisions.may_be_rerouted(gauge),
        "verb": card_words.verb(card),
        "target": target,
        "id": number,
        "kpi": _known_by(card),
    }


def _group(
    group: card_groups.Group, cards: Sequence[DecisionCard], day: date, today: date
) -> Mapping[str, Any]:
    worst = cards[group.places[0]]
    said = card_words.said(worst, day, today)
    called = (said.whose or worst.objective or said.name) if group.apart else said.name
    return {
        "key": group.key,
        "title": group.title,
        "whose": group.whose,
        "worst": f"The worst is {called}. {said.sentence}",
        "shape": said.shape,
        "age": group.trouble,
        "places": group.places,
    }


def _known_by(card: DecisionCard) -> int | None:
    """Give the KPI whose page tells how a card is known."""
    if card.gauge is not None:
        return card.gauge.kpi_id
    result = card.key_result
    return result.fed_by_id if result is not None and result.feed_is_live else None


def _subject(card: DecisionCard) -> tuple[str, int]:
    if card.gauge is not None:
        return "kpi", card.gauge.kpi_id
    return "key result", card.key_result.key_result_id if card.key_result is not None else 0
