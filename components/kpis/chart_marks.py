"""What happened on the way of a KPI: lines across its control chart, and what they are called."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from components.kpis.chart_labels import COLOURS, Label
from components.kpis.signal_explanation import STANDING
from components.ui import formatting
from data.kpis.views.kpi import KpiView


def onset(view: KpiView) -> date | None:
    """Give the period in which the drift that stands set in."""
    signal = view.signal
    return signal.onset if signal is not None and signal.signal in STANDING else None


def draw(chart: go.Figure, view: KpiView) -> None:
    """Draw a line for each change, new normal and event, and where the drift set in."""
    since = onset(view)
    lines = [
        *[_line(start, COLOURS["line"], width=1) for start in _segments(view)],
        *[_line(start, COLOURS["text"], width=2) for start in view.rebased_on],
        *[_line(event.date, COLOURS["event"], width=1, dash="dot") for event in view.events],
        *([] if since is None else [_line(since, COLOURS["drift"], width=1, dash="dash")]),
    ]
    # All at once: Plotly checks all that are there with each one that is added.
    chart.layout.shapes = (*chart.layout.shapes, *lines)


def _line(day: date, colour: str, *, width: int, dash: str = "solid") -> dict[str, Any]:
    """Write a line from the top of the chart to its bottom."""
    at = {"x0": day.isoformat(), "x1": day.isoformat(), "y0": 0, "y1": 1, "yref": "y domain"}
    line = {"color": colour, "width": width, "dash": dash}
    return {"type": "line", **at, "line": line, "layer": "below"}


def _segments(view: KpiView) -> list[date]:
    """Give the change points that nothing else marks already."""
    marked = [*view.rebased_on, *([since] if (since := onset(view)) else [])]
    near = timedelta(days=2 * _days(view.periods))
    return [start for start in view.segments if all(abs(start - day) > near for day in marked)]


def _days(periods: Sequence[date]) -> int:
    return (periods[-1] - periods[0]).days // max(len(periods) - 1, 1) if periods else 1


def labels(view: KpiView, today: date) -> list[Label]:
    """Give what is written over the chart, the most telling first."""
    since = onset(view)
    drift = [] if since is None else [(since, "▸", "drifting since", COLOURS["drift"])]
    rebased = [(start, "┃", "new normal", COLOURS["text"]) for start in reversed(view.rebased_on)]
    events = [
        Label(each.date, "⚑", each.text, COLOURS["event"], f", {formatting.day(each.date, today)}")
        for each in view.events
    ]
    changed = [(start, "│", "changed", COLOURS["line"]) for start in reversed(_segments(view))]

    def dated(marks: Sequence[tuple[date, str, str, str]]) -> list[Label]:
        return [
            Label(start, sign, f"{text} {formatting.began(view.cadence, start, today)}", colour)
            for start, sign, text, colour in marks
        ]

    return [*dated([*drift, *rebased]), *events, *dated(changed)]
