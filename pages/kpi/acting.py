"""What people decide on the page of a KPI: sent as commands, kept for the toast."""

from collections.abc import Callable
from datetime import date

import streamlit as st
from sqlalchemy import Engine

from components.kpis.kpi_acting import Senders
from data.core.outcomes import Outcome
from data.kpis.views.edits import AcknowledgeEdit, ReadingEdit
from data.kpis.views.kpi import KpiView
from pages.shared.decisions import (
    save_acknowledgement,
    save_dismissal,
    save_event,
    save_rebase,
)
from pages.shared.edits import save_reading
from pages.shared.feedback import keep


def senders(engine: Engine, view: KpiView) -> Senders:
    """Give where each decision about a KPI goes, in the name of who is here."""
    key = view.kpi_id

    def kept(save: Callable[[str | None], Outcome]) -> Outcome:
        outcome = save(st.session_state.get("person"))
        if outcome.kind == "saved":
            keep(outcome)
        return outcome

    def acknowledge(reason: str, look_again: date) -> Outcome:
        edit = AcknowledgeEdit(key, reason, look_again)
        return kept(lambda name: save_acknowledgement(engine, name, edit))

    def correct(edit: ReadingEdit) -> Outcome:
        return kept(lambda name: save_reading(engine, name, edit, view.unit))

    return Senders(
        acknowledge=acknowledge,
        rebase=lambda since, reason: kept(
            lambda name: save_rebase(engine, name, key, since, reason)
        ),
        dismiss=lambda period, reason: kept(
            lambda name: save_dismissal(engine, name, key, period, reason)
        ),
        add_event=lambda day, text: kept(lambda name: save_event(engine, name, key, day, text)),
        correct=correct,
    )
