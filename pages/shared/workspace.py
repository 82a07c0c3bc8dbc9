"""Opening the data for a page, or saying in words why it cannot be opened."""

import gc
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from threading import Event
from time import monotonic

import streamlit as st

from components.ui import banner
from components.ui.page_registry import SAMPLE
from data.core.database import Unusable
from data.core.errors import Unreachable
from data.core.migrate import TooNew
from data.operations.metrics import run_of
from data.operations.workspace import Workspace, open_workspace
from pages.shared.in_turn import InTurn
from pages.shared.run_log import note

ONE_MOMENT = "One moment: Milepost is bringing its data up to date. This happens once."

AT_ONCE = 2
"""How many pages are computed at once: one while another waits for the database."""
WAITS = 3.0
"""Seconds after which a page is no longer held back, whoever is slow before it."""

_ready = Event()
_computed = InTurn(AT_ONCE)


def opened() -> Workspace:
    """Give the open data; where there is none, say why and end the run.

    An older database is brought up to date first: whoever looks meanwhile is told. While it does
    not answer it is given as it was last, and where it cannot be opened it is looked for again.
    """
    try:
        with nullcontext() if _ready.is_set() else st.spinner(ONE_MOMENT):
            workspace = open_workspace(sample=SAMPLE in st.query_params)
    except (Unusable, TooNew) as error:
        st.error(str(error))
        banner.look_again(_can_be_opened)
        st.stop()
    if not _ready.is_set():
        _spare_collector()
    _ready.set()
    local = workspace.read_at.astimezone(workspace.company.zone)
    st.session_state.shown_as_of = None if workspace.is_reached else local
    st.session_state.shown = workspace
    return workspace


def run(show: Callable[[], None], page: str) -> None:
    """Show a page, which is timed by its name; say so where the database does not answer.

    All that was shown before is kept in this process, and the page with it. All threads share one
    processor: were many pages computed at once, each would be done at the very end, and whoever has
    the turn to write would be held up by all of them.
    """
    st.session_state.shown_as_of = None
    began = monotonic()
    try:
        with run_of(page), _computed.after_others(within=WAITS):
            show()
    except Unreachable as error:
        _tell(None, error.why if error.is_lasting else "")
    else:
        if st.session_state.shown_as_of:
            _tell(st.session_state.shown_as_of)
    note("run", page=page, seconds=round(monotonic() - began, 4))


def _can_be_opened() -> bool:
    try:
        open_workspace(sample=SAMPLE in st.query_params)
    except (Unusable, TooNew, Unreachable):
        return False
    return True


def _tell(shown_as_of: datetime | None, why: str = "") -> None:
    told_at = monotonic()

    def is_back() -> bool:
        # Where a page failed though the database answers, running it again at once would not end.
        is_time = monotonic() - told_at > banner.LOOK_AGAIN_EVERY / 2
        return is_time and open_workspace().is_reached

    banner.unreachable(shown_as_of, why=why, is_back=is_back)


def _spare_collector() -> None:
    """Leave what is loaded by now, and stays, out of all garbage collections to come.

    To look through it takes some 150 ms, every hundred runs or so, with all sessions waiting.
    """
    gc.collect()
    gc.freeze()
