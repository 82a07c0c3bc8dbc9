"""Readings of many KPIs around a change, each at its own cadence, on one axis of days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Date, String, and_, bindparam, case, select, type_coerce

from analytics.periods import first_day, last_day, ordinal
from data.core.arrays import columns
from data.core.as_of import MOMENT, any_of, oldest_first, table
from data.kpis.queries.readings import numbered
from models import Cadence

BLOCK, BLOCKS = 26, 5
"""Periods are read by the block, so that changes close together share what is found in them:
at least 78 of them before a change, and 26 from it on."""
PERIODS = BLOCK * BLOCKS

Numbers = NDArray[np.float64]

_kpi, _reading = table("kpi"), table("reading")


def _bound(name: str) -> Any:
    """Give an end of the span of each cadence, by which the index is read."""
    ends = {each.value: bindparam(f"{name}_{each.value}", type_=Date) for each in Cadence}
    return case(ends, value=_kpi.c.cadence)


AROUND = (
    select(_kpi.c.id, type_coerce(_reading.c.period, String), _reading.c.value)
    .select_from(_kpi)
    .join(
        _reading,
        and_(
            _reading.c.kpi_id == _kpi.c.id,
            _reading.c.period.between(_bound("since"), _bound("until")),
            _reading.c.known_at <= MOMENT,
        ),
    )
    .where(_kpi.c.id.in_(any_of("kpis")))
    .order_by(_kpi.c.id, _reading.c.period, *oldest_first(_reading.c))
)
"""The readings of KPIs around a day with what they took the place of, oldest first."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Readings around a change: `values` (kpis, periods), NaN where one is missing.

    `first` is the number of the period in the first column; `middles` are the middles of the
    periods as days of the calendar, and `lengths` how many days they have. Both are by cadence.
    """

    rows: Mapping[int, int]
    cadences: tuple[str, ...]
    values: Numbers
    first: Mapping[str, int]
    middles: Mapping[str, Numbers]
    lengths: Mapping[str, float]

    def of(self, kpi_id: int) -> tuple[Numbers, Numbers]:
        """Give the middles of a KPI's periods, and its values in them."""
        row = self.rows[kpi_id]
        return self.middles[self.cadences[row]], self.values[row]

    def drop(self, kpi_id: int, periods: Sequence[date]) -> None:
        """Take a KPI's readings of some periods for missing."""
        row = self.rows[kpi_id]
        cadence = self.cadences[row]
        columns = [ordinal(period, cadence) - self.first[cadence] for period in periods]
        self.values[row, [at for at in columns if 0 <= at < self.values.shape[1]]] = np.nan


def surroundings(
    connection: Connection, cadences: Mapping[int, str], change: date, moment: datetime
) -> Surroundings:
    """Read KPIs, by key with their cadence, around a change: one statement."""
    return surroundings_of(connection, {0: (change, cadences)}, moment)[0]


def surroundings_of(
    connection: Connection, changes: Mapping[int, tuple[date, Mapping[int, str]]], moment: datetime
) -> dict[int, Surroundings]:
    """Read KPIs, by key with their cadence, around each of several changes: one statement."""
    cadences = {key: each for _, around in changes.values() for key, each in around.items()}
    firsts = [_first(change) for change, _ in changes.values()]
    at: dict[str, Any] = {"kpis": sorted(cadences), "moment": moment}
    for each in Cadence:
        numbers = [first[each.value] for first in firsts]
        at[f"since_{each.value}"] = first_day(min(numbers), each)
        at[f"until_{each.value}"] = first_day(max(numbers) + PERIODS - 1, each)
    rows = {key: row for row, key in enumerate(sorted(cadences))}
    of_row = [cadences[key] for key in sorted(cadences)]
    found = columns(connection.execute(AROUND, at)) or [[], [], []]
    row, number, value, _ = numbered(found, rows, of_row)
    keys = np.array(sorted(cadences), np.int64)[row]
    return {
        name: _around(change, around, keys, number, value)
        for name, (change, around) in changes.items()
    }


def _around(
    change: date,
    cadences: Mapping[int, str],
    keys: NDArray[np.int64],
    number: NDArray[np.int64],
    value: Numbers,
) -> Surroundings:
    """Put the readings near a change in their places; corrections come after what they correct.

    All come by their keys, in order.
    """
    first = _first(change)
    rows = {key: row for row, key in enumerate(sorted(cadences))}
    of_row = tuple(cadences[key] for key in rows)
    values = np.full((len(rows), PERIODS), np.nan)
    for key, row in rows.items():
        mine = slice(*np.searchsorted(keys, (key, key + 1)))
        column = number[mine] - first[of_row[row]]
        near = (column >= 0) & (column < PERIODS)
        values[row, column[near]] = value[mine][near]
    axes = {cadence: _axis(begins, cadence) for cadence, begins in first.items()}
    middles = {cadence: middle for cadence, (middle, _) in axes.items()}
    lengths = {cadence: length for cadence, (_, length) in axes.items()}
    return Surroundings(rows, of_row, values, first, middles, lengths)


def _first(change: date) -> dict[str, int]:
    """Give for each cadence the first period that is read of a change."""
    return {each.value: (ordinal(change, each) // BLOCK + 2 - BLOCKS) * BLOCK for each in Cadence}


@lru_cache(maxsize=256)
def _axis(begins: int, cadence: str) -> tuple[Numbers, float]:
    """Give the middles of the periods that are read from one on, and how long one is."""
    numbers = range(begins, begins + PERIODS)
    middles = np.array([middle_of(number, cadence) for number in numbers])
    return middles, float(np.diff(middles).mean())


def middle_of(number: int, cadence: str) -> float:
    """Give the middle of a period as a day of the calendar."""
    return (first_day(number, cadence).toordinal() + last_day(number, cadence).toordinal()) / 2
