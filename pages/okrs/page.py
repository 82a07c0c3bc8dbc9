"""OKRs: what a team sets out to do in a cycle, drafted in a table and aligned in a tree."""

from collections.abc import Sequence

import streamlit as st

from components import kept, okr_table, okr_tree
from components.places import OKRS
from data.commands.objective_life import start_objectives
from data.database import now
from data.queries.okr_remarks import okr_remarks
from data.queries.okrs import OkrLook, okrs
from data.views import OkrEdit, OkrRemark, Okrs, Outcome
from data.workspace import Workspace
from models import ObjectiveState
from pages.okrs import beginning
from pages.okrs.noting import keep_or_note, show_note
from pages.okrs.saving import Saver
from pages.shared import top
from pages.shared.going import go_on
from pages.shared.opening import opened
from pages.shared.sending import Done, send
from pages.shared.telling import keep, show_toast

VIEWS = ("table", "tree")


def show() -> None:
    """Ask what is looked at, show it, and send what people change."""
    workspace = opened()
    here = workspace.company
    today = here.today(now())
    picked = top.team_line(workspace, OKRS, today, with_cycles=True)
    go_on()
    top.sample(workspace, OKRS)
    top.look_back(picked.as_of, today)
    day = picked.as_of or today
    look = OkrLook(
        team=here.team_named(picked.team),
        cycle=here.cycle_named(picked.cycle, day),
        day=day,
        tree=_kept("view", VIEWS) == "tree",
        over=_kept("over", ("no", "yes")) == "yes",
    )
    view = okrs(workspace.engine, workspace.version, look)
    _bar(workspace, view, editable=picked.as_of is None)
    if look.tree:
        okr_tree.show(view, key="okr_tree", on_open=lambda _, key: _open(view, key))
    else:
        _table(workspace, view, look, editable=picked.as_of is None)
    show_toast(workspace.engine)


def _table(workspace: Workspace, view: Okrs, look: OkrLook, *, editable: bool) -> None:
    here = workspace.company
    okr_table.show(
        view,
        person=st.session_state.get("person"),
        teams=[team.name for team in here.teams],
        cycles=[cycle.name for cycle in here.cycles],
        editable=editable,
        remarks=remarks_for(workspace, look),
        focus=st.session_state.pop("okr_focus", None),
        key="okrs",
        on_edits=lambda edits: _save(workspace, view, edits),
    )


def remarks_for(workspace: Workspace, look: OkrLook) -> Sequence[OkrRemark]:
    """Give the coach's remarks beside the rows of a team's table."""
    return okr_remarks(workspace.engine, workspace.version, look)


def _bar(workspace: Workspace, view: Okrs, *, editable: bool) -> None:
    """Show how to look at the objectives, and what can be done with all of them."""
    tree = st.session_state.get("view") == "tree"
    drafts = [row for row in view.objectives if row.state is ObjectiveState.DRAFT]
    with st.container(horizontal=True, vertical_alignment="center", key="okr_bar"):
        st.segmented_control(
            "Look at",
            VIEWS,
            format_func={"table": "Table", "tree": "Alignment tree"}.__getitem__,
            key="view",
            label_visibility="collapsed",
            required=True,
        )
        if view.hidden or st.session_state.get("over") == "yes":
            st.segmented_control(
                "Those that are over",
                ("no", "yes"),
                format_func={"no": "Under way", "yes": "Closed ones too"}.__getitem__,
                key="over",
                label_visibility="collapsed",
                required=True,
            )
        st.space("stretch")
        if editable and view.cycle and not tree:
            beginning.show(workspace, view)
        if drafts and editable and not tree:
            st.button(
                "Start the cycle with these",
                type="primary",
                help="Every draft here becomes active today",
                on_click=lambda: _start(workspace, view, [row.id for row in drafts]),
            )
    show_note()


def _kept(name: str, options: tuple[str, ...]) -> str:
    return kept.keep(
        name,
        page=OKRS.title,
        read=lambda text: text if text in options else None,
        default=options[0],
    )


def _open(view: Okrs, key: int) -> None:
    """Show an objective of the tree in its team's table."""
    row = next((each for each in view.objectives if each.id == key), None)
    if row is not None:
        st.session_state.team = row.team
        if row.cycle:
            st.session_state.cycle = row.cycle
        st.session_state.view = "table"
        st.session_state.okr_focus = ("objective", key)


def _save(workspace: Workspace, view: Okrs, edits: Sequence[OkrEdit | None]) -> Sequence[Outcome]:
    here = workspace.company
    saver = Saver(
        workspace.engine,
        st.session_state.get("person"),
        team_id=view.team.id,
        cycle_id=view.cycle.id if view.cycle else None,
        teams={team.name: team.id for team in here.teams},
        cycles={cycle.name: cycle.id for cycle in here.cycles},
    )
    outcomes = [saver.save(edit) for edit in edits]
    for outcome in outcomes:
        if outcome.command_id is not None:
            keep(outcome)
    return outcomes


def _start(workspace: Workspace, view: Okrs, objective_ids: Sequence[int]) -> None:
    def start(person_id: int) -> Done:
        command_id = start_objectives(
            workspace.engine,
            person_id=person_id,
            objective_ids=objective_ids,
            seen=view.version,
        )
        return Done(command_id, "The cycle has started.")

    name = st.session_state.get("person")
    keep_or_note(send(workspace.engine, name, "objective", 0, start))


show()
