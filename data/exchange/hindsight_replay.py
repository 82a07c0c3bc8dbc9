"""KPIs of one cadence side by side, replayed as they would have been shown at the time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from analytics import hindsight as numbers
from analytics.drift.letters import written
from analytics.drift.signal_evidence import mapped
from analytics.periods import SEASONS, first_day, last_day
from data.exchange.hindsight_stories import outside_for, story_of
from data.exchange.views import KpiHindsight, PastDrift
from data.kpis.fields import KpiRow, better_of
from data.kpis.signals.evidence import packed, unpacked
from data.kpis.signals.hindsight import hindsight_of
from data.kpis.views.signals import SignalView
from models import Cadence

MOST_PERIODS = 260
"""So many of the last periods are looked at: five years of weeks."""


@dataclass(frozen=True, slots=True)
class KpiReadings:
    """A KPI with its readings by the number of their period."""

    kpi: KpiRow
    readings: Mapping[int, float]


class Replayed:
    """The KPIs of a cadence side by side: columns are periods, the first one is `origin`."""

    def __init__(self, cadence: Cadence, read: Sequence[KpiReadings]) -> None:
        self.cadence, self.read = cadence, read
        ends = [number for one in read for number in (min(one.readings), max(one.readings))]
        self.origin = max(min(ends), max(ends) - MOST_PERIODS + 1)
        self.is_cut = self.origin > min(ends)
        self.values = self._values(max(ends) - self.origin + 1)
        self.rows = [one.kpi for one in read]
        self.better = [better_of(row) for row in self.rows]
        self.season = SEASONS[cadence]
        self.found = hindsight_of(self.rows, self.values, cadence)

    @property
    def first(self) -> date:
        """Give the first day that there are readings of."""
        return self._day(0)

    @property
    def last(self) -> date:
        """Give the last day that there are readings of."""
        return last_day(self.origin + self.values.shape[1] - 1, self.cadence)

    def by_chance(self) -> tuple[float, float]:
        """Give how many of them would have been called drifting had nothing changed."""
        return numbers.called_by_chance(self.found.judged, self.better)

    def kpis(self) -> list[KpiHindsight]:
        """Give what each KPI would have told."""
        count, periods = self.values.shape
        now = self._signals(np.arange(count), np.full(count, periods - 1))
        drifts = self._drifts()
        return [self._kpi(row, signal, tuple(drifts[row])) for row, signal in enumerate(now)]

    def _values(self, periods: int) -> NDArray[np.float64]:
        values = np.full((len(self.read), periods), np.nan)
        for row, one in zip(values, self.read, strict=True):
            for number, value in one.readings.items():
                if number >= self.origin:
                    row[number - self.origin] = value
        return values

    def _kpi(self, row: int, signal: SignalView, drifts: tuple[PastDrift, ...]) -> KpiHindsight:
        kpi, found = self.rows[row], self.found
        told_from, count = numbers.told_from(self.season), int(found.count[row])
        is_young = count < told_from
        series = tuple(map(_known, self.values[row].tolist()))
        outside = outside_for(series, kpi.low, kpi.high)
        lower, upper = (_known(end[row]) for end in (found.lower, found.upper))
        return KpiHindsight(
            team=kpi.team,
            name=kpi.kpi,
            unit=kpi.unit,
            cadence=kpi.cadence,
            better=self.better[row],
            low=kpi.low,
            high=kpi.high,
            story=story_of(
                drifts,
                signal,
                is_young=is_young,
                pace=float(found.pace[row]),
                crossings=int(found.crossings[row]),
                outside_for=outside,
            ),
            drifts=drifts,
            readings=count,
            outside=int(found.outside[row]),
            outside_for=outside,
            crossings=int(found.crossings[row]),
            odd=int(found.odd[row]),
            lower=lower,
            upper=upper,
            pace=float(found.pace[row]),
            signal=signal,
            told_from=told_from,
            told_on=self._day(self._last_read(row) + told_from - count) if is_young else None,
            start=self._day(0),
            series=series,
        )

    def _last_read(self, row: int) -> int:
        return int(np.flatnonzero(~np.isnan(self.values[row])).max(initial=0))

    def _drifts(self) -> dict[int, list[PastDrift]]:
        found, periods = self.found.drifts, self.values.shape[1]
        signals = self._signals(found.kpi, found.told)
        several: dict[int, list[PastDrift]] = defaultdict(list)
        for at, (kpi, signal) in enumerate(zip(found.kpi.tolist(), signals, strict=True)):
            onset, told, ended, left = (
                int(part[at]) for part in (found.onset, found.told, found.ended, found.left)
            )
            drift = PastDrift(
                onset=self._day(onset),
                told=self._day(told),
                ended=None if ended < 0 else self._day(ended),
                left=None if left < 0 else self._day(left),
                ahead=left - told if left >= 0 else 0,
                was_outside=bool(found.was_outside[at]),
                signal=signal,
                first=onset,
                behind=periods if ended < 0 else ended,
                told_at=told,
            )
            several[kpi].append(drift)
        return several

    def _signals(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> list[SignalView]:
        """Give the signals of some KPIs after some periods, as all screens show them."""
        facts = mapped(lambda numbers: numbers[rows, columns], self.found.facts)
        onset = np.where(facts.onset >= 0, self.origin + facts.onset, -1)
        nowhere = np.full(len(rows), np.nan)
        evidence = packed(facts, self.origin + columns, onset, nowhere, self.cadence)
        letters = self.found.facts.signal.astype("U1")[rows]
        histories = [
            written("".join(each), [int(column) + 1])[0]
            for each, column in zip(letters, columns, strict=True)
        ]
        return unpacked(evidence, histories)

    def _day(self, column: int) -> date:
        return first_day(self.origin + column, self.cadence)


def _known(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None
