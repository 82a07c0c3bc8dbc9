"""What people said about a KPI, what happened around it, and what hangs on it."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from components import words
from data.views import KpiView
from models import DecisionKind

SAID = {
    DecisionKind.ACKNOWLEDGE: "Acknowledged",
    DecisionKind.REROUTE: "Rerouted",
    DecisionKind.REBASE: "Rebased",
    DecisionKind.DISMISS: "Dismissed",
}


def decisions(view: KpiView, today: date) -> None:
    """List what was decided, the latest first."""
    with st.container(border=True):
        st.markdown("**Decisions**")
        for decision in view.decisions:
            again = decision.look_again
            parts = [
                f"**{words.day(decision.date, today)}** {SAID[decision.kind]}",
                words.escaped(decision.reason),
                f"look again {words.day(again, today)}" if again else "",
                words.escaped(decision.who or ""),
            ]
            st.markdown(" · ".join(part for part in parts if part))
        if not view.decisions:
            st.caption("Nobody has decided anything yet.")


def road(view: KpiView) -> None:
    """List the objectives that the KPI guards or feeds."""
    with st.container(border=True):
        st.markdown("**On the road**")
        for tie in view.ties:
            name = f"**{words.escaped(tie.objective)}** · {words.escaped(tie.team)} · {tie.cycle}"
            if tie.key_result is None:
                st.markdown(f"Guards {name}")
            else:
                st.markdown(f"Feeds “{words.escaped(tie.key_result)}” of {name}")
        if not view.ties:
            st.caption("It guards no objective and feeds no key result.")


def events(view: KpiView, today: date) -> None:
    """List what happened around the KPI."""
    with st.container(border=True):
        st.markdown("**Events**")
        for event in view.events:
            who = f" · {words.escaped(event.who)}" if event.who else ""
            text = words.escaped(event.text)
            st.markdown(f"⚑ **{words.day(event.date, today)}** {text}{who}")
        if not view.events:
            st.caption("No event is noted yet.")


def add_event(*, today: date, on_add: Callable[[date, str], str]) -> None:
    """Offer to note an event; `on_add` gives what is wrong with it, or nothing."""
    with (
        st.popover("Add an event"),
        st.form("event", border=False, clear_on_submit=True),
    ):
        day = st.date_input("When", value=today, max_value=today, format="YYYY-MM-DD")
        text = st.text_input("What happened", max_chars=200, placeholder="new pricing")
        if st.form_submit_button("Add event", type="primary"):
            wrong = on_add(day, text)
            if wrong:
                st.error(wrong)
            else:
                st.rerun()
