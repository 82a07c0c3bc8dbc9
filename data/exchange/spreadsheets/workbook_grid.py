"""The visible sheets of an Excel workbook as grids, by its number formats."""

import math
from collections.abc import Container, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.utils import get_column_letter

from data.core.limits import MOST_CELLS, MOST_COLUMNS
from data.core.problems import Code, ParseError
from data.exchange.shown_numbers import shown_number
from data.exchange.spreadsheets.grid import EMPTY, NO_RESULT, Cell, CellKind, Grid, Spreadsheet
from data.exchange.workbook import open_sheets, unescaped
from data.exchange.workbook_cells import DAY, ERROR, FORMULA, TEXT, SheetCell, SheetCells, Span

Filled = dict[int, dict[int, Cell]]
"""The cells that hold something, by their line and their column."""


LONGEST_GAP = 20


def read_workbook(name: str, data: bytes) -> Spreadsheet:
    """Return what a person sees in an Excel workbook; ParseError where it cannot be read."""
    sheets = open_sheets(data)
    visible = [sheet for sheet in sheets.values() if sheet.sheet_state == "visible"]
    grids = [_grid(f"{name}[{sheet.title}]", sheet) for sheet in visible]
    hidden = (title for title, sheet in sheets.items() if sheet.sheet_state != "visible")
    return spreadsheet_of(name, grids, tuple(hidden))


def spreadsheet_of(name: str, grids: list[Grid], hidden: tuple[str, ...] = ()) -> Spreadsheet:
    """Return the sheets that hold something; ParseError where none does."""
    filled = tuple(grid for grid in grids if grid.rows and grid.columns)
    if not filled:
        remedy = "show the sheet with the numbers and save it"
        raise ParseError("holds nothing that can be seen", remedy, code=Code.EMPTY)
    return Spreadsheet(name, filled, hidden)


def _grid(file: str, sheet: Any) -> Grid:
    stored = SheetCells(sheet)
    filled: Filled = {}
    for line, cells in stored.rows():
        found = {cell.column: _cell(stored, line, cell) for cell in cells}
        if kept := {column: cell for column, cell in found.items() if cell is not EMPTY}:
            filled.setdefault(line, {}).update(kept)
    fill_merged(filled, stored.merged)
    return grid_of(file, sheet.title, filled, stored.hidden_rows, stored.hidden_columns)


def grid_of(
    file: str,
    title: str,
    filled: Mapping[int, Mapping[int, Cell]],
    hidden_rows: AbstractSet[int] = frozenset(),
    hidden_columns: AbstractSet[int] = frozenset(),
    *,
    has_formats: bool = True,
) -> Grid:
    """Make a grid of the cells that hold something, without what is hidden."""
    used = set().union(*filled.values()) if filled else set()
    lines = without_gaps(filled, hidden_rows)
    seen = set().union(*(filled[line] for line in lines if line in filled))
    columns = without_gaps(seen - hidden_columns, hidden_columns)
    check_extent(len(lines), len(columns))
    blank: Mapping[int, Cell] = {}
    rows = (tuple(filled.get(line, blank).get(at, EMPTY) for at in columns) for line in lines)
    return Grid(
        file,
        title,
        tuple(rows),
        lines,
        tuple(map(get_column_letter, columns)),
        len(hidden_rows & filled.keys()),
        len(hidden_columns & used),
        has_formats,
    )


def place_of(line: int, column: int) -> str:
    """Give what a spreadsheet calls a cell: C7."""
    return f"{get_column_letter(column)}{line}"


def text_cell(text: str, place: str) -> Cell:
    """Make a cell of what was typed, a blank one where nothing can be seen; NUL is refused."""
    if "\0" in text:
        raise ParseError(f"has a NUL character in {place}", "delete it")
    return Cell(text, CellKind.TEXT) if text.strip() else EMPTY


def value_cell(value: Any, code: str = "General") -> Cell:
    """Make a cell of a number, a day, a time or a truth that is shown in a format."""
    if isinstance(value, bool):
        return Cell(str(value).upper(), CellKind.TEXT)
    if isinstance(value, int | float):
        return _number_cell(value, code)
    if isinstance(value, date):  # A moment is one too.
        day = value.date() if isinstance(value, datetime) else value
        return Cell(day.isoformat(), CellKind.DAY, day)
    return Cell(_time_text(value), CellKind.TEXT)


def _cell(stored: SheetCells, line: int, cell: SheetCell) -> Cell:
    if cell.kind == FORMULA:
        return NO_RESULT
    if cell.kind == ERROR:
        return Cell(str(cell.value), CellKind.ERROR)
    if cell.kind == TEXT or isinstance(cell.value, str):
        return text_cell(unescaped(str(cell.value)), place_of(line, cell.column))
    return value_cell(cell.value, "" if cell.kind == DAY else stored.format_of(cell.style))


def _number_cell(value: float, code: str) -> Cell:
    if not math.isfinite(value):
        return Cell("#NUM!", CellKind.ERROR)
    shown = shown_number(value, code)
    kind = CellKind.PERCENT if shown.is_percent else CellKind.NUMBER
    return Cell(shown.text, kind, unit=shown.unit)


def _time_text(value: Any) -> str:
    """Write a time of day or a duration as it is seen, with all its hours: 36:30."""
    if isinstance(value, time):
        return value.isoformat().removesuffix(":00")
    if isinstance(value, timedelta):
        seconds = round(abs(value.total_seconds()))
        sign = "-" if value < timedelta() else ""
        minutes = f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}"
        return f"{minutes}:{seconds % 60:02}" if seconds % 60 else minutes
    return str(value)


def fill_merged(filled: Filled, merged: Iterable[Span]) -> None:
    """Show a merged cell's text in each of the cells it spans, as far as the sheet is filled."""
    last_line = max(filled, default=0)
    last_column = max((max(cells) for cells in filled.values()), default=0)
    spanned = 0
    for left, top, right, bottom in merged:
        cell = filled.get(top, {}).get(left)
        if cell is None:
            continue
        lines = range(top, min(bottom, last_line) + 1)
        columns = range(left, min(right, last_column) + 1)
        spanned += len(lines) * len(columns)
        check_extent(spanned, 1)
        for line in lines:
            filled.setdefault(line, {}).update(dict.fromkeys(columns, cell))


def without_gaps(used: Iterable[int], hidden: Container[int] = ()) -> tuple[int, ...]:
    """Give the places from the first to the last one that is used, but for the hidden ones.

    Of a run of more than 20 blank ones only one is left.
    """
    kept: list[int] = []
    places = sorted(used)
    before = places[0] - 1 if places else 0
    for place in places:
        gap = range(before + 1, place)
        blank = gap if len(gap) <= LONGEST_GAP else gap[:1]
        kept += [each for each in blank if each not in hidden]
        kept += [] if place in hidden else [place]
        before = place
    return tuple(kept)


def check_extent(rows: int, columns: int) -> None:
    """Raise ParseError where a grid would be too wide, or have too many cells, blank or not."""
    if rows * columns > MOST_CELLS or columns > MOST_COLUMNS:
        what = f"has {rows:,} rows and {columns:,} columns, more than can be read"
        raise ParseError(what, "copy the table that is meant into a sheet of its own")
