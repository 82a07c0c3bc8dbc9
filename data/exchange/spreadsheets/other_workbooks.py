"""OpenDocument workbooks, .ods: as pandas reads them, and what it leaves out."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.etree.ElementTree import Element, iterparse

import pandas as pd
from python_calamine import SheetTypeEnum, SheetVisibleEnum

from data.core.limits import MOST_COLUMNS
from data.core.problems import ParseError
from data.exchange.spreadsheets.grid import EMPTY, NO_RESULT, Cell, CellKind, Grid, Spreadsheet
from data.exchange.spreadsheets.workbook_grid import (
    Filled,
    check_extent,
    fill_merged,
    grid_of,
    place_of,
    spreadsheet_of,
    text_cell,
    value_cell,
)
from data.exchange.workbook import check_archive
from data.exchange.workbook_cells import Span

_TABLE, _OFFICE, _TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{each}:1.0}}" for each in ("table", "office", "text")
)
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_ERROR = re.compile(r"#\S+[!?]|#N/A|Err:\d+")


_HIDDEN = ("collapse", "filter")


@dataclass(slots=True)
class _Told:
    """What pandas leaves out of a sheet: some cells, what is hidden and what is merged."""

    cells: Filled = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Span] = field(default_factory=list)


def read_other_workbook(name: str, data: bytes) -> Spreadsheet:
    """Return the visible sheets of a workbook; ParseError where it cannot be read."""
    try:
        told = _told_in(data)
        with warnings.catch_warnings(action="ignore"):
            return _read(name, data, told)
    except ParseError:
        raise
    except Exception:  # A damaged workbook may fail in any way inside the library.
        raise ParseError("cannot be read", "save it as .xlsx without a password") from None


def _read(name: str, data: bytes, told: AnyMapping[str, _Told]) -> Spreadsheet:
    with pd.ExcelFile(io.BytesIO(data), engine="calamine") as file:
        sheets = [each for each in file.book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        visible = [each.name for each in sheets if each.visible == SheetVisibleEnum.Visible]
        hidden = tuple(each.name for each in sheets if each.name not in visible)
        frames = pd.read_excel(file, visible, header=None, dtype=object, na_filter=False)
    grids = [
        _grid(f"{name}[{title}]", title, frames[title], told.get(title) or _Told())
        for title in visible
    ]
    return spreadsheet_of(name, grids, hidden)


def _grid(file: str, title: str, frame: Any, told: _Told) -> Grid:
    filled: Filled = {}
    for line, values in enumerate(frame.itertuples(index=False, name=None), start=1):
        cells = {at: _cell(value, line, at) for at, value in enumerate(values, start=1)}
        if kept := {at: cell for at, cell in cells.items() if cell is not EMPTY}:
            filled[line] = kept
    for line, cells in told.cells.items():
        filled.setdefault(line, {}).update(cells)
    fill_merged(filled, told.merged)
    return grid_of(file, title, filled, told.hidden_rows, told.hidden_columns, has_formats=False)


def _cell(value: Any, line: int, column: int) -> Cell:
    if isinstance(value, str):
        return text_cell(value, place_of(line, column))
    return value_cell(value)


def _told_in(data: bytes) -> dict[str, _Told]:
    """Give what pandas leaves out, by sheet.

    Raises ParseError where few cells, repeated, would take up too much once they are unpacked.
    """
    check_archive(data)
    told: dict[str, _Told] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as content:
        lines = columns = 0
        for row in _rows_in(content, told):
            lines, columns = lines + row.extent, max(columns, row.width)
            check_extent(lines, columns)
            sheet, numbers = told[row.sheet], range(row.last - row.height + 1, row.last + 1)
            sheet.merged += row.merged
            sheet.hidden_rows.update(numbers if row.is_hidden else ())
            sheet.cells.update(dict.fromkeys(numbers, row.told) if row.told else {})
    return told


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a sheet that holds something: how many lines it stands for, and the last of them.

    `extent` counts the blank ones before it as well, `told` are its cells that pandas leaves out.
    """

    sheet: str
    last: int
    height: int
    extent: int
    is_hidden: bool
    width: int
    told: dict[int, Cell]
    merged: list[Span]


def _rows_in(content: Any, told: dict[str, _Told]) -> Iterator[_Row]:
    """Give the rows that hold something, and tell of each sheet which columns are hidden."""
    sheet, last, blank, column = "", 0, 0, 0
    for event, element in iterparse(content, events=("start", "end")):
        if event == "start" and element.tag == f"{_TABLE}table":
            sheet, last, blank, column = element.get(f"{_TABLE}name", ""), 0, 0, 0
            told.setdefault(sheet, _Told())
        elif event == "start" and element.tag == f"{_TABLE}table-column":
            upto = min(column + _times(element, "columns"), MOST_COLUMNS)
            hidden = range(column + 1, upto + 1) if _is_hidden(element) else ()
            told[sheet].hidden_columns.update(hidden)
            column = upto
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            height = _times(element, "rows")
            last, extent = last + height, blank + height
            cells = _cells_of(element, last)
            if cells[0]:
                yield _Row(sheet, last, height, extent, _is_hidden(element), *cells)
            blank = 0 if cells[0] else extent
            element.clear()


def _times(element: Element, of: str, said: str = "repeated") -> int:
    return int(element.get(f"{_TABLE}number-{of}-{said}", 1))


def _is_hidden(element: Element) -> bool:
    return element.get(f"{_TABLE}visibility") in _HIDDEN


def _cells_of(row: Element, line: int) -> tuple[int, dict[int, Cell], list[Span]]:
    """Say how wide a row is filled, and give its cells that pandas leaves out, and the merged."""
    width = at = 0
    told: dict[int, Cell] = {}
    merged: list[Span] = []
    for cell in row:
        times = _times(cell, "columns")
        found = _left_out(cell)
        if found or len(cell):
            width = at + times
        if found:
            check_extent(1, width)
            told.update(dict.fromkeys(range(at + 1, at + times + 1), found))
        right, below = (_times(cell, of, "spanned") - 1 for of in ("columns", "rows"))
        if right or below:
            merged.append((at + 1, line, at + 1 + right, line + below))
        at += times
    return width, told, merged


def _left_out(cell: Element) -> Cell | None:
    """Give an error, a formula that was saved without its result, a percentage or an amount."""
    shown = " ".join("".join(each.itertext()) for each in cell.findall(f"{_TEXT}p")).strip()
    is_formula = cell.get(f"{_TABLE}formula") is not None
    if cell.get(f"{_CALC}value-type") == "error" or (is_formula and _ERROR.match(shown)):
        return Cell(shown or "#ERROR!", CellKind.ERROR)
    if is_formula and not shown and cell.get(f"{_OFFICE}value-type") is None:
        return NO_RESULT
    return _formatted(cell)


def _formatted(cell: Element) -> Cell | None:
    """Give a number that is shown as a percentage, or in a currency."""
    kind, currency = cell.get(f"{_OFFICE}value-type"), cell.get(f"{_OFFICE}currency", "")
    if kind != "percentage" and not (kind == "currency" and currency):
        return None
    try:
        value = Decimal(cell.get(f"{_OFFICE}value", ""))
    except InvalidOperation:
        return None
    if kind == "currency":
        return replace(value_cell(float(value)), unit=currency)
    return value_cell(float(value), "0%")
