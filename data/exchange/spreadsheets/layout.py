"""Where in a sheet the table stands, which way it runs, and what its columns are headed by."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from data.exchange.spreadsheets.cell_numbers import number_in
from data.exchange.spreadsheets.grid import Cell, CellKind, Grid
from data.exchange.spreadsheets.headings import Heading, headings_of, period_of, role_of
from data.exchange.spreadsheets.mapping import Role
from data.exchange.spreadsheets.period_labels import (
    follows,
    label_either_way,
    label_in,
    with_years,
    year_of,
)
from data.exchange.spreadsheets.words import folded, words

FIRST_ROWS = 60
"""Headings stand among so many rows, or not at all."""

FIRST_YEAR = 2000
"""Any year does, where it only matters which period follows which."""

LOOKED_AT = 400
"""So many rows tell what a column holds."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A table: its sheet, turned where KPIs ran across, and which of its rows name the columns.

    `kpi_at` is the column of the KPIs' names where turning tells it, `period_at` that of the
    periods where they run down.
    """

    grid: Grid
    heading_rows: tuple[int, ...]
    headings: tuple[Heading, ...]
    kpi_at: int | None = None
    period_at: int | None = None

    @property
    def body(self) -> tuple[tuple[Cell, ...], ...]:
        """Give the first rows below the headings."""
        below = self.heading_rows[-1] + 1 if self.heading_rows else 0
        return self.grid.rows[below : below + LOOKED_AT]


def layout_of(grid: Grid) -> Layout | None:
    """Find the table of a sheet, None where it has none: no periods beside numbers."""
    row, across = _most_periods(grid)
    column, down = _most_down(grid)
    if across >= 2 or (across and down <= 1):
        return _wide(grid, row)
    return _long(grid, column) if down else _counted(grid) or _of_one_period(grid)


def period_said(grid: Grid, first: int) -> str:
    """Give the one period of a sheet that its name tells, else the rows above the table."""
    above = (cell.text for row in grid.rows[:first] for cell in row if cell.text)
    return next(filter(None, map(label_in, (grid.title, *above, grid.file))), "")


def is_number(cell: Cell) -> bool:
    """Tell whether a cell is a number, also one that was typed as text."""
    if cell.kind == CellKind.TEXT:
        return number_in(cell.text) is not None
    return cell.kind in (CellKind.NUMBER, CellKind.PERCENT, CellKind.ERROR, CellKind.NO_RESULT)


def is_missing(cell: Cell) -> bool:
    """Tell whether a cell says that there is no number: n/a, -, any word."""
    return cell.kind == CellKind.TEXT and not any(map(str.isdigit, cell.text))


def are_numbers(cells: Sequence[Cell]) -> bool:
    """Tell whether most cells of a column that say something are numbers."""
    filled = [cell for cell in cells if _says_something(cell)]
    return bool(filled) and sum(map(is_number, filled)) * 2 > len(filled)


def stands_for_none(cell: Cell) -> bool:
    """Tell whether a cell says shortly that there is no number: n/a, -, k.A."""
    return is_missing(cell) and len(cell.text.strip()) <= 5


def _says_something(cell: Cell) -> bool:
    return bool(cell.text) and not stands_for_none(cell)


def _most_periods(grid: Grid) -> tuple[int, int]:
    """Find the row with the most periods over numbers, and how many these are."""
    counts = {
        row: _periods_over_numbers(grid, row) for row in range(min(FIRST_ROWS, len(grid.rows)))
    }
    row = max(counts, key=lambda each: (counts[each], -each), default=0)
    return row, counts.get(row, 0)


def _periods_over_numbers(grid: Grid, row: int) -> int:
    places = [at for at, cell in enumerate(grid.rows[row]) if cell.text and period_of(cell)]
    below = [
        cells
        for cells in grid.rows[row + 1 : row + 1 + FIRST_ROWS]
        if any(is_number(cells[at]) for at in places)
    ]
    filled = [at for at in places if any(_says_something(cells[at]) for cells in below)]
    over = [at for at in filled if are_numbers([cells[at] for cells in below])]
    if not over or len(over) * 2 < len(filled):
        return 0
    return len({period_of(grid.rows[row][at]) for at in places})


def _most_down(grid: Grid) -> tuple[int, int]:
    counts = Counter(
        {
            at: sum(
                bool(cells[at].text and period_of(cells[at])) for cells in grid.rows[:LOOKED_AT]
            )
            for at in range(min(FIRST_ROWS, grid.width))
        }
    )
    return counts.most_common(1)[0] if counts else (0, 0)


def _wide(grid: Grid, row: int, kpi_at: int | None = None) -> Layout:
    rows = [row]
    if row + 1 < len(grid.rows) and _names_values(grid, row, row + 1):
        rows.append(row + 1)
    if row > 0 and _goes_above(grid, row):
        rows.insert(0, row - 1)
    return Layout(grid, tuple(rows), headings_of(grid, rows), kpi_at)


def _names_values(grid: Grid, row: int, below: int) -> bool:
    """Tell whether the next row says which column of a period is its actual value."""
    first = next(at for at, cell in enumerate(grid.rows[row]) if cell.text and period_of(cell))
    said = [cell for cell in grid.rows[below][first:] if cell.text]
    known = [cell for cell in said if role_of(cell.text, exact=True)]
    return bool(said) and len(known) * 2 > len(said) and not any(map(is_number, said))


def _goes_above(grid: Grid, row: int) -> bool:
    """Tell whether the row above has the years of the periods, or whether they are actuals."""
    periods = [at for at, cell in enumerate(grid.rows[row]) if cell.text and period_of(cell)]
    above = [cell for cell in grid.rows[row - 1][periods[0] : periods[-1] + 1] if cell.text]
    if not above or any(period_of(cell) for cell in above):
        return False
    return all(
        year_of(cell.text) is not None or role_of(cell.text, exact=True) is not None
        for cell in above
    ) and (len({cell.text for cell in above}) > 1 or year_of(above[0].text) is not None)


def _long(grid: Grid, column: int) -> Layout:
    first = next(at for at, cells in enumerate(grid.rows) if period_of(cells[column]))
    heading = _heading_row(grid, first)
    rows = () if heading is None else (heading,)
    layout = Layout(grid, rows, headings_of(grid, rows), period_at=column)
    if heading is None or not _kpis_run_across(layout, first):
        return layout
    return _wide(grid.turned(), column, kpi_at=heading)


def _heading_row(grid: Grid, first: int) -> int | None:
    """Find the row that names the columns above the first row with a period."""
    found = None
    most = 1
    for row in range(first - 1, -1, -1):
        texts = {cell.text for cell in grid.rows[row] if cell.text}
        if not texts and found is not None:
            break
        named = sum(cell.kind == CellKind.TEXT for cell in grid.rows[row])
        if len(texts) >= min(2, grid.width) and named >= most:
            found, most = row, named
    return found


def _kpis_run_across(layout: Layout, first: int) -> bool:
    """Tell whether the columns of numbers are a KPI each: no column names KPIs or values."""
    said = [role_of(heading.text, exact=True) for heading in layout.headings]
    body = layout.grid.rows[first : first + LOOKED_AT]
    labels = [cells[layout.period_at or 0].text for cells in body]
    labels = [text for text in labels if label_either_way(text)]
    repeat = len(set(labels)) < len(labels) and not _are_years_on_end(layout, labels, body)
    if Role.KPI in said or Role.TEAM in said or repeat:
        return False
    unknown = list(numbers_without_role(layout, body))
    between = first - layout.heading_rows[-1] > 1
    return Role.VALUE not in said and len(unknown) >= (1 if between else 2)


def _are_years_on_end(
    layout: Layout, labels: Sequence[str], body: Sequence[Sequence[Cell]]
) -> bool:
    """Tell whether periods without years go on through several: nothing else tells rows apart."""
    steps = pairwise(with_years([label_either_way(text) for text in labels], FIRST_YEAR))
    places = (at for at in range(layout.grid.width) if at != layout.period_at)
    named = any(_are_words([row[at] for row in body]) for at in places)
    # Some of them may be hidden.
    fitting = [bool(one and other and follows(one, other)) for one, other in steps]
    return not named and sum(fitting) * 2 > len(fitting)


def _are_words(cells: Sequence[Cell]) -> bool:
    texts = [cell for cell in cells if _says_something(cell)]
    return len(texts) > 1 and not are_numbers(texts)


def numbers_without_role(layout: Layout, body: Sequence[Sequence[Cell]]) -> Iterator[int]:
    """Give the columns of numbers whose headings are no words for anything, but those of ids."""
    for at, heading in enumerate(layout.headings):
        cells = [row[at] for row in body]
        # A column of numbers is of no units, but of pieces: Units.
        has_role = role_of(heading.text, exact=True) not in (None, Role.UNIT)
        if at == layout.period_at or has_role or is_unnamed(heading.text):
            continue
        if are_numbers(cells) and not are_ids(cells):
            yield at


def is_unnamed(heading: str) -> bool:
    """Tell whether a heading names a column of periods or numbers of rows."""
    return folded(heading) in {each for group in words().periods.values() for each in group}


def are_ids(cells: Sequence[Cell]) -> bool:
    """Tell whether numbers count rows: each is one more than that before it."""
    texts = [cell.text for cell in cells if cell.text]
    if len(texts) < 3 or not all(text.isdecimal() for text in texts):
        return False
    numbers = list(map(int, texts))
    return all(other - one == 1 for one, other in pairwise(numbers))


def _of_one_period(grid: Grid) -> Layout | None:
    """Find a list of KPIs and their values of the one period that the sheet is of."""
    for row, _ in _over_numbers(grid, lambda text: role_of(text, exact=True) is Role.VALUE):
        is_told = bool(period_said(grid, row))
        return Layout(grid, (row,), headings_of(grid, (row,))) if is_told else None
    return None


def _counted(grid: Grid) -> Layout | None:
    """Find a table whose periods are numbers below words for them: year and month, or week."""
    for row, at in _over_numbers(grid, is_unnamed):
        return Layout(grid, (row,), headings_of(grid, (row,)), period_at=at)
    return None


def _over_numbers(grid: Grid, is_meant: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Give the rows and columns of headings over numbers whose words are those that are meant."""
    for row in range(min(FIRST_ROWS, len(grid.rows) - 1)):
        for at, cell in enumerate(grid.rows[row]):
            below = [cells[at] for cells in grid.rows[row + 1 : row + 1 + FIRST_ROWS]]
            if cell.text and is_meant(cell.text) and are_numbers(below):
                yield row, at
