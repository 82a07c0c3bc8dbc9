"""Old Excel workbooks, .xls, by their number formats."""

import io
import struct
from collections import Counter
from collections.abc import Iterator
from typing import Any

import xlrd
from xlrd.compdoc import CompDoc

from data.core.limits import MOST_CELLS
from data.core.problems import ParseError
from data.exchange.spreadsheets.grid import EMPTY, NO_RESULT, Cell, CellKind, Grid, Spreadsheet
from data.exchange.spreadsheets.workbook_grid import (
    Filled,
    fill_merged,
    grid_of,
    place_of,
    spreadsheet_of,
    text_cell,
    value_cell,
)

FORMULA = 0x0006
CELLS = {FORMULA, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E}
"""The records of a cell each: formula, text, blank, number, label, truth or error, short number."""

SEVERAL = {0x00BD: 6, 0x00BE: 2}
"""The records of short numbers and of blanks beside each other, with the bytes of each."""

EMPTY_TEXT = b"\x03"
VISIBLE = 0


def read_old_workbook(name: str, data: bytes) -> Spreadsheet:
    """Return the visible sheets of an old workbook; ParseError where it cannot be read."""
    try:
        has_results = _check_records(data)
        with xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        ) as book:
            sheets = {sheet.name: sheet for sheet in book.sheets()}
            visible = [sheet for sheet in sheets.values() if sheet.visibility == VISIBLE]
            hidden = tuple(title for title in sheets if sheets[title] not in visible)
            grids = [_grid(f"{name}[{each.name}]", each, has_results) for each in visible]
    except ParseError:
        raise
    except Exception:  # A damaged workbook may fail in any way inside the library.
        raise ParseError("cannot be read", "save it as .xlsx without a password") from None
    return spreadsheet_of(name, grids, hidden)


def _check_records(data: bytes) -> bool:
    """Tell whether formulas have results; ParseError where cells would take too much memory.

    A program that cannot calculate writes an empty text for each of them.
    """
    counts: Counter[str] = Counter()
    for kind, content in _records(data):
        if kind == FORMULA:
            is_empty = content[6:7] == EMPTY_TEXT and content[12:14] == b"\xff\xff"
            counts["empty" if is_empty else "result"] += 1
        if kind in CELLS or kind in SEVERAL:
            counts["cells"] += (len(content) - 6) // SEVERAL[kind] if kind in SEVERAL else 1
        if counts["cells"] > MOST_CELLS:
            what = f"has more than {MOST_CELLS:,} cells"
            raise ParseError(what, "copy the table that is meant into a workbook of its own")
    return not counts["empty"] or counts["result"] > 0


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    compound = CompDoc(data, logfile=io.StringIO())
    stream = compound.get_named_stream("Workbook") or compound.get_named_stream("Book") or b""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _grid(file: str, sheet: Any, has_results: bool) -> Grid:
    filled: Filled = {}
    for row in range(sheet.nrows):
        cells = {at: _cell(sheet, row, at, has_results) for at in range(sheet.row_len(row))}
        if kept := {at + 1: cell for at, cell in cells.items() if cell is not EMPTY}:
            filled[row + 1] = kept
    merged = [(left + 1, top + 1, right, bottom) for top, bottom, left, right in sheet.merged_cells]
    fill_merged(filled, merged)
    rows = {at + 1 for at, row in sheet.rowinfo_map.items() if row.hidden}
    columns = {at + 1 for at, column in sheet.colinfo_map.items() if column.hidden}
    return grid_of(file, sheet.name, filled, rows, columns)


def _cell(sheet: Any, row: int, at: int, has_results: bool) -> Cell:
    kind, value = sheet.cell_type(row, at), sheet.cell_value(row, at)
    if kind == xlrd.XL_CELL_TEXT:
        is_missing = value == "" and not has_results
        return NO_RESULT if is_missing else text_cell(value, place_of(row + 1, at + 1))
    if kind == xlrd.XL_CELL_ERROR:
        return Cell(xlrd.error_text_from_code.get(value, "#ERROR!"), CellKind.ERROR)
    if kind == xlrd.XL_CELL_DATE:
        return value_cell(xlrd.xldate_as_datetime(value, sheet.book.datemode))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return value_cell(bool(value))
    return value_cell(value, _format(sheet, row, at)) if kind == xlrd.XL_CELL_NUMBER else EMPTY


def _format(sheet: Any, row: int, at: int) -> str:
    style = sheet.book.xf_list[sheet.cell_xf_index(row, at)]
    return str(sheet.book.format_map[style.format_key].format_str)
