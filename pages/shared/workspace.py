"""Opening the data for a page, or saying in words why it cannot be opened."""

from contextlib import nullcontext
from threading import Event

import streamlit as st

from data.core.database import Unusable
from data.core.migrate import TooNew
from data.operations.workspace import Workspace, open_workspace

ONE_MOMENT = "One moment: Milepost is bringing its data up to date. This happens once."

_ready = Event()


def opened() -> Workspace:
    """Give the open data; where there is none, say why and end the run.

    An older database is brought up to date first: whoever looks meanwhile is told.
    """
    try:
        with nullcontext() if _ready.is_set() else st.spinner(ONE_MOMENT):
            workspace = open_workspace()
    except (Unusable, TooNew) as error:
        st.error(str(error))
        st.stop()
    _ready.set()
    return workspace
