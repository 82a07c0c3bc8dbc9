"""The wall: a screen without hands, which shows a team's cockpit by itself."""

import streamlit as st

from components.meetings import wall
from components.ui.page_registry import SAMPLE
from data.core.database import now
from data.core.errors import Unreachable
from data.okrs.queries.opening_cycle import cycle_to_open
from data.operations.workspace import open_workspace
from data.screens.cockpit import Look, cockpit

EVERY = 5
"""Seconds between two looks at the data."""

WALL = "wall"
KEY = "wall"


def is_asked() -> bool:
    """Tell whether the address asks for the wall."""
    return st.query_params.get(WALL) == "1"


def open_wall() -> None:
    """Have the address ask for the wall."""
    st.query_params[WALL] = "1"


@st.fragment(run_every=EVERY)
def show(team_name: str | None) -> None:
    """Show a team's cockpit as it is now; where the database is away, what was shown stays."""
    try:
        workspace = open_workspace(sample=SAMPLE in st.query_params)
        moment = now()
        team = workspace.company.team_named(team_name)
        day = workspace.company.today(moment)
        cycle = cycle_to_open(workspace.engine, workspace.version, day)
        st.session_state["wall shown"] = (
            cockpit(workspace.engine, workspace.version, Look(team, cycle, day)),
            moment,
            workspace.company.zone,
        )
    except Unreachable:
        if "wall shown" not in st.session_state:
            raise
    view, moment, zone = st.session_state["wall shown"]
    st.session_state["wall beat"] = beat = st.session_state.get("wall beat", 0) + 1
    wall.show(view, now=moment, zone=zone, beat=beat, key=KEY, on_leave=_leave)
    if not is_asked():
        st.rerun()


def _leave() -> None:
    st.query_params.pop(WALL, None)
