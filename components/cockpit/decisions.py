"""The cards of what needs a decision, worst first."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from components.cockpit import card_words
from components.editing import editing
from components.kpis import gauge_words
from components.ui import click_events, frontend, payloads
from data.core.outcomes import Outcome
from data.kpis.views.edits import AcknowledgeEdit
from data.screens.views.cockpit import DecisionCard

_CARDS = frontend.element("decisions")

AGAIN = {"least": timedelta(days=1), "usual": timedelta(days=14), "most": timedelta(days=365)}
"""In how many days to look again."""


def show(
    cards: Sequence[DecisionCard],
    *,
    day: date,
    today: date,
    editable: bool,
    outcome: Outcome | None,
    key: str,
    on_acknowledge: Callable[[AcknowledgeEdit], None],
    on_open: Callable[[int], None],
    more_outside: int = 0,
    on_missing: Callable[[str, int], None] | None = None,
) -> None:
    """Show four cards, the rest behind a button; one can acknowledge in a card.

    `on_open` hears which KPI is to be looked at closer; `on_missing` what was clicked to be
    edited and is not on the page.
    """
    titled = zip(cards, card_words.card_titles(cards), strict=True)
    data = {
        "calm": "" if cards else gauge_words.no_decisions(more_outside),
        "editable": editable,
        "again": {name: (today + ahead).isoformat() for name, ahead in AGAIN.items()},
        "answer": editing.answer(key, outcome, "kpi"),
    }
    _CARDS(
        key=key,
        data=data,
        large={"cards": [_card(card, title, day, today) for card, title in titled]},
        on_open_change=click_events.listener(key, on_missing),
        on_look_change=_looker(key, on_open),
        on_edit_change=editing.listener(key, acknowledgement, on_acknowledge),
    )


def acknowledgement(sent: object) -> AcknowledgeEdit | None:
    """Turn what a card's form sent into an edit; None where it makes no sense."""
    if not isinstance(sent, dict):
        return None
    kpi_id, reason = payloads.whole(sent.get("id")), payloads.text(sent.get("reason"))
    again = payloads.day(sent.get("look_again"))
    if kpi_id is None or reason is None or again is None:
        return None
    return AcknowledgeEdit(kpi_id=kpi_id, reason=reason, look_again=again)


def _looker(key: str, on_open: Callable[[int], None]) -> Callable[[], None]:
    def hear() -> None:
        meant = click_events.target(payloads.triggered(key, "look"))
        if meant is not None:
            on_open(meant[1])

    return hear


@lru_cache(maxsize=256)
def _card(card: DecisionCard, title: str, day: date, today: date) -> Mapping[str, Any]:
    target, number = _subject(card)
    return {
        "kind": card.kind.replace(" ", "-"),
        "decided": card.decided,
        "title": title,
        "fact": card_words.card_fact(card, day),
        "text": card_words.card_text(card, day, today),
        "acknowledge": card_words.offers_to_acknowledge(card),
        "verb": card_words.VERBS[card.kind],
        "target": target,
        "id": number,
        "looks": card_words.VERBS[card.kind] == card_words.LOOK,
    }


def _subject(card: DecisionCard) -> tuple[str, int]:
    if card.gauge is not None:
        return "kpi", card.gauge.kpi_id
    return "key result", card.key_result.key_result_id if card.key_result is not None else 0
