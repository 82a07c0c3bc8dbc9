"""A sheet as a person sees it: lines of cells, before anybody says what they mean."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property


class CellKind(StrEnum):
    """What a file says that a cell holds."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"
    ERROR = "error"
    NO_RESULT = "no result"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `text` is what a person reads there, at the file's full precision.

    A number is spelled with a point and nothing between thousands, one shown as a percentage as
    its hundredfold without the sign (0.94 shown as 94.0 % is "94"); a day is spelled in ISO. Text
    stands as it was typed, also where it looks like a number: "12,5". An error holds its code
    (#DIV/0!); NO_RESULT is a formula that was saved without its result, seen as “=”.
    """

    text: str = ""
    kind: CellKind = CellKind.EMPTY
    day: date | None = None
    unit: str = ""
    """The sign that the cell's number format shows beside the number: €, h, kg."""


EMPTY = Cell()
NO_RESULT = Cell("=", CellKind.NO_RESULT)


@dataclass(frozen=True)
class Grid:
    """A visible sheet; `lines` names the line in the file of each row, from 1 on.

    Rows are of equal width. Hidden rows and columns are not among them but are counted, merged
    cells show their text in each of the cells they span. `has_formats` is false where the file
    kept no number formats, so that 0.94 may have been seen as 94 %. `file` is how problems
    name it: the file, or the workbook's file and sheet.
    """

    file: str
    title: str
    rows: tuple[tuple[Cell, ...], ...]
    lines: tuple[int, ...]
    columns: tuple[str, ...]
    """What a spreadsheet calls each column: A, B, …, of a turned grid the line."""
    hidden_rows: int = 0
    hidden_columns: int = 0
    has_formats: bool = True
    is_turned: bool = False

    @cached_property
    def width(self) -> int:
        """Give how many columns there are."""
        return len(self.columns)

    def turned(self) -> "Grid":
        """Give the same sheet with its rows as columns."""
        rows = tuple(zip(*self.rows, strict=True))
        names = tuple(map(str, self.lines))
        lines = tuple(range(1, len(rows) + 1))
        return Grid(
            self.file,
            self.title,
            rows,
            lines,
            names,
            self.hidden_columns,
            self.hidden_rows,
            self.has_formats,
            not self.is_turned,
        )


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """A file's visible sheets; `hidden` names those that are left out."""

    file: str
    grids: tuple[Grid, ...]
    hidden: tuple[str, ...] = ()
