"""What people said about a KPI, what happened around it, and what hangs on it."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from components.kpis import action_words, gauge_decisions, guardrail_words, kpi_words
from components.ui import cards, formatting, words
from components.ui.page_registry import COCKPIT
from data.kpis.views.kpi import KpiView, Tie
from data.kpis.views.signals import ACT, DecisionView
from data.okrs.views.key_results import GuardBreach
from models import DecisionKind

SAID = {
    ACT: "Agreed to act",
    DecisionKind.ACKNOWLEDGE: "Acknowledged",
    DecisionKind.REROUTE: "Rerouted",
    DecisionKind.REBASE: "Rebased from {period} on",
    DecisionKind.DISMISS: "Dismissed the reading of {period}",
    DecisionKind.CONFIRM: "Confirmed that it is back",
    DecisionKind.GRADUATE: "Let it graduate",
}
"""What somebody did, with the period that it speaks of where that is not the day it was said."""


def decisions(view: KpiView, today: date) -> None:
    """List what was decided, the latest first; before all, that a decision is awaited."""
    with cards.card("decisions"):
        st.markdown("**Decisions**")
        if waits := undecided(view):
            st.markdown(f":red[▲ {words.escaped(waits)}]")
        for decision in view.decisions:
            told = f"**{formatting.day(decision.said_on, today)}** {said(view, decision, today)}"
            parts = [told, *map(words.escaped, _details(view, decision, today))]
            st.markdown(words.dotted(*parts))
        if not view.decisions and not waits:
            st.caption("Nobody has decided anything yet.")


def _details(view: KpiView, decision: DecisionView, today: date) -> list[str]:
    action, again = decision.action, decision.look_again
    if action is not None:
        is_open = action.is_open(view.day)
        told = action_words.agreed(action, today) if is_open else action_words.done(action, today)
        return [told, "" if is_open else action.note]
    # What is being recovered is looked at by its recovery, from cycle to cycle.
    recovers = decision.kind is DecisionKind.REROUTE
    look = f"look again {formatting.day(again, today)}" if again and not recovers else ""
    return [decision.reason, look, decision.who or ""]


def said(view: KpiView, decision: DecisionView, today: date) -> str:
    """Say what somebody decided, and for which period."""
    if decision.kind is DecisionKind.REBASE:
        return SAID[decision.kind].format(period=formatting.day(decision.date, today))
    begun = [period for period in view.periods if period <= decision.date]
    period = words.during(view.cadence, max(begun, default=decision.date), today)
    return SAID[decision.kind].format(period=period)


def undecided(view: KpiView) -> str:
    """Say for how long a decision is awaited; empty where none is."""
    if view.undecided_days is None or not kpi_words.waits(view):
        return ""
    if view.decision is not None and view.decision.action is not None:
        return f"{action_words.without_effect(view.decision.action, view.day)}. What now?"
    again = view.decision.look_again if view.decision else None
    if again is not None:
        return (
            "It is time to look again."
            if view.undecided_days < 2
            else (f"It should have been looked at again {words.span(view.undecided_days)} ago.")
        )
    if view.undecided_days == 0:
        return "Nobody has decided yet."
    waits = gauge_decisions.undecided_for(view.gauge) if view.gauge else ""
    return f"Nobody has decided for {waits or words.span(view.undecided_days)}."


def objective(view: KpiView, breaches: Mapping[int, GuardBreach], today: date) -> None:
    """List the objectives that the KPI guards or feeds; `breaches` by key tell where it broke."""
    with cards.card("on the road"):
        st.markdown("**On the road**")
        for tie in view.ties:
            place = {"team": tie.team, "cycle": tie.cycle, "focus": f"objective {tie.objective_id}"}
            st.page_link(COCKPIT.script, label=_tied(tie), query_params=place)
            breach = breaches.get(tie.objective_id)
            if tie.key_result is None and breach is not None:
                st.markdown(_broken(breach, today))
        if not view.ties:
            st.caption("It guards no objective and feeds no key result.")


def _tied(tie: Tie) -> str:
    name = f"**{words.escaped(tie.objective)}** · {words.escaped(tie.team)} · {tie.cycle}"
    if tie.key_result is None:
        return f"Guards {name}"
    return f"Feeds “{words.escaped(tie.key_result)}” of {name}"


def _broken(breach: GuardBreach, today: date) -> str:
    if breach.mended_on is None:
        return f":red[◆ {words.escaped(guardrail_words.since(breach, today))}]"
    return words.escaped(f"◇ {guardrail_words.broke(breach, today)}")


def events(view: KpiView, today: date) -> None:
    """List what happened around the KPI."""
    with cards.card("events"):
        st.markdown("**Events**")
        for event in view.events:
            who = f" · {words.escaped(event.who)}" if event.who else ""
            text = words.escaped(event.text)
            st.markdown(f"⚑ **{formatting.day(event.date, today)}** {text}{who}")
        if not view.events:
            st.caption("No event is noted yet.")
