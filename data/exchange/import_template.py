"""A blank workbook to begin with: the headings, what each column takes, and words to pick."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from data.core.fields import Column, columns
from data.core.typed_text import number
from data.exchange.read import GUIDE
from data.exchange.tables import FILES
from data.exchange.write_workbook import BOLD, add_sheet

HEADINGS = ("sheet", "column", "needed", "takes", "what it says")
WIDTHS = (14, 16, 12, 52, 84)
ROWS_PREPARED = 10_000
"""Rows below a heading that are formatted as dates, or offer their words."""

INTRODUCTION = (
    "How to fill in this workbook",
    "Each sheet holds one kind of thing, a row each; sheets that you do not need stay empty. "
    "Bold columns marked “needed” must be filled in, all others may stay blank.",
    "Rows find each other by their names. Leave the headings as they are. Then drop the workbook "
    "on the page Import: it shows what would change before anything does.",
)


@cache
def blank_workbook() -> bytes:
    """Return the workbook: a sheet that explains every column, and an empty one for each file."""
    book = Workbook()
    _explain(book.active)
    for name in FILES:
        _prepare(add_sheet(book, name), name)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def explanations() -> Iterator[tuple[str, str, str, str, str]]:
    """Give a line for each column: sheet, column, whether needed, what it takes and says."""
    for name, row_class in FILES.items():
        for column in columns(row_class):
            yield name, column.name, _needed(column), takes(column), column.declared.help


def takes(column: Column) -> str:
    """Say what may stand in a column's cells."""
    text = column.declared.takes or _kind(column)
    default = column.default
    if default not in (None, "", ()) and not column.needed:
        text += f"; {number(default) if isinstance(default, float) else default}"
        text += " where it is blank"
    return text


def _needed(column: Column) -> str:
    if not column.needed:
        return ""
    return "needed, may be blank" if column.nullable else "needed"


def _kind(column: Column) -> str:
    kind = column.kind
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return f"one of: {', '.join(kind)}"
    if kind is float:
        above = " above 0" if column.declared.above_zero else ""
        return f"a number{above}"
    if kind is int:
        return "a whole number from 1 to 9999"
    if kind is date:
        return "a date, for example 2026-03-31"
    if kind is datetime:
        return "a moment with its time zone, for example 2026-03-31T17:05:00Z"
    if kind is tuple:
        return "names with ; between them"
    return f"text of up to {column.longest:,} characters"


NEEDED_FILL = PatternFill("solid", fgColor="E5F0FA")


def _explain(sheet: Any) -> None:
    sheet.title = GUIDE
    title, *paragraphs = INTRODUCTION
    sheet.append([title])
    sheet["A1"].font = Font(bold=True, size=14)
    for at, paragraph in enumerate(paragraphs, start=2):
        sheet.append([paragraph])
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=len(HEADINGS))
        sheet.cell(at, 1).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[at].height = 32
    sheet.append([])
    _append_kinds(sheet)
    sheet.append(HEADINGS)
    _embolden(sheet)
    for line in explanations():
        sheet.append(line)
        if line[2]:
            _embolden(sheet, until=3)
        for cell in sheet[sheet.max_row]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for at, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width


def _append_kinds(sheet: Any) -> None:
    """Say what each sheet holds, and what tells its rows apart."""
    for name, row_class in FILES.items():
        _, _, holds = (row_class.__doc__ or "").replace("`", "").partition(": ")
        key = row_class.KEY
        apart = f" Rows are told apart by {', '.join(key)}." if key else ""
        sheet.append([name, holds[:1].upper() + holds[1:] + apart])
        sheet.cell(sheet.max_row, 1).font = BOLD
    sheet.append([])


def _embolden(sheet: Any, *, until: int = len(HEADINGS)) -> None:
    for cell in sheet[sheet.max_row][:until]:
        cell.font = BOLD


def _prepare(sheet: Any, name: str) -> None:
    for at, column in enumerate(columns(FILES[name]), start=1):
        heading = sheet.cell(1, at)
        note = f"{column.declared.help} Takes {takes(column)}."
        heading.comment = Comment(
            f"{_needed(column).capitalize()}. {note}".lstrip(". "), "Milepost"
        )
        heading.comment.width, heading.comment.height = 320, 120
        heading.font = Font(bold=column.needed)
        if column.needed:
            heading.fill = NEEDED_FILL
        if isinstance(column.kind, type) and issubclass(column.kind, StrEnum):
            _offer(sheet, get_column_letter(at), column.kind)


def _offer(sheet: Any, letter: str, vocabulary: type[StrEnum]) -> None:
    words = DataValidation(type="list", formula1=f'"{",".join(vocabulary)}"', allow_blank=True)
    words.add(f"{letter}2:{letter}{ROWS_PREPARED}")
    sheet.add_data_validation(words)
