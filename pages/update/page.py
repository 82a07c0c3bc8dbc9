"""What is mine, due first: type, Enter, done."""

from datetime import date

import streamlit as st

from components.ui.page_registry import UPDATE, WHOSE
from components.update import update_list
from data.core.database import now
from data.core.outcomes import Outcome
from data.operations.workspace import Workspace
from data.screens.update import mine
from data.screens.views.update import CellEdit, ListEdit, Mine, StepEdit, TickEdit
from data.screens.waiting import waiting
from pages.shared import top
from pages.shared.decisions import save_action
from pages.shared.dispatch import NO_SENSE
from pages.shared.edits import save_cells, save_step
from pages.shared.feedback import keep, show_toast
from pages.shared.navigation import go_on, look_at_team, open_named
from pages.shared.workspace import opened


def show() -> None:
    """Ask who is here, show what is theirs, and send what they change."""
    workspace = opened()
    today = workspace.company.today(now())
    as_of = top.short_line(workspace, UPDATE, today)
    go_on()
    top.sample(workspace)
    top.look_back(as_of, today)
    name = st.session_state.get("person")
    day = as_of or today
    whose = _whose(workspace, name)
    view = _mine(workspace, whose or name, day)
    update_list.show(
        view,
        waiting=() if view else waiting(workspace.engine, workspace.version, day),
        person=name,
        whose=whose,
        today=today,
        editable=as_of is None,
        key="update",
        on_edits=lambda edits: [_save(workspace, view, edit, today) for edit in edits],
        on_open=lambda kind, key: open_named(view, kind, key),
        on_team=look_at_team,
        on_pick=_pick,
    )
    show_toast(workspace.engine)


def _pick(name: str) -> None:
    st.session_state.person = name


def _whose(workspace: Workspace, name: str | None) -> str:
    """Give whose list the address asks for, where that is not who is here."""
    asked = st.query_params.get(WHOSE, "")
    people = [person.name for person in workspace.company.people]
    return asked if asked in people and asked != name else ""


def _mine(workspace: Workspace, name: str | None, day: date) -> Mine | None:
    """Give what is somebody's own; of somebody new, nothing yet."""
    if not name:
        return None
    keys = {person.name: person.id for person in workspace.company.people}
    # No key is 0: nobody owns anything under it.
    return mine(workspace.engine, workspace.version, keys.get(name, 0), day)


def _save(workspace: Workspace, view: Mine | None, edit: ListEdit | None, today: date) -> Outcome:
    name = st.session_state.get("person")
    if isinstance(edit, StepEdit):
        outcome = save_step(workspace.engine, name, edit, today)
    elif isinstance(edit, TickEdit):
        outcome = save_action(workspace.engine, name, edit.action, today, target="action")
    elif isinstance(edit, CellEdit):
        outcome = save_cells(workspace.engine, name, edit, _unit(view, edit))
    else:
        return Outcome("refused", "kpi", 0, NO_SENSE)
    keep(outcome)
    return outcome


def _unit(view: Mine | None, edit: CellEdit) -> str:
    if view is None:
        return ""
    units = {("kpi", kpi.kpi_id): kpi.unit for kpi in view.kpis}
    units |= {
        ("key result", key_result.key_result_id): key_result.unit for key_result in view.key_results
    }
    return units.get((edit.target, edit.id), "")


show()
