"""What is written over a control chart: labels in rows, so that none covers another."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import plotly.graph_objects as go

from components.ui import formatting

COLOURS = {
    "line": "var(--st-gray-text-color)",
    "text": "var(--st-text-color)",
    "range": "var(--st-green-text-color)",
    "event": "var(--st-blue-text-color)",
    "drift": "var(--st-red-text-color)",
    "behind": "var(--behind)",
    "grid": "var(--st-border-color)",
    "card": "var(--st-secondary-background-color)",
}
"""Names of the theme's colours, which the browser turns into those of the theme that it shows."""
ROW = 18
"""The height of a row of labels in pixels."""
MOST_ROWS = 10
SIZE = 13
NARROW = 258
"""The width in pixels of the narrowest chart, that of a phone: what fits there fits anywhere."""
AXIS = 30
"""What a label may reach over the numbers of the scale, left of the plot."""
LETTER = 6.2
LONGEST = 34
"""How many letters a line has at most; a longer text goes on in the next."""


@dataclass(frozen=True, slots=True)
class Label:
    """Words over a day; where there is no room for them, only their `sign` is shown.

    `more` is what is told beside them where the pointer rests.
    """

    day: date
    sign: str
    text: str
    colour: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A label with its lines: in which row the last is, and whether to the left of its day."""

    label: Label
    lines: tuple[str, ...]
    row: int
    leftwards: bool


def arranged(labels: Sequence[Label], first: date, last: date) -> list[Placed]:
    """Give each label a place over the days from first to last, the first label first.

    One that finds no room is shortened to its sign, in a row above all words.
    """
    days = max((last - first).days, 1)
    taken: list[list[tuple[float, float]]] = [[] for _ in range(MOST_ROWS)]
    placed = []
    for label in labels:
        at = (label.day - first).days / days
        leftwards = _room(at, leftwards=False) < _room(at, leftwards=True) and at <= 1
        lines = _lines(label, _letters(at, leftwards), leftwards=leftwards)
        span = _span(at, max(map(len, lines)), leftwards)
        row = _free_row(taken, span, len(lines))
        if row is None:
            placed.append(Placed(label, (label.sign,), MOST_ROWS, leftwards))
            continue
        for each in taken[row : row + len(lines)]:
            each.append(span)
        placed.append(Placed(label, lines, row, leftwards))
    words = sum(map(bool, taken))
    return [replace(each, row=min(each.row, words)) for each in placed]


def rows(placed: Sequence[Placed]) -> int:
    """Count the rows that labels take."""
    return max((each.row + len(each.lines) for each in placed), default=0)


def write(chart: go.Figure, placed: Sequence[Placed]) -> None:
    """Write labels over a chart; all of their words are told where the pointer rests."""
    notes = [_annotation(each) for each in placed]
    # All at once: Plotly checks all that are there with each one that is added.
    chart.layout.annotations = (*chart.layout.annotations, *notes)


def _annotation(placed: Placed) -> dict[str, Any]:
    label = placed.label
    return {
        "x": label.day.isoformat(),
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": placed.row * ROW,
        "xanchor": "right" if placed.leftwards else "left",
        "align": "right" if placed.leftwards else "left",
        "text": "<br>".join(map(plain, placed.lines)),
        "hovertext": plain(f"{label.text}{label.more}"),
        "showarrow": False,
        "borderpad": 0,
        "font": {"color": label.colour, "size": SIZE},
    }


def plain(text: str) -> str:
    """Write a text so that the chart, which reads some markup, shows it as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _letters(at: float, leftwards: bool) -> int:
    """Count the letters for which there is room on the narrowest chart."""
    if not 0 <= at <= 1:
        return LONGEST
    return min(int(_room(at, leftwards=leftwards) / LETTER), LONGEST)


def _room(at: float, *, leftwards: bool) -> float:
    """Give the pixels on one side of a day on the narrowest chart."""
    return at * NARROW + AXIS if leftwards else (1 - at) * NARROW


def _lines(label: Label, letters: int, *, leftwards: bool) -> tuple[str, ...]:
    """Write all of a label in lines of so many letters, with its sign at the end by its day."""
    lines = textwrap.wrap(label.text, letters - len(label.sign) - 1) or [""]
    if leftwards:
        return (*lines[:-1], f"{lines[-1]} {label.sign}")
    return (f"{label.sign} {lines[0]}", *lines[1:])


def _span(at: float, letters: int, leftwards: bool) -> tuple[float, float]:
    width = letters * LETTER / NARROW
    return (at - width, at) if leftwards else (at, at + width)


def _free_row(
    taken: Sequence[Sequence[tuple[float, float]]], span: tuple[float, float], lines: int
) -> int | None:
    """Give the lowest row from which on so many are free; None where there are none."""
    free = [all(span[1] <= begin or end <= span[0] for begin, end in spans) for spans in taken]
    starts = range(len(free) - lines + 1)
    return next((row for row in starts if all(free[row : row + lines])), None)


def exponents(ends: tuple[float, float]) -> str:
    """Give how Plotly shortens the numbers of the scale, as all others are shortened."""
    largest = max(map(abs, ends))
    if largest >= formatting.MILLION:
        return "B"
    return "power" if largest < formatting.TINY else "none"
