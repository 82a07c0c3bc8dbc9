"""Settings: teams, people, cycles and KPIs, each in a table to type in."""

from datetime import date

import streamlit as st

from components import banner, kept, settings_tables, settings_words, top_line
from components.editable_table import Edited, Tried
from components.places import COCKPIT, KPI, SETTINGS
from data.commands.clock import time_zones
from data.database import now
from data.queries.search import find
from data.queries.settings import SettingsLook, settings
from data.queries.settings_kpis import check_drivers, propose
from data.views import Found
from data.views.settings import Settings, TableName
from data.workspace import Workspace
from pages.settings import beginning
from pages.settings.saving import save_row, save_time_zone
from pages.shared.opening import opened
from pages.shared.telling import keep, last_outcome, show_toast

NAMES = tuple(settings_words.TABLES)


def show() -> None:
    """Ask which table is looked at, show it, and send what is typed."""
    workspace = opened()
    here = workspace.company
    today = here.today(now())
    picked = top_line.show(
        SETTINGS,
        teams=[team.name for team in here.teams],
        people=[person.name for person in here.people],
        today=today,
        find=lambda text: find(workspace.engine, workspace.version, text),
        on_pick=_go_to,
    )
    _go_on()
    if workspace.is_sample:
        banner.sample()
        beginning.offer()
    if picked.as_of:
        banner.look_back(picked.as_of, today, on_return=lambda: top_line.look_back(None))
    table, search = _filters()
    look = SettingsLook(
        table=table,
        team_id=here.team_named(picked.team).id,
        day=picked.as_of or today,
        search=search,
    )
    view = settings(workspace.engine, workspace.version, look)
    _table(workspace, view, look, editable=picked.as_of is None)
    if table == "cycles":
        _time_zone(workspace, view, editable=picked.as_of is None)
    show_toast(workspace.engine)


def _filters() -> tuple[TableName, str]:
    """Show which table and which rows are looked at; both stand in the URL."""
    table = kept.keep("table", page=SETTINGS.title, read=_table_named, default=NAMES[0])
    search = kept.keep("find", page=SETTINGS.title, read=lambda text: text[:200], default="")
    with st.container(horizontal=True, key="filters", vertical_alignment="center"):
        st.segmented_control(
            "Table",
            NAMES,
            format_func=lambda name: settings_words.TABLES[name],
            required=True,
            key="table",
            label_visibility="collapsed",
        )
        st.text_input(
            "Search this table",
            key="find",
            placeholder="Search this table",
            label_visibility="collapsed",
            width=260,
        )
    return table, search


def _table_named(text: str) -> TableName | None:
    return next((name for name in NAMES if name == text), None)


def _table(workspace: Workspace, view: Settings, look: SettingsLook, *, editable: bool) -> None:
    here = workspace.company
    name = st.session_state.get("person")
    settings_tables.show(
        view,
        team=next(team.name for team in here.teams if team.id == look.team_id),
        teams=tuple(team.name for team in here.teams),
        people=tuple(person.name for person in here.people),
        searched=bool(look.search),
        person=name,
        editable=editable,
        outcome=last_outcome(),
        offered=st.session_state.get("offered"),
        tried=st.session_state.get("tried"),
        key="settings",
        on_edit=lambda edit: _save(workspace, name, look, edit),
        on_propose=lambda kpi_id: _propose(workspace, look.day, kpi_id),
        on_try=lambda tried: _try(workspace, look.day, tried),
    )


def _time_zone(workspace: Workspace, view: Settings, *, editable: bool) -> None:
    """Show where the company's days begin and end."""
    zones = time_zones()
    st.session_state.time_zone = view.time_zone
    st.selectbox(
        "The company's time zone, in which its days begin and end",
        zones if view.time_zone in zones else (view.time_zone, *zones),
        key="time_zone",
        disabled=not editable,
        width=420,
        on_change=lambda: _save_zone(workspace),
    )


def _save(workspace: Workspace, name: str | None, look: SettingsLook, edit: Edited) -> None:
    keep(save_row(workspace.engine, name, look.table, edit, team_id=look.team_id))


def _save_zone(workspace: Workspace) -> None:
    name = st.session_state.get("person")
    keep(save_time_zone(workspace.engine, name, st.session_state.time_zone))


def _propose(workspace: Workspace, day: date, kpi_id: int) -> None:
    """Look for a range in a KPI's readings; the table fills it in, and saves nothing."""
    proposal = propose(workspace.engine, workspace.version, kpi_id, day)
    nonce, _ = st.session_state.get("offered") or (0, None)
    st.session_state.offered = None if proposal is None else (nonce + 1, proposal)


def _try(workspace: Workspace, day: date, tried: Tried) -> None:
    check = check_drivers(workspace.engine, workspace.version, tried.id, tried.typed, day)
    st.session_state.tried = (tried, check)


def _go_on() -> None:
    """Go to the page that a click asked for, which a callback cannot."""
    if (kpi_id := st.session_state.pop("looked_at", None)) is not None:
        around = top_line.looked_at("table", "find")
        st.switch_page(KPI.script, query_params={"id": str(kpi_id), **around})
    if (focus := st.session_state.pop("found_at", None)) is not None:
        st.switch_page(COCKPIT.script, query_params={**top_line.looked_at(), "focus": focus})


def _go_to(found: Found) -> None:
    """Look at a team that was found, open a KPI; the rest stands on the cockpit."""
    if found.kind == "KPI":
        st.session_state.looked_at = found.id
        return
    st.session_state.team = found.team
    if found.kind != "team":
        if found.cycle:
            st.session_state.cycle = found.cycle
        st.session_state.found_at = f"{found.kind.lower()} {found.id}"


show()
