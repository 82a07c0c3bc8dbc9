"""What people decide on the page of a KPI: sent as commands, kept for the toast."""

from collections.abc import Callable
from datetime import date

import streamlit as st
from sqlalchemy import Engine

from components.kpis.kpi_acting import Senders
from data.core.outcomes import Outcome
from data.kpis.views.edits import ReadingEdit
from data.kpis.views.kpi import KpiView
from pages.shared.decisions import save_action, save_decision, save_event, save_range
from pages.shared.edits import save_reading
from pages.shared.feedback import keep
from pages.shared.rerouting import ask_reroute, save_recovery


def senders(engine: Engine, view: KpiView, today: date) -> Senders:
    """Give where each decision about a KPI goes, in the name of who is here."""
    key = view.kpi_id

    def kept(save: Callable[[str | None], Outcome]) -> Outcome:
        outcome = save(st.session_state.get("person"))
        if outcome.kind == "saved":
            keep(outcome)
        return outcome

    def correct(edit: ReadingEdit) -> Outcome:
        return kept(lambda name: save_reading(engine, name, edit, view.unit))

    return Senders(
        decide=lambda edit: kept(lambda name: save_decision(engine, name, edit)),
        change_action=lambda edit: kept(lambda name: save_action(engine, name, edit, today)),
        add_event=lambda day, text: kept(lambda name: save_event(engine, name, key, day, text)),
        correct=correct,
        ask_reroute=lambda: ask_reroute(key),
        step=lambda edit: kept(lambda name: save_recovery(engine, name, edit)),
        plan_range=lambda edit: kept(lambda name: save_range(engine, name, edit)),
    )
