"""Readings of many KPIs at once: rows from the database become one array."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Select,
    String,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlmodel import col

from analytics.periods import first_day, ordinal, ordinals
from data.core.arrays import columns, is_last, key_of
from data.core.as_of import MOMENT, any_of, known_after, latest_first, oldest_first, table
from data.kpis.signals.dismissals import Dismissed
from models import EARLIEST_DAY, Reading

PERIODS = 52
"""How many readings back the natural limits look."""

BACK = np.arange(PERIODS - 1, -1, -1)
"""How many periods before the latest each column of readings is."""

_kpi, _reading = table("kpi"), table("reading")
_latest, _later, _far = _reading.alias(), _reading.alias(), _reading.alias()

# A period of which the reading was taken back or dismissed has none.
TAKEN_BACK = exists().where(
    _later.c.kpi_id == _latest.c.kpi_id,
    _later.c.period == _latest.c.period,
    or_(_later.c.value.is_(None), _later.c.id.in_(any_of("dismissed"))),
    _later.c.known_at <= MOMENT,
    known_after(_later.c, _latest.c, or_itself=True),
)


def _newest(*counts: ColumnElement[bool]) -> Select[Any]:
    """Select the newest of the readings of each KPI, by index."""
    newest = (
        select(_latest.c.id)
        .where(_latest.c.kpi_id == _kpi.c.id, _latest.c.known_at <= MOMENT, *counts)
        .order_by(_latest.c.period.desc(), *latest_first(_latest.c))
        .limit(1)
        .correlate(_kpi)
        .scalar_subquery()
    )
    return (
        select(_kpi.c.id, _reading.c.period, _reading.c.value, _reading.c.id.label("reading_id"))
        .select_from(_kpi)
        .join(_reading, _reading.c.id == newest)
        .where(_kpi.c.id.in_(any_of("kpis")))
    )


NEWEST = _newest()
"""What was written last of each KPI's latest period."""

LATEST = _newest(~TAKEN_BACK)
"""The latest reading of each KPI that counts."""


def _from(beginning: Select[Any]) -> Select[Any]:
    """Select the readings of each KPI from a period on, with what they took the place of."""
    first = beginning.limit(1).correlate(_kpi).scalar_subquery()
    mine = and_(
        _reading.c.kpi_id == _kpi.c.id,
        _reading.c.known_at <= MOMENT,
        _reading.c.period >= func.coalesce(first, literal(EARLIEST_DAY, Date)),
    )
    # NumPy reads days as the driver gives them, text or dates, at a tenth of what SQLAlchemy takes.
    return (
        select(_kpi.c.id, type_coerce(_reading.c.period, String), _reading.c.value)
        .select_from(_kpi)
        .join(_reading, mine)
        .where(_kpi.c.id.in_(any_of("kpis")))
        .order_by(_kpi.c.id, _reading.c.period, *oldest_first(_reading.c))
    )


_FAR = (
    select(_far.c.period)
    .distinct()
    .where(_far.c.kpi_id == _kpi.c.id, _far.c.known_at <= MOMENT)
    .order_by(_far.c.period.desc())
    .offset(PERIODS - 1)
)

WINDOW = _from(_FAR)
"""The last readings of each KPI, oldest first."""

LONGER_WINDOW = _from(
    _FAR.where(
        _far.c.period
        <= case(
            (_kpi.c.id.in_(any_of("longer")), bindparam("until", type_=Date)),
            else_=literal(date.max, Date),
        )
    )
).add_columns(_reading.c.version)
"""The same with the versions in which they were written; those of some KPIs go on further back:
to where a window would begin whose end is the day `until`."""

SINCE = _from(
    select(_latest.c.period)
    .where(
        _latest.c.kpi_id == _kpi.c.id,
        _latest.c.period <= bindparam("since", type_=Date),
        _latest.c.known_at <= MOMENT,
        ~TAKEN_BACK,
    )
    .order_by(_latest.c.period.desc(), *latest_first(_latest.c))
).add_columns(_reading.c.version)
"""The readings of each KPI from the one that stood on a day, oldest first, with their versions."""


@dataclass(frozen=True, slots=True)
class Written:
    """Readings of KPIs as they were written, oldest first: each array (readings,).

    `row` is the KPI's, of which `rows` tells by key and `cadences` in order; `number` that of
    the period; `refused`, (periods, 2), the row and period of each that was dismissed.
    """

    rows: Mapping[int, int]
    cadences: Sequence[str]
    row: NDArray[np.int64]
    number: NDArray[np.int64]
    value: NDArray[np.float64]
    version: NDArray[np.int64]
    refused: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Readings:
    """The last readings of KPIs: `values` (kpis, periods), NaN where one is missing or dismissed.

    The last column is each KPI's own latest period, `latest` its first day, None without any.
    `dismissed` tells in the same shape where the reading was dismissed, `rows` which row is
    whose.
    """

    rows: Mapping[Any, int]
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

    Another where the newest reading of some was taken back, or is `dismissed` by its key.
    """
    at = {"kpis": kpi_ids, "moment": moment}
    newest = connection.execute(NEWEST, at).all()
    refused = set(dismissed)
    found = {
        kpi_id: (period, value)
        for kpi_id, period, value, key in newest
        if value is not None and key not in refused
    }
    if len(found) < len(newest):
        others = [kpi_id for kpi_id, *_ in newest if kpi_id not in found]
        asked = {**at, "kpis": others, "dismissed": list(refused)}
        counted = connection.execute(LATEST, asked)
        found |= {kpi_id: (period, value) for kpi_id, period, value, _ in counted}
    return found


def last_readings(
    connection: Connection,
    cadences: Mapping[int, str],
    moment: datetime,
    dismissed: Mapping[int, Collection[date]],
) -> Readings:
    """Give the last readings of KPIs, by key with their cadence: one statement.

    `dismissed` are the periods of which the reading does not count, by key.
    """
    return current(written_last(connection, cadences, moment, dismissed))


def written_last(
    connection: Connection,
    cadences: Mapping[int, str],
    moment: datetime,
    dismissed: Mapping[int, Collection[date]],
    longer: Mapping[int, date] | None = None,
) -> Written:
    """Give the last readings of KPIs as they were written: one statement.

    With `longer` also their versions, and of the KPIs in it the last readings up to a day.
    """
    at: dict[str, Any] = {"kpis": sorted(cadences), "moment": moment}
    if longer is None:
        return _written(columns(connection.execute(WINDOW, at)), cadences, dismissed)
    at |= {"longer": list(longer), "until": min(longer.values(), default=date.max)}
    return _written(columns(connection.execute(LONGER_WINDOW, at)), cadences, dismissed)


def written_since(
    connection: Connection,
    cadences: Mapping[int, str],
    since: date,
    moment: datetime,
    dismissed: Dismissed,
) -> Written:
    """Give the readings of KPIs from those that stood on a day on: one statement."""
    at = {"kpis": sorted(cadences), "since": since, "moment": moment}
    found = connection.execute(SINCE, {**at, "dismissed": list(dismissed.reading_ids)})
    return _written(columns(found), cadences, dismissed.periods)


def current(written: Written) -> Readings:
    """Give the last readings of KPIs of all that was written."""
    told = written.row, written.number, written.value
    return arranged(written.rows, *told, written.cadences, written.refused)


def _written(
    found: Sequence[Sequence[Any]],
    cadences: Mapping[int, str],
    dismissed: Mapping[int, Collection[date]],
) -> Written:
    kpi_ids = sorted(cadences)
    rows = {kpi_id: number for number, kpi_id in enumerate(kpi_ids)}
    of_row = [cadences[kpi_id] for kpi_id in kpi_ids]
    row, number, value, version = numbered(found or [[], [], []], rows, of_row)
    said = refused(rows, cadences, dismissed)
    return Written(rows, of_row, row, number, value, version, said)


def refused(
    rows: Mapping[int, int],
    cadences: Mapping[int, str],
    dismissed: Mapping[int, Collection[date]],
) -> NDArray[np.int64]:
    """Give the row and the number of the period of each reading dismissed: (readings, 2)."""
    found = sorted(
        (rows[kpi_id], ordinal(period, cadences[kpi_id]))
        for kpi_id, periods in dismissed.items()
        if kpi_id in rows
        for period in periods
    )
    return np.array(found, np.int64).reshape(-1, 2)


def numbered(
    found: Sequence[Sequence[Any]], rows: Mapping[int, int], cadences: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """Give for each reading its KPI's row, its period's number, its value and its version."""
    kpi_ids, periods, values, *versions = found
    row = np.fromiter(map(rows.__getitem__, kpi_ids), np.int64, len(kpi_ids))
    days = np.array(periods, "datetime64[D]")
    number = np.empty(len(days), np.int64)
    for cadence in set(cadences):
        mine = np.array([each == cadence for each in cadences])[row]
        number[mine] = ordinals(days[mine], cadence)
    version = versions[0] if versions else [0] * len(row)
    return row, number, np.array(values, np.float64), np.array(version, np.int64)


def arranged(
    rows: Mapping[Any, int],
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
    counts = is_last(row, number) & ~np.isin(key_of(row, number), key_of(*refused.T))
    kept = counts & ~np.isnan(value)
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


def with_readings(connection: Connection, kpi_ids: Iterable[int]) -> Sequence[int]:
    """Give those of some KPIs that have readings, whose periods hang on the cadence."""
    read = select(col(Reading.kpi_id)).where(col(Reading.kpi_id).in_(list(kpi_ids)))
    return connection.execute(read.distinct()).scalars().all()
