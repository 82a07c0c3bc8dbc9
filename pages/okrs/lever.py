"""The drawer that asks which KPI should become a key result, and makes it one."""

import streamlit as st

from components.okrs import okr_lever, okr_words
from data.okrs.commands.key_results import add_key_result
from data.okrs.queries.drafts import OkrLook, okrs
from data.okrs.queries.driver_impact import driven_kpis, levers_of
from data.okrs.views.drafts import DriverImpact
from data.operations.workspace import Workspace
from pages.okrs.okr_feedback import keep_or_note, show_note
from pages.shared.dispatch import Done, send
from pages.shared.workspace import opened


def offer() -> None:
    """Offer the drawer, which opens once the page is shown."""
    if st.button("What would help most?", help=okr_lever.TITLE.removesuffix("?")):
        st.session_state.lever_asked, st.session_state.lever_made = True, False


def show_drawer(look: OkrLook) -> None:
    """Open the drawer where it was asked for; Streamlit keeps it open until somebody closes it."""
    if st.session_state.pop("lever_asked", False):
        st.dialog(okr_lever.TITLE, width="medium", position="right")(_drawer)(look)


def _drawer(look: OkrLook) -> None:
    if st.session_state.lever_made:
        # The whole page runs again, without the drawer and with the new row.
        st.rerun()
    # A click in the drawer runs it alone again, so it looks at the data anew.
    workspace = opened()
    show_note()
    driven = driven_kpis(workspace.engine, workspace.version, look)
    if not driven:
        okr_lever.show_nothing_driven()
        return
    kpi = okr_lever.pick_kpi(driven)
    rows = okrs(workspace.engine, workspace.version, look).objectives
    objective_id = okr_lever.pick_objective(
        [row for row in rows if row.state not in okr_words.OVER]
    )
    okr_lever.show(
        levers_of(workspace.engine, workspace.version, look, kpi.kpi_id),
        objective_id=objective_id,
        on_make=lambda lever, under: _make(workspace, under, lever),
    )


def _make(workspace: Workspace, objective_id: int, lever: DriverImpact) -> None:
    """Make a driver a key result from where it stands; how far it should go is for the team."""

    def add(person_id: int) -> Done:
        command_id, key = add_key_result(
            workspace.engine,
            person_id=person_id,
            objective_id=objective_id,
            name=lever.kpi,
            base_version=workspace.version,
            kpi_id=lever.kpi_id,
            start=lever.value,
        )
        return Done(command_id, f"Added “{lever.kpi}”: type how far it should go.", made=key)

    name = st.session_state.get("person")
    outcome = send(workspace.engine, name, "key result", 0, add)
    keep_or_note(outcome)
    if outcome.command_id is not None:
        st.session_state.okr_focus = ("key result", outcome.id)
        st.session_state.lever_made = True
