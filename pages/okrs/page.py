"""OKRs: what a team sets out to do in a cycle, drafted in a table and aligned in a tree."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from components.okrs import calibration, calibration_words, okr_table, okr_tree
from components.ui import url_state
from components.ui.page_registry import OKRS
from data.core.database import now
from data.core.outcomes import Outcome
from data.okrs.queries.alignment_tree import alignment
from data.okrs.queries.calibration import CHANCES, CalibrationLook
from data.okrs.queries.calibration import calibration as calibration_of
from data.okrs.queries.drafts import OkrLook, okrs
from data.okrs.queries.remarks import okr_remarks
from data.okrs.views.drafts import OkrAct, OkrArchive, OkrEdit, Okrs, OkrStep, OkrSteps, OkrTree
from data.operations.workspace import Workspace
from pages.okrs import closing, from_template, lever, targets
from pages.okrs.okr_feedback import show_note
from pages.okrs.saving import Saver
from pages.shared import top
from pages.shared.feedback import keep, show_toast
from pages.shared.navigation import go_on
from pages.shared.workspace import opened

VIEWS = {"table": "Table", "tree": "Alignment tree", "closing": "Close the cycle"}


def show() -> None:
    """Ask what is looked at, show it, and send what people change."""
    workspace = opened()
    here = workspace.company
    today = here.today(now())
    picked = top.team_line(workspace, OKRS, today, with_cycles=True)
    go_on()
    top.sample(workspace)
    top.look_back(picked.as_of, today)
    day = picked.as_of or today
    look = OkrLook(
        team=here.team_named(picked.team),
        cycle=here.cycle_named(picked.cycle, day),
        day=day,
        over=url_state.choice("over", page=OKRS.title, options=("no", "yes")) == "yes",
    )
    shown = url_state.choice("view", page=OKRS.title, options=tuple(VIEWS))
    if shown == "tree":
        _tree(workspace, look, editable=picked.as_of is None)
    elif shown == "closing":
        _bar(workspace, None, look, editable=picked.as_of is None)
        closing.show(workspace, replace(look, over=True), editable=picked.as_of is None)
    else:
        # What was closed just now stays where it was: it is read though the others are folded.
        look = replace(look, over=look.over or st.session_state.get("okr_over") == _place(look))
        view = okrs(workspace.engine, workspace.version, look)
        _bar(workspace, view, look, editable=picked.as_of is None)
        _table(workspace, view, look, editable=picked.as_of is None)
    _calibration(workspace, look)
    lever.show_drawer(look)
    targets.show_drawer(look)
    show_toast(workspace.engine)


def _tree(workspace: Workspace, look: OkrLook, *, editable: bool) -> None:
    tree = alignment(workspace.engine, workspace.version, look)
    _bar(workspace, tree, look, editable=editable)
    okr_tree.show(
        tree,
        unfolded=look.over,
        key="okr_tree",
        on_open=lambda _, key: _open(tree, key),
        on_unfold=_unfold,
    )


def _table(workspace: Workspace, view: Okrs, look: OkrLook, *, editable: bool) -> None:
    here = workspace.company
    okr_table.show(
        view,
        person=st.session_state.get("person"),
        teams=[team.name for team in here.teams],
        cycles=[cycle.name for cycle in here.cycles],
        editable=editable,
        remarks=okr_remarks(workspace.engine, workspace.version, look),
        focus=st.session_state.pop("okr_focus", None),
        unfolded=st.session_state.over == "yes",
        key="okrs",
        on_edits=lambda edits: _save(workspace, view, edits, look),
        on_unfold=_unfold,
        agreed=st.session_state.get("okr_agreed"),
        on_agree=lambda edit: _agree(workspace, view, edit, look),
    )


def _calibration(workspace: Workspace, look: OkrLook) -> None:
    """Show how often chances came true once somebody asks: it looks at many cycles."""
    if st.toggle(calibration_words.ASK, key="calibration"):
        asked = CalibrationLook(look.team, look.day)
        found = calibration_of(workspace.engine, workspace.version, asked)
        calibration.show(found, CHANCES, key="calibrated")


def _unfold(wanted: bool) -> None:
    st.session_state.over = "yes" if wanted else "no"


def _place(look: OkrLook) -> tuple[int, int | None]:
    return look.team.id, look.cycle.id if look.cycle else None


def _bar(
    workspace: Workspace, view: Okrs | OkrTree | None, look: OkrLook, *, editable: bool
) -> None:
    """Show how to look at the objectives, and what can be done with all of them."""
    with st.container(horizontal=True, vertical_alignment="center", key="okr_bar"):
        top.views(VIEWS)
        st.space("stretch")
        if editable and isinstance(view, Okrs) and view.cycle:
            from_template.show(workspace, view, look)
            lever.offer()
            targets.offer()
    show_note()


def _open(tree: OkrTree, key: int) -> None:
    """Show an objective of the tree in its team's table."""
    row = next((each for each in tree.objectives if each.id == key), None)
    if row is not None:
        st.session_state.team = row.team
        if row.cycle:
            st.session_state.cycle = row.cycle
        st.session_state.view = "table"
        st.session_state.okr_focus = ("objective", key)


def _agree(workspace: Workspace, view: Okrs, edit: OkrAct, look: OkrLook) -> None:
    (st.session_state.okr_agreed,) = _save(workspace, view, [edit], look)


def _save(
    workspace: Workspace, view: Okrs, edits: Sequence[OkrEdit | None], look: OkrLook
) -> Sequence[Outcome]:
    here = workspace.company
    if any(isinstance(edit, OkrStep | OkrSteps | OkrArchive) for edit in edits):
        st.session_state.okr_over = _place(look)
    saver = Saver(
        workspace.engine,
        st.session_state.get("person"),
        team_id=view.team.id,
        cycle_id=view.cycle.id if view.cycle else None,
        teams={team.name: team.id for team in here.teams},
        cycles={cycle.name: cycle.id for cycle in here.cycles},
        scores={row.id: row.score for row in view.objectives},
        today=here.today(now()),
    )
    outcomes = [saver.save(edit) for edit in edits]
    for outcome in outcomes:
        if outcome.command_id is not None:
            keep(outcome)
    return outcomes


show()
