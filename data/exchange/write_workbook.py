"""Write tables as an Excel workbook, the same tables always as the same bytes.

The frame of the workbook is openpyxl's. The rows are written here: it would round numbers to
sixteen digits, and takes long for many.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from data.core.cell_formatting import spelled
from data.core.fields import Column, Row, columns
from data.exchange.tables import FILES, Tables

LINES_AT_ONCE = 1_000
DATE = 2
"""The style of dates, the first one after that of headings."""

BOLD = Font(bold=True)
DAY_ZERO = date(1899, 12, 30)
# Excel counts a 29 February 1900 that never was.
FIRST_TRUE_DAY = date(1900, 3, 1).isoformat()
LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
END, LONG_AGO = "</sheetData>", "1980-01-01T00:00:00Z"
EXTENT = re.compile("<dimension[^>]*/>")
MADE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def write_workbook(tables: Tables, file: BinaryIO) -> None:
    """Write all tables as the sheets of one workbook; none may have more rows than a sheet."""
    rows = {f"xl/worksheets/sheet{at}.xml": each for at, each in enumerate(tables.items(), start=1)}
    with zipfile.ZipFile(_frame()) as frame, zipfile.ZipFile(file, "w") as archive:
        for part in frame.namelist():
            content = MADE.sub(LONG_AGO, EXTENT.sub("", frame.read(part).decode()))
            before, end, behind = content.partition(END)
            with archive.open(_entry(part), "w") as part_file:
                part_file.write(before.encode())
                for chunk in _lines(*rows[part]) if part in rows else ():
                    part_file.write(chunk.encode())
                part_file.write(f"{end}{behind}".encode())


def add_sheet(book: Any, name: str) -> Any:
    """Add the sheet of a file to a workbook, with its headings and nothing below them."""
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for at, column in enumerate(columns(FILES[name]), start=1):
        sheet.cell(1, at, column.name).font = BOLD
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = _width(column)
        if column.kind is date:
            sheet.column_dimensions[letter].number_format = "yyyy-mm-dd"
    return sheet


def _frame() -> io.BytesIO:
    book, file = Workbook(), io.BytesIO()
    book.remove(book.active)
    for name in FILES:
        add_sheet(book, name)
    book.save(file)
    return file


def _entry(part: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def _width(column: Column) -> int:
    if column.declared.long:
        return 48
    if column.kind in (float, int, date):
        return 14
    return 26 if column.kind in (str, tuple) else 18


def _lines(name: str, rows: Sequence[Row]) -> Iterator[str]:
    known = columns(FILES[name])
    letters = [get_column_letter(at) for at in range(1, len(known) + 1)]
    chunk: list[str] = []
    for line, cells in enumerate(spelled(FILES[name], rows), start=2):
        filled = "".join(
            _cell(f"{letter}{line}", column, cell)
            for letter, column, cell in zip(letters, known, cells, strict=True)
            if cell
        )
        chunk.append(f'<row r="{line}">{filled}</row>')
        if len(chunk) >= LINES_AT_ONCE:
            yield "".join(chunk)
            chunk.clear()
    yield "".join(chunk)


def _cell(place: str, column: Column, spelling: str) -> str:
    if column.kind in (float, int):
        return f'<c r="{place}"><v>{spelling.upper()}</v></c>'
    if column.kind is date and spelling >= FIRST_TRUE_DAY:
        days = (date.fromisoformat(spelling) - DAY_ZERO).days
        return f'<c r="{place}" s="{DATE}"><v>{days}</v></c>'
    text = escape(LOOKS_ESCAPED.sub("_x005F_", spelling))
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
