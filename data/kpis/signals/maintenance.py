"""Keeping signals up to date: one step for the next reading, a replay for everything else."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, delete, exists, insert, select

from data.core.as_of import any_of, known_after, table
from data.core.database import snapshot, writer
from data.kpis.signals.incremental import stepped
from data.kpis.signals.replay import replay_of
from models import Base, Decision, DecisionKind, Kpi, KpiSignal, Reading

ALWAYS = datetime(9999, 12, 30, tzinfo=UTC)
KPIS_AT_ONCE = 1_000
COMPLETED_AT_ONCE = 200
"""So many KPIs of an older database are done at a time: others may write in between."""

Progress = Callable[[int, int], None]

_kpi, _reading, _signal = map(table, ("kpi", "reading", "kpi_signal"))
_decision = table("decision")
_later = _reading.alias()

_TERMS = (_kpi.c.id, _kpi.c.cadence, _kpi.c.better, _kpi.c.smallest_change)

KPIS = select(*_TERMS).where(_kpi.c.id.in_(any_of("kpis")))

MISSING = select(*_TERMS).where(
    ~exists().where(_signal.c.kpi_id == _kpi.c.id),
    exists().where(
        _reading.c.kpi_id == _kpi.c.id,
        _reading.c.value.is_not(None),
        ~exists().where(
            _later.c.kpi_id == _reading.c.kpi_id,
            _later.c.period == _reading.c.period,
            _later.c.value.is_(None),
            known_after(_later.c, _reading.c),
        ),
    ),
)
"""KPIs that have a reading and no signal."""


@dataclass(slots=True)
class SignalFollower:
    """Brings the signals up to date of the KPIs that a command touches.

    Those with one reading more take one step, all others are replayed.
    """

    readings: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    others: set[int] = field(default_factory=set)

    def added(self, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        """Note readings and decisions that are added."""
        if table is Reading:
            self._read(rows)
        elif table is Decision:
            self._decided(rows)

    def altered(
        self, connection: Connection, table: type[Base], key: int, before: Mapping[str, Any]
    ) -> None:
        """Note the KPI whose signal depends on what was altered."""
        if table is Decision:
            columns = select(_decision.c.kpi_id, _decision.c.decision)
            found = connection.execute(columns.where(_decision.c.id == key))
            self._decided([row._asdict() for row in found])
        elif table is Kpi and before.keys() & {"better", "cadence", "smallest_change"}:
            self.others.add(key)

    def finish(self, connection: Connection, version: int, zone: ZoneInfo) -> None:
        """Bring the signals of the KPIs that were touched up to date."""
        single = sorted(self.readings.keys() - self.others)
        anew = sorted(self.others)
        for kpi_ids in _slices(single, KPIS_AT_ONCE):
            news = {kpi_id: self.readings[kpi_id] for kpi_id in kpi_ids}
            rows = list(stepped(connection, news, zone))
            _keep(connection, version, [row["kpi_id"] for row in rows], rows)
            anew += sorted(news.keys() - {row["kpi_id"] for row in rows})
        for kpi_ids in _slices(anew, KPIS_AT_ONCE):
            _replay(connection, version, kpi_ids)

    def _read(self, rows: Sequence[Mapping[str, Any]]) -> None:
        for row in rows:
            kpi_id = row["kpi_id"]
            if kpi_id in self.readings:
                self.others.add(kpi_id)
            self.readings[kpi_id] = row

    def _decided(self, rows: Sequence[Mapping[str, Any]]) -> None:
        kinds = (DecisionKind.REBASE, DecisionKind.DISMISS)
        self.others |= {row["kpi_id"] for row in rows if row["decision"] in kinds}


def complete(engine: Engine, *, progress: Progress = lambda _done, _total: None) -> None:
    """Compute the signals of KPIs that have readings and none: those of an older database.

    Some at a time, and for good: what is interrupted goes on from there at the next start.
    `progress` is told how many KPIs are done, and of how many.
    """
    with snapshot(engine) as connection:
        missing = sorted(row.id for row in connection.execute(MISSING))
    done = 0
    for kpi_ids in _slices(missing, COMPLETED_AT_ONCE):
        progress(done, len(missing))
        with writer(engine) as (connection, version):
            _replay(connection, version, _still_missing(connection, kpi_ids))
        done += len(kpi_ids)
    if missing:
        progress(done, len(missing))


def _still_missing(connection: Connection, kpi_ids: Sequence[int]) -> list[int]:
    # Another program that has started meanwhile does the same.
    mine = MISSING.where(_kpi.c.id.in_(any_of("kpis")))
    return [row.id for row in connection.execute(mine, {"kpis": kpi_ids})]


def _replay(connection: Connection, version: int, kpi_ids: Sequence[int]) -> None:
    kpis = connection.execute(KPIS, {"kpis": kpi_ids}).all()
    rows = [row for found in replay_of(connection, kpis, ALWAYS) for row in found]
    _keep(connection, version, kpi_ids, rows)


def _keep(
    connection: Connection, version: int, kpi_ids: Sequence[int], rows: Sequence[dict[str, Any]]
) -> None:
    if kpi_ids:
        connection.execute(delete(_signal).where(_signal.c.kpi_id.in_(kpi_ids)))
    if rows:
        connection.execute(insert(KpiSignal), [{**row, "version": version} for row in rows])


def _slices(kpi_ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(kpi_ids), size):
        yield kpi_ids[start : start + size]
