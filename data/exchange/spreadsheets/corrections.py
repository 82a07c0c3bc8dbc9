"""What a person corrects of how a spreadsheet is read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from data.exchange.spreadsheets.grid import Grid, Spreadsheet
from data.exchange.spreadsheets.mapping import (
    ColumnMapping,
    Known,
    Mapping,
    QuestionKind,
    Role,
    SheetMapping,
)
from data.exchange.spreadsheets.proposal import propose

ONE_EACH = frozenset(Role) - {Role.VALUE, Role.LEAVE_OUT}
"""Roles that one column has, but where there is one for each period."""


def with_role(mapping: Mapping, title: str, at: int, role: Role) -> Mapping:
    """Give a column another role; the one that had it before is left out."""
    return _changed(mapping, title, lambda sheet: _with_role(sheet, at, role))


def with_read(mapping: Mapping, title: str, *, is_read: bool) -> Mapping:
    """Read a sheet, or leave it out."""
    return _changed(mapping, title, lambda sheet: replace(sheet, is_read=is_read))


def with_team(mapping: Mapping, title: str, team: str) -> Mapping:
    """Say whose KPIs a sheet holds."""
    return _changed(mapping, title, lambda sheet: replace(sheet, team=team.strip()))


def with_answer(mapping: Mapping, key: str, answer: str) -> Mapping:
    """Answer a question; a team that is named so is also that of its sheet."""
    answered = replace(mapping, answers={**mapping.answers, key: answer})
    kind, _, rest = key.partition("/")
    if kind != QuestionKind.TEAM:
        return answered
    title = next((sheet.title for sheet in mapping.sheets if rest == f"{sheet.title}/"), None)
    return answered if title is None else with_team(answered, title, answer)


def with_kpi(mapping: Mapping, name: str, column: str, said: str) -> Mapping:
    """Set a cell of a KPI that is new."""
    cells = {**mapping.kpis.get(name, {}), column: said}
    return replace(mapping, kpis={**mapping.kpis, name: cells})


def read_turned(
    mapping: Mapping, spreadsheet: Spreadsheet, title: str, known: Known, *, today: date
) -> Mapping:
    """Read a sheet the other way round: its rows as columns."""

    def turned(sheet: SheetMapping) -> SheetMapping:
        grid = _grid(spreadsheet, sheet)
        return _anew(spreadsheet, grid.turned(), sheet, known, today)

    return _changed(mapping, title, turned)


def read_below(
    mapping: Mapping, spreadsheet: Spreadsheet, title: str, line: int, known: Known, *, today: date
) -> Mapping:
    """Read a sheet with its headings on a line, and nothing above it."""

    def lowered(sheet: SheetMapping) -> SheetMapping:
        grid = _grid(spreadsheet, sheet)
        first = grid.lines.index(line) if line in grid.lines else 0
        below = replace(grid, rows=grid.rows[first:], lines=grid.lines[first:])
        return _anew(spreadsheet, below, sheet, known, today)

    return _changed(mapping, title, lowered)


def _changed(
    mapping: Mapping, title: str, change: Callable[[SheetMapping], SheetMapping]
) -> Mapping:
    return replace(
        mapping,
        sheets=tuple(change(each) if each.title == title else each for each in mapping.sheets),
    )


def _with_role(sheet: SheetMapping, at: int, role: Role) -> SheetMapping:
    across = any(column.period for column in sheet.columns)

    def changed(place: int, column: ColumnMapping) -> ColumnMapping:
        if place == at:
            needs_period = across and role is Role.VALUE
            period = column.period or (column.heading if needs_period else "")
            return replace(column, role=role, period=period)
        is_given_up = column.role is role and role in ONE_EACH and not column.period
        return replace(column, role=Role.LEAVE_OUT) if is_given_up else column

    return replace(
        sheet, columns=tuple(changed(place, each) for place, each in enumerate(sheet.columns))
    )


def _grid(spreadsheet: Spreadsheet, sheet: SheetMapping) -> Grid:
    """Give a sheet's grid the way it is read."""
    grid = next(each for each in spreadsheet.grids if each.title == sheet.title)
    return grid.turned() if sheet.is_turned else grid


def _anew(
    spreadsheet: Spreadsheet, grid: Grid, sheet: SheetMapping, known: Known, today: date
) -> SheetMapping:
    """Propose a sheet anew as it is to be read; where that would be turned back, bare columns."""
    alone = Spreadsheet(spreadsheet.file, (grid,))
    (proposed,) = propose(alone, known, today=today).sheets
    if proposed.is_turned or not proposed.columns:
        proposed = _bare(grid)
    team = proposed.team or sheet.team
    return replace(proposed, is_read=True, is_turned=grid.is_turned, team=team)


def _bare(grid: Grid) -> SheetMapping:
    """Give columns of which a person says what they hold."""
    headings = [cell.text for cell in grid.rows[0]] if grid.rows else []
    columns = tuple(ColumnMapping(heading, Role.LEAVE_OUT) for heading in headings)
    return SheetMapping(grid.title, grid.lines[:1], columns, is_turned=grid.is_turned)
