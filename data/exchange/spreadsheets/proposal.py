"""How a spreadsheet is probably meant: as one of the same headings was read, else as it seems."""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as AnyMapping
from dataclasses import replace
from datetime import date

from data.exchange.spreadsheets.column_roles import columns_of
from data.exchange.spreadsheets.grid import Grid, Spreadsheet
from data.exchange.spreadsheets.headings import Heading, headings_of
from data.exchange.spreadsheets.layout import Layout, layout_of
from data.exchange.spreadsheets.mapping import (
    ColumnMapping,
    Known,
    Mapping,
    QuestionKind,
    Role,
    SheetMapping,
)
from data.exchange.spreadsheets.period_labels import label_either_way
from data.exchange.spreadsheets.words import folded

OF_ONE_FILE = (QuestionKind.FACTOR, QuestionKind.YEAR)
"""Answers about numbers and years of one file, which the next is asked about anew."""

Found = tuple[Mapping, SheetMapping, SheetMapping]


def propose(
    spreadsheet: Spreadsheet, known: Known, *, kept: Sequence[Mapping] = (), today: date
) -> Mapping:
    """Return how a spreadsheet is read: as one with the same headings was, or as it seems to be."""
    used: dict[str, tuple[Mapping, SheetMapping]] = {}
    sheets = []
    for grid in spreadsheet.grids:
        layout = layout_of(grid)
        found = _kept_sheet(grid, layout, kept)
        if found is None:
            sheets.append(_proposed(grid, layout, known))
        else:
            mapping, before, sheet = found
            used[grid.title] = (mapping, before)
            sheets.append(sheet)
    return _with_answers(tuple(sheets), used)


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


def _kept_sheet(grid: Grid, layout: Layout | None, kept: Sequence[Mapping]) -> Found | None:
    """Return the kept mapping of the sheet's headings, and how the sheet is read by it."""
    pairs = [(mapping, sheet) for mapping in kept for sheet in mapping.sheets]
    pairs.sort(key=lambda pair: pair[1].title != grid.title)
    for mapping, before in pairs:
        if before.is_read and (sheet := _read_by(grid, layout, before)):
            return mapping, before, sheet
    return None


def _with_answers(
    sheets: tuple[SheetMapping, ...], used: AnyMapping[str, tuple[Mapping, SheetMapping]]
) -> Mapping:
    """Return a mapping with what was answered about the sheets that it takes over."""
    answers: dict[str, str] = {}
    kpis: dict[str, AnyMapping[str, str]] = {}
    for title, (mapping, before) in used.items():
        kpis |= mapping.kpis
        for key, answer in mapping.answers.items():
            kind, sheet, about = key.split("/", 1)[0], before.title, ""
            if kind in OF_ONE_FILE or not key.startswith(f"{kind}/{sheet}/"):
                continue
            about = key.removeprefix(f"{kind}/{sheet}/")
            answers["/".join((kind, title, about))] = answer
    return Mapping(sheets, answers, kpis)


def _read_by(grid: Grid, layout: Layout | None, before: SheetMapping) -> SheetMapping | None:
    turned = grid.turned() if before.is_turned else grid
    for rows in _heading_rows(turned, layout, before):
        headings = headings_of(turned, rows)
        if columns := _columns(headings, before.columns):
            lines = tuple(turned.lines[row] for row in rows)
            return replace(before, title=grid.title, heading_lines=lines, columns=columns)
    return None


def _heading_rows(
    grid: Grid, layout: Layout | None, before: SheetMapping
) -> Iterator[tuple[int, ...]]:
    """Give the rows that may name the columns: those of before, and those that seem to."""
    if set(before.heading_lines) <= set(grid.lines):
        yield tuple(map(grid.lines.index, before.heading_lines))
    if layout is not None and layout.grid.is_turned == before.is_turned:
        yield layout.heading_rows


def _columns(
    headings: Sequence[Heading], before: Sequence[ColumnMapping]
) -> tuple[ColumnMapping, ...] | None:
    """Give the columns their roles of before, None where the headings are others."""
    across = any(column.period and column.role is Role.VALUE for column in before)
    named = [column for column in before if not (across and column.period)]
    here = [heading for heading in headings if not (across and heading.period)]
    if [folded(each.heading) for each in named] != [folded(each.text) for each in here]:
        return None
    if not any(heading.text for heading in headings):
        return None
    beside = {_kind(column.heading, column.period): column.role for column in before}
    roles = iter(named)
    return tuple(
        ColumnMapping(
            heading.text,
            beside.get(_kind(heading.text, heading.period), Role.LEAVE_OUT),
            heading.period,
        )
        if across and heading.period
        else ColumnMapping(heading.text, next(roles).role)
        for heading in headings
    )


def _kind(heading: str, period: str) -> tuple[str, str]:
    """Give which kind of period a column is of, and what its heading says beside it."""
    label = label_either_way(period)
    said = set(folded(period).split())
    beside = " ".join(word for word in folded(heading).split() if word not in said)
    return (label.cadence if label else ""), beside
