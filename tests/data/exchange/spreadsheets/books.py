"""Workbooks as people keep them, built cell by cell."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook

from data.exchange.spreadsheets.grid import Cell, Grid
from data.exchange.spreadsheets.reading import read_spreadsheet

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = b"http://purl.oclc.org/ooxml/spreadsheetml/main"


def book(*rows: list[Any], change: Callable[[Workbook], None] = lambda _book: None) -> bytes:
    """Save rows as the first sheet of a workbook, after something was changed in it."""
    made = Workbook()
    for row in rows:
        made.active.append(row)
    change(made)
    return saved(made)


def saved(made: Workbook) -> bytes:
    """Give a workbook as a file."""
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def with_part(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Change the parts of a workbook whose names a pattern fits."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, change(content) if re.fullmatch(part, name) else content)
    return file.getvalue()


def grid_of(data: bytes, name: str = "numbers.xlsx") -> Grid:
    """Read a file and give its first sheet."""
    return read_spreadsheet(name, data).grids[0]


def texts(grid: Grid) -> list[list[str]]:
    """Give what a person reads in each cell."""
    return [[cell.text for cell in row] for row in grid.rows]


def one_cell(value: Any, number_format: str = "General") -> Cell:
    """Read back a cell that shows a value in a format."""

    def change(made: Workbook) -> None:
        made.active["A1"].number_format = number_format

    return grid_of(book([value], change=change)).rows[0][0]
