"""The days on which alarms that stand were first shown."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from data.kpis.signals.signal_row import day_of

Counts = NDArray[np.int64]
Numbers = NDArray[np.float64]


class AlarmDays:
    """Tells when alarms were first shown, from the letters (kpis, periods) of signals.

    Those before each KPI's `offset` are not known: of an alarm that stood there `stood` has the
    ordinal of the day, NaN for none. `first_known` tells when each period was first read, by its
    number; `origin` is that of the first column.
    """

    def __init__(
        self,
        letters: NDArray[np.bytes_],
        offset: Counts,
        origin: Counts,
        stood: Sequence[float],
        first_known: Sequence[Mapping[int, int]],
        zone: ZoneInfo,
    ) -> None:
        columns = np.arange(letters.shape[1])
        is_calm = ~np.isin(letters, [b"d", b"r"]) | (columns < offset[:, None])
        self._calm = np.maximum.accumulate(np.where(is_calm, columns, -1), axis=1)
        self._offset, self._origin = offset.tolist(), origin.tolist()
        self._stood, self._first_known, self._zone = stood, first_known, zone

    def shown(self, rows: Counts, columns: Counts) -> Numbers:
        """Give the ordinals of the days for rows and columns, NaN where no alarm stands."""
        days: dict[tuple[int, int], float] = {}
        found = np.full(len(rows), np.nan)
        for at, (row, column) in enumerate(zip(rows.tolist(), columns.tolist(), strict=True)):
            if column < self._offset[row]:
                found[at] = self._stood[row]
            elif (began := int(self._calm[row, column]) + 1) <= column:
                if (row, began) not in days:
                    days[row, began] = self._began(row, began)
                found[at] = days[row, began]
        return found

    def _began(self, row: int, column: int) -> float:
        stood = self._stood[row]
        if column == self._offset[row] and stood == stood:
            return stood
        return day_of(self._first_known[row][self._origin[row] + column], self._zone)
