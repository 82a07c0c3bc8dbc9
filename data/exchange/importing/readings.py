"""Readings of an import: those that are the first of their period at once, others one by one."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import exists, select

from analytics.periods import first_day, last_day, ordinal
from data.core.arrays import key_of
from data.core.as_of import any_of, table
from data.core.bulk_insert import Columns
from data.exchange.importing.batch import Batch, live_rows
from data.exchange.importing.import_facts import (
    FactKey,
    Progress,
    append,
    has_begun,
    when_over,
)
from data.exchange.importing.lookup import kpi_of_row, person_of
from data.exchange.importing.staged_readings import (
    Meant,
    cadence_number,
    cadence_of,
    periods_of,
    publish,
)
from data.exchange.readings_columns import (
    Place,
    ReadingColumns,
    as_columns,
    is_single,
)
from models import Kpi

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
        self.kpi_ids, is_ahead = self._kpi_ids()
        batch.kpi_ids = frozenset(self.kpi_ids)
        cadences = [self.cadences.get(kpi_id, "daily") for kpi_id in self.kpi_ids]
        self.number = rows.numbers(cadences)
        self.kpi = np.where(is_ahead, 0, np.array(self.kpi_ids, np.int64)[rows.place])
        self.over = when_over(batch)
        self.meant = {
            place: (kpi_id, cadence_number(self.cadences[kpi_id]))
            for place, kpi_id in enumerate(self.kpi_ids)
            if kpi_id
        }

    def bring_in(self) -> None:
        """Add what is new, and what corrects what stands."""
        is_single_here = is_single(key_of(self.kpi, self.number))
        is_same = self._still_stands() & is_single_here
        self._note_same(is_same)
        is_first = self._is_first() & is_single_here
        firsts = np.flatnonzero(is_first)
        if len(firsts):
            self._add(firsts, is_first)
        others = np.flatnonzero(~is_first & ~is_same & (self.kpi > 0))
        done = len(self.rows) - len(others)
        for some in self._by_kpi(others):
            self.progress(done / len(self.rows))
            append(self.batch, FILE, self._groups(some), self._known, lambda _share: None)
            done += len(some)

    def _kpi_ids(self) -> tuple[list[int], NDArray[np.bool_]]:
        """Give the key of each place's KPI, 0 for none, and which rows are of days ahead.

        What is wrong is reported in the order of the rows.
        """
        rows = self.rows
        is_ahead = rows.days() > np.datetime64(self.batch.work.today)
        _, first = np.unique(rows.place, return_index=True)
        kpi_ids: dict[Place, int] = {}
        asked = sorted({*first.tolist(), *np.flatnonzero(is_ahead).tolist()})
        for row, place in zip(rows.rows(asked), rows.place[asked].tolist(), strict=True):
            named = rows.places[place]
            if named not in kpi_ids:
                kpi_ids[named] = kpi_of_row(self.batch, row) or 0
            if kpi_ids[named]:
                has_begun(self.batch, row)
        return [kpi_ids.get(named, 0) for named in rows.places], is_ahead

    def _is_first(self) -> NDArray[np.bool_]:
        """Tell which rows are history of KPIs of which nothing was read."""
        kpi_ids = np.unique(self.kpi).tolist()
        found = self.batch.work.connection.execute(READ, {"kpis": kpi_ids})
        is_new = ~np.isin(self.kpi, [0, *found.scalars()])
        is_history = np.array([moment is None for moment in self.rows.recorded_at], np.bool_)
        return is_new & is_history

    def _still_stands(self) -> NDArray[np.bool_]:
        """Tell which rows say what stands, as it was found before the import took its turn."""
        holds = self.batch.standing.holds
        return holds(self.batch.work.connection, self.rows, self.meant) & (self.kpi > 0)

    def _note_same(self, is_same: NDArray[np.bool_]) -> None:
        self.batch.count(FILE).unchanged += int(is_same.sum())
        if self.batch.outcomes is not None:
            self.batch.outcomes.lines[FILE]["equal"] += self.rows.line[is_same].tolist()

    def _known(self, key: FactKey) -> datetime:
        """Say from when history counts as known."""
        kpi_id, period = key
        return self.over(_last_day_of(period, self.cadences[kpi_id]))

    def _add(self, firsts: Counts, is_first: NDArray[np.bool_]) -> None:
        rows, batch = self.rows, self.batch
        people = self._people(firsts)
        batch.count(FILE).new += len(firsts)
        if batch.outcomes is not None:
            batch.outcomes.lines[FILE]["new"] += rows.line[firsts].tolist()
        if batch.work.dry_run or batch.problems:
            return
        places = {at: self.meant[at] for at in np.unique(rows.place[firsts]).tolist()}
        days = {
            key: (period, self.over(_last_day_of(period, cadence_of(key))))
            for key, period in periods_of(rows, places, rows.ordinals()).items()
        }
        meant = Meant(places, days, people)
        others = np.flatnonzero(~is_first & np.isin(rows.place, list(places)))
        ends = self._ends(firsts)
        publish(batch.work, meant, others, int(firsts[-1]), ends, self._second_half)

    def _second_half(self, share: float) -> None:
        """Say how much has come in of what was set aside: that was the first half."""
        self.progress((1 + share) / 2)

    def _ends(self, firsts: Counts) -> Columns:
        """Give the first and the last reading of each KPI, which is what signals begin with."""
        order = firsts[np.lexsort((self.number[firsts], self.kpi[firsts]))]
        is_other = np.diff(self.kpi[order]) != 0
        ends = order[np.append(True, is_other) | np.append(is_other, True)]
        facts = self._keys(ends)
        return {
            "kpi_id": [kpi_id for kpi_id, _ in facts],
            "period": [period for _, period in facts],
            "known_at": list(map(self._known, facts)),
            "value": self.rows.value[ends].tolist(),
        }

    def _keys(self, places: Counts) -> list[FactKey]:
        kpi_ids, numbers = self.kpi[places].tolist(), self.number[places].tolist()
        return [
            (kpi_id, _first_day(number, self.cadences[kpi_id]))
            for kpi_id, number in zip(kpi_ids, numbers, strict=True)
        ]

    def _people(self, firsts: Counts) -> dict[int, int | None]:
        """Give the keys of who recorded readings, by their numbers; report whom nobody knows."""
        numbers, at = np.unique(self.rows.person[firsts], return_index=True)
        rows = self.rows.rows(firsts[at].tolist())
        return {
            number: person_of(self.batch, row, row.recorded_by)
            for number, row in zip(numbers.tolist(), rows, strict=True)
        }

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
        rows = self.rows.rows(places.tolist())
        for row, key in zip(rows, self._keys(places), strict=True):
            groups[key].append(row)
        return groups


@cache
def _first_day(number: int, cadence: str) -> date:
    return first_day(number, cadence)


@cache
def _last_day_of(period: date, cadence: str) -> date:
    return last_day(ordinal(period, cadence), cadence)
