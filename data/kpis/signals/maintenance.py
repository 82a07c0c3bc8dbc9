"""Keeping signals up to date with what commands write: at once where that is quick.

A reading that follows the latest or corrects it takes one step, some that were corrected of late
go on from a checkpoint. All others are marked, and computed after the commit.
"""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, select

from analytics.periods import ordinal
from data.core.as_of import table
from data.core.bulk_insert import Columns
from data.core.errors import Unreachable
from data.core.followers import Progress
from data.kpis.signals.checkpoints import keep
from data.kpis.signals.incremental import stepped
from data.kpis.signals.pending import compute, mark, marked, slices
from data.kpis.signals.recomputing import recomputed, terms_of
from data.kpis.signals.replay import EVERY
from models import Base, Decision, DecisionKind, Kpi, Reading

KPIS_AT_ONCE = 1_000
FEW = 5
"""So many KPIs go on from a checkpoint within a few milliseconds."""

_decision = table("decision")


@dataclass(slots=True)
class SignalFollower:
    """Brings the signals up to date of the KPIs that a command touches.

    `since` has the moment from which more than a step changes, `earliest` the day of the first
    period of which something was said, `anew` those KPIs that take all readings.
    """

    readings: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    since: dict[int, datetime] = field(default_factory=dict)
    earliest: dict[int, date] = field(default_factory=dict)
    anew: set[int] = field(default_factory=set)

    def added(self, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        """Note readings and decisions that are added."""
        if table is Reading:
            for row in rows:
                if row["kpi_id"] in self.readings:
                    self._change(self.readings[row["kpi_id"]], "period")
                    self._change(row, "period")
                self.readings[row["kpi_id"]] = row
        elif table is Decision:
            for row in rows:
                if row["decision"] in (DecisionKind.REBASE, DecisionKind.DISMISS):
                    self._change(row, "date")

    def added_many(self, table: type[Base], columns: Columns) -> None:
        """Note very many readings: of each KPI the first and the earliest known tell enough."""
        if table is not Reading:
            return
        names = ("kpi_id", "period", "known_at", "value")
        first: dict[int, tuple[Any, ...]] = {}
        known: dict[int, tuple[Any, ...]] = {}
        again: set[int] = set()
        for row in zip(*(columns[name] for name in names), strict=True):
            kpi_id = row[0]
            if kpi_id not in first:
                first[kpi_id] = known[kpi_id] = row
                continue
            again.add(kpi_id)
            if row[1] < first[kpi_id][1]:
                first[kpi_id] = row
            if row[2] < known[kpi_id][2]:
                known[kpi_id] = row
        told = [*first.values(), *(known[kpi_id] for kpi_id in again)]
        self.added(table, [dict(zip(names, row, strict=True)) for row in told])

    def altered(
        self, connection: Connection, table: type[Base], key: int, before: Mapping[str, Any]
    ) -> None:
        """Note the KPI whose signal depends on what was altered."""
        if table is Decision:
            columns = select(_decision.c.kpi_id, _decision.c.decision)
            found = connection.execute(columns.where(_decision.c.id == key)).one()
            if found.decision in (DecisionKind.REBASE, DecisionKind.DISMISS):
                self.anew.add(found.kpi_id)
        elif table is Kpi and before.keys() & {"better", "cadence", "smallest_change"}:
            self.anew.add(key)

    def finish(self, connection: Connection, version: int, at: datetime, zone: ZoneInfo) -> None:
        """Bring the signals of the KPIs that were touched up to date, or mark them."""
        for kpi_id in self.anew:
            self.since[kpi_id] = min(at, self.since.get(kpi_id, at))
        for kpi_ids in slices(sorted(self.readings.keys() - self.since.keys()), KPIS_AT_ONCE):
            news = {kpi_id: self.readings[kpi_id] for kpi_id in kpi_ids}
            for done in stepped(connection, news, zone):
                keep(connection, version, done)
                for kpi_id in done.passed:
                    del news[kpi_id]
            for row in news.values():
                self._change(row, "period")
        if 0 < len(self.since) <= FEW:
            self._go_on(connection, version, at, zone)
        if self.since:
            mark(connection, version, self.since, self.anew)

    def committed(self, engine: Engine, progress: Progress) -> None:
        """Compute what was marked; what cannot be now, a reader or the next start does."""
        with contextlib.suppress(Unreachable):
            compute(
                engine,
                self.since,
                progress=lambda done, total: progress("signals", done / max(total, 1)),
            )

    def _go_on(self, connection: Connection, version: int, at: datetime, zone: ZoneInfo) -> None:
        """Bring those up to date of which nothing changed that is far back.

        They have a checkpoint not far back, or began since.
        """
        terms = terms_of(connection, self.since)
        late = self.anew | marked(connection, self.since).keys()
        near = {
            kpi_id: since
            for kpi_id, since in self.since.items()
            if kpi_id not in late
            and _age(self.earliest[kpi_id], at, terms[kpi_id].cadence) <= EVERY
        }
        if near:
            for done in recomputed(connection, zone, near, terms):
                keep(connection, version, done)
        for kpi_id in near:
            del self.since[kpi_id]

    def _change(self, row: Mapping[str, Any], day: str) -> None:
        kpi_id = row["kpi_id"]
        self.since[kpi_id] = min(row["known_at"], self.since.get(kpi_id, row["known_at"]))
        self.earliest[kpi_id] = min(row[day], self.earliest.get(kpi_id, row[day]))


def _age(day: date, at: datetime, cadence: str) -> int:
    """Count the periods from a day to a moment."""
    return ordinal(at.date(), cadence) - ordinal(day, cadence)
