"""Telling what became of a change: beside its field, and in the toast with the way back."""

from functools import partial
from typing import Any, NamedTuple
from uuid import uuid4

import streamlit as st
from sqlalchemy import Engine

from components.ui import toast
from data.core.outcomes import Outcome
from pages.shared.edits import take_back


class Told(NamedTuple):
    """What the toast says; a new nonce makes it a new message."""

    message: str
    command_id: int | None
    nonce: str | None


SILENCE = Told("", None, None)


def keep(outcome: Outcome) -> None:
    """Keep what became of an edit, for its editor and the toast."""
    st.session_state.outcome = outcome
    if outcome.kind == "saved":
        st.session_state.told = Told(outcome.message, outcome.command_id, None)


def tell(message: str) -> None:
    """Say in the toast what was done where there is no way back."""
    st.session_state.told = Told(message, None, uuid4().hex)


def tell_refusal(outcome: Outcome) -> None:
    """Say in the toast why nothing was done, where there is no field to say it beside."""
    if outcome.kind != "saved":
        # The same reason may be told twice.
        tell(outcome.message)


def last_outcome() -> Outcome | None:
    """Give what became of the last edit, which its editor may still wait for."""
    outcome: Outcome | None = st.session_state.get("outcome")
    return outcome


def once(name: str, default: Any = "") -> Any:
    """Give what is to be said once; it stays where the page only shows what others saved."""
    said = st.session_state.pop(name, default)
    if not said and st.session_state.get("is_shown_anew"):
        said = st.session_state.get(f"{name} said", default)
    st.session_state[f"{name} said"] = said
    return said


def show_toast(engine: Engine) -> None:
    """Tell what was saved last; to be shown last, as it takes a gap."""
    told: Told = st.session_state.get("told", SILENCE)
    toast.show(
        told.message,
        command_id=told.command_id,
        nonce=told.nonce,
        key="toast",
        on_undo=partial(undo_once, engine),
    )


def undo_once(engine: Engine, command_id: int) -> bool:
    """Take a command back, however often the click is brought, and tell; say whether it is done."""
    undone = f"undo {command_id}"
    if st.session_state.get("told", SILENCE).nonce == undone:
        return False
    taken_back = take_back(engine, st.session_state.get("person"), command_id)
    st.session_state.outcome = None
    # Why it is not may be told twice.
    nonce = undone if taken_back.is_done else f"{undone} {uuid4().hex}"
    st.session_state.told = Told(taken_back.message, None, nonce)
    return taken_back.is_done
