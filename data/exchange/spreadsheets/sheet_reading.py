"""A sheet under its mapping: which rows are data, and each value with its KPI and its period."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from data.exchange.spreadsheets.grid import EMPTY, Cell, Grid
from data.exchange.spreadsheets.layout import period_said
from data.exchange.spreadsheets.mapping import ColumnMapping, RemarkKind, Role, SheetMapping
from data.exchange.spreadsheets.period_labels import are_weeks, as_week, year_of
from data.exchange.spreadsheets.row_kinds import RowKind, row_kinds
from data.exchange.spreadsheets.words import folded, words

NUMBERED = {"week": "W", "month": "M", "quarter": "Q"}
"""What stands before a bare number below such a heading."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell that holds a value, whose it is, and the period as it is written."""

    row: int
    column: int
    cell: Cell
    kpi: str
    team: str
    period: str
    note: str = ""


@dataclass
class Sheet:
    """A sheet as it is read: turned where its mapping says so, with the kinds of its rows."""

    original: Grid
    mapping: SheetMapping
    grid: Grid = field(init=False)
    kinds: dict[int, RowKind] = field(init=False)
    groups: dict[int, str] = field(init=False)

    def __post_init__(self) -> None:
        self.grid = self.original.turned() if self.mapping.is_turned else self.original
        self.kinds, self.groups = row_kinds(self.grid, self.mapping)

    @property
    def title(self) -> str:
        """Give the sheet's title."""
        return self.original.title

    @property
    def columns(self) -> Sequence[ColumnMapping]:
        """Give what the columns hold."""
        return self.mapping.columns

    @cached_property
    def heading_rows(self) -> tuple[int, ...]:
        """Give which rows name the columns."""
        return tuple(map(self.grid.lines.index, self.mapping.heading_lines))

    @cached_property
    def above(self) -> tuple[Cell, ...]:
        """Give the cells above the table."""
        first = min(self.heading_rows, default=0)
        if self.grid.is_turned:
            first = min((*self.places(Role.KPI), *self.places(Role.PERIOD)), default=0)
        return tuple(cell for row in self.original.rows[:first] for cell in row)

    @cached_property
    def is_across(self) -> bool:
        """Tell whether the periods run across."""
        return any(column.period for column in self.columns if column.role is Role.VALUE)

    @cached_property
    def data_rows(self) -> tuple[int, ...]:
        """Give the rows that hold values."""
        return tuple(row for row, kind in self.kinds.items() if kind is RowKind.DATA)

    @cached_property
    def target_rows(self) -> tuple[int, ...]:
        """Give the rows that hold targets of the values in others."""
        return tuple(row for row, kind in self.kinds.items() if kind is RowKind.TARGET)

    @cached_property
    def _places(self) -> dict[Role, list[int]]:
        columns = list(enumerate(self.columns))
        return {role: [at for at, column in columns if column.role is role] for role in Role}

    @cached_property
    def _beside(self) -> dict[Role, int | None]:
        """Give where a role's column stands that is of no period."""
        return {
            role: next((at for at in places if not self.columns[at].period), None)
            for role, places in self._places.items()
        }

    def places(self, role: Role) -> list[int]:
        """Give the columns of a role."""
        return self._places[role]

    def cell(self, row: int, role: Role) -> Cell:
        """Give what a row says in the column of a role, nothing where there is none."""
        place = self._beside[role]
        return EMPTY if place is None else self.grid.rows[row][place]

    def name(self, row: int, column: int) -> str:
        """Give what a spreadsheet calls a cell: C7."""
        row, column = (column, row) if self.grid.is_turned else (row, column)
        return f"{self.original.columns[column]}{self.original.lines[row]}"

    def line(self, row: int, column: int) -> int:
        """Give the line in the file of a cell."""
        return self.original.lines[column if self.grid.is_turned else row]

    @cached_property
    def entries(self) -> list[Entry]:
        """Give all cells with a value, KPI by KPI."""
        return self._entries(self.data_rows)

    @cached_property
    def target_entries(self) -> list[Entry]:
        """Give all cells with a target in a row of its own."""
        return self._entries(self.target_rows)

    def _entries(self, rows: Sequence[int]) -> list[Entry]:
        if not rows:
            return []
        return list(self._across(rows) if self.is_across else self._down(rows))

    def carried(self, role: Role) -> dict[int, str]:
        """Give what each row says in a column, where it is blank as the row above it."""
        said: dict[int, str] = {}
        before = ""
        for row, kind in self.kinds.items():
            if kind not in (RowKind.DATA, RowKind.TARGET, RowKind.OTHER):
                continue
            before = said[row] = self.cell(row, role).text.strip() or before
        return said

    def _across(self, rows: Sequence[int]) -> Iterator[Entry]:
        kpis, teams = self.carried(Role.KPI), self.carried(Role.TEAM)
        years = {row: self.period(row) for row in rows}
        for row, column, cell in zip(*self._melted(rows), strict=True):
            if cell.text:
                period = f"{years[row]} {self.columns[column].period}".strip()
                yield Entry(row, column, cell, kpis[row], teams[row], period)

    def _melted(self, rows: Sequence[int]) -> tuple[list[int], list[int], list[Cell]]:
        """Put the columns of periods below each other, a KPI's together."""
        places = self.places(Role.VALUE)
        cells = [[self.grid.rows[row][at] for at in places] for row in rows]
        frame = pd.DataFrame(cells, columns=pd.Index(places), dtype=object)
        frame.insert(0, "row", rows)
        melted = frame.melt(id_vars="row", var_name="column", value_name="cell")
        melted = melted.sort_values("row", kind="stable")
        return list(melted["row"]), list(melted["column"]), list(melted["cell"])

    def _down(self, rows: Sequence[int]) -> Iterator[Entry]:
        kpis, teams = self.carried(Role.KPI), self.carried(Role.TEAM)
        has_names = bool(self.places(Role.KPI))
        for at in self.places(Role.VALUE):
            for row in rows:
                cell = self.grid.rows[row][at]
                if cell.text:
                    kpi = kpis[row] if has_names else self.columns[at].heading
                    note = self.cell(row, Role.NOTE).text
                    yield Entry(row, at, cell, kpi, teams[row], self.period(row), note)

    @cached_property
    def own_period(self) -> str:
        """Give the one period that the sheet is of, where no column has any."""
        return period_said(self.original, min(self.heading_rows, default=0))

    def period(self, row: int) -> str:
        """Give the period of a row, put together where year and month have a column each."""
        if not self.places(Role.PERIOD):
            return "" if self.is_across else self.own_period
        year, parts = "", []
        for at in self.places(Role.PERIOD):
            text = self.grid.rows[row][at].text.strip()
            text = as_week(text) if at in self._week_columns else text
            if year_of(text) is not None:
                year = text
            elif text.isdecimal():
                sign = _before_number(self.columns[at].heading)
                parts.append(f"{sign}{text.zfill(2) if sign == 'M' else text}")
            elif text:
                parts.append(text)
        return " ".join([year, *parts] if year else parts)

    @cached_property
    def _week_columns(self) -> list[int]:
        """Give the columns in which a year with a number is a week."""
        said = words().periods["week"]
        return [
            at
            for at in self.places(Role.PERIOD)
            if folded(self.columns[at].heading) in said
            or are_weeks(self.grid.rows[row][at].text for row in self.data_rows)
        ]

    def counted(self, kind: RowKind) -> tuple[int, str]:
        """Give how many rows are of a kind, and the first words of one of them."""
        rows = [row for row, each in self.kinds.items() if each is kind]
        cells = (cell for row in rows for cell in self.grid.rows[row])
        if kind is RowKind.OTHER:
            cells = (self.cell(row, Role.SCENARIO) for row in rows)
        first = next((cell.text for cell in cells if cell.text), "")
        return len(rows), " ".join(first.split())


ROW_REMARKS = {
    RowKind.TITLE: RemarkKind.TITLE_LEFT_OUT,
    RowKind.GROUP: RemarkKind.GROUP_ROWS,
    RowKind.TOTAL: RemarkKind.TOTALS_LEFT_OUT,
    RowKind.OTHER: RemarkKind.ROWS_LEFT_OUT,
    RowKind.NOTE: RemarkKind.NOTES_LEFT_OUT,
}


def _before_number(heading: str) -> str:
    said = folded(heading)
    for kind, sign in NUMBERED.items():
        if said in words().periods[kind]:
            return sign
    return ""
