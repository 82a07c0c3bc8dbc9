"""Following what others save while a page stays open."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

import streamlit as st

from components.ui import left_out, live
from components.ui.page_registry import Place
from data.core.errors import Unreachable
from data.core.team_versions import is_newer, teams_looked_at
from data.operations.workspace import Workspace, open_workspace


@contextmanager
def kept_live(place: Place) -> Iterator[None]:
    """Show a page, and anew after changes of the teams that it has read, or of anybody."""
    with teams_looked_at() as teams:
        yield
    st.session_state.is_shown_anew = False
    shown: Workspace | None = st.session_state.get("shown")
    if shown is not None and place.follows != "nobody":
        of_teams = None if place.follows == "anybody" else frozenset(teams)
        watch = _Watch(shown, of_teams)
        live.follow(watch, on_show=_show_anew, wants_rest=left_out.is_rest_wanted())


def _show_anew() -> None:
    st.session_state.is_shown_anew = True


class _Watch:
    """Tells the version of the data that a page does not show yet, 0 where it shows all."""

    def __init__(self, shown: Workspace, teams: Collection[int] | None) -> None:
        self.shown, self.teams = shown, teams
        self.is_just_read = True

    def __call__(self) -> int:
        """Look; the run of the page itself has just read all that it shows."""
        if self.is_just_read:
            self.is_just_read = False
            return 0
        try:
            now = open_workspace(sample=bool(self.shown.own))
            is_same = now.engine is self.shown.engine
            if not now.is_reached:
                return 0
            if not is_same or self.teams is None:
                changed = not is_same or now.version != self.shown.version
            else:
                changed = is_newer(now.engine, self.shown.version, now.version, self.teams)
        except Unreachable:
            # What is shown stays; the next act says so.
            return 0
        return now.version if changed else 0
