"""The KPIs of a spreadsheet, each with its readings and all that is said of it."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date

from data.core.problems import ParseError, Problem, shown
from data.exchange.spreadsheets.cell_numbers import WrittenNumber, written_number
from data.exchange.spreadsheets.grid import Cell, CellKind
from data.exchange.spreadsheets.mapping import KnownKpi, Role
from data.exchange.spreadsheets.period_labels import Span
from data.exchange.spreadsheets.sheet_reading import Entry, Sheet
from data.exchange.spreadsheets.units import name_and_unit

_ERROR = re.compile(r"#[A-Z0-9/]+[!?]", re.ASCII)
"""What a file of separated text says where a formula failed: #DIV/0!, #WERT!"""


@dataclass(slots=True)
class Value:
    """A reading as it stands in the file: its number, and when it is of."""

    entry: Entry
    number: WrittenNumber
    span: Span
    value: float = 0.0


@dataclass(slots=True)
class Series:
    """A KPI of a team in one sheet; `unit` is what its column or its name says."""

    sheet: Sheet
    team: str
    name: str
    unit: str
    written: str
    """The name as it stands there."""
    rows: list[int] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    known: KnownKpi | None = None
    target_entries: list[tuple[date, Entry]] = field(default_factory=list)
    """Targets in rows of their own, with the first days of their periods."""
    is_in_shares: bool = False
    """Whether its values stand in the file as shares of one."""

    def said(self, role: Role) -> str:
        """Give the first thing that its rows say in a column."""
        texts = (self.sheet.cell(row, role).text.strip() for row in self.rows)
        return next(filter(None, texts), "")

    def targets(self) -> Iterator[tuple[int, int, Cell]]:
        """Give the cells with its targets, the newest first: their rows, columns and contents."""
        places = self.sheet.places(Role.TARGET)
        across = len(places) > 1
        for at in reversed(places):
            for row in self.rows if across else reversed(self.rows):
                if (cell := self.sheet.grid.rows[row][at]).text:
                    yield row, at, cell
        yield from self._targets_below()

    def _targets_below(self) -> Iterator[tuple[int, int, Cell]]:
        """Give the targets in rows of their own that are in force, the newest first."""
        newest = max((value.span.first for value in self.values), default=date.max)
        for first, entry in sorted(self.target_entries, key=lambda each: each[0], reverse=True):
            if first <= newest:
                yield entry.row, entry.column, entry.cell


@dataclass(slots=True)
class Findings:
    """What is wrong with cells, and how many hold no number or lie ahead, with an example."""

    problems: list[Problem] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    ahead: list[str] = field(default_factory=list)

    def blame(self, sheet: Sheet, row: int, column: int, unfit: ParseError) -> None:
        """Add a problem of a cell, named as a spreadsheet names it."""
        what = f"{sheet.name(row, column)} {unfit.what}"
        found = Problem(sheet.original.file, sheet.line(row, column), what, unfit.remedy)
        self.problems.append(found)


def check_readable(cell: Cell) -> None:
    """Raise ParseError for an error, and for a formula that was saved without its result."""
    if cell.kind == CellKind.ERROR or _ERROR.fullmatch(cell.text):
        raise ParseError(f"holds {shown(cell.text)}", "correct its formula, or empty it")
    if cell.kind == CellKind.NO_RESULT:
        remedy = "open the file in your spreadsheet program, save it and choose it again"
        raise ParseError("is a formula without a stored result", remedy)


def number_of(cell: Cell) -> WrittenNumber | None:
    """Read the number of a cell, None where it says that there is none; ParseError else."""
    check_readable(cell)
    if cell.kind == CellKind.DAY:
        raise ParseError(f"is a date ({cell.text}), no number", "format it as a number")
    number = written_number(cell)
    if number is None and any(map(str.isdigit, cell.text)):
        raise ParseError(f"“{shown(cell.text)}” is not a number", "write the number alone")
    return number


def unit_of(series: Series) -> str:
    """Give the unit in which most of its cells are written, where most name one."""
    units = [value.number.unit for value in series.values if value.number.unit]
    if len(units) * 2 <= len(series.values):
        return ""
    return max(dict.fromkeys(units), key=units.count)


def parted(name: str, known: AbstractSet[str]) -> tuple[str, str]:
    """Part a KPI's name from its unit, unless the company has one of the whole name."""
    if name in known:
        return name, ""
    return name_and_unit(name)
