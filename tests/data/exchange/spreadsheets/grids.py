"""Sheets built in code, and files read into sheets by the shortest way there is."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from data.exchange.spreadsheets.grid import EMPTY, Cell, CellKind, Grid, Spreadsheet


def cell_of(value: Any, *, is_percent: bool = False) -> Cell:
    """Give the cell that a value stands in: text, a number, a day, or a cell itself."""
    if value is None or value == "":
        return EMPTY
    if isinstance(value, Cell):
        return value
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return Cell(day.isoformat(), CellKind.DAY, day)
    if isinstance(value, str):
        return Cell(value, CellKind.TEXT)
    number = Decimal(repr(value)) * (100 if is_percent else 1)
    text = format(number.normalize(), "f")
    return Cell(text, CellKind.PERCENT if is_percent else CellKind.NUMBER)


def percent(value: float) -> Cell:
    """Give a cell that shows a share of one as a percentage."""
    return cell_of(value, is_percent=True)


def grid_of(
    rows: Sequence[Sequence[Any]],
    *,
    title: str = "Sheet1",
    file: str = "numbers.xlsx",
    has_formats: bool = True,
) -> Grid:
    """Give the sheet of rows of values, the shorter ones filled up."""
    width = max(map(len, rows))
    cells = tuple(tuple(map(cell_of, [*row, *[None] * (width - len(row))])) for row in rows)
    letters = tuple(get_column_letter(at) for at in range(1, width + 1))
    return Grid(
        file, title, cells, tuple(range(1, len(rows) + 1)), letters, has_formats=has_formats
    )


def sheets_of(*grids: Grid) -> Spreadsheet:
    """Give a spreadsheet of sheets."""
    return Spreadsheet(grids[0].file, grids)


def spreadsheet_of(rows: Sequence[Sequence[Any]], **said: Any) -> Spreadsheet:
    """Give a spreadsheet of one sheet."""
    return sheets_of(grid_of(rows, **said))


def read_back(name: str, data: bytes) -> Spreadsheet:
    """Read a file that these tests built."""
    if name.endswith(".csv"):
        return _csv(name, data)
    book = load_workbook(io.BytesIO(data))
    grids = []
    for sheet in book:
        rows = [
            [cell_of(cell.value, is_percent="%" in cell.number_format) for cell in row]
            for row in sheet.iter_rows()
        ]
        for span in sheet.merged_cells.ranges:
            for row in range(span.min_row - 1, span.max_row):
                for column in range(span.min_col - 1, span.max_col):
                    rows[row][column] = rows[span.min_row - 1][span.min_col - 1]
        grids.append(grid_of(rows, title=sheet.title, file=f"{name}[{sheet.title}]"))
    return Spreadsheet(name, tuple(grids))


def _csv(name: str, data: bytes) -> Spreadsheet:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    separator = ";" if ";" in text else ","
    rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    return spreadsheet_of(rows, title=name.rpartition(".")[0], file=name)
