"""The readings of many KPIs as arrays, and what people said of them that changes a signal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Date, String, bindparam, select, type_coerce

from analytics.periods import ordinal, ordinals
from data.core.arrays import columns_by_key
from data.core.as_of import any_of, oldest_first, table
from data.kpis.signals.dismissals import MADE, with_commands
from models import EPOCH, MICROSECOND, DecisionKind

READINGS_AT_ONCE = 300_000

NEVER = 2**62
"""A moment that does not come."""

_decision, _reading = table("decision"), table("reading")

# NumPy reads days and moments as the driver gives them.
READINGS = (
    select(
        _reading.c.kpi_id,
        type_coerce(_reading.c.period, String),
        _reading.c.value,
        type_coerce(_reading.c.known_at, String),
        _reading.c.version,
    )
    .where(
        _reading.c.kpi_id.in_(any_of("kpis")),
        _reading.c.period >= bindparam("since", type_=Date),
    )
    .order_by(_reading.c.kpi_id, _reading.c.period, *oldest_first(_reading.c))
)
"""The readings of KPIs from a day on with what they took the place of."""

DECISIONS = with_commands(
    select(
        _decision.c.kpi_id,
        _decision.c.date,
        _decision.c.decision,
        _decision.c.known_at,
        _decision.c.withdrawn_at,
        MADE,
    ).where(
        _decision.c.kpi_id.in_(any_of("kpis")),
        _decision.c.decision.in_([DecisionKind.REBASE.value, DecisionKind.DISMISS.value]),
    )
)


class Decided(NamedTuple):
    """What was said of a period, from when until when it holds, and the version it was said in."""

    number: int
    begins: int
    ends: int
    version: int


@dataclass(frozen=True, slots=True)
class Decisions:
    """The new normals and the dismissals of KPIs, by key."""

    rebased: Mapping[int, Sequence[Decided]] = field(default_factory=dict)
    dismissed: Mapping[int, Sequence[Decided]] = field(default_factory=dict)

    def of(self, kpi_id: int, first: int = 0) -> KpiDecisions:
        """Give what was said of a KPI's periods from a number on."""
        return KpiDecisions(
            [each for each in self.rebased.get(kpi_id, ()) if each.number >= first],
            [each for each in self.dismissed.get(kpi_id, ()) if each.number >= first],
        )


class KpiDecisions(NamedTuple):
    """The new normals and the dismissals of a KPI."""

    rebased: Sequence[Decided] = ()
    dismissed: Sequence[Decided] = ()


class KpiReadings(NamedTuple):
    """All readings of a KPI in the order in which they were known: each array (readings,).

    `number` is the period's, `value` NaN where a reading was taken back, `known` the moment in
    microseconds, `version` that of the data.
    """

    kpi_id: int
    number: NDArray[np.int64]
    value: NDArray[np.float64]
    known: NDArray[np.int64]
    version: NDArray[np.int64]

    def since(self, first: int) -> KpiReadings:
        """Give those of the periods from a number on."""
        here = self.number >= first
        columns = self.number[here], self.value[here], self.known[here], self.version[here]
        return KpiReadings(self.kpi_id, *columns)


def decisions_of(connection: Connection, cadences: Mapping[int, str]) -> Decisions:
    """Read what was said of KPIs, given by key with their cadence: one statement."""
    rebased: dict[int, list[Decided]] = defaultdict(list)
    dismissed: dict[int, list[Decided]] = defaultdict(list)
    for row in connection.execute(DECISIONS, {"kpis": list(cadences)}):
        ends = NEVER if row.withdrawn_at is None else microseconds(row.withdrawn_at)
        number = ordinal(row.date, cadences[row.kpi_id])
        kind = rebased if row.decision == DecisionKind.REBASE else dismissed
        kind[row.kpi_id].append(Decided(number, microseconds(row.known_at), ends, row.made))
    return Decisions(rebased, dismissed)


def readings_of(
    connection: Connection, cadences: Mapping[int, str], since: date
) -> Iterator[list[KpiReadings]]:
    """Read the readings of KPIs, given by key with their cadence: one statement.

    They come some KPIs at a time, all from the period of a day on.
    """
    found = connection.execute(READINGS, {"kpis": sorted(cadences), "since": since})
    # A loop would hold all rows until the arrays that come of them were done with.
    yield from map(partial(_by_kpi, cadences), columns_by_key(found, READINGS_AT_ONCE))


def _by_kpi(cadences: Mapping[int, str], columns: Sequence[list[Any]]) -> list[KpiReadings]:
    kpi_ids, first = np.unique(np.array(columns[0]), return_index=True)
    days, values = np.array(columns[1], "datetime64[D]"), np.array(columns[2], np.float64)
    known, versions = _moments(columns[3]), np.array(columns[4], np.int64)
    found = []
    for kpi_id, start, end in zip(
        kpi_ids.tolist(), first.tolist(), [*first[1:].tolist(), len(days)], strict=True
    ):
        # Of what was known at one moment the readings of a period stay in their order.
        order = start + np.argsort(known[start:end], kind="stable")
        numbers = ordinals(days[order], cadences[kpi_id])
        found.append(KpiReadings(kpi_id, numbers, values[order], known[order], versions[order]))
    return found


def _moments(raw: Sequence[Any]) -> NDArray[np.int64]:
    """Read moments as a driver gives them: SQLite as text in UTC, PostgreSQL with their zone."""
    if raw and isinstance(raw[0], str):
        return np.array(raw, "datetime64[us]").astype(np.int64)
    return np.array([microseconds(moment) for moment in raw], np.int64)


def microseconds(moment: datetime) -> int:
    """Give a moment as a whole number."""
    return (moment - EPOCH) // MICROSECOND


def instant(known: float) -> datetime:
    """Give the moment of a whole number."""
    return EPOCH + int(known) * MICROSECOND
