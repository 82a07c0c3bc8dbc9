"""The cards of what needs a decision, worst first."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache

import streamlit as st

from components import assets, card_words, gauge_words, opening
from data.views import DecisionCard

_CARDS = st.components.v2.component(
    "milepost_decisions",
    html="<div class='root'></div>",
    css=assets.style("decisions"),
    js=assets.script("decisions"),
)


def show(
    cards: Sequence[DecisionCard],
    *,
    day: date,
    key: str,
    more_outside: int = 0,
    on_missing: Callable[[str, int], None] | None = None,
) -> None:
    """Show four cards, the rest behind a button; theirs open the gauge or lane they tell of.

    `on_missing` hears which one was clicked that is not on the page.
    """
    data = {
        "cards": [_card(card, day) for card in cards],
        "calm": "" if cards else gauge_words.no_decisions(more_outside),
    }
    _CARDS(key=key, data=data, on_open_change=opening.listener(key, on_missing))


@lru_cache(maxsize=256)
def _card(card: DecisionCard, day: date) -> Mapping[str, str | int | bool]:
    target, number = _subject(card)
    return {
        "kind": card.kind.replace(" ", "-"),
        "title": card_words.card_title(card),
        "fact": card_words.card_fact(card, day),
        "text": card_words.card_text(card, day),
        "verb": card_words.VERBS[card.kind],
        "target": target,
        "id": number,
        "edit": card.kind != "out of range",
    }


def _subject(card: DecisionCard) -> tuple[str, int]:
    if card.gauge is not None:
        return "kpi", card.gauge.kpi_id
    return "key result", card.lane.key_result_id if card.lane is not None else 0
