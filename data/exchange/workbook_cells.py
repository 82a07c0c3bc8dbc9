"""The cells of a workbook's sheet as they are stored: those that hold something."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from data.core.limits import MOST_COLUMNS, MOST_LINES
from data.core.problems import ParseError

TEXT, FORMULA, DAY, ERROR, TRUTH = "s", "f", "d", "e", "b"
"""What a cell can be but for a number; a formula is one that was saved without its result."""

Span = tuple[int, int, int, int]
"""The first column and row of a range, and the last ones."""


class SheetCell(NamedTuple):
    """A cell that holds something: its column from 1 on, its value, and what kind of cell it is."""

    column: int
    value: Any
    kind: str
    style: int


class _Parser(WorkSheetParser):  # type: ignore[misc]
    """Reads the results of formulas, and tells which formula was saved without one."""

    def parse_cell(self, element: Any) -> SheetCell:
        """Read a cell; a text may be the empty result of a formula."""
        cell = super().parse_cell(element)
        value, kind = cell["value"], cell["data_type"]
        if value is None and kind not in ("str", TEXT) and element.find(FORMULA_TAG) is not None:
            kind = FORMULA
        return SheetCell(cell["column"], value, kind, cell["style_id"])


@dataclass(slots=True)
class SheetCells:
    """A sheet that is read row by row, blank rows and cells left out.

    What is hidden and what is merged is known when all rows were read.
    """

    sheet: Any
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Span] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[int, list[SheetCell]]]:
        """Give the cells of each row with its line; ParseError where the sheet cannot be read."""
        try:
            with warnings.catch_warnings(action="ignore"), self.sheet._get_source() as source:
                yield from self._parsed(source)
        except ParseError:
            raise
        except Exception:  # A damaged sheet may fail in any way inside the library.
            raise unreadable() from None

    def format_of(self, style: int) -> str:
        """Give the number format of a cell's style."""
        book = self.sheet.parent
        number = book._cell_styles[style].numFmtId
        if number < BUILTIN_FORMATS_MAX_SIZE:
            return str(BUILTIN_FORMATS.get(number, "General"))
        return str(book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE])

    def _parsed(self, source: Any) -> Iterator[tuple[int, list[SheetCell]]]:
        book = self.sheet.parent
        parser = _Parser(
            source,
            self.sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for line, cells in parser.parse():
            if line > MOST_LINES:
                raise ParseError(f"has more than {MOST_LINES:,} rows", "split it")
            filled = list(filter(_is_filled, cells))
            if filled and max(cell.column for cell in filled) > MOST_COLUMNS:
                raise unreadable()
            if filled:
                yield line, filled
        self._note_layout(parser)

    def _note_layout(self, parser: Any) -> None:
        self.hidden_rows = {
            int(line) for line, row in parser.row_dimensions.items() if _is_hidden(row)
        }
        for letters, column in parser.column_dimensions.items():
            if _is_hidden(column):
                first = column_index_from_string(letters)
                last = min(int(column.get("max", first)), MOST_COLUMNS)
                self.hidden_columns.update(range(first, last + 1))
        merged = parser.merged_cells.mergeCell if parser.merged_cells else ()
        self.merged = [range_boundaries(each.ref) for each in merged]


def unreadable() -> ParseError:
    """Say that something is no workbook that can be read."""
    return ParseError("cannot be read as an Excel workbook", "save it as .xlsx without a password")


def _is_filled(cell: SheetCell) -> bool:
    return cell.kind == FORMULA or cell.value not in (None, "")


def _is_hidden(attributes: Any) -> bool:
    return attributes.get("hidden") in ("1", "true")
