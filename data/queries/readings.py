"""Readings of many KPIs at once: rows from the database become one array."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    Connection,
    Date,
    Select,
    String,
    and_,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
)

from analytics.periods import first_day, ordinal, ordinals
from data.columns import columns
from data.queries.dismissals import Dismissed
from data.queries.statements import MOMENT, any_of, table
from models import BEGINNING

PERIODS = 52
"""How many readings back the natural limits look."""

_kpi, _reading = table("kpi"), table("reading")
_latest, _later, _far = _reading.alias(), _reading.alias(), _reading.alias()

# A period of which the reading was taken back or dismissed has none.
TAKEN_BACK = exists().where(
    _later.c.kpi_id == _latest.c.kpi_id,
    _later.c.period == _latest.c.period,
    or_(_later.c.value.is_(None), _later.c.id.in_(any_of("dismissed"))),
    _later.c.known_at <= MOMENT,
    or_(
        _later.c.known_at > _latest.c.known_at,
        and_(_later.c.known_at == _latest.c.known_at, _later.c.id >= _latest.c.id),
    ),
)
LATEST = (
    select(_kpi.c.id, _reading.c.period, _reading.c.value)
    .select_from(_kpi)
    .join(
        _reading,
        _reading.c.id
        == select(_latest.c.id)
        .where(_latest.c.kpi_id == _kpi.c.id, _latest.c.known_at <= MOMENT, ~TAKEN_BACK)
        .order_by(_latest.c.period.desc(), _latest.c.known_at.desc(), _latest.c.id.desc())
        .limit(1)
        .correlate(_kpi)
        .scalar_subquery(),
    )
    .where(_kpi.c.id.in_(any_of("kpis")))
)
"""The latest reading of each KPI, by index."""


def _from(beginning: Select[Any]) -> Select[Any]:
    """Select the readings of each KPI from a period on, with what they took the place of."""
    first = beginning.limit(1).correlate(_kpi).scalar_subquery()
    mine = and_(
        _reading.c.kpi_id == _kpi.c.id,
        _reading.c.known_at <= MOMENT,
        _reading.c.period >= func.coalesce(first, literal(BEGINNING, Date)),
    )
    # NumPy reads days as the driver gives them, text or dates, at a tenth of what SQLAlchemy takes.
    return (
        select(_kpi.c.id, type_coerce(_reading.c.period, String), _reading.c.value)
        .select_from(_kpi)
        .join(_reading, mine)
        .where(_kpi.c.id.in_(any_of("kpis")))
        .order_by(_kpi.c.id, _reading.c.period, _reading.c.known_at, _reading.c.id)
    )


WINDOW = _from(
    select(_far.c.period)
    .distinct()
    .where(_far.c.kpi_id == _kpi.c.id, _far.c.known_at <= MOMENT)
    .order_by(_far.c.period.desc())
    .offset(PERIODS - 1)
)
"""The last readings of each KPI, oldest first."""

SINCE = _from(
    select(_latest.c.period)
    .where(
        _latest.c.kpi_id == _kpi.c.id,
        _latest.c.period <= bindparam("since", type_=Date),
        _latest.c.known_at <= MOMENT,
        ~TAKEN_BACK,
    )
    .order_by(_latest.c.period.desc(), _latest.c.known_at.desc(), _latest.c.id.desc())
)
"""The readings of each KPI from the one that stood on a day, oldest first."""


@dataclass(frozen=True, slots=True)
class Readings:
    """The last readings of KPIs: `values` (kpis, periods), NaN where one is missing or dismissed.

    The last column is each KPI's own latest period, `latest` its first day, None without any.
    `dismissed` tells in the same shape where the reading was dismissed.
    """

    rows: Mapping[int, int]
    values: NDArray[np.float64]
    latest: tuple[date | None, ...]
    dismissed: NDArray[np.bool_]


def latest_readings(
    connection: Connection,
    kpi_ids: Sequence[int],
    moment: datetime,
    dismissed: Collection[int] = (),
) -> dict[int, tuple[date, float | None]]:
    """Give each KPI's latest known period and value: one statement, whatever their number.

    `dismissed` are the keys of readings that do not count.
    """
    at = {"kpis": kpi_ids, "moment": moment, "dismissed": list(dismissed)}
    found = connection.execute(LATEST, at)
    return {kpi_id: (period, value) for kpi_id, period, value in found}


def last_readings(
    connection: Connection,
    cadences: Mapping[int, str],
    moment: datetime,
    dismissed: Mapping[int, Collection[date]],
) -> Readings:
    """Give the last readings of KPIs, by key with their cadence: one statement.

    `dismissed` are the periods of which the reading does not count, by key.
    """
    found = connection.execute(WINDOW, {"kpis": sorted(cadences), "moment": moment})
    return _readings(columns(found), cadences, dismissed)


def readings_since(
    connection: Connection,
    cadences: Mapping[int, str],
    since: date,
    moment: datetime,
    dismissed: Dismissed,
) -> Readings:
    """Give the last readings of KPIs from those that stood on a day on: one statement."""
    at = {"kpis": sorted(cadences), "since": since, "moment": moment}
    found = connection.execute(SINCE, {**at, "dismissed": list(dismissed.reading_ids)})
    return _readings(columns(found), cadences, dismissed.periods)


def _readings(
    found: Sequence[Sequence[Any]],
    cadences: Mapping[int, str],
    dismissed: Mapping[int, Collection[date]],
) -> Readings:
    kpi_ids = sorted(cadences)
    rows = {kpi_id: number for number, kpi_id in enumerate(kpi_ids)}
    of_row = [cadences[kpi_id] for kpi_id in kpi_ids]
    if not found:
        nothing = np.full((len(kpi_ids), PERIODS), np.nan)
        return Readings(rows, nothing, (None,) * len(kpi_ids), np.zeros(nothing.shape, bool))
    row, number, value = _numbers(found, rows, of_row)
    said = [
        (rows[kpi_id], ordinal(period, cadences[kpi_id]))
        for kpi_id, periods in dismissed.items()
        if kpi_id in rows
        for period in periods
    ]
    refused = np.array(said, np.int64).reshape(-1, 2)
    return _arranged(rows, row, number, value, of_row, refused)


def _numbers(
    found: Sequence[Sequence[Any]], rows: Mapping[int, int], cadences: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Give for each reading its KPI's row, its period's number, and its value."""
    kpi_ids, periods, values = found
    row = np.fromiter(map(rows.__getitem__, kpi_ids), np.int64, len(kpi_ids))
    days = np.array(periods, "datetime64[D]")
    number = np.empty(len(days), np.int64)
    of_row = np.array(cadences)[row]
    for cadence in set(cadences):
        mine = of_row == cadence
        number[mine] = ordinals(days[mine], cadence)
    return row, number, np.array(values, np.float64)


def _arranged(
    rows: Mapping[int, int],
    row: NDArray[np.int64],
    number: NDArray[np.int64],
    value: NDArray[np.float64],
    cadences: Sequence[str],
    refused: NDArray[np.int64],
) -> Readings:
    """Put each reading in its KPI's row, the latest that counts in the last column.

    `refused`, (readings, 2), are the row and period of each that was dismissed.
    """
    values = np.full((len(rows), PERIODS), np.nan)
    dismissed = np.zeros(values.shape, bool)
    latest = np.full(len(values), -1)
    # Corrections come after what they correct, so the last one written is the one that counts.
    current = np.r_[(row[1:] != row[:-1]) | (number[1:] != number[:-1]), True]
    kept = current & ~np.isnan(value) & ~np.isin(_key(row, number), _key(*refused.T))
    np.maximum.at(latest, row[kept], number[kept])
    column = PERIODS - 1 - (latest[row] - number)
    inside = kept & (column >= 0)
    values[row[inside], column[inside]] = value[inside]
    for at, period in refused.tolist():
        if 0 <= (back := latest[at] - period) < PERIODS:
            dismissed[at, PERIODS - 1 - back] = True
    return Readings(
        rows,
        values,
        tuple(
            first_day(int(last), cadence) if last >= 0 else None
            for last, cadence in zip(latest, cadences, strict=True)
        ),
        dismissed,
    )


def _key(row: NDArray[np.int64], number: NDArray[np.int64]) -> NDArray[np.int64]:
    return row * 2**32 + number
