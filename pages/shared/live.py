"""Following what others save while a page stays open."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

import streamlit as st

from components.ui import live
from components.ui.page_registry import Place
from data.core.errors import Unreachable
from data.core.team_versions import is_newer, teams_looked_at
from data.operations.workspace import Workspace, open_workspace


@contextmanager
def kept_live(place: Place) -> Iterator[None]:
    """Show a page, and anew after changes of the teams that it has read, or of anybody."""
    with teams_looked_at() as teams:
        yield
    shown: Workspace | None = st.session_state.get("shown")
    if shown is not None and place.follows != "nobody":
        of_teams = None if place.follows == "anybody" else frozenset(teams)
        live.follow(lambda: _is_newer(shown, of_teams))


def _is_newer(shown: Workspace, teams: Collection[int] | None) -> bool:
    try:
        now = open_workspace()
        if not now.is_reached:
            return False
        if now.engine is not shown.engine or teams is None:
            return now.engine is not shown.engine or now.version != shown.version
        return is_newer(now.engine, shown.version, now.version, teams)
    except Unreachable:
        # What is shown stays; the next act says so.
        return False
