"""People who leave: erasing one, and deleting details after a while."""

from collections.abc import Mapping

import streamlit as st

from components.settings import leaving
from data.company.erasable import erasable
from data.operations.retention import delete_overdue, kept_for, overdue
from data.operations.workspace import Workspace
from pages.settings.saving import erase, save_retention
from pages.shared.feedback import keep, once, tell


def offer(workspace: Workspace) -> None:
    """Offer to erase somebody, and to set how long details are kept."""
    engine = workspace.engine
    with st.container(horizontal=True, key="leaving"):
        leaving.erasing(
            erasable(engine, workspace.version),
            refused=once("erase_refused"),
            on_erase=lambda listed_id, typed: _erase(workspace, listed_id, typed),
        )
        leaving.keeping(
            kept_for(engine),
            refused=once("retention_refused"),
            count=lambda days: _counted(workspace, days),
            on_save=lambda days: _keep(workspace, days),
        )


def _erase(workspace: Workspace, listed_id: int, typed: str) -> None:
    outcome = erase(workspace.engine, st.session_state.get("person"), listed_id, typed)
    if outcome.kind == "saved":
        st.session_state.erased, st.session_state.erased_name = None, ""
        # There is no way back, and none is offered.
        tell(outcome.message)
    else:
        st.session_state.erase_refused = outcome.message


def _counted(workspace: Workspace, days: Mapping[str, int | None]) -> Mapping[str, int]:
    found = overdue(workspace.engine, days)
    return {"keep_attendance_days": found.attendances, "keep_log_days": found.changes}


def _keep(workspace: Workspace, days: Mapping[str, int | None]) -> None:
    outcome = save_retention(workspace.engine, st.session_state.get("person"), days)
    if outcome.kind == "saved":
        delete_overdue(workspace.engine)
        keep(outcome)
    else:
        st.session_state.retention_refused = outcome.message
