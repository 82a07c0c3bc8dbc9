"""Which rows of a sheet are data, and which are titles, groups, sums or notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from data.exchange.spreadsheets.grid import Cell, Grid
from data.exchange.spreadsheets.headings import Scenario, is_total, role_of, scenario_of
from data.exchange.spreadsheets.layout import is_number, stands_for_none
from data.exchange.spreadsheets.mapping import Role, SheetMapping
from data.exchange.spreadsheets.period_labels import label_either_way


class RowKind(StrEnum):
    """What a row is."""

    TITLE = "title"
    HEADING = "heading"
    GROUP = "group"
    DATA = "data"
    TARGET = "target"
    OTHER = "other scenario"
    TOTAL = "total"
    NOTE = "note"


OF_SCENARIO = {
    Scenario.ACTUAL: RowKind.DATA,
    Scenario.TARGET: RowKind.TARGET,
    Scenario.OTHER: RowKind.OTHER,
}


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the columns stand that tell what a row is."""

    kpi: tuple[int, ...]
    values: tuple[int, ...]
    targets: tuple[int, ...]
    periods: tuple[int, ...]
    scenario: tuple[int, ...]


def row_kinds(grid: Grid, mapping: SheetMapping) -> tuple[dict[int, RowKind], dict[int, str]]:
    """Give each row that says something its kind, and each row of data the group it is in."""
    first = grid.lines.index(mapping.heading_lines[0]) if mapping.heading_lines else 0
    places = _places(mapping)
    kinds: dict[int, RowKind] = {}
    groups: dict[int, str] = {}
    group = ""
    for row, cells in enumerate(grid.rows):
        if not any(cell.text for cell in cells):
            continue
        if grid.lines[row] in mapping.heading_lines or row < first:
            kinds[row] = RowKind.TITLE if row < first else RowKind.HEADING
            continue
        kind = kinds[row] = _kind(cells, mapping, places, group, is_turned=grid.is_turned)
        group = _text(cells) if kind is RowKind.GROUP else group
        groups[row] = group
    _end_with_notes(grid, kinds, places)
    if groups and (title := _title_of_block(grid, kinds, first)):
        groups = {row: group or title for row, group in groups.items()}
    return kinds, groups


def _title_of_block(grid: Grid, kinds: dict[int, RowKind], first: int) -> str:
    """Give the title right above a table, where others below have their title and headings too."""
    above = [cell.text for cell in grid.rows[first - 1] if cell.text] if first else []
    rows = sorted(kinds)
    repeats = any(
        kinds[one] is RowKind.GROUP and kinds[other] is RowKind.HEADING
        for one, other in pairwise(rows)
    )
    return above[0] if repeats and len(set(above)) == 1 else ""


def _places(mapping: SheetMapping) -> _Places:
    def of(*roles: Role) -> tuple[int, ...]:
        return tuple(at for at, column in enumerate(mapping.columns) if column.role in roles)

    return _Places(
        of(Role.KPI),
        of(Role.VALUE),
        of(Role.TARGET, Role.LOW, Role.HIGH),
        of(Role.PERIOD),
        of(Role.SCENARIO),
    )


def _kind(
    cells: Sequence[Cell], mapping: SheetMapping, places: _Places, group: str, *, is_turned: bool
) -> RowKind:
    if _repeats_headings(cells, mapping):
        return RowKind.HEADING
    texts = {cell.text for cell in cells if cell.text}
    named = [cells[at].text for at in (*places.kpi, *places.periods) if cells[at].text]
    if any(is_total(name, group) for name in named or texts):
        return RowKind.TOTAL
    has_value = any(is_number(cells[at]) for at in places.values)
    if kind := _of_scenario(cells, places):
        return kind if has_value else RowKind.NOTE
    if len(texts) == 1 and not has_value:
        return RowKind.GROUP
    if places.periods:
        return RowKind.DATA if named and (has_value or _is_period(cells, places)) else RowKind.NOTE
    if places.kpi and not named:
        return RowKind.TOTAL if has_value else RowKind.NOTE
    if is_turned and named and _is_no_kpi(named[0]):
        return RowKind.NOTE
    return RowKind.DATA


def _of_scenario(cells: Sequence[Cell], places: _Places) -> RowKind | None:
    """Say what a row is where a column tells: actual values, targets, or others."""
    texts = (cells[at].text for at in places.scenario if cells[at].text)
    said = next(map(scenario_of, texts), None)
    return None if said is None else OF_SCENARIO[said]


def _repeats_headings(cells: Sequence[Cell], mapping: SheetMapping) -> bool:
    """Tell whether a row says the headings again, as below the break of a page."""
    pairs = [
        (cell.text, column.heading)
        for cell, column in zip(cells, mapping.columns, strict=True)
        if cell.text
    ]
    return len(pairs) > 1 and all(" ".join(text.split()) == heading for text, heading in pairs)


def _is_period(cells: Sequence[Cell], places: _Places) -> bool:
    texts = [cells[at].text for at in places.periods if cells[at].text]
    return any(label_either_way(text) or text.strip().isdecimal() for text in texts)


def _is_no_kpi(name: str) -> bool:
    """Tell whether a column of a turned sheet was none of a KPI: a comment, a number of the row."""
    return role_of(name, exact=True) in (Role.LEAVE_OUT, Role.NOTE, Role.PERIOD, Role.OWNER)


def _text(cells: Sequence[Cell]) -> str:
    return next(cell.text for cell in cells if cell.text)


def _end_with_notes(grid: Grid, kinds: dict[int, RowKind], places: _Places) -> None:
    """Take rows without numbers below the last row with some for notes."""
    telling = (*places.values, *places.targets)
    for row in sorted(kinds, reverse=True):
        if kinds[row] is RowKind.TOTAL:
            continue
        cells = grid.rows[row]
        if kinds[row] is RowKind.DATA and (
            any(is_number(cells[at]) for at in telling)
            or any(stands_for_none(cells[at]) for at in places.values)
            or _is_period(cells, places)
        ):
            return
        if kinds[row] in (RowKind.DATA, RowKind.GROUP):
            kinds[row] = RowKind.NOTE
