"""Readings of an import, set aside before anybody has to wait: they come in all at once from there.

They stand in temporary tables, which nobody else sees, and which end with the connection.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    Column,
    Connection,
    Date,
    Float,
    Integer,
    MetaData,
    Table,
    Text,
    delete,
    exists,
    select,
)
from sqlalchemy.schema import CreateTable

from analytics.periods import first_day, ordinal
from data.core.as_of import any_of, table
from data.core.bulk_insert import Columns, Selected, insert_columns, json_of_rows
from data.core.unit_of_work import UnitOfWork
from data.exchange.readings_columns import ReadingColumns
from models import Cadence, Key, Moment, Reading

ROWS_AT_ONCE = 20_000
CADENCES = 8
"""More than there are."""

Counts = NDArray[np.int64]
Places = Mapping[int, tuple[int, int]]
"""The key of the KPI that each place means, and the number of its cadence."""

_aside = MetaData()


def _table(name: str, key: str, *columns: Column[Any]) -> Table:
    number = Column(key, Key, primary_key=True, autoincrement=False)
    said = Column("said", Text)
    return Table(f"staged_{name}", _aside, number, *columns, said, prefixes=["TEMPORARY"])


_reading = _table(
    "reading",
    "number",
    Column("place", Key),
    Column("day", Key),
    Column("person", Key),
    Column("value", Float),
    Column("note", Text),
)
_place = _table("place", "place", Column("kpi_id", Key), Column("cadence", Integer))
_day = _table("day", "day", Column("period", Date), Column("known_at", Moment))
_person = _table("person", "person", Column("recorded_by_id", Key))

_joined = (
    _reading.join(_place, _place.c.place == _reading.c.place)
    .join(_day, _day.c.day == _reading.c.day * CADENCES + _place.c.cadence)
    .join(_person, _person.c.person == _reading.c.person)
)
_parts = (_place, _day, _person, _reading)

_stored, _other = table("reading").alias("stored"), table("reading").alias("other")
ALIKE = (
    select(_reading.c.number)
    .select_from(
        _reading.join(_place, _place.c.place == _reading.c.place)
        .join(_day, _day.c.day == _reading.c.day * CADENCES + _place.c.cadence)
        .join(_stored, (_stored.c.kpi_id == _place.c.kpi_id) & (_stored.c.period == _day.c.period))
    )
    .where(
        _stored.c.value == _reading.c.value,
        _stored.c.withdraws_id.is_(None),
        ~exists().where(
            _other.c.kpi_id == _stored.c.kpi_id,
            _other.c.period == _stored.c.period,
            _other.c.id != _stored.c.id,
        ),
    )
)
"""The staged readings of which a single one stands for their period, and has their value."""

LEFT_OUT = delete(_reading).where(_reading.c.number.in_(any_of("keys")))


def stage(connection: Connection, rows: ReadingColumns, tell: Callable[[float], None]) -> None:
    """Set the history among readings aside, each by the number of its row."""
    for part in _parts:
        connection.execute(CreateTable(part, if_not_exists=True))
        connection.execute(delete(part))
    history = np.flatnonzero([moment is None for moment in rows.recorded_at])
    for start in range(0, len(history), ROWS_AT_ONCE):
        tell(start / len(rows))
        _stage(connection, rows, history[start : start + ROWS_AT_ONCE])


def _stage(connection: Connection, rows: ReadingColumns, at: Counts) -> None:
    values, notes = rows.value[at].tolist(), [rows.note[each] for each in at.tolist()]
    said = json_of_rows({"value": values, "note": notes})
    columns = {
        "number": at.tolist(),
        "place": rows.place[at].tolist(),
        "day": [rows.date[each].toordinal() for each in at.tolist()],
        "person": rows.person[at].tolist(),
        "value": values,
        "note": notes,
        "said": [text[1:] for text in said],
    }
    insert_columns(connection, _reading, columns, ready=columns.keys())


def said_alike(
    connection: Connection, places: Places, periods: Mapping[int, date], *, with_notes: bool
) -> Counts:
    """Give the numbers of the staged readings that say what stands alone for their period.

    `periods` are by the day and the number of a cadence; notes are compared `with_notes`.
    """
    _name(connection, _place, ("kpi_id", "cadence"), places)
    _name(connection, _day, ("period",), {key: (period,) for key, period in periods.items()})
    query = ALIKE.where(_stored.c.note == _reading.c.note) if with_notes else ALIKE
    found = [
        np.fromiter((number for (number,) in some), np.int64, len(some))
        for some in connection.execute(query).partitions(ROWS_AT_ONCE)
    ]
    for part in (_place, _day):
        connection.execute(delete(part))
    return np.concatenate(found) if found else np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Meant:
    """What is meant by the places, the days and the people that staged readings name.

    `days` have the period and from when its reading counts as known, by the day and the number of
    a cadence.
    """

    places: Places
    days: Mapping[int, tuple[date, datetime]]
    people: Mapping[int, int | None]


@cache
def cadence_number(cadence: str) -> int:
    """Give the number of a cadence."""
    return list(Cadence).index(Cadence(cadence))


def cadence_of(key: int) -> Cadence:
    """Give the cadence of a day's key."""
    return list(Cadence)[key % CADENCES]


def day_key(day: int | Counts, cadence: int | Counts) -> Any:
    """Give one number for the ordinal of a day and the number of a cadence."""
    return day * CADENCES + cadence


def periods_of(rows: ReadingColumns, places: Places, days: Counts) -> dict[int, date]:
    """Give the period that each day of a cadence falls in, of rows whose places are meant.

    `days` are those of the rows.
    """
    cadences = np.full(len(rows.places), -1)
    cadences[list(places)] = [cadence for _, cadence in places.values()]
    of_row = cadences[rows.place]
    keys = np.unique(day_key(days, of_row)[of_row >= 0]).tolist()
    return {key: _period(date.fromordinal(key // CADENCES), cadence_of(key)) for key in keys}


def _period(day: date, cadence: Cadence) -> date:
    return first_day(ordinal(day, cadence), cadence)


def publish(
    work: UnitOfWork,
    meant: Meant,
    left_out: Counts,
    last: int,
    told: Columns,
    tell: Callable[[float], None],
) -> None:
    """Add the staged readings of the places that are meant, but some of those; `last` is the last.

    `told` are as many of them as followers need.
    """
    for start in range(0, len(left_out), ROWS_AT_ONCE):
        some = left_out[start : start + ROWS_AT_ONCE].tolist()
        work.connection.execute(LEFT_OUT, {"keys": some})
    _name(work.connection, _place, ("kpi_id", "cadence"), meant.places)
    _name(work.connection, _day, ("period", "known_at"), meant.days)
    people = {person: (key,) for person, key in meant.people.items()}
    _name(work.connection, _person, ("recorded_by_id",), people)
    work.add_selected(Reading, _selected(last), told, tell)


def _name(
    connection: Connection,
    table: Table,
    names: Sequence[str],
    cells: Mapping[int, tuple[Any, ...]],
) -> None:
    """Keep what is meant by numbers, with what the log says of it."""
    columns: dict[str, Sequence[Any]] = {
        name: [each[at] for each in cells.values()] for at, name in enumerate(names)
    }
    logged = {
        name: [cell.isoformat() if isinstance(cell, date) else cell for cell in column]
        for name, column in columns.items()
        if name in Reading.model_fields
    }
    said = [f"{text[1:-1]}, " for text in json_of_rows(logged)]
    (key,) = table.primary_key.columns
    insert_columns(connection, table, {key.name: list(cells), **columns, "said": said})


def _selected(last: int) -> Selected:
    cells = {
        column.name: column
        for part in _parts
        for column in part.c
        if column.name in Reading.model_fields
    }
    said = _place.c.said + _day.c.said + _person.c.said + _reading.c.said
    return Selected(_joined, _reading.c.number, last, cells, {"imported": True}, said)
