"""Acting on a KPI: forms to acknowledge, to rebase, to dismiss, to note an event, to correct."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from components.kpis import signal_explanation
from components.kpis.chart_marks import onset
from components.ui import formatting, words
from data.core.outcomes import Outcome
from data.kpis.views.edits import ReadingEdit
from data.kpis.views.kpi import KpiView
from models import Cadence, Health

LOOK_AGAIN = {
    Cadence.DAILY: 7,
    Cadence.WEEKDAYS: 7,
    Cadence.WEEKLY: 28,
    Cadence.MONTHLY: 61,
    Cadence.QUARTERLY: 92,
}
"""In how many days one looks again unless told otherwise."""
LONGEST_LOOK_AWAY = 366
PERIODS = 26
LONGEST = 2000
EARLIEST = date(1900, 1, 1)

Fields = Callable[[str], Callable[[], Outcome]]


@dataclass(frozen=True, slots=True)
class Senders:
    """Where what people decide goes; each gives what became of it."""

    acknowledge: Callable[[str, date], Outcome]
    rebase: Callable[[date, str], Outcome]
    dismiss: Callable[[date, str], Outcome]
    add_event: Callable[[date, str], Outcome]
    correct: Callable[[ReadingEdit], Outcome]


def show(view: KpiView, send: Senders, *, today: date, key: str) -> None:
    """Offer every decision about the KPI, each behind a button."""
    waits = needs_decision(view)
    add_event(send, today, "Add an event", key=f"{key} event")
    if view.periods:
        dismiss(view, send, "Dismiss", today=today, key=f"{key} dismiss")
        rebase(view, send, "Rebase", today=today, key=f"{key} rebase")
    _asked(
        "Acknowledge",
        "Acknowledge",
        f"{key} acknowledge",
        lambda turn: _acknowledgement(view, send, today, turn),
        primary=waits and view.undecided_days is not None,
        disabled=not waits,
        help="" if waits else "It neither drifts nor is it out of range.",
    )


def settle(view: KpiView, send: Senders, *, today: date, key: str) -> None:
    """Ask whether a shift to the good side is here to stay; say nothing where there is none."""
    if view.signal is None or not signal_explanation.is_better(view.signal) or not view.periods:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown("It has settled at a new level: make it the new normal?", width="content")
        rebase(view, send, "Make it the new normal", today=today, key=key, primary=True)


def needs_decision(view: KpiView) -> bool:
    """Tell whether something is the matter that can be acknowledged."""
    drifts = view.signal is not None and view.signal.signal in signal_explanation.STANDING
    return drifts or (view.gauge is not None and view.gauge.health is Health.OUT_OF_RANGE)


def add_event(send: Senders, day: date, label: str, *, key: str, today: date | None = None) -> None:
    """Offer to note an event, on a day unless another is picked."""

    def fields(turn: str) -> Callable[[], Outcome]:
        when = st.date_input(
            "When",
            value=day,
            min_value=EARLIEST,
            max_value=today or day,
            format="YYYY-MM-DD",
            key=f"{turn} when",
        )
        text = st.text_input(
            "What happened", max_chars=200, placeholder="new pricing", key=f"{turn} text"
        )
        return lambda: send.add_event(when, text)

    _asked(label, "Add event", key, fields)


def dismiss(
    view: KpiView,
    send: Senders,
    label: str,
    *,
    today: date,
    key: str,
    period: date | None = None,
) -> None:
    """Offer to say that a reading is wrong: that of a period, or of one to be chosen."""
    read = [
        start for start, value in zip(view.periods, view.values, strict=True) if value is not None
    ]

    def fields(turn: str) -> Callable[[], Outcome]:
        st.caption("Bad data: the reading stays in sight, and no signal comes of it.")
        start = period or _period("Which reading", view, read[-PERIODS:], read[-1], today, turn)
        reason = _reason(turn, "the sensor was unplugged")
        return lambda: send.dismiss(start, reason)

    if read:
        _asked(label, "Dismiss reading", key, fields)


def rebase(
    view: KpiView,
    send: Senders,
    label: str,
    *,
    today: date,
    key: str,
    period: date | None = None,
    primary: bool = False,
) -> None:
    """Offer to call the readings since a period the new normal, or since one to be chosen."""
    begins = new_normal(view)
    offered = sorted({*view.periods[-PERIODS:], begins})

    def fields(turn: str) -> Callable[[], Outcome]:
        st.caption("The new normal: what came before no longer counts as expected.")
        start = period or _period("Since", view, offered, begins, today, turn)
        reason = _reason(turn, "the new product line is here to stay")
        return lambda: send.rebase(start, reason)

    _asked(label, "Set new normal", key, fields, primary=primary)


def new_normal(view: KpiView) -> date:
    """Give the period from which on a new normal would most likely be meant."""
    since = onset(view) or max(view.segments, default=None)
    if since is not None and since not in view.rebased_on:
        return since
    window = view.signal.window if view.signal else 0
    return view.periods[-max(min(window, len(view.periods)), 1)]


def _acknowledgement(view: KpiView, send: Senders, today: date, turn: str) -> Callable[[], Outcome]:
    st.caption("It is known, and nothing is done about it for now.")
    reason = _reason(turn, "the price list is new; it should settle")
    again = st.date_input(
        "Look again on",
        value=today + timedelta(days=LOOK_AGAIN[view.cadence]),
        min_value=today + timedelta(days=1),
        max_value=today + timedelta(days=LONGEST_LOOK_AWAY),
        format="YYYY-MM-DD",
        key=f"{turn} again",
    )
    return lambda: send.acknowledge(reason, again)


def _reason(turn: str, example: str) -> str:
    return st.text_input("Why", max_chars=LONGEST, placeholder=example, key=f"{turn} why")


def _period(
    label: str, view: KpiView, offered: list[date], chosen: date, today: date, turn: str
) -> date:
    latest_first = offered[::-1]
    return st.selectbox(
        label,
        latest_first,
        index=latest_first.index(chosen),
        format_func=lambda start: formatting.period(view.cadence, start, today),
        key=f"{turn} period",
    )


def _asked(
    label: str,
    verb: str,
    key: str,
    fields: Fields,
    *,
    primary: bool = False,
    disabled: bool = False,
    help: str = "",
) -> None:
    """Put a form behind a button; what is refused is told in it, and nothing typed is lost."""
    turn = f"{key} {st.session_state.get(key, 0)}"
    with (
        # A new key closes what was open, and empties its fields.
        st.popover(
            label,
            type="primary" if primary else "secondary",
            disabled=disabled,
            help=help or None,
            key=turn,
        ),
        st.form(f"{turn} form", border=False),
    ):
        send = fields(turn)
        if st.form_submit_button(verb, type="primary"):
            outcome = send()
            if outcome.kind == "saved":
                st.session_state[key] = st.session_state.get(key, 0) + 1
                st.rerun()
            st.error(words.escaped(outcome.message))
