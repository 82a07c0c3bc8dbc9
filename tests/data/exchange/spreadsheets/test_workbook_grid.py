"""Excel workbooks as a person sees them."""

import time
import zipfile
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from data.core.problems import ParseError
from data.exchange.spreadsheets.grid import EMPTY, NO_RESULT, Cell, CellKind
from data.exchange.spreadsheets.reading import read_spreadsheet
from tests.data.exchange.spreadsheets.books import (
    MAIN,
    STRICT_MAIN,
    book,
    grid_of,
    one_cell,
    texts,
    with_part,
)


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.94, "0.0%", "94"),
        (0.935, "0%", "93.5"),
        (0.07, "0%", "7"),
        (0.29, "0.00%", "29"),
        (1.1, "0%", "110"),
        (-0.004, "0%;[Red]-0%", "-0.4"),
        (0, "0%", "0"),
    ],
)
def test_a_percentage_is_what_is_seen_at_full_precision(
    value: float, number_format: str, text: str
) -> None:
    assert one_cell(value, number_format) == Cell(text, CellKind.PERCENT, unit="%")


@pytest.mark.parametrize(
    ("value", "number_format", "text", "unit"),
    [
        (1234.5, "General", "1234.5", ""),
        (1234.567890123, "0.0", "1234.567890123", ""),
        (1e21, "General", "1000000000000000000000", ""),
        (-3, "#,##0.00\\ [$€-407]", "-3", "€"),
        (1234.5, '#,##0.00 "€"', "1234.5", "€"),
        (1234.5, "[$$-409]#,##0.00", "1234.5", "$"),
        (12, "£#,##0", "12", "£"),
        (3.5, '0.0" h"', "3.5", "h"),
        (3.5, "0.0\\ \\k\\g", "3.5", "kg"),
        (7, '0" pcs"', "7", "pcs"),
        (94, '0"%"', "94", "%"),
        (-5, "#,##0_);(#,##0)", "-5", ""),
        (1234567, '0.0,,"M"', "1.234567", "M"),
        (1234567, "#,##0,", "1234.567", ""),
        (0.5, "[<1]0.0%;0", "50", "%"),
        (2, "[<1]0.0%;0", "2", ""),
        (2, '_-* #,##0.00\\ "CHF"_-', "2", "CHF"),
    ],
)
def test_a_number_is_seen_with_its_unit(
    value: float, number_format: str, text: str, unit: str
) -> None:
    cell = one_cell(value, number_format)
    assert (cell.text, cell.unit) == (text, unit)


@pytest.mark.parametrize(
    ("value", "number_format", "cell"),
    [
        (date(2026, 3, 31), "dd.mm.yyyy", Cell("2026-03-31", CellKind.DAY, date(2026, 3, 31))),
        (datetime(2026, 3, 31, 9), "General", Cell("2026-03-31", CellKind.DAY, date(2026, 3, 31))),
        (46023, "mmm yy", Cell("2026-01-01", CellKind.DAY, date(2026, 1, 1))),
        (timedelta(hours=36, minutes=30), "[h]:mm", Cell("36:30", CellKind.TEXT)),
        (time_of_day(8, 15), "hh:mm", Cell("08:15", CellKind.TEXT)),
        ("12,5", "General", Cell("12,5", CellKind.TEXT)),
        (" 1 234 ", "General", Cell(" 1 234 ", CellKind.TEXT)),
        ("１２", "General", Cell("１２", CellKind.TEXT)),
        ("   ", "General", EMPTY),
        (True, "General", Cell("TRUE", CellKind.TEXT)),
        ("#DIV/0!", "General", Cell("#DIV/0!", CellKind.ERROR)),
        ("=1+1", "General", NO_RESULT),
    ],
)
def test_what_else_a_cell_may_hold(value: Any, number_format: str, cell: Cell) -> None:
    grid = grid_of(book([value, "beside"], change=lambda made: _format(made, number_format)))
    assert (grid.rows[0][0] if grid.width == 2 else EMPTY) == cell


def _format(made: Workbook, number_format: str) -> None:
    if number_format != "General":
        made.active["A1"].number_format = number_format


def test_the_empty_result_of_a_formula_is_blank() -> None:
    data = with_part(
        book(["=A2", "beside"]),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'<c r="A1">', b'<c r="A1" t="str">'),
    )
    assert texts(grid_of(data)) == [["beside"]]


def test_days_are_counted_from_1904_where_the_workbook_does() -> None:
    def change(made: Workbook) -> None:
        made.epoch = CALENDAR_MAC_1904

    assert grid_of(book([date(2026, 3, 31)], change=change)).rows[0][0].day == date(2026, 3, 31)


def test_hidden_rows_columns_and_sheets_are_left_out_and_counted() -> None:
    def change(made: Workbook) -> None:
        made.active.row_dimensions[2].hidden = True
        made.active.row_dimensions[9].hidden = True
        made.active.column_dimensions["B"].hidden = True
        made.create_sheet("Notes").append(["x"])
        made["Notes"].sheet_state = "hidden"
        made.create_sheet("Old").sheet_state = "veryHidden"

    data = book(["KPI", "id", "Jan"], ["Draft", 1, 2], ["Sales", 2, 3], change=change)
    sheet = read_spreadsheet("numbers.xlsx", data)
    assert sheet.hidden == ("Notes", "Old")
    [grid] = sheet.grids
    assert texts(grid) == [["KPI", "Jan"], ["Sales", "3"]]
    assert (grid.lines, grid.columns) == ((1, 3), ("A", "C"))
    assert (grid.hidden_rows, grid.hidden_columns) == (1, 1)
    assert (grid.file, grid.title) == ("numbers.xlsx[Sheet]", "Sheet")


def test_a_merged_cell_shows_in_all_that_it_spans() -> None:
    def change(made: Workbook) -> None:
        made.active.merge_cells("A1:C1")
        made.active.merge_cells("A2:A3")
        made.active.merge_cells("C2:C3")

    data = with_part(
        book(["Title"], ["North", "a", 1], [None, "b"], change=change),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"C2:C3", b"C2:XFD1048576"),
    )
    assert texts(grid_of(data)) == [["Title"] * 3, ["North", "a", "1"], ["North", "b", "1"]]


def test_what_is_blank_around_a_table_is_trimmed() -> None:
    def change(made: Workbook) -> None:
        made.active["F9"].number_format = "0.0%"
        made.active["C4"] = "KPI"
        made.active["D6"] = 1

    grid = grid_of(book(change=change))
    assert texts(grid) == [["KPI", ""], ["", ""], ["", "1"]]
    assert (grid.lines, grid.columns) == ((4, 5, 6), ("C", "D"))


@pytest.mark.parametrize("far", ["XFD1", "A1048576", "XFD1048576"])
def test_a_cell_far_away_costs_nothing(far: str) -> None:
    def change(made: Workbook) -> None:
        made.active[far] = "x"

    data = book(*([f"KPI {row}", row] for row in range(5_000)), change=change)
    begun = time.process_time()
    grid = grid_of(data)
    assert time.process_time() - begun < 3
    assert len(grid.rows) * grid.width < 50_000
    assert "x" in (grid.rows[0][-1].text, grid.rows[-1][0].text, grid.rows[-1][-1].text)


def test_a_sheet_that_spans_too_much_is_refused() -> None:
    def change(made: Workbook) -> None:
        for at in range(1, 5_000):
            made.active.cell(at, at, at)

    with pytest.raises(ParseError, match="has 4,999 rows and 4,999 columns"):
        grid_of(book(change=change))


def test_blank_sheets_are_left_out_and_a_blank_workbook_is_refused() -> None:
    data = book(["KPI"], change=lambda made: made.create_sheet("Sheet2"))
    assert [grid.title for grid in read_spreadsheet("numbers.xlsx", data).grids] == ["Sheet"]
    with pytest.raises(ParseError, match="holds nothing that can be seen"):
        read_spreadsheet("numbers.xlsx", book())


def test_strict_open_xml_is_called_so() -> None:
    data = with_part(book(["KPI"]), r"xl/.*\.xml", lambda xml: xml.replace(MAIN, STRICT_MAIN))
    with pytest.raises(ParseError, match=r"is a Strict Open XML Spreadsheet.*“Excel Workbook"):
        read_spreadsheet("numbers.xlsx", data)


def test_nul_is_refused_by_its_cell() -> None:
    data = with_part(
        book(["KPI", "a-b"]), r"xl/.*\.xml", lambda xml: xml.replace(b"a-b", b"a_x0000_b")
    )
    with pytest.raises(ParseError, match="has a NUL character in B1"):
        read_spreadsheet("numbers.xlsx", data)


def test_a_bomb_and_declared_entities_are_refused() -> None:
    with pytest.raises(ParseError, match="holds more than 64 MB"):
        grid_of(with_part(book(["KPI"]), "xl/theme/.*", lambda _xml: b" " * 64 * 1024**2))
    entity = b'<!DOCTYPE a [<!ENTITY b "c">]>'
    with pytest.raises(ParseError, match="cannot be read as an Excel workbook"):
        grid_of(with_part(book(["KPI"]), "xl/workbook.xml", lambda xml: entity + xml))


@pytest.mark.parametrize("data", [b"", b"PK", zipfile.ZipFile.__doc__.encode()])
def test_what_is_no_workbook(data: bytes) -> None:
    with pytest.raises(ParseError, match="cannot be read as an Excel workbook"):
        read_spreadsheet("numbers.xlsx", data)
