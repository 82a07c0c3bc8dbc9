"""Write tables as an Excel workbook, the same tables always as the same bytes.

The few parts that a workbook needs are written here rather than with openpyxl, which rounds
numbers to sixteen digits and puts the time of writing into the file.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from typing import BinaryIO
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from data.core.cell_formatting import spelled
from data.core.fields import Column, Row, columns
from data.exchange.tables import FILES, Tables

LINES_AT_ONCE = 1_000
HEADING, DATE = 1, 2
DAY_ZERO = date(1899, 12, 30)
# Excel counts a 29 February 1900 that never was.
FIRST_TRUE_DAY = date(1900, 3, 1).isoformat()
LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"

STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def write_workbook(tables: Tables, file: BinaryIO) -> None:
    """Write all tables as the sheets of one workbook; none may have more rows than a sheet."""
    with zipfile.ZipFile(file, "w") as archive:
        for part, content in _frame().items():
            archive.writestr(_entry(part), content)
        for number, (name, rows) in enumerate(tables.items(), start=1):
            with archive.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w") as part_file:
                for chunk in _sheet(FILES[name], rows):
                    part_file.write(chunk.encode())


def _entry(part: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def _frame() -> dict[str, str]:
    numbered = list(enumerate(FILES, start=1))
    overrides = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{CONTENT}.{kind}+xml"/>'
        for part, kind in [
            ("workbook", "sheet.main"),
            ("styles", "styles"),
            *((f"worksheets/sheet{number}", "worksheet") for number, _ in numbered),
        ]
    )
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>' for number, name in numbered
    )
    parts = {f"rId{number}": f"worksheets/sheet{number}" for number, _ in numbered}
    return {
        "[Content_Types].xml": (
            f'{XML}<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
        ),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook")}),
        "xl/workbook.xml": (
            f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relations(
            {key: ("worksheet", part) for key, part in parts.items()}
            | {"rIdStyles": ("styles", "styles")}
        ),
        "xl/styles.xml": STYLES,
    }


def _relations(parts: dict[str, tuple[str, str]]) -> str:
    relations = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{part}.xml"/>'
        for key, (kind, part) in parts.items()
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'


def _sheet(row_class: type[Row], rows: Sequence[Row]) -> Iterator[str]:
    known = columns(row_class)
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{_width(column)}" customWidth="1"/>'
        for at, column in enumerate(known, start=1)
    )
    letters = [get_column_letter(at) for at in range(1, len(known) + 1)]
    headings = "".join(
        _text_cell(f"{letter}1", column.name, HEADING)
        for letter, column in zip(letters, known, strict=True)
    )
    yield (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{widths}</cols><sheetData>"
        f'<row r="1">{headings}</row>'
    )
    chunk: list[str] = []
    for line, cells in enumerate(spelled(row_class, rows), start=2):
        filled = "".join(
            _cell(f"{letter}{line}", column, cell)
            for letter, column, cell in zip(letters, known, cells, strict=True)
            if cell
        )
        chunk.append(f'<row r="{line}">{filled}</row>')
        if len(chunk) >= LINES_AT_ONCE:
            yield "".join(chunk)
            chunk.clear()
    yield "".join(chunk) + "</sheetData></worksheet>"


def _width(column: Column) -> int:
    if column.declared.long:
        return 48
    if column.kind in (float, int, date):
        return 13
    return 28 if column.kind in (str, tuple) else 18


def _cell(place: str, column: Column, spelling: str) -> str:
    if column.kind in (float, int):
        return f'<c r="{place}"><v>{spelling.upper()}</v></c>'
    if column.kind is date and spelling >= FIRST_TRUE_DAY:
        days = (date.fromisoformat(spelling) - DAY_ZERO).days
        return f'<c r="{place}" s="{DATE}"><v>{days}</v></c>'
    return _text_cell(place, spelling)


def _text_cell(place: str, spelling: str, style: int = 0) -> str:
    text = escape(LOOKS_ESCAPED.sub("_x005F_", spelling))
    return (
        f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    )
