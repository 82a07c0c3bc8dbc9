"""Workbooks of other kinds, .xls and .ods, as pandas reads them: without their number formats."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, iterparse

import pandas as pd
from openpyxl.utils import get_column_letter
from python_calamine import SheetTypeEnum, SheetVisibleEnum

from data.core.problems import ParseError
from data.exchange.spreadsheets.grid import EMPTY, Cell, Grid, Spreadsheet
from data.exchange.spreadsheets.sheet_extent import check_extent
from data.exchange.spreadsheets.workbook_grid import (
    Filled,
    grid_of,
    spreadsheet_of,
    text_cell,
    value_cell,
)
from data.exchange.workbook import check_archive

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def read_other_workbook(name: str, data: bytes) -> Spreadsheet:
    """Return the visible sheets of a workbook; ParseError where it cannot be read."""
    try:
        if zipfile.is_zipfile(io.BytesIO(data)):
            _check_extents(data)
        with warnings.catch_warnings(action="ignore"):
            return _read(name, data)
    except ParseError:
        raise
    except Exception:  # A damaged workbook may fail in any way inside the library.
        raise ParseError("cannot be read", "save it as .xlsx without a password") from None


def _read(name: str, data: bytes) -> Spreadsheet:
    with pd.ExcelFile(io.BytesIO(data), engine="calamine") as file:
        sheets = [each for each in file.book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        visible = [each.name for each in sheets if each.visible == SheetVisibleEnum.Visible]
        hidden = tuple(each.name for each in sheets if each.name not in visible)
        frames = pd.read_excel(file, visible, header=None, dtype=object, na_filter=False)
    grids = [_grid(f"{name}[{title}]", title, frames[title]) for title in visible]
    return spreadsheet_of(name, grids, hidden)


def _grid(file: str, title: str, frame: Any) -> Grid:
    filled: Filled = {}
    for line, values in enumerate(frame.itertuples(index=False, name=None), start=1):
        cells = {at: _cell(value, line, at) for at, value in enumerate(values, start=1)}
        if kept := {at: cell for at, cell in cells.items() if cell is not EMPTY}:
            filled[line] = kept
    return grid_of(file, title, filled, has_formats=False)


def _cell(value: Any, line: int, column: int) -> Cell:
    if isinstance(value, str):
        return text_cell(value, f"{get_column_letter(column)}{line}")
    return value_cell(value)


def _check_extents(data: bytes) -> None:
    """Raise ParseError where few cells, repeated, would span too much once they are unpacked."""
    check_archive(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as content:
        rows = columns = 0
        for height, width in _extents(content):
            rows, columns = rows + height, max(columns, width)
            check_extent(rows, columns)


def _extents(content: Any) -> Iterator[tuple[int, int]]:
    """Give how many lines each row of a sheet stands for, and how wide it is filled."""
    blank = 0
    for _, element in iterparse(content):
        if element.tag == f"{_TABLE}table":
            blank = 0
        elif element.tag == f"{_TABLE}table-row":
            height, width = int(element.get(f"{_TABLE}number-rows-repeated", 1)), _width(element)
            if width:
                yield blank + height, width
            blank = 0 if width else blank + height
            element.clear()


def _width(row: Element) -> int:
    width = at = 0
    for cell in row:
        at += int(cell.get(f"{_TABLE}number-columns-repeated", 1))
        width = at if len(cell) else width
    return width
