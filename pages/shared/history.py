"""The drawer of a thing's history: each change, and the way back for one's own."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date

import streamlit as st
from sqlalchemy import Engine

from components.history import history
from components.ui import words
from data.core.database import now
from data.history.queries import SHOWN, Asked
from data.history.queries import history as read_history
from data.history.views import Subject
from data.operations.workspace import Workspace
from pages.shared.edits import TakenBack, take_back
from pages.shared.feedback import once
from pages.shared.workspace import opened

NOTHING_DONE = "Nothing has been done here yet."


def ask(kind: Subject, key: int, name: str) -> None:
    """Have the drawer of a thing open in the run that follows: a callback cannot open it."""
    st.session_state.history_of = (kind, key, name)
    st.session_state.older_here = 1


def show_drawer(as_of: date | None) -> None:
    """Open the drawer that was asked for; Streamlit keeps it open until somebody closes it."""
    if "history_of" not in st.session_state:
        return
    kind, key, name = st.session_state.pop("history_of")
    # A dialog's title belongs to its function: each thing has one of its own.
    title = f"History: {words.escaped(name)}"
    drawer = st.dialog(title, width="medium", position="right", on_dismiss="rerun")(_drawer)
    drawer(kind, key, as_of)


def mine(workspace: Workspace, asked: Asked) -> Collection[int]:
    """Give what of this who is here did and may take back; nothing on a look back."""
    keys = {person.name: person.id for person in workspace.company.people}
    key = keys.get(st.session_state.get("person") or "")
    if key is None or asked.as_of is not None:
        return ()
    own = read_history(workspace.engine, workspace.version, replace(asked, mine=key))
    return {done.command_id for done in own.done}


def taker(engine: Engine) -> Callable[[int], None]:
    """Make the callback that takes a change back, and keeps what became of it to be told."""

    def send(command_id: int) -> None:
        st.session_state.taken_back = take_back(engine, st.session_state.get("person"), command_id)

    return send


def tell() -> None:
    """Say once what became of the change that somebody wanted to take back."""
    taken_back: TakenBack | None = once("taken_back", None)
    if taken_back:
        (st.success if taken_back.is_done else st.warning)(taken_back.message)


def _drawer(kind: Subject, key: int, as_of: date | None) -> None:
    # A click in the drawer runs it alone again, so it looks at the data anew.
    workspace = opened()
    shown = SHOWN * st.session_state.get("older_here", 1)
    asked = Asked(subject=kind, key=key, as_of=as_of, shown=shown)
    tell()
    history.show(
        read_history(workspace.engine, workspace.version, asked),
        zone=workspace.company.zone,
        today=workspace.company.today(now()),
        key="drawer",
        empty=NOTHING_DONE,
        about=True,
        mine=mine(workspace, asked),
        on_take_back=taker(workspace.engine),
        on_older=_show_older_here,
    )


def _show_older_here() -> None:
    st.session_state.older_here += 1
