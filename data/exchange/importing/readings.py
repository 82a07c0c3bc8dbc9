"""Readings of an import: those that are the first of their period at once, others one by one."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import exists, select

from analytics.periods import first_day, last_day, ordinal
from data.core.arrays import key_of
from data.core.as_of import any_of, table
from data.exchange.importing.batch import Batch, live_rows
from data.exchange.importing.import_facts import (
    FactKey,
    Progress,
    append,
    has_begun,
    when_known,
)
from data.exchange.importing.lookup import kpi_of_row, person_of
from data.exchange.readings_columns import ReadingColumns, as_columns, is_single
from models import Kpi, Reading

FILE = "readings"
ROWS_AT_ONCE = 20_000

Counts = NDArray[np.int64]

_kpi, _reading = table("kpi"), table("reading")

READ = select(_kpi.c.id).where(
    _kpi.c.id.in_(any_of("kpis")), exists().where(_reading.c.kpi_id == _kpi.c.id)
)
"""The KPIs of which anything was ever read."""


def import_readings(batch: Batch, progress: Progress) -> None:
    """Bring in the readings, each for the period that its date falls in."""
    _Readings(batch, as_columns(batch.tables.readings), partial(progress, FILE)).bring_in()


class _Readings:
    """The readings of an import, each with its KPI and the number of its period.

    `kpi` is 0 where nobody knows the KPI, or the day has not begun.
    """

    def __init__(
        self, batch: Batch, rows: ReadingColumns, progress: Callable[[float], None]
    ) -> None:
        self.batch, self.rows, self.progress = batch, rows, progress
        self.cadences = {row.id: str(row.cadence) for row in live_rows(batch, Kpi)}
        kpi_ids, is_ahead = self._kpi_ids()
        cadences = [self.cadences.get(kpi_id, "daily") for kpi_id in kpi_ids]
        self.number = rows.numbers(cadences)
        self.kpi = np.where(is_ahead, 0, np.array(kpi_ids, np.int64)[rows.place])

    def bring_in(self) -> None:
        """Add what is new, and what corrects what stands."""
        known = when_known(self.batch, self._last_day)
        is_first = self._is_first()
        firsts = np.flatnonzero(is_first)
        for start in range(0, len(firsts), ROWS_AT_ONCE):
            self.progress(start / len(self.rows))
            self._add(firsts[start : start + ROWS_AT_ONCE], known)
        others = np.flatnonzero(~is_first & (self.kpi > 0))
        done = len(firsts)
        for some in self._by_kpi(others):
            self.progress(done / len(self.rows))
            append(self.batch, FILE, self._groups(some), known, lambda _share: None)
            done += len(some)

    def _kpi_ids(self) -> tuple[list[int], NDArray[np.bool_]]:
        """Give the key of each place's KPI, 0 for none, and which rows are of days ahead.

        What is wrong is reported in the order of the rows.
        """
        rows = self.rows
        is_ahead = rows.days() > np.datetime64(self.batch.work.today)
        _, first = np.unique(rows.place, return_index=True)
        kpi_ids = [0] * len(rows.places)
        named: set[int] = set()
        asked = sorted({*first.tolist(), *np.flatnonzero(is_ahead).tolist()})
        for row, place in zip(rows.rows(asked), rows.place[asked].tolist(), strict=True):
            if place not in named:
                named.add(place)
                kpi_ids[place] = kpi_of_row(self.batch, FILE, row) or 0
            if kpi_ids[place]:
                has_begun(self.batch, FILE, row)
        return kpi_ids, is_ahead

    def _last_day(self, key: FactKey) -> date:
        kpi_id, period = key
        cadence = self.cadences[kpi_id]
        return _last_day_of(period, cadence)

    def _is_first(self) -> NDArray[np.bool_]:
        """Tell which rows are history of periods of which nothing else is said, here or there."""
        kpi_ids = np.unique(self.kpi).tolist()
        found = self.batch.work.connection.execute(READ, {"kpis": kpi_ids})
        is_new = ~np.isin(self.kpi, [0, *found.scalars()])
        is_history = np.array([moment is None for moment in self.rows.recorded_at], np.bool_)
        return is_new & is_history & is_single(key_of(self.kpi, self.number))

    def _add(self, places: Counts, known: Callable[[FactKey], datetime]) -> None:
        rows, at = self.rows, places.tolist()
        kpi_ids = self.kpi[places].tolist()
        periods = [
            _first_day(number, self.cadences[kpi_id])
            for kpi_id, number in zip(kpi_ids, self.number[places].tolist(), strict=True)
        ]
        keys = zip(kpi_ids, periods, strict=True)
        columns = {
            "kpi_id": kpi_ids,
            "period": periods,
            "value": rows.value[places].tolist(),
            "note": [rows.note[each] for each in at],
            "recorded_at": [None] * len(at),
            "recorded_by_id": self._people(at),
            "imported": [True] * len(at),
            "known_at": list(map(known, keys)),
        }
        self.batch.work.add_many(Reading, columns)
        self.batch.count(FILE).new += len(at)
        if self.batch.outcomes is not None:
            self.batch.outcomes.lines[FILE]["new"] += rows.line[places].tolist()

    def _people(self, at: Sequence[int]) -> list[int | None]:
        rows = self.rows
        return [
            person_of(self.batch, FILE, int(rows.line[each]), name) if name else None
            for each in at
            for name in [rows.recorded_by[each]]
        ]

    def _by_kpi(self, places: Counts) -> Iterator[Counts]:
        """Part rows into some at a time, all of a KPI together and in their order."""
        order = places[np.argsort(self.kpi[places], kind="stable")]
        ends = np.flatnonzero(np.diff(self.kpi[order])) + 1
        start = 0
        for end in [*ends.tolist(), len(order)]:
            if end - start >= ROWS_AT_ONCE or end == len(order) > start:
                yield np.sort(order[start:end])
                start = end

    def _groups(self, places: Counts) -> dict[FactKey, list[Any]]:
        groups: dict[FactKey, list[Any]] = defaultdict(list)
        kpi_ids, numbers = self.kpi[places].tolist(), self.number[places].tolist()
        for row, kpi_id, number in zip(
            self.rows.rows(places.tolist()), kpi_ids, numbers, strict=True
        ):
            groups[kpi_id, _first_day(number, self.cadences[kpi_id])].append(row)
        return groups


@cache
def _first_day(number: int, cadence: str) -> date:
    return first_day(number, cadence)


@cache
def _last_day_of(period: date, cadence: str) -> date:
    return last_day(ordinal(period, cadence), cadence)
