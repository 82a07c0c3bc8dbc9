"""A sheet of the format in a workbook, as lines of cells that the strict reader takes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from data.core.fields import Column, columns
from data.core.problems import ParseError, Problem, Problems
from data.exchange.csv_dialect import (
    Respelled,
    about_days,
    about_numbers,
    remark,
    respelled_days,
    respelled_numbers,
)
from data.exchange.sheet import Line
from data.exchange.shown_numbers import shown_number
from data.exchange.tables import FILES
from data.exchange.workbook import as_text, lines
from data.exchange.workbook_cells import FORMULA, TEXT, SheetCell, SheetCells

NO_RESULT = ParseError(
    "is a formula that was saved without its result",
    "open the workbook in Excel or LibreOffice, save it there and import it again",
)
POINTS_ARE_ASKED = ";"
"""Text in a workbook may have points between thousands, as where cells are separated so."""


@dataclass(slots=True)
class WorkbookLines:
    """The lines of a known sheet, and what is to be said of them when all were read.

    A number that is shown as a percentage is read as it is seen; text in a column of numbers or
    days as it is in a CSV file.
    """

    name: str
    file: str
    sheet: Any
    problems: Problems = field(default_factory=Problems)
    _columns: dict[int, Column] = field(default_factory=dict)
    _texts: Mapping[object, Respelled] | None = None
    _percent: str = ""

    def lines(self, report: Callable[[float], None]) -> Iterator[Line]:
        """Give the lines of the sheet; ParseError where it cannot be read."""
        stored = SheetCells(self.sheet)
        known = {column.name: column for column in columns(FILES[self.name])}

        def spell(line: int, cell: SheetCell, is_heading: bool) -> str:
            if not is_heading or cell.kind == FORMULA:
                return self._spelled(stored, line, cell)
            heading = as_text(cell.value)
            if column := known.get(heading.strip().lower()):
                self._columns[cell.column] = column
            return heading

        yield from lines(stored, report, spell)

    def warnings(self) -> list[Problem]:
        """Say what was read otherwise than it is stored."""
        texts = self._texts or {}
        said = [self._percent] if self._percent else []
        said += about_numbers(texts[float].cells) if texts else []
        said += about_days(texts[date].cells) if texts else []
        return [remark(self.file, said)] if said else []

    def _spelled(self, stored: SheetCells, line: int, cell: SheetCell) -> str:
        column = self._columns.get(cell.column)
        if cell.kind == FORMULA:
            self._blame(NO_RESULT, line, column)
            return ""
        spelling = as_text(cell.value)
        if column is None or column.kind not in (float, date):
            return spelling
        if cell.kind == TEXT:
            return self._respelled(column, line, spelling)
        if column.declared.measured and isinstance(cell.value, int | float):
            return self._as_seen(stored.format_of(cell.style), cell.value, spelling)
        return spelling

    def _as_seen(self, code: str, value: float, spelling: str) -> str:
        if "%" not in code or not (seen := shown_number(value, code)).is_percent:
            return spelling
        self._percent = self._percent or f"cells in % as they are seen: {spelling} as {seen.text}"
        return seen.text

    def _respelled(self, column: Column, line: int, text: str) -> str:
        if self._texts is None:
            self._texts = self._all_texts()
        found = self._texts[column.kind]
        if unfit := found.doubtful.get(text):
            self._blame(unfit, line, column)
        return found.cells.get(text, text)

    def _all_texts(self) -> dict[object, Respelled]:
        """Read ahead: what one cell means may be proved by another."""
        distinct: dict[object, dict[str, None]] = {float: {}, date: {}}
        for _, cells in islice(SheetCells(self.sheet).rows(), 1, None):
            for cell in cells:
                column = self._columns.get(cell.column)
                if cell.kind == TEXT and column and column.kind in distinct:
                    distinct[column.kind][as_text(cell.value)] = None
        return {
            float: respelled_numbers(distinct[float], POINTS_ARE_ASKED),
            date: respelled_days(distinct[date]),
        }

    def _blame(self, unfit: ParseError, line: int, column: Column | None) -> None:
        if self.problems.note(self.file):
            self.problems.append(unfit.at(self.file, line, column.name if column else ""))
