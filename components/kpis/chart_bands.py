"""What lies behind the readings of a control chart: ideal range, natural limits, the fan."""

from datetime import date
from typing import Any

import plotly.graph_objects as go

from components.kpis import chart_labels, gauge_numbers, range_words
from components.kpis.chart_labels import COLOURS, plain
from components.ui import formatting
from data.kpis.views.kpi import KpiView, NaturalLimits
from data.kpis.views.ranges import RangeAhead

BAND = "rgba(100, 116, 139, 0.16)"
RANGE = "rgba(46, 125, 87, 0.13)"
FAN = "rgba(100, 116, 139, 0.22)"
DRIFTING_FAN = "rgba(194, 65, 12, 0.2)"
SIZE = 14
ROOM = 0.08
"""How much of the scale is left free at either end."""
FARTHEST_RANGE, NEXT_RANGE = 1 / 4, 1 / 6
"""How far ahead a range is drawn and how much of it, as shares of what is in sight without it."""
LINE_HEIGHT = 0.075
"""The share of the scale that a line of words takes."""


def scale(view: KpiView, since: date) -> tuple[float, float]:
    """Give the ends of the scale: readings since a day, bounds and limits with some room.

    Bad data that somebody dismissed must not press all the others flat. The room stays within
    the possible, and so do the limits.
    """
    shown = [
        value
        for start, value in zip(view.periods, view.values, strict=True)
        if start >= since and start not in view.dismissed
    ]
    bounds = [view.gauge.low, view.gauge.high] if view.gauge else []
    bounds += [bound for step in view.ranges_ahead for bound in (step.low, step.high)]
    limits = [view.limits.lower, view.limits.upper] if view.limits else []
    ahead = [*view.ahead.lower, *view.ahead.upper] if view.ahead else []
    numbers = [each for each in (*shown, *bounds, *limits, *ahead) if each is not None]
    numbers = numbers or [0.0, 1.0]
    room = (max(numbers) - min(numbers)) * ROOM or abs(max(numbers)) * 0.1 or 1.0
    lowest, highest = view.possible
    lower = min(numbers) - room if lowest is None else max(min(numbers) - room, lowest)
    upper = max(numbers) + room if highest is None else min(max(numbers) + room, highest)
    read = [each for each in shown if each is not None]
    return min([lower, *read]), max([upper, *read])


def ideal_range(chart: go.Figure, view: KpiView, ends: tuple[float, float]) -> None:
    """Draw the ideal range across the chart; a bound that is missing is the scale's end."""
    if view.gauge is None:
        return
    low, high = view.gauge.low, view.gauge.high
    chart.add_hrect(
        y0=ends[0] if low is None else low,
        y1=ends[1] if high is None else high,
        fillcolor=RANGE,
        line_width=0,
        layer="below",
        annotation_text=plain(gauge_numbers.ideal(view.gauge)),
        annotation_position="top left",
        annotation_font={"color": COLOURS["range"], "size": SIZE},
        annotation_bgcolor=COLOURS["behind"],
    )


def with_next_range(view: KpiView, first: date, last: date) -> date:
    """Give up to when the next range is in sight; one far ahead would press the readings flat."""
    if not view.ranges_ahead:
        return last
    day, shown = view.ranges_ahead[0].starts_on, last - first
    if day > view.day + shown * FARTHEST_RANGE:
        return last
    return max(last, day + shown * NEXT_RANGE)


def ranges_ahead(
    chart: go.Figure, view: KpiView, ends: tuple[float, float], days: tuple[date, date]
) -> None:
    """Draw each range that is to hold later from its day on, as far as that is in sight.

    The range of today, which is drawn before, ends where the first of them begins.
    """
    steps = [step for step in view.ranges_ahead if step.starts_on < days[1]]
    if not steps:
        return
    if view.gauge is not None:
        first = min(days[0], *view.periods[:1])
        chart.layout.shapes[-1].update(xref="x", x0=first, x1=steps[0].starts_on)
    until = [*(step.starts_on for step in steps[1:]), days[1]]
    for step, end in zip(steps, until, strict=True):
        _range_ahead(chart, step, ends, end)
    # At the foot of the next range, away from the name of today's at its top.
    foot = ends[0] if view.ranges_ahead[0].low is None else view.ranges_ahead[0].low
    name = range_words.on_chart(view.ranges_ahead[0], view.unit, view.day)
    _name(chart, name, "range", x=days[1], y=foot, xanchor="right", yanchor="bottom")


def _range_ahead(
    chart: go.Figure, step: RangeAhead, ends: tuple[float, float], until: date
) -> None:
    chart.add_shape(
        type="rect",
        x0=step.starts_on,
        x1=until,
        y0=ends[0] if step.low is None else step.low,
        y1=ends[1] if step.high is None else step.high,
        fillcolor=RANGE,
        line={"color": RANGE, "width": 1, "dash": "dot"},
        layer="below",
    )


def _name(chart: go.Figure, text: str, colour: str, **place: Any) -> None:
    """Name what is drawn, over what lies behind it."""
    chart.add_annotation(
        **place,
        text=plain(text),
        showarrow=False,
        bgcolor=COLOURS["behind"],
        font={"color": COLOURS[colour], "size": chart_labels.SIZE},
    )


def natural_limits(
    chart: go.Figure, view: KpiView, ends: tuple[float, float], days: tuple[date, date]
) -> None:
    """Draw the limits over the readings that they come from, with their name."""
    limits = view.limits
    if limits is None:
        return
    span = {"x0": limits.since, "x1": limits.until}
    chart.add_shape(
        type="rect",
        **span,
        y0=limits.lower,
        y1=limits.upper,
        fillcolor=BAND,
        line_width=0,
        layer="below",
    )
    chart.add_shape(
        type="line",
        **span,
        y0=limits.centre,
        y1=limits.centre,
        line={"color": COLOURS["line"], "width": 1, "dash": "dash"},
        layer="below",
    )
    height, above = _beside_band(view, ends)
    lower, upper = gauge_numbers.ends(limits.lower, limits.upper)
    between = f"{formatting.FIXED}to{formatting.FIXED}" if limits.lower < 0 else "–"
    name = f"natural limits {lower}{between}{formatting.with_unit(upper, view.unit)}"
    day, side = _along_band(limits, days, len(name))
    _name(chart, name, "line", x=day, y=height, xanchor=side, yanchor=above)


def fan(chart: go.Figure, view: KpiView, *, drifts: bool) -> None:
    """Draw where the KPI goes if this goes on, as a forecast with its spread."""
    ahead = view.ahead
    last = last_trusted(view)
    if ahead is None or last is None:
        return
    start, value = [view.periods[last]], [view.values[last]]
    chart.add_scatter(
        x=[*start, *ahead.periods, *reversed(ahead.periods), *start],
        y=[*value, *ahead.upper, *reversed(ahead.lower), *value],
        fill="toself",
        fillcolor=DRIFTING_FAN if drifts else FAN,
        line={"width": 0},
        mode="lines",
        hoverinfo="skip",
    )
    chart.add_scatter(
        x=[*start, *ahead.periods],
        y=[*value, *ahead.mean],
        mode="lines",
        line={"color": COLOURS["drift" if drifts else "line"], "width": 2, "dash": "dot"},
        hoverinfo="skip",
    )


def last_trusted(view: KpiView) -> int | None:
    """Give the position of the last reading that nobody dismissed."""
    known = [
        at
        for at, (start, value) in enumerate(zip(view.periods, view.values, strict=True))
        if value is not None and start not in view.dismissed
    ]
    return known[-1] if known else None


def _along_band(limits: NaturalLimits, days: tuple[date, date], letters: int) -> tuple[date, str]:
    """Find a day at which the name of the limits is not cut on the narrowest chart."""
    share = letters * chart_labels.LETTER / chart_labels.NARROW
    since, until = ((day - days[0]) / (days[1] - days[0]) for day in (limits.since, limits.until))
    if since + share <= 1:
        return limits.since, "left"
    return (limits.until, "right") if until >= share else (days[0], "left")


def _beside_band(view: KpiView, ends: tuple[float, float]) -> tuple[float, str]:
    """Find a height for the name of the limits that the ideal range's name does not take."""
    limits = view.limits
    if limits is None:
        return 0.0, "top"
    line = (ends[1] - ends[0]) * LINE_HEIGHT
    high = None if view.gauge is None else view.gauge.high
    top = ends[1] if high is None else high
    taken = () if view.gauge is None else (top - line, top)
    places = [
        (limits.lower, "top", limits.lower - line),
        (limits.upper, "bottom", limits.upper),
        (limits.lower, "bottom", limits.lower),
    ]
    for at, anchor, foot in places:
        inside = ends[0] <= foot and foot + line <= ends[1]
        if inside and (not taken or foot + line <= taken[0] or taken[1] <= foot):
            return at, anchor
    return limits.lower, "bottom"
