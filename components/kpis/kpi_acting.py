"""Deciding about a KPI on its page: a form for each decision, and one to note an event."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import streamlit as st

from components.kpis import action_words, gauge_decisions, kpi_words, signal_explanation
from components.kpis.chart_marks import onset
from components.kpis.decision_form import KINDS, LONGEST_AHEAD, LOOK_AGAIN
from components.ui import formatting, left_out, words
from components.ui.payloads import LONGEST
from data.actions.views import ActionEdit
from data.core.outcomes import Outcome
from data.kpis.views.edits import DecisionEdit, ReadingEdit
from data.kpis.views.kpi import KpiView
from data.kpis.views.ranges import RangeEdit
from data.kpis.views.recovery import RecoveryEdit
from data.kpis.views.signals import ACT
from models import DecisionKind, Health

PERIODS = 26
LONGEST_NAME = 200
EARLIEST = date(1900, 1, 1)

Fields = Callable[[str], Callable[[], Outcome]]


@dataclass(frozen=True, slots=True)
class Senders:
    """Where what people decide goes; each gives what became of it."""

    decide: Callable[[DecisionEdit], Outcome]
    change_action: Callable[[ActionEdit], Outcome]
    add_event: Callable[[date, str], Outcome]
    correct: Callable[[ReadingEdit], Outcome]
    ask_reroute: Callable[[], None]
    step: Callable[[RecoveryEdit], Outcome]
    plan_range: Callable[[RangeEdit], Outcome]


@dataclass(frozen=True, slots=True)
class Who:
    """Who can be picked to act, and who is here."""

    people: Sequence[str]
    here: str | None


def show(view: KpiView, send: Senders, *, today: date, who: Who, key: str) -> None:
    """Offer every decision about the KPI, each behind a button, the first to think of first."""
    matters = may_be_decided(view)
    nothing = "" if matters else "It neither drifts nor is it out of range."
    recovers = gauge_decisions.recovers_already(view.gauge)
    asked = partial(asked_for, disabled=not matters, help=nothing)
    asked(
        KINDS[ACT].name,
        KINDS[ACT].verb,
        f"{key} act",
        lambda turn: _action(view, send, today, who, turn),
        primary=kpi_words.waits(view),
    )
    asked(
        KINDS[DecisionKind.ACKNOWLEDGE].name,
        KINDS[DecisionKind.ACKNOWLEDGE].verb,
        f"{key} acknowledge",
        lambda turn: _acknowledgement(view, send, today, turn),
    )
    st.button(
        KINDS[DecisionKind.REROUTE].name,
        disabled=not may_be_rerouted(view),
        help=words.escaped(nothing or recovers) or KINDS[DecisionKind.REROUTE].about,
        on_click=send.ask_reroute,
        key=f"{key} reroute",
    )
    if view.periods:
        rebase(view, send, KINDS[DecisionKind.REBASE].name, today=today, key=f"{key} rebase")
        dismiss(view, send, KINDS[DecisionKind.DISMISS].name, today=today, key=f"{key} dismiss")
    add_event(send, today, "Add an event", key=f"{key} event")


def settle(view: KpiView, send: Senders, *, today: date, key: str) -> None:
    """Ask whether a shift to the good side is here to stay; say nothing where there is none."""
    if view.signal is None or not signal_explanation.is_better(view.signal) or not view.periods:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown("It has settled at a new level: make it the new normal?", width="content")
        rebase(view, send, "Make it the new normal", today=today, key=key, primary=True)


def may_be_decided(view: KpiView) -> bool:
    """Tell whether something is the matter that can be acknowledged."""
    drifts = view.signal is not None and view.signal.signal in signal_explanation.STANDING
    return drifts or (view.gauge is not None and view.gauge.health is Health.OUT_OF_RANGE)


def may_be_rerouted(view: KpiView) -> bool:
    """Tell whether something is the matter, with a range to come back to, that none recovers."""
    gauge = view.gauge
    if gauge is None or not may_be_decided(view):
        return False
    return gauge_decisions.may_be_rerouted(gauge)


def add_event(send: Senders, day: date, label: str, *, key: str, today: date | None = None) -> None:
    """Offer to note an event, on a day unless another is picked."""

    def fields(turn: str) -> Callable[[], Outcome]:
        when = asked_day("When", day, EARLIEST, today or day, key=f"{turn} when")
        text = st.text_input(
            "What happened", max_chars=200, placeholder="new pricing", key=f"{turn} text"
        )
        return lambda: send.add_event(when, text)

    asked_for(label, "Add event", key, fields)


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
        st.caption(KINDS[DecisionKind.DISMISS].about)
        start = period or _period("Which reading", view, read[-PERIODS:], read[-1], today, turn)
        reason = _reason(turn, DecisionKind.DISMISS)
        return lambda: send.decide(DecisionEdit(view.kpi_id, DecisionKind.DISMISS, reason, start))

    if read:
        asked_for(label, KINDS[DecisionKind.DISMISS].verb, key, fields)


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
        st.caption(KINDS[DecisionKind.REBASE].about)
        start = period or _period("Since", view, offered, begins, today, turn)
        reason = _reason(turn, DecisionKind.REBASE)
        return lambda: send.decide(DecisionEdit(view.kpi_id, DecisionKind.REBASE, reason, start))

    asked_for(label, KINDS[DecisionKind.REBASE].verb, key, fields, primary=primary)


def new_normal(view: KpiView) -> date:
    """Give the period from which on a new normal would most likely be meant."""
    since = onset(view) or max(view.segments, default=None)
    if since is not None and since not in view.rebased_on:
        return since
    window = view.signal.window if view.signal else 0
    return view.periods[-max(min(window, len(view.periods)), 1)]


def _action(
    view: KpiView, send: Senders, today: date, who: Who, turn: str
) -> Callable[[], Outcome]:
    st.caption(KINDS[ACT].about)
    usual = action_words.usual_day(view.cadence, today)
    deed = asked_deed(Deed(view.owner or who.here, "", usual), who, today=today, turn=turn)
    return lambda: send.decide(
        DecisionEdit(view.kpi_id, ACT, deed.what, deed.due, deed.owner or "")
    )


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does what by when, as it stands in the fields of a form."""

    owner: str | None
    what: str
    due: date


def asked_deed(stands: Deed, who: Who, *, today: date, turn: str) -> Deed:
    """Ask who does what by when, with what stands filled in."""
    known = [stands.owner, who.here, *who.people]
    names = sorted({name for name in known if name}, key=str.casefold)
    owner = st.selectbox(
        "Who",
        names,
        index=names.index(stands.owner) if stands.owner else None,
        placeholder="Choose who does it",
        key=f"{turn} who",
    )
    what = st.text_input(
        "What",
        value=stands.what,
        max_chars=LONGEST_NAME,
        placeholder=KINDS[ACT].hint,
        key=f"{turn} what",
    )
    latest = today + timedelta(days=LONGEST_AHEAD)
    due = asked_day("By when", stands.due, min(stands.due, today), latest, key=f"{turn} due")
    return Deed(owner, what, due)


def _acknowledgement(view: KpiView, send: Senders, today: date, turn: str) -> Callable[[], Outcome]:
    st.caption(KINDS[DecisionKind.ACKNOWLEDGE].about)
    reason = _reason(turn, DecisionKind.ACKNOWLEDGE)
    usual, tomorrow, latest = (
        today + timedelta(days=days) for days in (LOOK_AGAIN[view.cadence], 1, LONGEST_AHEAD)
    )
    again = asked_day("Look again on", usual, tomorrow, latest, key=f"{turn} again")
    return lambda: send.decide(DecisionEdit(view.kpi_id, DecisionKind.ACKNOWLEDGE, reason, again))


def _reason(turn: str, kind: DecisionKind) -> str:
    hint = KINDS[kind].hint
    return st.text_input("Why", max_chars=LONGEST, placeholder=hint, key=f"{turn} why")


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


def asked_day(label: str, stands: date, since: date, until: date, *, key: str) -> date:
    """Ask for a day between two, with the one that stands filled in."""
    return st.date_input(
        label, stands, min_value=since, max_value=until, format="YYYY-MM-DD", key=key
    )


def version_seen(turn: str, version: int) -> int:
    """Give the data's version that was on screen when the fields of a form were filled in."""
    seen: int = st.session_state.setdefault(f"{turn} seen", version)
    return seen


def asked_for(
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
    # A new key closes what was open, and empties its fields.
    behind = st.popover(
        label,
        type="primary" if primary else "secondary",
        disabled=disabled,
        help=help or None,
        key=turn,
    )
    if left_out.is_left_out():
        return
    with behind, st.form(f"{turn} form", border=False):
        send = fields(turn)
        if st.form_submit_button(verb, type="primary"):
            outcome = send()
            if outcome.kind == "saved":
                st.session_state[key] = st.session_state.get(key, 0) + 1
                st.rerun()
            st.error(words.escaped(outcome.message))
