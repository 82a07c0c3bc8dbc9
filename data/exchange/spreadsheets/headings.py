"""What the headings of a table say: the period of a column, and the words beside it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from data.exchange.spreadsheets.grid import Cell, CellKind, Grid
from data.exchange.spreadsheets.mapping import Role
from data.exchange.spreadsheets.period_labels import (
    are_weeks,
    as_week,
    label_either_way,
    label_of,
    year_of,
)
from data.exchange.spreadsheets.words import folded, holds, words

EXACT_UP_TO = 3
"""Words so short mean a role only where they stand alone: “no”, “to”, “min”."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading, the part of it that is a period, and what is left of it."""

    text: str
    period: str = ""
    rest: str = ""


def headings_of(grid: Grid, rows: Sequence[int]) -> tuple[Heading, ...]:
    """Give each column's heading from the rows that name the columns.

    What stands over several columns is written once above the first of them.
    """
    lines = [list(grid.rows[row]) for row in rows]
    spread = [_spread(line) for line in lines[:-1]] + lines[-1:]
    headings = tuple(_heading(parts) for parts in zip(*spread, strict=True))
    return _with_weeks(headings) or ((Heading(""),) * grid.width)


def _with_weeks(headings: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """Read years with numbers as weeks where one is of no month, or a heading says so."""
    said = any(folded(each.text) in words().periods["week"] for each in headings)
    if not said and not are_weeks(each.period for each in headings):
        return headings
    return tuple(replace(each, period=as_week(each.period)) for each in headings)


def period_of(cell: Cell) -> str:
    """Give the part of a heading's cell that is a period, empty where there is none."""
    return _split(cell.text)[0] if cell.kind in (CellKind.TEXT, CellKind.DAY) else ""


@lru_cache(maxsize=10_000)
def role_of(heading: str, *, exact: bool = False) -> Role | None:
    """Give what a heading's words say that a column holds, None where they say nothing."""
    said = " ".join(word for word in folded(heading).split() if not word.isdigit())
    for role, phrases in _meanings():
        if said in phrases:
            return role
    for role, phrases in () if exact else _meanings():
        if holds(said, _long(phrases)):
            return role
    return None


class Scenario(StrEnum):
    """What the values of a row are."""

    ACTUAL = "actual"
    TARGET = "target"
    OTHER = "others"


@lru_cache(maxsize=10_000)
def scenario_of(text: str) -> Scenario | None:
    """Give what a cell says that its row is of, None where it says nothing of it."""
    said = " ".join(word for word in folded(text).split() if not word.isdigit())
    return next((each for each in Scenario if said in words().scenarios[each]), None)


def is_total(text: str, group: str = "") -> bool:
    """Tell whether a name is that of a sum or an average, of a group where one is given."""
    said = folded(text).strip("# ")
    totals = words().left_out["totals"]
    if said in totals:
        return True
    if not group:
        return False
    return any(said in (f"{each} {folded(group)}", f"{folded(group)} {each}") for each in totals)


def _meanings() -> Iterator[tuple[Role, tuple[str, ...]]]:
    known = words()
    for phrases in known.left_out.values():
        yield Role.LEAVE_OUT, phrases
    for name in sorted(known.roles, key=lambda name: name == "KPI"):
        yield Role(name), known.roles[name]
    for phrases in known.periods.values():
        yield Role.PERIOD, phrases


def _long(phrases: Iterable[str]) -> list[str]:
    return [phrase for phrase in phrases if len(phrase) > EXACT_UP_TO]


def _spread(line: Sequence[Cell]) -> list[Cell]:
    spread: list[Cell] = []
    over = Cell()
    for cell in line:
        if cell.text:
            over = cell if _goes_on(cell) else Cell()
        spread.append(cell if cell.text else over)
    return spread


def _goes_on(cell: Cell) -> bool:
    """Tell whether a heading stands for the columns beside it, too: a period or a year."""
    text = cell.text
    return (
        bool(period_of(cell))
        or year_of(text) is not None
        or role_of(text, exact=True)
        in (
            Role.VALUE,
            Role.TARGET,
        )
    )


def _heading(cells: Sequence[Cell]) -> Heading:
    parts = list(dict.fromkeys(" ".join(cell.text.split()) for cell in cells if cell.text))
    periods: list[str] = []
    rest: list[str] = []
    for part in parts:
        period, beside = _split(part)
        periods += [period] if period else []
        rest += [beside] if beside else []
    text = " ".join(parts)
    if not periods:
        return Heading(text, "", " ".join(rest))
    period = periods[-1]
    years = [each for each in rest if year_of(each) is not None]
    rest = [each for each in rest if each not in years]
    if years and (label := label_of(period)) and label.year is None:
        period = f"{years[0]} {period}"
    return Heading(text, period, " ".join(rest))


@lru_cache(maxsize=20_000)
def _split(text: str) -> tuple[str, str]:
    """Part a heading into its period and what else it says: “Jan 26 Actual”."""
    if _is_label(text):
        return text, ""
    parts = text.split()
    for at in range(len(parts) - 1, 0, -1):
        for label, other in ((parts[:at], parts[at:]), (parts[-at:], parts[:-at])):
            if _is_label(" ".join(label)) and role_of(" ".join(other), exact=True):
                return " ".join(label), " ".join(other)
    return "", text


def _is_label(text: str) -> bool:
    return len(text) <= 40 and label_either_way(text) is not None
