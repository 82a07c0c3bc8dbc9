"""The drawer of targets on the way, and what is saved in it."""

from functools import partial

import streamlit as st

from components.okrs import okr_targets
from data.okrs.commands.targets import set_targets
from data.okrs.queries.drafts import OkrLook, okrs
from data.okrs.queries.targets import targets_of
from pages.okrs.okr_feedback import keep_or_note, show_note
from pages.shared.dispatch import change
from pages.shared.workspace import opened


def offer() -> None:
    """Offer the drawer, which opens once the page is shown."""
    if st.button(okr_targets.TITLE):
        st.session_state.targets_asked = True


def show_drawer(look: OkrLook) -> None:
    """Open the drawer where it was asked for; Streamlit keeps it open until somebody closes it."""
    if st.session_state.pop("targets_asked", False):
        st.dialog(okr_targets.TITLE, width="medium", position="right")(_drawer)(look)


def _drawer(look: OkrLook) -> None:
    # A click in the drawer runs it alone again, so it looks at the data anew.
    workspace = opened()
    show_note()
    view = okrs(workspace.engine, workspace.version, look)
    if view.cycle is None:
        return
    keys = [each.id for row in view.objectives for each in row.key_results]

    def save(key: int, targets: okr_targets.Targets) -> None:
        command = partial(
            set_targets,
            workspace.engine,
            key_result_id=key,
            targets=targets,
            base_version=view.version,
        )
        by = (workspace.engine, st.session_state.get("person"))
        outcome = change(*by, "key result", key, command, "Saved: pace and chance follow them.")
        keep_or_note(outcome)
        # The whole page runs again; where it was refused, the drawer says why.
        st.rerun(scope="app" if outcome.command_id is not None else "fragment")

    okr_targets.show(view.objectives, view.cycle, targets_of(workspace.engine, keys), on_save=save)
