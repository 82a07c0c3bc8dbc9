"""The gauges of a cockpit as Plotly figures, one each."""

import plotly.graph_objects as go
import streamlit as st

from data.core.database import now
from data.kpis.views.gauges import Gauge
from data.operations.workspace import open_workspace
from data.screens.cockpit import Look, cockpit


def figure(gauge: Gauge) -> go.Figure:
    """Draw one gauge with its range."""
    scale = [gauge.scale_lower, gauge.scale_upper]
    band = [
        scale[0] if gauge.low is None else gauge.low,
        scale[1] if gauge.high is None else gauge.high,
    ]
    dial = {"axis": {"range": scale}, "steps": [{"range": band, "color": "lightgreen"}]}
    drawn = go.Indicator(
        mode="gauge+number", value=gauge.value, title={"text": gauge.name}, gauge=dial
    )
    return go.Figure(drawn)


def show() -> None:
    """Show them in rows of four."""
    workspace = open_workspace()
    here = workspace.company
    day = here.today(now())
    look = Look(here.team_named(st.query_params.get("team")), here.cycle_named(None, day), day)
    columns = st.columns(4)
    for number, gauge in enumerate(cockpit(workspace.engine, workspace.version, look).gauges):
        columns[number % 4].plotly_chart(figure(gauge), key=f"gauge {gauge.kpi_id}")


show()
