"""One KPI: its whole history explained, what may be done about it, and every reading."""

from datetime import date
from typing import Any

import streamlit as st

from components.cockpit import gauges
from components.kpis import (
    chosen_reading,
    control_chart,
    kpi_acting,
    kpi_actions,
    kpi_head,
    kpi_notes,
    kpi_ranges,
    kpi_recovery,
    readings_table,
    why,
)
from components.kpis.kpi_acting import Senders, Who
from components.ui import cards
from components.ui.page_registry import KPI
from data.core.database import now
from data.exchange.readings_csv import history_csv
from data.kpis.queries.kpi import kpi
from data.kpis.queries.why import why as why_it_changed
from data.kpis.views.edits import ReadingEdit
from data.kpis.views.kpi import KpiView
from data.kpis.views.why import Split
from data.okrs.queries.guardrails import broken_where
from data.operations.workspace import Workspace
from pages.kpi.acting import senders
from pages.shared import top
from pages.shared.edits import periods_offered, save_reading
from pages.shared.feedback import keep, last_outcome, show_toast
from pages.shared.history import ask, show_drawer
from pages.shared.links import key_from
from pages.shared.navigation import go_on, look_at_team
from pages.shared.rerouting import show_reroute
from pages.shared.workspace import opened

WIDTHS = (3, 1)


def show() -> None:
    """Ask which KPI on which day, show it, and send what people change."""
    workspace = opened()
    today = workspace.company.today(now())
    as_of = top.short_line(workspace, KPI, today)
    go_on()
    key = _key()
    day = as_of or today
    view = None if key is None else kpi(workspace.engine, workspace.version, key, day)
    if view is None:
        st.info("There is no KPI behind this link. Go back and click the name of a gauge.")
        return
    editable = as_of is None
    top.look_back(as_of, today)
    found = why_it_changed(workspace.engine, workspace.version, view.kpi_id, view.day)
    split = found.split if found else None
    kpi_head.show(view, today=today, key="head", split=split, on_team=look_at_team)
    send = senders(workspace.engine, view, today)
    # Many forms, each behind a button: the chart does not wait for them.
    acts = st.container(horizontal=True, gap="small", key="acts")
    # Two rows, as a phone shows them one below the other: decisions before the reasons.
    left, right = st.columns(WIDTHS, gap="small")
    with left:
        _history(view, send, today, editable=editable)
    with acts:
        _acts(workspace, view, send, today, editable=editable)
    shown: dict[str, Any] = {"today": today, "editable": editable}
    with right:
        _gauge(workspace, view, split, today, editable=editable)
        kpi_actions.show(view, send, **shown, who=_who(workspace), key=f"to do {view.kpi_id}")
        kpi_recovery.show(view, send, **shown, key=f"recovery {view.kpi_id}")
        kpi_ranges.show(view, send, **shown, key=f"ranges {view.kpi_id}")
        kpi_notes.decisions(view, today)
        broken = broken_where(workspace.engine, workspace.version, view.kpi_id, view.day)
        kpi_notes.objective(view, broken, today)
    left, right = st.columns(WIDTHS, gap="small")
    with left:
        if found is not None:
            why.show(found, view, today=today, key="why", on_open=_go_to)
    with right:
        kpi_notes.events(view, today)
    readings_table.show(view, today=today, key="readings")
    show_toast(workspace.engine)
    show_drawer(as_of)
    show_reroute()


def _key() -> int | None:
    """Give the KPI that the URL names; the browser's way back drops it, the session knows it."""
    if "id" not in st.query_params and "last_kpi" in st.session_state:
        st.query_params["id"] = str(st.session_state.last_kpi)
    key = key_from(st.query_params.get("id", ""))
    if key is not None:
        st.session_state.last_kpi = key
    return key


def _acts(
    workspace: Workspace, view: KpiView, send: Senders, today: date, *, editable: bool
) -> None:
    """Offer what may be done about the KPI, the first thing to think of first."""
    if editable:
        kpi_acting.show(view, send, today=today, who=_who(workspace), key=f"act {view.kpi_id}")
        kpi_ranges.plan(view, send, today=today, key=f"range {view.kpi_id}")
    about = ("kpi", view.kpi_id, view.name)
    st.button("History", on_click=ask, args=about, help="Each change, by whom and when")


def _history(view: KpiView, send: Senders, today: date, *, editable: bool) -> None:
    with cards.card("history"):
        if editable:
            kpi_acting.settle(view, send, today=today, key=f"settle {view.kpi_id}")
        chart = f"chart {view.kpi_id}"
        chosen = control_chart.show(view, today=today, key=chart, selectable=editable)
        if chosen is not None:
            chosen_reading.show(view, chosen, send, today=today, key=f"chosen {view.kpi_id}")
        with st.container(horizontal=True, vertical_alignment="center"):
            control_chart.whole_switch(view, key=chart)
            st.space("stretch")
            st.download_button(
                "Download CSV",
                # What is linked before it is wanted may be gone by then.
                lambda: history_csv(view),
                file_name=f"{view.name.replace('/', '-')}.csv",
                mime="text/csv",
                on_click="ignore",
            )


def _gauge(
    workspace: Workspace, view: KpiView, split: Split | None, today: date, *, editable: bool
) -> None:
    gauges.show(
        [view.gauge._replace(split=split)] if view.gauge else [],
        [view.indicator] if view.indicator else [],
        periods=periods_offered(view.day, view.cadence),
        version=view.version,
        today=today,
        day=view.day,
        editable=editable,
        person=st.session_state.get("person"),
        outcome=last_outcome(),
        focus=None,
        key="gauge",
        heading=("", ""),
        on_edit=lambda edit: _save_reading(workspace, view, edit),
    )


def _who(workspace: Workspace) -> Who:
    people = [person.name for person in workspace.company.people]
    return Who(people, st.session_state.get("person"))


def _go_to(_kind: str, key: int) -> None:
    """Look at another KPI from the next run on."""
    st.query_params["id"] = str(key)


def _save_reading(workspace: Workspace, view: KpiView, edit: ReadingEdit) -> None:
    keep(save_reading(workspace.engine, st.session_state.get("person"), edit, view.unit))


show()
