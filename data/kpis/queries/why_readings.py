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
    kpi_ids = sorted(cadences)
    first, middles, lengths = _axes(change)
    until = {each: first_day(number + PERIODS - 1, each) for each, number in first.items()}
    at = {
        "kpis": kpi_ids,
        "moment": moment,
        **{f"since_{each}": first_day(number, each) for each, number in first.items()},
        **{f"until_{each}": day for each, day in until.items()},
    }
    values = np.full((len(kpi_ids), PERIODS), np.nan)
    rows = {kpi_id: number for number, kpi_id in enumerate(kpi_ids)}
    of_row = tuple(cadences[kpi_id] for kpi_id in kpi_ids)
    if found := columns(connection.execute(AROUND, at)):
        _fill(values, found, rows, of_row, first)
    return Surroundings(rows, of_row, values, first, middles, lengths)


def _fill(
    values: Numbers,
    found: Sequence[Sequence[Any]],
    rows: Mapping[int, int],
    cadences: Sequence[str],
    first: Mapping[str, int],
) -> None:
    """Put each reading in its place; corrections come after what they correct."""
    row, number, value, _ = numbered(found, rows, cadences)
    start = np.array([first[cadence] for cadence in cadences])
    values[row, number - start[row]] = value


@lru_cache(maxsize=64)
def _axes(change: date) -> tuple[dict[str, int], dict[str, Numbers], dict[str, float]]:
    """Give for each cadence its first period, the middles of all, and how long one is."""
    first, middles, lengths = {}, {}, {}
    for each in Cadence:
        begins = (ordinal(change, each) // BLOCK + 2 - BLOCKS) * BLOCK
        numbers = range(begins, begins + PERIODS)
        middles[each.value] = np.array([middle_of(number, each) for number in numbers])
        first[each.value] = begins
        lengths[each.value] = float(np.diff(middles[each.value]).mean())
    return first, middles, lengths


def middle_of(number: int, cadence: str) -> float:
    """Give the middle of a period as a day of the calendar."""
    return (first_day(number, cadence).toordinal() + last_day(number, cadence).toordinal()) / 2
