"""The control chart of a KPI: its readings over range and natural limits, to be explored."""

import json
import math
import textwrap
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache

import plotly.graph_objects as go
import streamlit as st
from plotly.utils import PlotlyJSONEncoder

from components.kpis import chart_bands, chart_labels, chart_marks
from components.kpis.chart_labels import COLOURS, exponents, plain
from components.kpis.chart_marks import onset
from components.ui import formatting, frontend, words
from components.ui.payloads import day, triggered
from data.kpis.views.kpi import KpiView, ReadingView
from models import Cadence

_CHART = frontend.element("chart")

OUTSIDE = "rgba(0, 0, 0, 0)"
PLOT_HEIGHT = 358
MODE_BAR = 26
TICK_SIZE = 12
TICK_LETTER = 8
TICK_ROOM = 21
TICKS = 7
BY_DAYS = timedelta(days=153)
"""In how short a time the scale may name days, with their year below."""
TICKS_ROOM, DAYS_ROOM = 36, 52
"""What the scale takes below, in pixels: too little makes Plotly draw all twice."""
AXIS = {
    "automargin": True,
    "zeroline": False,
    "tickfont": {"color": COLOURS["line"], "size": TICK_SIZE},
}
SHOWN = {
    Cadence.DAILY: 92,
    Cadence.WEEKDAYS: 66,
    Cadence.WEEKLY: 53,
    Cadence.MONTHLY: 37,
    Cadence.QUARTERLY: 21,
}
"""How many periods are in sight at first: about a quarter, a year, three, five."""
NOTE_WIDTH = 48
EDGE = 0.03
"""How far from the end of the scale a mark is whole, as a share of it."""


def show(view: KpiView, *, today: date, key: str, selectable: bool) -> date | None:
    """Show the chart, and give the period whose point was clicked last.

    It zooms by dragging, and its menu saves it as a picture. What was clicked is kept here: the
    chart forgets it where its page is left, and with it a form half filled in would be gone.
    """
    whole = len(view.periods) > SHOWN[view.cadence] and st.session_state.get(f"{key} whole", False)
    drawn, height = _drawn(view, today, whole)
    _CHART(
        key=key,
        data={
            "name": view.name,
            "alternative": _alternative(view, today),
            "selectable": selectable,
            "figure": drawn,
        },
        height=height,
        on_chosen_change=_listener(key, view),
    )
    chosen: date | None = st.session_state.get(f"{key} chosen")
    return chosen if selectable and chosen in view.periods else None


@lru_cache(maxsize=32)
def _drawn(view: KpiView, today: date, whole: bool) -> tuple[str, int]:
    """Give the figure as it is sent, and its height; it is made once for all who look.

    As text: of thousands of values Streamlit would look at each, in each run and in the browser.
    Plotly's own `to_json` writes it for a script in a page, where each `<` takes six letters.
    """
    drawn = figure(view, today=today, whole=whole)
    text = json.dumps(drawn, cls=PlotlyJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    return text, drawn.layout.height


def _listener(key: str, view: KpiView) -> Callable[[], None]:
    """Make the callback of clicks on points; one beside them lets go of what was chosen."""

    def hear() -> None:
        # None where the page was left while the click was on its way.
        if sent := triggered(key, "chosen"):
            st.session_state[f"{key} chosen"] = _chosen(sent, view)

    return hear


def whole_switch(view: KpiView, *, key: str) -> None:
    """Offer to see the whole history where the chart shows the last part of it."""
    more = len(view.periods) - SHOWN[view.cadence]
    if more > 0:
        every = words.counted(len(view.periods), words.PERIOD_NAMES[view.cadence])
        st.toggle(f"Show all {every}", key=f"{key} whole")


def figure(view: KpiView, *, today: date, whole: bool = True) -> go.Figure:
    """Draw the readings with limits, range, outlook, and what happened on the way."""
    first, last = _ends(view, today, whole=whole)
    ends = chart_bands.scale(view, first)
    drifts = onset(view) is not None
    chart = go.Figure(layout={"template": "none"})
    _readings(chart, view, today)
    chart_bands.ideal_range(chart, view, ends)
    chart_bands.ranges_ahead(chart, view, ends, (first, last))
    chart_bands.natural_limits(chart, view, ends, (first, last))
    chart_bands.fan(chart, view, drifts=drifts)
    _drift(chart, view)
    _dismissed(chart, view, today, ends)
    chart_marks.draw(chart, view)
    labels = chart_labels.arranged(chart_marks.labels(view, today), first, last)
    chart_labels.write(chart, labels)
    top = MODE_BAR + chart_labels.rows(labels) * chart_labels.ROW
    bottom = DAYS_ROOM if last - first < BY_DAYS else TICKS_ROOM
    suffix = f" {view.unit}" if view.unit == "%" else ""
    chart.update_layout(
        height=PLOT_HEIGHT + top + bottom,
        margin={"l": _left(ends, suffix), "r": 20, "t": top, "b": bottom, "pad": 8},
        showlegend=False,
        paper_bgcolor=OUTSIDE,
        plot_bgcolor=OUTSIDE,
        font={"size": chart_bands.SIZE, "color": COLOURS["text"]},
        hovermode="closest",
        dragmode="zoom",
        # So that a zoom lasts while something is typed, and ends where another part is asked for.
        uirevision=f"{view.kpi_id} {whole}",
        separators=f".{formatting.THIN}",
        modebar={
            "bgcolor": OUTSIDE,
            "color": COLOURS["line"],
            "activecolor": COLOURS["event"],
        },
        hoverlabel={
            "bgcolor": COLOURS["card"],
            "bordercolor": COLOURS["grid"],
            "font": {"color": COLOURS["text"], "size": TICK_SIZE},
        },
        xaxis={"showgrid": False, **AXIS},
        yaxis={
            "gridcolor": COLOURS["grid"],
            **AXIS,
            "ticksuffix": suffix,
            "exponentformat": exponents(ends),
            "minexponent": 5,
            "separatethousands": True,
        },
    )
    if view.periods:
        chart.update_xaxes(range=[first, last])
        chart.update_yaxes(range=list(ends))
    return chart


def _left(ends: tuple[float, float], suffix: str) -> float:
    """Guess the room for the scale's numbers in pixels: too little makes Plotly draw all twice."""
    decimals = max(-math.floor(math.log10((ends[1] - ends[0]) / TICKS)), 0)
    numbers = [f"{end:,.{decimals}f}{suffix}" for end in ends]
    if exponents(ends) != "none":
        numbers = [f"{formatting.number(end)}{suffix}" for end in ends]
    return TICK_ROOM + TICK_LETTER * max(map(len, numbers))


def _ends(view: KpiView, today: date, *, whole: bool) -> tuple[date, date]:
    """Give the days between which the chart lies at first: baseline and outlook are in sight."""
    if not view.periods:
        return today, today
    recent = view.periods[-SHOWN[view.cadence] :][0]
    since = min(recent, view.limits.since) if view.limits else recent
    first = view.periods[0] if whole else since
    last = view.ahead.periods[-1] if view.ahead else view.periods[-1]
    last = chart_bands.with_next_range(view, first, last)
    room = timedelta(days=max((last - first).days // 60, 1))
    return first - room, last + room


def _readings(chart: go.Figure, view: KpiView, today: date) -> None:
    told = {reading.period: reading for reading in view.readings}
    chart.add_scatter(
        x=view.periods,
        y=_trusted(view),
        mode="lines+markers",
        line={"color": COLOURS["line"], "width": 2},
        marker={"size": 6},
        connectgaps=False,
        # A reading at the end of the possible is drawn whole.
        cliponaxis=False,
        text=[_told(view, at, told, today) for at in range(len(view.periods))],
        customdata=[start.isoformat() for start in view.periods],
        hovertemplate="%{text}<extra></extra>",
        selected={"marker": {"size": 13, "color": COLOURS["event"]}},
        unselected={"marker": {"opacity": 1}},
    )


def _trusted(view: KpiView) -> list[float | None]:
    return [
        None if start in view.dismissed else value
        for start, value in zip(view.periods, view.values, strict=True)
    ]


def _told(view: KpiView, at: int, told: Mapping[date, ReadingView], today: date) -> str:
    """Say a reading in words, as text: markup of people's words is taken apart."""
    start = view.periods[at]
    parts = [
        f"<b>{plain(formatting.exact(view.values[at], view.unit))}</b>",
        formatting.period(view.cadence, start, today),
    ]
    if start in view.dismissed:
        parts.append("dismissed")
    if (reading := told.get(start)) is not None:
        parts += [plain(reading.said.who or "from a file")]
        parts += [plain(line) for line in textwrap.wrap(reading.said.note, NOTE_WIDTH)]
    return "<br>".join(parts)


def _drift(chart: go.Figure, view: KpiView) -> None:
    """Draw the drifting stretch over the line; the points beneath it take the clicks."""
    since = onset(view)
    if since is None:
        return
    stretch = [
        (start, value)
        for start, value in zip(view.periods, _trusted(view), strict=True)
        if start >= since
    ]
    chart.add_scatter(
        x=[start for start, _ in stretch],
        y=[value for _, value in stretch],
        mode="lines+markers",
        line={"color": COLOURS["drift"], "width": 4},
        marker={"size": 8},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _dismissed(chart: go.Figure, view: KpiView, today: date, ends: tuple[float, float]) -> None:
    """Draw dismissed readings as crosses, at the end of the scale where they lie beyond it."""
    told = {reading.period: reading for reading in view.readings}
    found = {
        at: value
        for at, (start, value) in enumerate(zip(view.periods, view.values, strict=True))
        if start in view.dismissed and value is not None
    }
    if not found:
        return
    inside = (ends[1] - ends[0]) * EDGE
    chart.add_scatter(
        x=[view.periods[at] for at in found],
        y=[min(max(value, ends[0] + inside), ends[1] - inside) for value in found.values()],
        mode="markers",
        cliponaxis=False,
        marker={"symbol": "x-open", "size": 9, "color": COLOURS["line"]},
        text=[_told(view, at, told, today) for at in found],
        customdata=[view.periods[at].isoformat() for at in found],
        hovertemplate="%{text}<extra></extra>",
        selected={"marker": {"color": COLOURS["event"]}},
        unselected={"marker": {"opacity": 1}},
    )


def _alternative(view: KpiView, today: date) -> str:
    """Say what the chart shows to those who do not see it."""
    if not view.periods:
        return f"{view.name}: no reading yet"
    last = formatting.period(view.cadence, view.periods[-1], today)
    count = words.counted(len(view.readings), "reading")
    bounds = (view.gauge.low, view.gauge.high) if view.gauge else ()
    value = formatting.value(view.values[-1], view.unit, *bounds)
    return f"{view.name}: {count}, the last {value}, {last}"


def _chosen(sent: object, view: KpiView) -> date | None:
    """Read which point was clicked; None where there is none of that period."""
    period = day(sent.get("period")) if isinstance(sent, dict) else None
    return period if period in view.periods else None
