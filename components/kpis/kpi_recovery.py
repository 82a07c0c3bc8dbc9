"""The recovery of a KPI on its page: how far it is, and the step that a person takes next."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from components.kpis import recovery_words
from components.kpis.kpi_acting import Senders, asked_for, may_be_rerouted
from components.ui import cards, words
from components.ui.page_registry import COCKPIT
from components.ui.payloads import LONGEST
from data.core.outcomes import Outcome
from data.kpis.views.kpi import KpiView
from data.kpis.views.recovery import RecoveryEdit, RecoveryStep, RecoveryView


def show(view: KpiView, send: Senders, *, today: date, editable: bool, key: str) -> None:
    """Show the latest recovery of a KPI; one that waits for a person offers the step."""
    recovery = view.gauge.recovery if view.gauge else None
    if recovery is None:
        return
    with cards.card("recovery"):
        st.markdown("**Recovery**")
        _objective(recovery)
        for said in (
            recovery_words.line(recovery, view.cadence, today),
            recovery_words.certificate(recovery, view.cadence, view.unit),
        ):
            if said:
                st.markdown(words.escaped(said))
        st.caption(recovery_words.what_next(recovery))
        step = recovery_words.step(recovery)
        slipped = recovery.phase == "relapsed"
        if editable and step is not None and (not slipped or may_be_rerouted(view)):
            _step(view, recovery, step, send, key)


def _objective(recovery: RecoveryView) -> None:
    focus = f"objective {recovery.objective_id}"
    place = {"team": recovery.team, "cycle": recovery.cycle, "focus": focus}
    name = f"“{words.escaped(recovery.objective)}” · {words.escaped(recovery.cycle)}"
    st.page_link(COCKPIT.script, label=name, query_params=place)


def _step(
    view: KpiView, recovery: RecoveryView, step: RecoveryStep, send: Senders, key: str
) -> None:
    verb = recovery_words.STEPS[recovery.phase]

    def fields(turn: str) -> Callable[[], Outcome]:
        proposed = recovery_words.REASONS[step]
        reason = st.text_input("What you saw", proposed, max_chars=LONGEST, key=f"{turn} why")
        return lambda: send.step(RecoveryEdit(view.kpi_id, step, reason))

    asked_for(verb, verb, key, fields, primary=True)
