"""Settings: teams, people, cycles and KPIs, each in a table to type in."""

from calendar import month_name
from collections.abc import Sequence
from datetime import date

import streamlit as st

from components.editing.grid import Edited
from components.settings import settings_tables, settings_words
from components.settings.settings_tables import Tried
from components.ui import banner, url_state
from components.ui.page_registry import SETTINGS
from data.company.commands.fiscal_year import MONTHS
from data.company.commands.time_zone import time_zones
from data.company.views import TeamView
from data.core.database import now
from data.core.outcomes import Outcome
from data.kpis.queries.settings import check_drivers, propose
from data.operations.workspace import Workspace
from data.screens.settings import SettingsLook, settings
from data.screens.views.settings import Settings, TableName
from pages.settings import examples, leaving
from pages.settings.saving import save_fiscal_year, save_row, save_time_zone
from pages.shared import top
from pages.shared.feedback import keep, show_toast
from pages.shared.navigation import go_on
from pages.shared.workspace import opened

NAMES = tuple(settings_words.TABLES)


def show() -> None:
    """Ask which table is looked at, show it, and send what is typed."""
    workspace = opened()
    here = workspace.company
    today = here.today(now())
    picked = top.team_line(workspace, SETTINGS, today)
    go_on("table", "find")
    top.sample(workspace)
    top.look_back(picked.as_of, today)
    filters = st.container(horizontal=True, key="filters", vertical_alignment="center")
    with filters:
        table, search = _filters()
    team = here.team_named(picked.team)
    look = SettingsLook(
        table=table,
        team_id=team.id,
        day=picked.as_of or today,
        search=search,
    )
    view = settings(workspace.engine, workspace.version, look)
    if table == "kpis" and picked.as_of is None:
        with filters:
            examples.offer(workspace, team, view)
    _table(workspace, view, look, team, editable=picked.as_of is None)
    if table == "people" and picked.as_of is None:
        leaving.offer(workspace)
    if table == "cycles":
        _time_zone(workspace, view, editable=picked.as_of is None)
        _fiscal_year(workspace, view, editable=picked.as_of is None)
    if not workspace.is_sample:
        banner.to_sample()
    show_toast(workspace.engine)


def _filters() -> tuple[TableName, str]:
    """Show which table and which rows are looked at; both stand in the URL."""
    table = url_state.choice("table", page=SETTINGS.title, options=NAMES)
    search = url_state.keep("find", page=SETTINGS.title, read=lambda text: text[:200], default="")
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


def _table(
    workspace: Workspace, view: Settings, look: SettingsLook, team: TeamView, *, editable: bool
) -> None:
    here = workspace.company
    name = st.session_state.get("person")
    settings_tables.show(
        view,
        team=team,
        teams=here.teams,
        people=here.people,
        searched=bool(look.search),
        person=name,
        editable=editable,
        offered=st.session_state.get("offered"),
        tried=st.session_state.get("tried"),
        key="settings",
        on_edits=lambda edits: _save(workspace, name, look, edits),
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


def _fiscal_year(workspace: Workspace, view: Settings, *, editable: bool) -> None:
    """Show in which month the company's fiscal year starts."""
    st.session_state.fiscal_year_starts = view.fiscal_year_starts
    st.selectbox(
        "The month in which the company's fiscal year starts",
        MONTHS,
        format_func=lambda month: month_name[month],
        key="fiscal_year_starts",
        disabled=not editable,
        width=420,
        help="“FY26 Q1” in a spreadsheet is read by it.",
        on_change=lambda: _save_fiscal_year(workspace),
    )


def _save(
    workspace: Workspace, name: str | None, look: SettingsLook, edits: Sequence[Edited | None]
) -> Sequence[Outcome]:
    saved = []
    for edit in edits:
        outcome = save_row(workspace.engine, name, look.table, edit, team_id=look.team_id)
        saved.append(outcome)
        keep(outcome)
        if outcome.kind == "saved" and edit is not None and not edit.id:
            # What was added is shown, whatever was searched for.
            st.session_state.find = ""
    return saved


def _save_zone(workspace: Workspace) -> None:
    name = st.session_state.get("person")
    keep(save_time_zone(workspace.engine, name, st.session_state.time_zone))


def _save_fiscal_year(workspace: Workspace) -> None:
    name = st.session_state.get("person")
    keep(save_fiscal_year(workspace.engine, name, st.session_state.fiscal_year_starts))


def _propose(workspace: Workspace, day: date, kpi_id: int) -> None:
    """Look for a range in a KPI's readings; the table fills it in, and saves nothing."""
    proposal = propose(workspace.engine, workspace.version, kpi_id, day)
    nonce, _ = st.session_state.get("offered") or (0, None)
    st.session_state.offered = None if proposal is None else (nonce + 1, proposal)


def _try(workspace: Workspace, day: date, tried: Tried) -> None:
    check = check_drivers(workspace.engine, workspace.version, tried.id, tried.typed, day)
    st.session_state.tried = (tried, check)


show()
