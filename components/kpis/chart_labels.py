"""What is written over a control chart: labels in rows, so that none covers another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import plotly.graph_objects as go

from components.ui import formatting

ROW = 18
"""The height of a row of labels in pixels."""
MOST_ROWS = 4
SIZE = 13
NARROW = 258
"""The width in pixels of the narrowest chart, that of a phone: what fits there fits anywhere."""
AXIS = 30
"""What a label may reach over the numbers of the scale, left of the plot."""
LETTER = 6.2
LONGEST = 28


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
    """A label with what is shown of it: in which row, and whether to the left of its day."""

    label: Label
    shown: str
    row: int
    leftwards: bool


def arranged(labels: Sequence[Label], first: date, last: date) -> list[Placed]:
    """Give each label a place over the days from first to last, the first label first.

    One that finds no room in any row is shortened to its sign, in a row above all words.
    """
    days = max((last - first).days, 1)
    taken: list[list[tuple[float, float]]] = [[] for _ in range(MOST_ROWS)]
    placed = []
    for label in labels:
        at = (label.day - first).days / days
        leftwards = _room(at, leftwards=False) < _room(at, leftwards=True) and at <= 1
        text = _shortened(label.text, _letters(at, leftwards) - len(label.sign) - 1)
        shown = f"{text} {label.sign}" if leftwards else f"{label.sign} {text}"
        span = _span(at, shown, leftwards)
        row = _free_row(taken, span)
        if row is None:
            placed.append(Placed(label, label.sign, MOST_ROWS, leftwards))
            continue
        taken[row].append(span)
        placed.append(Placed(label, shown, row, leftwards))
    return placed


def rows(placed: Sequence[Placed]) -> int:
    """Count the rows that labels take."""
    return max((each.row + 1 for each in placed), default=0)


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
        "text": plain(placed.shown),
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


def _shortened(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def _span(at: float, text: str, leftwards: bool) -> tuple[float, float]:
    width = len(text) * LETTER / NARROW
    return (at - width, at) if leftwards else (at, at + width)


def _free_row(
    taken: Sequence[Sequence[tuple[float, float]]], span: tuple[float, float]
) -> int | None:
    for row, spans in enumerate(taken):
        if all(span[1] <= begin or end <= span[0] for begin, end in spans):
            return row
    return None


def exponents(ends: tuple[float, float]) -> str:
    """Give how Plotly shortens the numbers of the scale, as all others are shortened."""
    largest = max(map(abs, ends))
    if largest >= formatting.MILLION:
        return "B"
    return "power" if largest < formatting.TINY else "none"
