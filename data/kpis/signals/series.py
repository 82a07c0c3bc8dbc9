"""The readings of many KPIs as arrays, and what people said of them that changes a signal."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, String, and_, select, type_coerce

from analytics.periods import ordinal, ordinals
from data.core.arrays import columns_by_key
from data.core.as_of import MOMENT, any_of, live, oldest_first, table
from data.kpis.signals.dismissals import DISMISSED, is_dismissed, with_readings
from models import DecisionKind

READINGS_AT_ONCE = 200_000

_company, _decision, _reading = table("company"), table("decision"), table("reading")

# NumPy reads days as the driver gives them; of the moments only few are looked at.
READINGS = (
    select(
        _reading.c.kpi_id,
        type_coerce(_reading.c.period, String),
        _reading.c.value,
        type_coerce(_reading.c.known_at, String),
    )
    .where(_reading.c.kpi_id.in_(any_of("kpis")), _reading.c.known_at <= MOMENT)
    .order_by(_reading.c.kpi_id, _reading.c.period, *oldest_first(_reading.c))
)
"""The readings of KPIs with what they took the place of, oldest first."""

DECISIONS = with_readings(
    select(
        _company.c.time_zone,
        _decision.c.kpi_id,
        _decision.c.date,
        _decision.c.decision,
        *DISMISSED,
    )
    .select_from(_company)
    .outerjoin(
        _decision,
        and_(
            _decision.c.kpi_id.in_(any_of("kpis")),
            _decision.c.decision.in_([DecisionKind.REBASE.value, DecisionKind.DISMISS.value]),
            _decision.c.known_at <= MOMENT,
            live(_decision),
        ),
    )
)
"""What was said, a dismissal with the reading of its day; at least one row."""


@dataclass(frozen=True, slots=True)
class Said:
    """What people said of KPIs: numbers of periods by KPI, and the zone of the company's days."""

    zone: ZoneInfo
    rebased: Mapping[int, Sequence[int]] = field(default_factory=dict)
    dismissed: Mapping[int, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Series:
    """Readings of KPIs of one cadence as columns, by KPI, period and when they were known.

    `row` tells the KPI of a reading by its place in `kpi_ids`, `number` its period; `value` is
    NaN where it was taken back; `known` is the moment as the driver gives it.
    """

    cadence: str
    kpi_ids: Sequence[int]
    row: NDArray[np.int64]
    number: NDArray[np.int64]
    value: NDArray[np.float64]
    known: NDArray[np.object_]


def said_of(connection: Connection, cadences: Mapping[int, str], moment: datetime) -> Said:
    """Read what was said of KPIs, given by key with their cadence: one statement."""
    rebased: dict[int, list[int]] = defaultdict(list)
    dismissed: dict[int, list[int]] = defaultdict(list)
    zone = "UTC"
    for row in connection.execute(DECISIONS, {"kpis": list(cadences), "moment": moment}):
        zone = row.time_zone
        if row.kpi_id is None:
            continue
        cadence = cadences[row.kpi_id]
        number = ordinal(row.date, cadence)
        if row.decision == DecisionKind.REBASE:
            rebased[row.kpi_id].append(number)
        elif is_dismissed(row, cadence):
            dismissed[row.kpi_id].append(number)
    return Said(ZoneInfo(zone), rebased, dismissed)


def series_of(
    connection: Connection, cadences: Mapping[int, str], moment: datetime
) -> Iterator[Series]:
    """Read the readings of KPIs, given by key with their cadence: one statement.

    Those of a cadence and about as many readings come together, some at a time.
    """
    found = connection.execute(READINGS, {"kpis": sorted(cadences), "moment": moment})
    for columns in columns_by_key(found, READINGS_AT_ONCE):
        yield from _parted(columns, cadences)


def _parted(columns: Sequence[list[Any]], cadences: Mapping[int, str]) -> Iterator[Series]:
    kpi_ids, counts = np.unique(np.array(columns[0]), return_counts=True)
    alike: dict[tuple[str, int], list[int]] = defaultdict(list)
    for at, (kpi_id, count) in enumerate(zip(kpi_ids.tolist(), counts.tolist(), strict=True)):
        alike[str(cadences[kpi_id]), count.bit_length()].append(at)
    at_of = np.repeat(np.arange(len(kpi_ids)), counts)
    days, known = np.array(columns[1], "datetime64[D]"), np.array(columns[3], object)
    values = np.array(columns[2], np.float64)
    for (cadence, _), places in alike.items():
        row_of = np.full(len(kpi_ids), -1)
        row_of[places] = np.arange(len(places))
        row = row_of[at_of]
        mine = np.flatnonzero(row >= 0)
        yield Series(
            cadence,
            kpi_ids[places].tolist(),
            row[mine],
            ordinals(days[mine], cadence),
            values[mine],
            known[mine],
        )


def instant(raw: Any) -> datetime:
    """Read a moment as a driver gives it: SQLite as text in UTC, PostgreSQL with its zone."""
    moment = datetime.fromisoformat(raw) if isinstance(raw, str) else raw
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
