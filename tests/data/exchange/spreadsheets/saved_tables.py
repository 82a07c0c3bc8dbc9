"""Sheets saved as the files that people keep: .xlsx, .xls, .ods, .csv, or copied and pasted."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import xlwt
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)


@dataclass(frozen=True)
class Written:
    """A cell: what is stored in it, how it is formatted, and what it then shows."""

    value: str | float | date | None = None
    look: str = "General"
    shown: str = ""


NOTHING = Written()


def typed(text: str) -> Written:
    """Give a cell of text."""
    return Written(text, shown=text) if text else NOTHING


@dataclass
class Page:
    """A sheet, its hidden rows and columns by their places, and which cells are merged.

    A merged span is its first and last row, its first and last column; only the first is filled.
    """

    title: str
    rows: list[list[Written]]
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    is_hidden: bool = False


def as_xlsx(pages: Sequence[Page], *, from_1904: bool = False) -> bytes:
    """Save as a workbook of today."""
    book = Workbook()
    book.remove(book.active)
    if from_1904:
        book.epoch = CALENDAR_MAC_1904
    for page in pages:
        sheet = book.create_sheet(page.title)
        sheet.sheet_state = "hidden" if page.is_hidden else "visible"
        for row, column, cell in _filled(page):
            made = sheet.cell(row + 1, column + 1, cell.value)
            if isinstance(cell.value, str):
                made.data_type = "s"
            if isinstance(cell.value, float):
                made.number_format = cell.look
        for row in page.hidden_rows:
            sheet.row_dimensions[row + 1].hidden = True
        for column in page.hidden_columns:
            sheet.column_dimensions[sheet.cell(1, column + 1).column_letter].hidden = True
        for top, bottom, left, right in page.merged:
            sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def as_xls(pages: Sequence[Page], *, from_1904: bool = False) -> bytes:
    """Save as a workbook of 2003."""
    book: Any = xlwt.Workbook()
    book.dates_1904 = from_1904
    styles: dict[str, Any] = {}
    for page in pages:
        sheet = book.add_sheet(page.title)
        sheet.visibility = int(page.is_hidden)
        merged = {(top, left): (bottom, right) for top, bottom, left, right in page.merged}
        for row, column, cell in _filled(page):
            look = "YYYY-MM-DD" if isinstance(cell.value, date) else cell.look
            style = styles.setdefault(look, xlwt.easyxf(num_format_str=look))
            if (row, column) in merged:
                bottom, right = merged[row, column]
                sheet.write_merge(row, bottom, column, right, cell.value, style)
            else:
                sheet.write(row, column, cell.value, style)
        for row in page.hidden_rows:
            sheet.row(row).hidden = True
        for column in page.hidden_columns:
            sheet.col(column).hidden = True
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def as_ods(pages: Sequence[Page]) -> bytes:
    """Save as an OpenDocument workbook."""
    styles = (
        '<style:style style:name="hidden" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    tables = "".join(map(_ods_table, pages))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES} '
        f'office:version="1.3"><office:automatic-styles>{styles}</office:automatic-styles>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest='
        '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return saved.getvalue()


def as_separated(page: Page, separator: str, *, is_named: bool = False) -> str:
    """Give a sheet as separated text, as it shows its cells; hidden ones are shown as well."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    width = max(map(len, page.rows))
    for row in page.rows:
        shown = [cell.shown for cell in row]
        writer.writerow(shown + [""] * (width - len(shown)))
    return (f"sep={separator}\r\n" if is_named else "") + text.getvalue()


def _filled(page: Page) -> Iterator[tuple[int, int, Written]]:
    for row, cells in enumerate(page.rows):
        for column, cell in enumerate(cells):
            if cell.value is not None:
                yield row, column, _dated(cell)


def _dated(cell: Written) -> Written:
    if isinstance(cell.value, date):
        return Written(datetime.combine(cell.value, datetime.min.time()), cell.look)
    return cell


def _ods_table(page: Page) -> str:
    width = max(map(len, page.rows))
    spans = {
        (top, left): (bottom - top + 1, right - left + 1)
        for top, bottom, left, right in page.merged
    }
    covered = {
        (row, column)
        for top, bottom, left, right in page.merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - spans.keys()
    columns = "".join(
        f"<table:table-column{_collapsed(at in page.hidden_columns)}/>" for at in range(width)
    )
    rows = "".join(
        f"<table:table-row{_collapsed(row in page.hidden_rows)}>"
        + "".join(
            "<table:covered-table-cell/>"
            if (row, column) in covered
            else _ods_cell(cell, spans.get((row, column)))
            for column, cell in enumerate([*cells, *[NOTHING] * (width - len(cells))])
        )
        + "</table:table-row>"
        for row, cells in enumerate(page.rows)
    )
    style = ' table:style-name="hidden"' if page.is_hidden else ""
    return f"<table:table table:name={quoteattr(page.title)}{style}>{columns}{rows}</table:table>"


def _collapsed(is_hidden: bool) -> str:
    return ' table:visibility="collapse"' if is_hidden else ""


def _ods_cell(cell: Written, span: tuple[int, int] | None) -> str:
    said = (
        f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"'
        if span
        else ""
    )
    if cell.value is None:
        return f"<table:table-cell{said}/>"
    if isinstance(cell.value, float):
        kind = "percentage" if "%" in cell.look else "float"
        said += f' office:value-type="{kind}" office:value="{cell.value!r}"'
    elif isinstance(cell.value, date):
        said += f' office:value-type="date" office:date-value="{cell.value:%Y-%m-%d}"'
    else:
        said += ' office:value-type="string"'
    shown = escape(cell.shown)
    return f"<table:table-cell{said}><text:p>{shown}</text:p></table:table-cell>"
