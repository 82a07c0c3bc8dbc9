"""One file's lines of cells, read into its rows with everything that is wrong with them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from data.core.cell_values import OWN_TEAM, parser
from data.core.fields import Row, columns
from data.core.problems import Code, ParseError, Problem, Problems, listed
from data.exchange.readings_columns import Line as Line
from data.exchange.readings_columns import Reader, ReadingColumns, read_columns
from data.exchange.rules import repeats
from data.exchange.tables import FILES, Tables
from data.exchange.unknown_names import Looks, UnknownNames, naming_columns
from data.kpis.fields import KpiRow

SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}

MOST_WRONG = 1_000
"""A file with more problems than these is read no further: nobody corrects them one by one."""

LINES_BETWEEN_LOOKS = 1_000


@dataclass
class Sheet:
    """The rows of one file, all there only without problems; `given` are its known columns.

    `name` is its name in the format, `file` how problems name it. `unread` says from where on it
    was not read, as too much is wrong before.
    """

    name: str
    file: str
    rows: Sequence[Row] = field(default_factory=list)
    given: frozenset[str] = frozenset()
    problems: Problems = field(default_factory=Problems)
    unread: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def blame(self, unfit: ParseError, line: int, column: str = "") -> None:
        """Add a problem that was found on that line."""
        if self.problems.note(self.file):
            self.problems.append(unfit.at(self.file, line, column))


def read_sheet(
    name: str,
    file: str,
    lines: Iterable[Line],
    earlier: Tables,
    names_here: Callable[[], Looks] | None = None,
) -> Sheet:
    """Return the rows of a file whose first line are its headings; never raises ParseError.

    `earlier` holds the rows of the files before it, `names_here` gives what is here already; a
    file that names very much that is neither is not read to its end.
    """
    sheet = Sheet(name, file)
    source = iter(lines)
    try:
        headings = _headings(name, source)
        _check_headings(sheet, headings)
        if not sheet.problems:
            kinds = naming_columns(name, headings) if names_here else {}
            unknown = UnknownNames(kinds, earlier, names_here or dict)
            _read_rows(sheet, headings, _while_sensible(sheet, source, unknown))
    except ParseError as unfit:
        sheet.blame(unfit, unfit.line)
    _check_rows(sheet, earlier)
    sheet.problems.sort(key=lambda problem: problem.line)
    return sheet


def _headings(name: str, source: Iterator[Line]) -> list[str]:
    for _, cells in source:
        if any(map(str.strip, cells)):
            return [cell.strip().lower() for cell in cells]
    known = ", ".join(column.name for column in columns(FILES[name]))
    raise ParseError("is empty", f"put the headings {known} in the first line or delete it")


def _check_headings(sheet: Sheet, headings: Sequence[str]) -> None:
    known = columns(FILES[sheet.name])
    missing = [column.name for column in known if column.needed and column.name not in headings]
    for separator, plural in SEPARATORS.items():
        if missing and separator in "".join(headings):
            by_name = "" if separator == "\t" else f"put sep={separator} on a line above them, "
            remedy = f"separate them by commas (numbers with a point), {by_name}or save it as .xlsx"
            raise ParseError(f"the cells are separated by {plural}", remedy)
    here = listed([heading for heading in headings if heading])
    for name in missing:
        remedy = f"add it, the columns here are {here}"
        sheet.blame(ParseError(f"the column {name} is missing", remedy), 1)
    names = [column.name for column in known]
    for name in names:
        if headings.count(name) > 1:
            sheet.blame(ParseError(f"the column {name} stands there twice", "keep one of them"), 1)
    unknown = [heading or "(no heading)" for heading in headings if heading not in names]
    if unknown:
        plural = "columns" if len(unknown) > 1 else "column"
        what = f"left out the unknown {plural} {listed(unknown)}"
        remedy = f"the known ones are {', '.join(names)}"
        sheet.warnings.append(Problem(sheet.file, 1, what, remedy))


def _while_sensible(sheet: Sheet, source: Iterator[Line], unknown: UnknownNames) -> Iterator[Line]:
    """Give lines until too much is wrong."""
    looked_at: list[Sequence[str]] = []
    for line, cells in source:
        yield line, cells
        looked_at.append(cells)
        if len(looked_at) == LINES_BETWEEN_LOOKS:
            if sheet.problems.count_of(sheet.file) + unknown.count(looked_at) > MOST_WRONG:
                what = f"has more than {MOST_WRONG:,} problems up to here, the rest was not read"
                remedy = "correct those above first"
                unread = Problem(sheet.file, line, what, remedy, Code.READ_NO_FURTHER)
                sheet.unread.append(unread)
                return
            looked_at.clear()


def _read_rows(sheet: Sheet, headings: Sequence[str], source: Iterator[Line]) -> None:
    readers = [
        (column.name, headings.index(column.name), parser(column))
        for column in columns(FILES[sheet.name])
        if column.name in headings
    ]
    sheet.given = frozenset(column for column, _, _ in readers)
    by_row = partial(_parsed, sheet, readers, len(headings))
    if sheet.name == "readings":
        sheet.rows = found = ReadingColumns()
        read_columns(found, source, readers, len(headings), by_row)
    else:
        sheet.rows = rows = list[Row]()
        rows.extend(by_row(source))


def _parsed(
    sheet: Sheet, readers: Sequence[Reader], width: int, source: Iterator[Line]
) -> Iterator[Row]:
    make = _kpi_row if sheet.name == "kpis" else FILES[sheet.name]
    for line, cells in source:
        try:
            if len(cells) != width:
                raise _ragged(len(cells), width)
            values = {column: parse(cells[at]) for column, at, parse in readers}
        except ParseError as unfit:
            if len(cells) != width and any(map(str.strip, cells)):
                sheet.blame(unfit, line)
            elif any(map(str.strip, cells)):
                _blame_cells(sheet, line, cells, readers)
        else:
            yield make(line=line, **values)


def _kpi_row(*, team: str, pinned: tuple[str, ...] = (), **values: Any) -> KpiRow:
    return KpiRow(team=team, pinned=(team,) if pinned is OWN_TEAM else pinned, **values)


def _ragged(cells: int, width: int) -> ParseError:
    remedy = "add the missing ones, they may be empty"
    if cells > width:
        remedy = "delete the extra ones (text with a comma takes quotation marks, numbers a point)"
    plural = "cells" if cells > 1 else "cell"
    return ParseError(f"has {cells} {plural} where there are {width} columns", remedy)


def _blame_cells(sheet: Sheet, line: int, cells: Sequence[str], readers: Iterable[Reader]) -> None:
    for column, at, parse in readers:
        try:
            parse(cells[at])
        except ParseError as unfit:
            sheet.blame(unfit, line, column)


def _check_rows(sheet: Sheet, earlier: Tables) -> None:
    if not isinstance(sheet.rows, ReadingColumns):
        for row in sheet.rows:
            for unfit in row.problems():
                sheet.blame(unfit, row.line)
    for row, unfit in repeats(sheet.name, sheet.rows, earlier):
        sheet.blame(unfit, row.line)
