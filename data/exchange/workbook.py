"""The sheets of an Excel workbook as lines of cells."""

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

from data.core.cell_formatting import number
from data.core.limits import LARGEST_FILE, MOST_LINES
from data.core.problems import ParseError
from data.exchange.sheet import Line

LINES_BETWEEN_REPORTS = 5_000
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
DOCUMENT_TYPES = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))


def open_sheets(data: bytes) -> dict[str, Any]:
    """Return the sheets of a workbook by their names; ParseError where it is none or too large."""
    try:
        _check(data)
        with warnings.catch_warnings(action="ignore"):
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return {sheet.title: sheet for sheet in book.worksheets}
    except ParseError:
        raise
    except Exception:  # A damaged workbook may fail in any way inside the library.
        raise _unreadable() from None


def lines(sheet: Any, report: Callable[[float], None]) -> Iterator[Line]:
    """Give the lines of a sheet, all as wide as its first one; reports the share read.

    Raises ParseError where the sheet cannot be read.
    """
    total = sheet.max_row or MOST_LINES
    sheet.reset_dimensions()  # They may be wrong, and then rows would be cut off.
    width = 0
    for line, values in enumerate(_values(sheet), start=1):
        if line > MOST_LINES:
            raise ParseError(f"has more than {MOST_LINES:,} rows", "split it")
        if line % LINES_BETWEEN_REPORTS == 0:
            report(min(line / total, 1.0))
        cells = _cells(values)
        if cells:
            width = width or len(cells)
            yield line, cells + [""] * (width - len(cells))


def _values(sheet: Any) -> Iterator[tuple[Any, ...]]:
    try:
        with warnings.catch_warnings(action="ignore"):
            yield from sheet.iter_rows(values_only=True)
    except Exception:  # As above.
        raise _unreadable() from None


def _cells(values: tuple[Any, ...]) -> list[str]:
    end = len(values)
    while end and (values[end - 1] is None or values[end - 1] == ""):
        end -= 1
    return [_as_text(value) for value in values[:end]]


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return ESCAPED.sub(lambda code: chr(int(code[1], 16)), value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, date | datetime):
        return value.isoformat().removesuffix("T00:00:00")
    return str(value)


def _check(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > LARGEST_FILE:
            raise too_large()
        for member in members:
            content = archive.read(member)
            # Excel never declares entities; those who do want them to swell.
            if any(declaration in content for declaration in DOCUMENT_TYPES):
                raise _unreadable()


def too_large() -> ParseError:
    """Say that a workbook is too large."""
    remedy = "split it, or save the sheets as CSV UTF-8"
    return ParseError(f"holds more than {LARGEST_FILE // 1024**2} MB", remedy)


def _unreadable() -> ParseError:
    return ParseError("cannot be read as an Excel workbook", "save it as .xlsx without a password")
