"""What must be true of a row, and which rows say the same thing twice."""

from collections.abc import Callable, Hashable, Iterator
from datetime import date
from operator import attrgetter
from typing import Any

from analytics.periods import ordinal
from data.exchange.problems import Unfit, shown
from data.exchange.rows import CycleRow, KpiRow, ReadingRow, Row, Tables

Identity = Callable[[Any], Hashable]

KEYS = {
    "teams": ("team",),
    "people": ("person", "team"),
    "cycles": ("cycle",),
    "kpis": ("team", "kpi"),
    "readings": ("team", "kpi", "date"),
    "objectives": ("cycle", "team", "objective"),
    "key_results": ("cycle", "team", "objective", "key_result"),
    "milestones": ("cycle", "team", "objective", "key_result", "step"),
    "check_ins": ("cycle", "team", "objective", "key_result", "date"),
}
CORRECTABLE = {"readings", "check_ins"}


def _cycle(row: CycleRow) -> Iterator[Unfit]:
    if row.ends_on < row.starts_on:
        remedy = "write an end that does not come before the start"
        yield Unfit(f"ends_on {row.ends_on} is before starts_on {row.starts_on}", remedy)


def _kpi(row: KpiRow) -> Iterator[Unfit]:
    if row.low is not None and row.high is not None and row.low > row.high:
        yield Unfit(f"low {row.low:.15g} is above high {row.high:.15g}", "swap them")


RULES: dict[str, Callable[[Any], Iterator[Unfit]]] = {
    "cycles": _cycle,
    "kpis": _kpi,
}


def identity(name: str, tables: Tables) -> Identity | None:
    """Return what tells the rows of a file apart, None where rows may repeat.

    Two rows for one period or day differ by when they were recorded: ordered by that, those
    without first, each corrects the one before it.
    """
    if name == "readings":
        return _reading_identity(tables)
    if name not in KEYS:
        return None
    return attrgetter(*KEYS[name], *(["recorded_at"] if name in CORRECTABLE else []))


def repeated(name: str, row: Row, first: Row) -> Unfit:
    """Return what is wrong with a row that says the same thing as an earlier one."""
    columns = KEYS[name]
    key = ", ".join(shown(str(getattr(row, column))) for column in columns)
    remedy = "delete one of them"
    if name in CORRECTABLE:
        remedy = "delete one of them, or give the correction a later recorded_at"
    same = all(getattr(row, column) == getattr(first, column) for column in columns)
    where = "stands already on" if same else "falls in the same period as"
    return Unfit(f"{key} {where} line {first.line}", remedy)


def _reading_identity(tables: Tables) -> Identity:
    cadences = {(kpi.team, kpi.kpi): kpi.cadence for kpi in tables.kpis}
    periods: dict[tuple[date, str], int] = {}

    def of(row: ReadingRow) -> Hashable:
        cadence = cadences.get((row.team, row.kpi), "daily")
        day = (row.date, cadence)
        period = periods.get(day)
        if period is None:
            period = periods[day] = ordinal(*day)
        return row.team, row.kpi, period, row.recorded_at

    return of
