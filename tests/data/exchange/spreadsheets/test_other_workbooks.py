"""OpenDocument workbooks, of whose number formats but percentages and currencies are told."""

import io
import zipfile
from datetime import date

import pytest

from data.core.problems import ParseError
from data.exchange.spreadsheets.grid import NO_RESULT, Cell, CellKind
from data.exchange.spreadsheets.reading import read_spreadsheet
from tests.data.exchange.spreadsheets.books import texts
from tests.data.exchange.spreadsheets.saved_tables import NOTHING, Page, Written, as_ods, typed

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
SPACES = " ".join(f'xmlns:{each}="{OASIS}:{each}:1.0"' for each in ("office", "table", "text"))
SPACES += f' xmlns:calcext="{CALC}"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
KIND = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    f'{HEAD}<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>'
    "</manifest:manifest>"
)


def ods(*rows: str, title: str = "Data") -> bytes:
    sheet = f'<table:table table:name="{title}">{"".join(rows)}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", KIND, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        content = f"{HEAD}<office:document-content {SPACES}>{body}</office:document-content>"
        archive.writestr("content.xml", content)
    return file.getvalue()


def row(*cells: str, times: int = 1) -> str:
    repeated = f' table:number-rows-repeated="{times}"'
    return f"<table:table-row{repeated}>{''.join(cells)}</table:table-row>"


def text(shown: str, times: int = 1) -> str:
    attributes = f'office:value-type="string" table:number-columns-repeated="{times}"'
    return f"<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>"


def value(kind: str, stored: str) -> str:
    name = "date-value" if kind == "date" else "value"
    attributes = f'office:value-type="{kind}" office:{name}="{stored}"'
    return f"<table:table-cell {attributes}><text:p>shown</text:p></table:table-cell>"


def blank(times: int) -> str:
    return f'<table:table-cell table:number-columns-repeated="{times}"/>'


def test_cells_of_open_document() -> None:
    data = ods(
        row(text("KPI"), value("date", "2026-03-31")),
        row(blank(16_384), times=5),
        row(text("12,5"), value("percentage", "0.94"), blank(16_382)),
        row(blank(16_384), times=1_048_000),
    )
    sheet = read_spreadsheet("numbers.ods", data)
    [grid] = sheet.grids
    assert (grid.file, grid.title, grid.has_formats) == ("numbers.ods[Data]", "Data", False)
    assert grid.rows[0] == (
        Cell("KPI", CellKind.TEXT),
        Cell("2026-03-31", CellKind.DAY, date(2026, 3, 31)),
    )
    assert grid.rows[-1] == (
        Cell("12,5", CellKind.TEXT),
        Cell("94", CellKind.PERCENT, unit="%"),
    )
    assert grid.lines == (1, 2, 3, 4, 5, 6, 7)


@pytest.mark.parametrize(
    "rows",
    [
        [row(text("x", times=16_384), times=1_048_576)],
        [row(text("x")), row(blank(16_384), times=1_000_000), row(blank(16_000), text("x"))],
    ],
)
def test_few_cells_that_would_swell_are_refused_unread(rows: list[str]) -> None:
    with pytest.raises(ParseError, match="rows and"):
        read_spreadsheet("numbers.ods", ods(*rows))


@pytest.mark.parametrize("name", ["numbers.ods", "numbers.xls"])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"KPI,Jan\n", b"\xd0\xcf\x11\xe0" * 200])
def test_what_is_no_workbook(name: str, data: bytes) -> None:
    with pytest.raises(ParseError, match="cannot be read"):
        read_spreadsheet(name, data)


def test_an_error_and_a_formula_without_a_result_are_not_blank() -> None:
    error = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" '
        'office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p>'
        "</table:table-cell>"
    )
    unsaved = '<table:table-cell table:formula="of:=[.A1]" table:number-columns-repeated="2"/>'
    data = ods(row(text("KPI"), text("Jan")), row(text("Uptime"), error, unsaved, times=2))
    (grid,) = read_spreadsheet("numbers.ods", data).grids
    expected = (Cell("Uptime", CellKind.TEXT), Cell("#DIV/0!", CellKind.ERROR))
    assert grid.rows[1:] == ((*expected, NO_RESULT, NO_RESULT),) * 2


def test_what_is_hidden_is_left_out_and_what_is_merged_is_in_each_cell() -> None:
    rows = [
        [typed("Plant"), NOTHING, typed("secret")],
        [typed("KPI"), typed("Jan"), typed("Feb")],
        [typed("Hidden"), Written(9.0, shown="9"), Written(9.0, shown="9")],
        [typed("Scrap"), Written(0.045, "0.0%", "4.5 %"), Written(3.5, shown="3.5")],
    ]
    page = Page("Data", rows, hidden_rows={2}, hidden_columns={2}, merged=[(0, 0, 0, 1)])
    (grid,) = read_spreadsheet("numbers.ods", as_ods([page])).grids
    assert texts(grid) == [["Plant", "Plant"], ["KPI", "Jan"], ["Scrap", "4.5"]]
    assert (grid.lines, grid.columns) == ((1, 2, 4), ("A", "B"))
    assert (grid.hidden_rows, grid.hidden_columns) == (1, 1)
    assert grid.rows[2][1].kind is CellKind.PERCENT
