"""The sheets of an Excel workbook as lines of cells."""

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from data.core.cell_formatting import number
from data.core.limits import LARGEST_FILE, MOST_LINES
from data.core.problems import ParseError
from data.exchange.sheet import Line
from data.exchange.workbook_cells import SheetCell, SheetCells, unreadable

Spell = Callable[[int, SheetCell, bool], str]

LINES_BETWEEN_REPORTS = 5_000
MOST_BEYOND = 100
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
STRING, PLAIN_TEXT = f"{{{SHEET_MAIN_NS}}}si", f"{{{SHEET_MAIN_NS}}}t"
DOCUMENT_TYPES = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))


class _Reader(ExcelReader):  # type: ignore[misc]
    """Reads a workbook whose texts stand in a table of their own: there may be very many."""

    def read_strings(self) -> None:
        """Read that table; only a text of several parts is taken apart by the library."""
        part = self.package.find(SHARED_STRINGS)
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            for _, node in iterparse(source):
                if node.tag == STRING:
                    is_plain = len(node) == 1 and node[0].tag == PLAIN_TEXT
                    text = node[0].text if is_plain else Text.from_tree(node).content
                    self.shared_strings.append((text or "").replace("x005F_", ""))
                    node.clear()


def open_sheets(data: bytes) -> dict[str, Any]:
    """Return the sheets of a workbook by their names; ParseError where it is none or too large."""
    try:
        check_archive(data)
        with warnings.catch_warnings(action="ignore"):
            reader = _Reader(io.BytesIO(data), read_only=True, data_only=True)
            reader.read()
        return {sheet.title: sheet for sheet in reader.wb.worksheets}
    except ParseError:
        raise
    except Exception:  # A damaged workbook may fail in any way inside the library.
        raise unreadable() from None


def lines(stored: SheetCells, report: Callable[[float], None], spell: Spell) -> Iterator[Line]:
    """Give the lines of a sheet, all as wide as its first one; reports the share read.

    `spell` writes a cell of a line, which may be that of the headings. Of columns without a
    heading beside each other one is left. Raises ParseError where the sheet cannot be read.
    """
    total = stored.sheet.max_row or MOST_LINES
    places: dict[int, int] = {}
    for count, (line, cells) in enumerate(stored.rows(), start=1):
        if count % LINES_BETWEEN_REPORTS == 0:
            report(min(line / total, 1.0))
        is_heading = not places
        places = places or _places(cells)
        spelled = ((cell.column, spell(line, cell, is_heading)) for cell in cells)
        yield line, _placed(spelled, places)


def _places(headings: Sequence[SheetCell]) -> dict[int, int]:
    """Give the place of each column with a heading; a blank one stands for those between."""
    places: dict[int, int] = {}
    at = before = 0
    for column in sorted(cell.column for cell in headings):
        at += column > before + 1
        places[column] = at
        at, before = at + 1, column
    return places


def _placed(cells: Iterable[tuple[int, str]], places: dict[int, int]) -> list[str]:
    """Put the cells of a line under their headings; those beyond the last one stand behind."""
    last = max(places)
    row = [""] * (places[last] + 1)
    for column, text in cells:
        if column in places:
            row[places[column]] = text
        elif column > last:
            # One far away does not make a line long.
            row += [""] * (places[last] + min(column - last, MOST_BEYOND) - len(row))
            row.append(text)
    return row


def unescaped(text: str) -> str:
    """Give a text with the signs that a workbook spells by their numbers."""
    return ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)


def as_text(value: Any) -> str:
    """Write what a cell stores as the format has it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return unescaped(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, date | datetime):
        return value.isoformat().removesuffix("T00:00:00")
    return str(value)


def check_archive(data: bytes) -> None:
    """Raise ParseError for an archive that would swell, or that is in a format nobody reads."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > LARGEST_FILE:
            raise too_large()
        for member in members:
            content = archive.read(member)
            # Excel never declares entities; those who do want them to swell.
            if any(declaration in content for declaration in DOCUMENT_TYPES):
                raise unreadable()
            if member.filename == "xl/workbook.xml" and STRICT in content:
                raise _strict()


def _strict() -> ParseError:
    remedy = "in Excel choose Save As and “Excel Workbook (.xlsx)” without “Strict”"
    return ParseError("is a Strict Open XML Spreadsheet", remedy)


def too_large() -> ParseError:
    """Say that a workbook is too large."""
    remedy = "split it, or save the sheets as CSV UTF-8"
    return ParseError(f"holds more than {LARGEST_FILE // 1024**2} MB", remedy)
