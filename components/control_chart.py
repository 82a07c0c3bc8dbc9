"""The control chart of a KPI: its readings over range and natural limits, to be explored."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from components import words
from data.views import KpiView

BAND = "rgba(100, 116, 139, 0.16)"
RANGE = "rgba(46, 125, 87, 0.13)"
FAN = "rgba(100, 116, 139, 0.22)"
OUTSIDE = "rgba(0, 0, 0, 0)"
COLOURS = {
    "light": {"line": "#526073", "text": "#0f1c2b", "range": "#1f6a46", "event": "#1a60a3"},
    "dark": {"line": "#a3b2c2", "text": "#e8eef4", "range": "#6cc79a", "event": "#74b3ea"},
}
LABEL_SIZE = 14
LIMITS_FROM = 52
"""The readings that the natural limits look back at."""


def show(view: KpiView, *, today: date, key: str) -> None:
    """Show the chart; it zooms by dragging, and its menu saves it as a picture."""
    st.plotly_chart(
        figure(view, today=today, theme=st.context.theme.type or "light"),
        key=key,
        config={
            "displaylogo": False,
            "toImageButtonOptions": {"filename": view.name, "scale": 2},
            "modeBarButtonsToRemove": ["lasso2d", "select2d"],
        },
    )


def figure(view: KpiView, *, today: date, theme: str) -> go.Figure:
    """Draw the readings with centre, natural limits, ideal range and events."""
    colours = COLOURS[theme]
    chart = go.Figure()
    chart.add_scatter(
        x=view.periods,
        y=view.values,
        mode="lines+markers",
        line={"color": colours["line"], "width": 2},
        marker={"size": 6},
        connectgaps=False,
        text=[_told(view, at, today) for at in range(len(view.periods))],
        hovertemplate="%{text}<extra></extra>",
    )
    _ideal_range(chart, view, colours)
    _natural_limits(chart, view, colours)
    _fan(chart, view, colours)
    for start in view.segments:
        _segment(chart, start, today, colours)
    for event in view.events:
        _flag(chart, event.date, event.text, colours["event"])
    chart.update_layout(
        height=430,
        margin={"l": 8, "r": 8, "t": 36, "b": 8},
        showlegend=False,
        paper_bgcolor=OUTSIDE,
        plot_bgcolor=OUTSIDE,
        font={"size": LABEL_SIZE, "color": colours["text"]},
        hovermode="closest",
        xaxis={"showgrid": False},
        yaxis={"zeroline": False, "ticksuffix": f" {view.unit}" if view.unit == "%" else ""},
    )
    return chart


def _told(view: KpiView, at: int, today: date) -> str:
    """Say a reading in words, as text: markup of people's words is taken apart."""
    period = words.period(view.cadence, view.periods[at], today)
    return f"<b>{_plain(words.value(view.values[at], view.unit))}</b><br>{period}"


def _plain(text: str) -> str:
    """Write a text so that the chart, which reads some markup, shows it as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _ideal_range(chart: go.Figure, view: KpiView, colours: dict[str, str]) -> None:
    if view.gauge is None:
        return
    low, high = view.gauge.low, view.gauge.high
    lower, upper = _span(view)
    chart.add_hrect(
        y0=lower if low is None else low,
        y1=upper if high is None else high,
        fillcolor=RANGE,
        line_width=0,
        layer="below",
        annotation_text=_plain(words.ideal(low, high, view.unit)),
        annotation_position="top left",
        annotation_font={"color": colours["range"], "size": LABEL_SIZE},
    )
    chart.update_yaxes(range=[lower, upper])


def _span(view: KpiView) -> tuple[float, float]:
    """Give the ends of the scale: readings, bounds and limits with some room."""
    gauge = view.gauge
    bounds: Sequence[Any] = (gauge.low, gauge.high) if gauge else ()
    ahead = [*view.ahead.lower, *view.ahead.upper] if view.ahead else []
    known = [*view.values, *bounds, view.limit_lower, view.limit_upper, *ahead]
    numbers = [number for number in known if number is not None] or [0.0, 1.0]
    room = (max(numbers) - min(numbers)) * 0.08 or abs(max(numbers)) * 0.1 or 1.0
    return min(numbers) - room, max(numbers) + room


def _natural_limits(chart: go.Figure, view: KpiView, colours: dict[str, str]) -> None:
    """Draw the limits over the readings that they come from."""
    if view.limit_lower is None or view.limit_upper is None or view.centre is None:
        return
    recent = view.periods[-LIMITS_FROM:]
    chart.add_shape(
        type="rect",
        x0=recent[0],
        x1=recent[-1],
        y0=view.limit_lower,
        y1=view.limit_upper,
        fillcolor=BAND,
        line_width=0,
        layer="below",
    )
    chart.add_shape(
        type="line",
        x0=recent[0],
        x1=recent[-1],
        y0=view.centre,
        y1=view.centre,
        line={"color": colours["line"], "width": 1, "dash": "dash"},
        layer="below",
    )


def _fan(chart: go.Figure, view: KpiView, colours: dict[str, str]) -> None:
    """Draw where the KPI goes if this goes on, as a forecast with its spread."""
    ahead = view.ahead
    if ahead is None:
        return
    start, value = [view.periods[-1]], [view.values[-1]]
    chart.add_scatter(
        x=[*start, *ahead.periods, *reversed(ahead.periods), *start],
        y=[*value, *ahead.upper, *reversed(ahead.lower), *value],
        fill="toself",
        fillcolor=FAN,
        line={"width": 0},
        mode="lines",
        hoverinfo="skip",
    )
    chart.add_scatter(
        x=[*start, *ahead.periods],
        y=[*value, *ahead.mean],
        mode="lines",
        line={"color": colours["line"], "width": 2, "dash": "dot"},
        hoverinfo="skip",
    )


def _segment(chart: go.Figure, start: date, today: date, colours: dict[str, str]) -> None:
    chart.add_vline(x=start.isoformat(), line={"color": colours["line"], "width": 1})
    chart.add_annotation(
        x=start.isoformat(),
        y=0,
        yref="paper",
        yanchor="bottom",
        xanchor="left",
        text=f"changed {words.day(start, today)}",
        showarrow=False,
        font={"color": colours["line"], "size": LABEL_SIZE - 1},
    )


def _flag(chart: go.Figure, day: date, text: str, colour: str) -> None:
    chart.add_vline(
        x=day.isoformat(),
        line={"color": colour, "width": 1, "dash": "dot"},
        layer="below",
    )
    chart.add_annotation(
        x=day.isoformat(),
        y=1,
        yref="paper",
        yanchor="bottom",
        xanchor="left",
        text=_plain(f"⚑ {text}"),
        showarrow=False,
        font={"color": colour, "size": LABEL_SIZE - 1},
    )
