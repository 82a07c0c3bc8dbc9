"""Closing a cycle: what a team made of each objective, sent as commands."""

from functools import partial

import streamlit as st

from components.okrs import closing as closing_page
from components.okrs import closing_words
from data.okrs.commands.review import review_objective
from data.okrs.queries.closing_review import closing_review
from data.okrs.queries.drafts import OkrLook
from data.okrs.views.closing import Closing, ClosingObjective, ObjectiveReview
from data.operations.workspace import Workspace
from pages.okrs.okr_feedback import keep_or_tell
from pages.shared.cycles import add_next_cycle
from pages.shared.dispatch import change


def show(workspace: Workspace, look: OkrLook, *, editable: bool) -> None:
    """Show the cycle as it may be closed, and keep what people make of it."""
    view = closing_review(workspace.engine, workspace.version, look)
    closing_page.show(
        view,
        team=look.team.name,
        day=look.day,
        editable=editable,
        on_review=lambda each, review: _review(workspace, view, each, review),
        on_add_cycle=lambda: _add_cycle(workspace),
        on_next=_go_on,
    )


def _review(
    workspace: Workspace, view: Closing, each: ClosingObjective, review: ObjectiveReview
) -> str:
    """Keep what was made of an objective, and show it; say why that could not be."""
    reviewed = partial(
        review_objective,
        workspace.engine,
        review=review,
        shown=each.row,
        next_cycle_id=view.next_cycle.id if view.next_cycle else None,
        base_version=view.version,
    )
    by = (workspace.engine, st.session_state.get("person"))
    kept = closing_words.kept(each)
    told = keep_or_tell(change(*by, "objective", each.row.id, reviewed, kept))
    if not told:
        st.rerun()
    return told


def _add_cycle(workspace: Workspace) -> None:
    add_next_cycle(workspace)


def _go_on(cycle: str) -> None:
    """Look at the next cycle's table."""
    st.session_state.cycle = cycle
    st.session_state.view = "table"
