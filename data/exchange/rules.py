"""Which rows of a file say the same thing twice."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from operator import attrgetter
from typing import Any

from analytics.periods import ordinal
from data.core.fields import Row
from data.core.look_alikes import look
from data.core.problems import ParseError, shown
from data.exchange.readings_columns import Place, ReadingColumns
from data.exchange.tables import FILES, Tables
from data.kpis.fields import ReadingRow

Identity = Callable[[Any], Hashable]

CORRECTABLE = {"readings", "check_ins"}


def repeats(name: str, rows: Iterable[Row], tables: Tables) -> Iterator[tuple[Row, ParseError]]:
    """Give each row of a file that says the same thing as an earlier one, and what is wrong.

    `tables` hold the files before it.
    """
    key = _identity(name, tables)
    if key is None:
        return
    seen: dict[Hashable, Row] = {}
    if isinstance(rows, ReadingColumns):
        rows = rows.alike(_cadences(tables))
    for row in rows:
        first = seen.setdefault(key(row), row)
        if first is not row:
            yield row, _repeated(name, row, first)


def _identity(name: str, tables: Tables) -> Identity | None:
    """Return what tells the rows of a file apart, None where rows may repeat.

    Two rows for one period or day differ by when they were recorded: ordered by that, those
    without first, each corrects the one before it.
    """
    if name == "readings":
        return _reading_identity(tables)
    key = FILES[name].KEY
    if not key:
        return None
    cells = attrgetter(*key, *(["recorded_at"] if name in CORRECTABLE else []))
    return lambda row: _as_looked_at(cells(row))


def _as_looked_at(cells: Any) -> Hashable:
    """Give cells with names that look alike made equal."""
    if not isinstance(cells, tuple):
        return look(cells)
    return tuple(look(cell) if isinstance(cell, str) else cell for cell in cells)


def _repeated(name: str, row: Row, first: Row) -> ParseError:
    columns = row.KEY
    key = ", ".join(shown(str(getattr(row, column))) for column in columns)
    remedy = "delete one of them"
    if name in CORRECTABLE:
        remedy = "delete one of them, or give the correction a later recorded_at"
    same = all(getattr(row, column) == getattr(first, column) for column in columns)
    where = "stands already on" if same else "falls in the same period as"
    names = [column for column in columns if isinstance(getattr(row, column), str)]
    if any(getattr(row, column) != getattr(first, column) for column in names):
        where = "differs only in signs that nobody sees from"
    return ParseError(f"{key} {where} line {first.line}", remedy)


def _reading_identity(tables: Tables) -> Identity:
    cadences = _cadences(tables)
    periods: dict[tuple[date, str], int] = {}

    def of(row: ReadingRow) -> Hashable:
        place = look(row.team), look(row.kpi)
        cadence = cadences.get(place, "daily")
        day = (row.date, cadence)
        period = periods.get(day)
        if period is None:
            period = periods[day] = ordinal(*day)
        return *place, period, row.recorded_at

    return of


def _cadences(tables: Tables) -> dict[Place, str]:
    return {(look(kpi.team), look(kpi.kpi)): kpi.cadence for kpi in tables.kpis}
