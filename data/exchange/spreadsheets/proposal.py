"""How a spreadsheet is probably meant: which sheets are read, and what their columns hold."""

from collections.abc import Sequence
from datetime import date

from data.exchange.spreadsheets.column_roles import columns_of
from data.exchange.spreadsheets.grid import Grid, Spreadsheet
from data.exchange.spreadsheets.headings import headings_of
from data.exchange.spreadsheets.kept_headings import kept_sheet, with_answers
from data.exchange.spreadsheets.layout import Layout, layout_of
from data.exchange.spreadsheets.mapping import (
    ColumnMapping,
    Known,
    Mapping,
    Role,
    SheetMapping,
)


def propose(
    spreadsheet: Spreadsheet, known: Known, *, kept: Sequence[Mapping] = (), today: date
) -> Mapping:
    """Return how a spreadsheet is read: as one with the same headings was, or as it seems to be."""
    used: dict[str, tuple[Mapping, SheetMapping]] = {}
    sheets = []
    for grid in spreadsheet.grids:
        layout = layout_of(grid)
        found = kept_sheet(grid, layout, kept)
        if found is None:
            sheets.append(_proposed(grid, layout, known))
        else:
            mapping, before, sheet = found
            used[grid.title] = (mapping, before)
            sheets.append(sheet)
    return with_answers(tuple(sheets), used)


def _proposed(grid: Grid, layout: Layout | None, known: Known) -> SheetMapping:
    if layout is None:
        return _left_out(grid)
    columns = columns_of(layout, known)
    if not any(column.role is Role.VALUE for column in columns):
        return _left_out(grid)
    lines = tuple(layout.grid.lines[row] for row in layout.heading_rows)
    return SheetMapping(grid.title, lines, columns, is_turned=layout.grid.is_turned)


def _left_out(grid: Grid) -> SheetMapping:
    rows = (0,) if grid.rows else ()
    headings = headings_of(grid, rows)
    columns = tuple(ColumnMapping(heading.text, Role.LEAVE_OUT) for heading in headings)
    return SheetMapping(grid.title, grid.lines[: len(rows)], columns, is_read=False)
