"""One KPI: its whole history explained, and every reading with who, when and why."""

from datetime import date

import streamlit as st
from sqlalchemy import Engine

from analytics.periods import recent_periods
from components import (
    banner,
    control_chart,
    gauges,
    kpi_notes,
    kpi_words,
    readings_table,
    top_line,
    words,
)
from data.commands.decisions import annotate
from data.commands.errors import Refused
from data.commands.people import introduce
from data.database import now
from data.queries.kpi import kpi
from data.views import KpiView, ReadingEdit
from data.workspace import Workspace
from pages.shared.edits import NAME_FIRST, PERIODS_OFFERED, save_reading
from pages.shared.links import key_from
from pages.shared.opening import opened
from pages.shared.telling import keep, last_outcome, show_toast


def show() -> None:
    """Ask which KPI on which day, show it, and send what people change."""
    workspace = opened()
    today = workspace.company.today(now())
    as_of = _top(workspace, today)
    key = _key()
    day = as_of or today
    view = None if key is None else kpi(workspace.engine, workspace.version, key, day)
    if key is None or view is None:
        st.info("There is no KPI behind this link. Go back and click the name of a gauge.")
        return
    if as_of:
        banner.look_back(day, today, on_return=lambda: top_line.look_back(None))
    left, right = st.columns([3, 1], gap="medium")
    with left:
        _history(workspace, key, view, today, editable=as_of is None)
    with right:
        _gauge(workspace, view, today, editable=as_of is None)
        kpi_notes.decisions(view, today)
        kpi_notes.events(view, today)
        kpi_notes.road(view)
    show_toast(workspace.engine)
    top_line.remember_person()


def _key() -> int | None:
    """Give the KPI that the URL names; the browser's way back drops it, the session knows it."""
    if "id" not in st.query_params and "last_kpi" in st.session_state:
        st.query_params["id"] = str(st.session_state.last_kpi)
    key = key_from(st.query_params.get("id", ""))
    if key is not None:
        st.session_state.last_kpi = key
    return key


def _top(workspace: Workspace, today: date) -> date | None:
    with st.container(key="top_line", horizontal=True, vertical_alignment="center"):
        st.page_link("pages/cockpit/page.py", label="**▲ Milepost** · back to the cockpit")
        st.space("stretch")
        as_of = top_line.day_picker(today)
        top_line.who_is_here([person.name for person in workspace.company.people])
    return as_of


def _history(workspace: Workspace, key: int, view: KpiView, today: date, *, editable: bool) -> None:
    lineage = " › ".join(words.escaped(name) for name in (*view.lineage, view.name))
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"### {lineage}")
            if editable:
                kpi_notes.add_event(
                    today=today,
                    on_add=lambda day, text: _add_event(workspace.engine, key, day, text),
                )
        about = [words.escaped(view.description), kpi_words.departure(view, today)]
        st.markdown(" ".join(part for part in about if part))
        control_chart.show(view, today=today, key="chart")
    readings_table.show(view, today=today, key="readings")


def _gauge(workspace: Workspace, view: KpiView, today: date, *, editable: bool) -> None:
    gauges.show(
        [view.gauge] if view.gauge else [],
        [view.indicator] if view.indicator else [],
        periods={view.cadence: recent_periods(view.day, view.cadence, PERIODS_OFFERED)},
        version=view.version,
        today=today,
        day=view.day,
        editable=editable,
        outcome=last_outcome(),
        focus=None,
        key="gauge",
        heading=("Now", kpi_words.owner(view)),
        on_edit=lambda edit: _save_reading(workspace.engine, view, edit),
    )


def _save_reading(engine: Engine, view: KpiView, edit: ReadingEdit) -> None:
    keep(save_reading(engine, st.session_state.get("person"), edit, view.unit))


def _add_event(engine: Engine, kpi_id: int, day: date, text: str) -> str:
    """Note an event; give what is wrong with it, or nothing."""
    name = st.session_state.get("person")
    if not name:
        return NAME_FIRST
    try:
        annotate(engine, person_id=introduce(engine, name), kpi_id=kpi_id, day=day, text=text)
    except Refused as refused:
        return refused.message
    return ""


show()
