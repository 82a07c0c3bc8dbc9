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
        live.follow(_Watch(shown, of_teams))


class _Watch:
    """Tells whether there is anything newer than what a page shows."""

    def __init__(self, shown: Workspace, teams: Collection[int] | None) -> None:
        self.shown, self.teams = shown, teams
        self.is_just_read = True

    def __call__(self) -> bool:
        """Look; the run of the page itself has just read all that it shows."""
        if self.is_just_read:
            self.is_just_read = False
            return False
        try:
            now = open_workspace()
            is_same = now.engine is self.shown.engine
            if not now.is_reached:
                return False
            if not is_same or self.teams is None:
                return not is_same or now.version != self.shown.version
            return is_newer(now.engine, self.shown.version, now.version, self.teams)
        except Unreachable:
            # What is shown stays; the next act says so.
            return False
