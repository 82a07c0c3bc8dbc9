"""Telling what became of a change to many rows at once: above the table, or in the toast."""

import streamlit as st

from components.ui import words
from data.core.outcomes import Outcome
from pages.shared.feedback import keep, once

CHANGED = "Somebody changed one of them meanwhile: look again."


def keep_or_note(outcome: Outcome) -> None:
    """Keep a change for the toast; note for the run that follows why there was none."""
    if note := keep_or_tell(outcome):
        st.session_state.okr_note = note


def keep_or_tell(outcome: Outcome) -> str:
    """Keep a change for the toast; say why there was none, nothing where there was one."""
    if outcome.command_id is None:
        return CHANGED if outcome.kind == "conflict" else outcome.message
    keep(outcome)
    return ""


def show_note() -> None:
    """Say once why nothing was changed."""
    if note := once("okr_note"):
        st.warning(words.escaped(note))
