"""Signals replayed from all readings: what the stored ones must equal, and those of a past day."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from analytics.drift import told
from analytics.periods import SEASONS
from data.core.arrays import is_last, key_of
from data.kpis.signals.series import Said, Series, instant, said_of, series_of
from data.kpis.signals.signal_row import (
    NUMBERS,
    SHOWN_PERIODS,
    Latest,
    day_of,
    microseconds,
    rows_of,
)

MOST_PERIODS, STRIDE = 5_000, 1_000
"""So many periods back a replay goes at most; beyond it the oldest 1,000 are let go at a time.

It then begins as if nothing had been read before: a baseline or an alarm older than that is
learnt anew, which takes 12 readings.
"""

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]


def replayed(
    connection: Connection, kpis: Sequence[Any], moment: datetime
) -> Mapping[int, dict[str, Any]]:
    """Give the signals of KPIs as they were known at a moment: two statements."""
    return {
        row["kpi_id"]: {name: row[name] for name in NUMBERS}
        for rows in replay_of(connection, kpis, moment)
        for row in rows
    }


def replay_of(
    connection: Connection, kpis: Sequence[Any], moment: datetime
) -> Iterator[list[dict[str, Any]]]:
    """Give the rows to keep of KPIs, some at a time; none of those without a reading."""
    cadences = {kpi.id: str(kpi.cadence) for kpi in kpis}
    terms = {kpi.id: (str(kpi.better), kpi.smallest_change) for kpi in kpis}
    said = said_of(connection, cadences, moment)
    for series in series_of(connection, cadences, moment):
        latest = _latest(_with_readings(series), said, terms)
        if latest.kpi_ids:
            yield rows_of(latest, said.zone)


def first_period(first: Counts, last: Counts) -> Counts:
    """Give where replays begin that have a first and a last period with a reading."""
    beyond = np.maximum(last - first + 1 - MOST_PERIODS, 0)
    return np.asarray(first + -(-beyond // STRIDE) * STRIDE)


def _with_readings(series: Series) -> Series:
    """Leave out the KPIs of which no reading stands."""
    stands = np.zeros(len(series.kpi_ids), np.bool_)
    stands[series.row[_current(series)]] = True
    if stands.all():
        return series
    row = np.where(stands, np.cumsum(stands) - 1, -1)[series.row]
    mine = np.flatnonzero(row >= 0)
    return Series(
        series.cadence,
        [kpi_id for kpi_id, here in zip(series.kpi_ids, stands, strict=True) if here],
        row[mine],
        series.number[mine],
        series.value[mine],
        series.known[mine],
    )


def _current(series: Series) -> Counts:
    """Give which readings stand: the last known of each period, unless it was taken back."""
    return np.flatnonzero(is_last(series.row, series.number) & np.isfinite(series.value))


def _latest(series: Series, said: Said, terms: Mapping[int, tuple[str, float | None]]) -> Latest:
    """Replay KPIs up to their latest readings; `terms` are what is better and what matters."""
    kpi_ids = series.kpi_ids
    values, start, index = _array(series)
    rows = np.arange(len(kpi_ids))
    begun = _indices(said.rebased, kpi_ids, start)
    for row, dismissed in enumerate(_indices(said.dismissed, kpi_ids, start)):
        values[row, [at for at in dismissed if 0 <= at <= index[row]]] = np.nan
    value = values[rows, index]
    values[rows, index] = np.nan
    state, signals = told(
        values,
        better=[terms[kpi_id][0] for kpi_id in kpi_ids],
        smallest_change=[terms[kpi_id][1] for kpi_id in kpi_ids],
        season=SEASONS[series.cadence],
        rebased=[
            [at for at in mine if at <= last] for mine, last in zip(begun, index, strict=True)
        ],
    )
    letters = signals.astype("S1")
    known = _Known(series)
    first_known, last_known = known.of(rows, start + index)
    return Latest(
        cadence=series.cadence,
        kpi_ids=kpi_ids,
        state=state,
        start=start,
        index=index,
        value=value,
        first_known=first_known,
        last_known=last_known,
        shown=_shown(letters, start, index, known, said.zone),
        history=[
            letters[row, max(0, last - SHOWN_PERIODS + 1) : last].tobytes().decode()
            for row, last in enumerate(index)
        ],
        pending=np.array(
            [any(at > last for at in mine) for mine, last in zip(begun, index, strict=True)]
        ),
    )


def _array(series: Series) -> tuple[Numbers, Counts, Counts]:
    """Put each reading in its KPI's row; give the first period's number, the latest's index."""
    kpis, current = len(series.kpi_ids), _current(series)
    ever = np.flatnonzero(np.isfinite(series.value))
    first, last = np.full(kpis, np.iinfo(np.int64).max), np.full(kpis, -1)
    np.minimum.at(first, series.row[ever], series.number[ever])
    np.maximum.at(last, series.row[current], series.number[current])
    start = first_period(first, last)
    index = last - start
    row, column = series.row[current], series.number[current] - start[series.row[current]]
    inside = column >= 0
    values = np.full((kpis, int(index.max(initial=-1)) + 1), np.nan)
    values[row[inside], column[inside]] = series.value[current][inside]
    return values, start, index


def _indices(
    numbers: Mapping[int, Sequence[int]], kpi_ids: Sequence[int], start: Counts
) -> list[list[int]]:
    return [
        [number - first for number in numbers.get(kpi_id, ())]
        for kpi_id, first in zip(kpi_ids, start.tolist(), strict=True)
    ]


class _Known:
    """When the readings of a period were known."""

    def __init__(self, series: Series) -> None:
        self.key = key_of(series.row, series.number)
        self.has_value = np.isfinite(series.value)
        self.moments = series.known

    def of(self, rows: Counts, numbers: Counts) -> tuple[Numbers, Numbers]:
        """Give when the first and the last reading of periods were known, in microseconds."""
        key = key_of(rows, numbers)
        begins, ends = (np.searchsorted(self.key, key, side) for side in ("left", "right"))
        firsts = [
            begin + int(self.has_value[begin:end].argmax())
            for begin, end in zip(begins, ends, strict=True)
        ]
        return self._at(firsts), self._at(ends - 1)

    def _at(self, places: Sequence[int] | Counts) -> Numbers:
        moments = [microseconds(instant(self.moments[place])) for place in places]
        return np.array(moments, np.float64)


def _shown(
    letters: NDArray[np.bytes_], start: Counts, index: Counts, known: _Known, zone: ZoneInfo
) -> Numbers:
    """Give the days on which the alarms that stand were first shown, NaN for none."""
    here = np.arange(letters.shape[1])
    calm = ~np.isin(letters, [b"d", b"r"]) & (here <= index[:, None])
    began = np.where(calm, here, -1).max(axis=1, initial=-1) + 1
    stands = np.flatnonzero(began <= index)
    shown = np.full(len(letters), np.nan)
    moments, _ = known.of(stands, (start + began)[stands])
    shown[stands] = [day_of(moment, zone) for moment in moments]
    return shown
