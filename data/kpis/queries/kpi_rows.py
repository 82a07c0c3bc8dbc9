"""What is read of KPIs as of a moment: of those of which nothing changed, what was read before."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from data.actions.queries import actions_of
from data.actions.views import ActionView
from data.kpis.queries.changed import Changed, KeptRead, KeptRows
from data.kpis.queries.readings import Written, latest_readings, refused, written_last
from data.kpis.queries.signals import (
    KnownSignals,
    SaidAbout,
    said_of,
    signals_of,
    what_was_said,
)
from data.kpis.views.signals import SignalView

MOST = 64
"""So many lists of KPIs at most, as of some day, are kept of each kind, with all readings shown."""

Series = tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]
"""The numbers of the periods, the values and the versions of what was written of a KPI."""

NOTHING: Series = np.empty(0, np.int64), np.empty(0), np.empty(0, np.int64)

_signals: KeptRows[tuple[SignalView | None, bool]] = KeptRows(MOST)
_said: KeptRows[Sequence[Any]] = KeptRows(MOST)
_actions: KeptRead[Mapping[int, Sequence[ActionView]]] = KeptRead(MOST)
_latest: KeptRows[tuple[date, float | None] | None] = KeptRows(MOST)
_series: KeptRows[Series] = KeptRows(MOST)


@dataclass(frozen=True, slots=True)
class KpiRows:
    """Reads of KPIs as of a moment: a statement each, for those of which anything changed.

    All are read where it is not said what `changed`.
    """

    connection: Connection
    moment: datetime
    changed: Changed | None = None

    def signals(self, kpis: Sequence[Any]) -> KnownSignals:
        """Give the signals of KPIs as they were shown."""
        by_key = {kpi.id: kpi for kpi in kpis}

        def read(keys: Collection[int]) -> dict[int, tuple[SignalView | None, bool]]:
            known = signals_of(self.connection, [by_key[each] for each in keys], self.moment)
            return {each: (known.signals.get(each), each in known.pending) for each in keys}

        found = _signals.each(self.changed, by_key, self.moment, read)
        return KnownSignals(
            {kpi_id: view for kpi_id, (view, _) in found.items() if view is not None},
            {kpi_id for kpi_id, (_, is_pending) in found.items() if is_pending},
        )

    def said(self, kpis: Sequence[Any]) -> SaidAbout:
        """Give what was said about KPIs."""
        cadences = {kpi.id: kpi.cadence for kpi in kpis}

        def read(keys: Collection[int]) -> dict[int, list[Any]]:
            said: dict[int, list[Any]] = {each: [] for each in keys}
            for row in what_was_said(self.connection, keys, self.moment):
                said[row.kpi_id].append(row)
            return said

        found = _said.each(self.changed, cadences, self.moment, read)
        return said_of([row for rows in found.values() for row in rows], cadences)

    def actions(self, kpi_ids: Sequence[int]) -> Mapping[int, Sequence[ActionView]]:
        """Give the actions about KPIs, open or done, those due first before the others."""
        return _actions.get(
            self.changed,
            (tuple(kpi_ids), self.moment),
            lambda seen, _: seen.rest,
            lambda: actions_of(self.connection, kpi_ids, self.moment),
        )

    def latest(
        self, kpi_ids: Sequence[int], dismissed: Collection[int]
    ) -> dict[int, tuple[date, float | None]]:
        """Give each KPI's latest known period and value; `dismissed` readings do not count."""

        def read(keys: Collection[int]) -> dict[int, tuple[date, float | None] | None]:
            found = latest_readings(self.connection, list(keys), self.moment, dismissed)
            return {each: found.get(each) for each in keys}

        found = _latest.each(self.changed, kpi_ids, self.moment, read)
        return {kpi_id: latest for kpi_id, latest in found.items() if latest is not None}

    def written(
        self,
        cadences: Mapping[int, str],
        dismissed: Mapping[int, Collection[date]],
        longer: Mapping[int, date] | None,
    ) -> Written:
        """Give the last readings of KPIs as they were written (`written_last`)."""
        kpi_ids = sorted(cadences)

        def read(keys: Collection[int]) -> dict[int, Series]:
            some = {each: cadences[each] for each in keys}
            further = longer and {each: day for each, day in longer.items() if each in some}
            return _each(written_last(self.connection, some, self.moment, {}, further))

        asked = (self.moment, None if longer is None else frozenset(longer.items()))
        found = _series.each(self.changed, kpi_ids, asked, read)
        return _together([found[each] for each in kpi_ids], cadences, dismissed)


def _each(written: Written) -> dict[int, Series]:
    """Part what was written by KPI."""
    ends = np.searchsorted(written.row, range(len(written.rows) + 1)).tolist()
    return {
        kpi_id: (written.number[first:end], written.value[first:end], written.version[first:end])
        for kpi_id, (first, end) in zip(written.rows, pairwise(ends), strict=True)
    }


def _together(
    series: Sequence[Series],
    cadences: Mapping[int, str],
    dismissed: Mapping[int, Collection[date]],
) -> Written:
    rows = {kpi_id: number for number, kpi_id in enumerate(sorted(cadences))}
    numbers, values, versions = zip(NOTHING, *series, strict=True)
    return Written(
        rows,
        [cadences[kpi_id] for kpi_id in rows],
        np.repeat(np.arange(len(series)), [len(number) for number, *_ in series]),
        np.concatenate(numbers),
        np.concatenate(values),
        np.concatenate(versions),
        refused(rows, cadences, dismissed),
    )
