"""OpenDocument workbooks, .ods, as pandas reads them: without their number formats."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, iterparse

import pandas as pd
from python_calamine import SheetTypeEnum, SheetVisibleEnum

from data.core.problems import ParseError
from data.exchange.spreadsheets.grid import EMPTY, NO_RESULT, Cell, CellKind, Grid, Spreadsheet
from data.exchange.spreadsheets.sheet_extent import check_extent
from data.exchange.spreadsheets.workbook_grid import (
    Filled,
    grid_of,
    place_of,
    spreadsheet_of,
    text_cell,
    value_cell,
)
from data.exchange.workbook import check_archive

_TABLE, _OFFICE, _TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{each}:1.0}}" for each in ("table", "office", "text")
)
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_ERROR = re.compile(r"#\S+[!?]|#N/A|Err:\d+")


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


def _read(name: str, data: bytes, told: AnyMapping[str, Filled]) -> Spreadsheet:
    with pd.ExcelFile(io.BytesIO(data), engine="calamine") as file:
        sheets = [each for each in file.book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        visible = [each.name for each in sheets if each.visible == SheetVisibleEnum.Visible]
        hidden = tuple(each.name for each in sheets if each.name not in visible)
        frames = pd.read_excel(file, visible, header=None, dtype=object, na_filter=False)
    blank: Filled = {}
    grids = [
        _grid(f"{name}[{title}]", title, frames[title], told.get(title, blank)) for title in visible
    ]
    return spreadsheet_of(name, grids, hidden)


def _grid(file: str, title: str, frame: Any, told: Filled) -> Grid:
    filled: Filled = {}
    for line, values in enumerate(frame.itertuples(index=False, name=None), start=1):
        cells = {at: _cell(value, line, at) for at, value in enumerate(values, start=1)}
        if kept := {at: cell for at, cell in cells.items() if cell is not EMPTY}:
            filled[line] = kept
    for line, cells in told.items():
        filled.setdefault(line, {}).update(cells)
    return grid_of(file, title, filled, has_formats=False)


def _cell(value: Any, line: int, column: int) -> Cell:
    if isinstance(value, str):
        return text_cell(value, place_of(line, column))
    return value_cell(value)


def _told_in(data: bytes) -> dict[str, Filled]:
    """Give what pandas leaves out, by sheet: errors, and formulas without a result.

    Raises ParseError where few cells, repeated, would take up too much once they are unpacked.
    """
    check_archive(data)
    told: dict[str, Filled] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as content:
        lines = columns = 0
        for row in _rows_in(content):
            lines, columns = lines + row.extent, max(columns, row.width)
            check_extent(lines, columns)
            if row.told:
                sheet = told.setdefault(row.sheet, {})
                sheet.update(
                    dict.fromkeys(range(row.last - row.height + 1, row.last + 1), row.told)
                )
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
    width: int
    told: dict[int, Cell]


def _rows_in(content: Any) -> Iterator[_Row]:
    sheet, last, blank = "", 0, 0
    for event, element in iterparse(content, events=("start", "end")):
        if event == "start" and element.tag == f"{_TABLE}table":
            sheet, last, blank = element.get(f"{_TABLE}name", ""), 0, 0
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            height = int(element.get(f"{_TABLE}number-rows-repeated", 1))
            last, extent = last + height, blank + height
            width, told = _cells_of(element)
            if width:
                yield _Row(sheet, last, height, extent, width, told)
            blank = 0 if width else extent
            element.clear()


def _cells_of(row: Element) -> tuple[int, dict[int, Cell]]:
    """Say how wide a row is filled, and give its cells that pandas leaves out."""
    width = at = 0
    told: dict[int, Cell] = {}
    for cell in row:
        times = int(cell.get(f"{_TABLE}number-columns-repeated", 1))
        found = _left_out(cell)
        if found or len(cell):
            width = at + times
        if found:
            check_extent(1, width)
            told.update(dict.fromkeys(range(at + 1, at + times + 1), found))
        at += times
    return width, told


def _left_out(cell: Element) -> Cell | None:
    """Give an error, or a formula that was saved without its result."""
    shown = " ".join("".join(each.itertext()) for each in cell.findall(f"{_TEXT}p")).strip()
    is_formula = cell.get(f"{_TABLE}formula") is not None
    if cell.get(f"{_CALC}value-type") == "error" or (is_formula and _ERROR.match(shown)):
        return Cell(shown or "#ERROR!", CellKind.ERROR)
    if is_formula and not shown and cell.get(f"{_OFFICE}value-type") is None:
        return NO_RESULT
    return None
