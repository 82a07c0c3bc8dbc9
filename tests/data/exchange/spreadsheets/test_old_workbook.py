"""Old Excel workbooks are read by their number formats; what has no result is said."""

import io
from datetime import date, datetime
from typing import Any

import pytest
import xlwt

from data.core.problems import ParseError
from data.exchange.spreadsheets import old_workbook
from data.exchange.spreadsheets.grid import NO_RESULT, Cell, CellKind
from data.exchange.spreadsheets.reading import read_spreadsheet


def xls(rows: list[list[Any]], styles: dict[tuple[int, int], str] | None = None) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for row, values in enumerate(rows):
        for at, value in enumerate(values):
            code = (styles or {}).get((row, at), "General")
            sheet.write(row, at, value, xlwt.easyxf(num_format_str=code))
    hidden = book.add_sheet("Old")
    hidden.visibility = 1
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_cells_are_read_as_they_are_seen() -> None:
    rows = [["KPI", datetime(2026, 3, 1)], ["Uptime", 0.94], ["Umsatz", 1200.5]]
    styles = {(0, 1): "mmm yy", (1, 1): "0.0%", (2, 1): '#,##0.0 "€"'}
    sheet = read_spreadsheet("numbers.xls", xls(rows, styles))
    (grid,) = sheet.grids
    assert (sheet.hidden, grid.file, grid.has_formats) == (("Old",), "numbers.xls[Data]", True)
    assert grid.rows[0][1] == Cell("2026-03-01", CellKind.DAY, date(2026, 3, 1))
    assert grid.rows[1][1] == Cell("94", CellKind.PERCENT, unit="%")
    assert grid.rows[2][1] == Cell("1200.5", CellKind.NUMBER, unit="€")


def test_a_formula_without_a_result_is_none_that_is_blank() -> None:
    data = xls([["KPI", "Jan 26"], ["Uptime", xlwt.Formula("1/0")]])
    (grid,) = read_spreadsheet("numbers.xls", data).grids
    assert grid.rows[1][1] == NO_RESULT


def test_an_error_is_none_that_is_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    data = xls([["KPI", "Jan 26"], ["Uptime", True]])
    # A truth and an error are one record, told apart by its last byte.
    record = b"\x05\x02\x08\x00\x01\x00\x01\x00"
    at = data.index(record) + 10
    error = data[:at] + b"\x07\x01" + data[at + 2 :]
    (grid,) = read_spreadsheet("numbers.xls", error).grids
    assert grid.rows[1][1] == Cell("#DIV/0!", CellKind.ERROR)


def test_more_cells_than_fit_are_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    data = xls([[1, 2, 3], [4, 5, 6]])
    monkeypatch.setattr(old_workbook, "MOST_CELLS", 5)
    with pytest.raises(ParseError, match="more than 5 cells"):
        read_spreadsheet("numbers.xls", data)
