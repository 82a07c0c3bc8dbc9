"""What was known of a KPI when: stretches of time in which readings were only ever added.

The signals shown in such a stretch are those of one pass over the readings that counted at its
end. What changes an older period, a correction or a new normal, begins another stretch.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from data.kpis.signals.series import NEVER, Decided, KpiDecisions, KpiReadings

MOST_PERIODS, STRIDE = 5_000, 1_000
"""So many periods back signals go at most; beyond it the oldest 1,000 are let go at a time.

They then begin as if nothing had been read before: a baseline or an alarm older than that is
learnt anew, which takes 12 readings.
"""

Counts = NDArray[np.int64]
Numbers = NDArray[np.float64]


class Shown(NamedTuple):
    """From which moment on a signal is shown, that after which period, and if a new normal waits.

    No `number` says that no reading stands.
    """

    known: int
    number: int | None
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """The readings of a KPI that count at the end of a stretch of time, and what is shown in it.

    `start` is the number of the period from which signals go; `numbers` are those of the periods
    with their `values`, `begun` those at which new normals begin. `first_known` tells when each
    period was first read. `is_present` tells the stretch that goes on.
    """

    kpi_id: int
    start: int
    numbers: Counts
    values: Numbers
    begun: Sequence[int]
    shown: Sequence[Shown]
    first_known: Mapping[int, int]
    is_present: bool

    @property
    def last(self) -> int:
        """Give the number of the last period of which a signal is shown."""
        return int(self.shown[-1].number or 0)


def first_period(first: int, last: int) -> int:
    """Give the number of the period from which the signals of these periods go."""
    beyond = max(last - first + 1 - MOST_PERIODS, 0)
    return first - -beyond // STRIDE * STRIDE


def runs_of(
    readings: KpiReadings, decisions: KpiDecisions, since: int | None, start: int | None = None
) -> tuple[list[Run], list[Shown]]:
    """Part what is shown of a KPI from a moment on into runs; also give when nothing stood.

    Without a moment that is all that was ever shown. With `start` the readings are the latest
    ones of a KPI whose signals go from that period.
    """
    if not any(decisions) and _only_adds(readings, start):
        return [_added(readings, since, start)], []
    walk = _Walk(readings, decisions, start)
    for moment in _moments(readings, [*decisions.rebased, *decisions.dismissed], since):
        walk.go_to(moment, is_shown=since is None or moment >= since)
    return walk.finished()


def _only_adds(readings: KpiReadings, start: int | None) -> bool:
    numbers = readings.number
    is_added = bool((np.diff(numbers) > 0).all() and np.isfinite(readings.value).all())
    return is_added and numbers[-1] - (numbers[0] if start is None else start) < MOST_PERIODS


def _added(readings: KpiReadings, since: int | None, start: int | None) -> Run:
    """Give the one run of readings that came one after the other."""
    known = readings.known
    is_last = np.append(known[1:] != known[:-1], True)
    is_shown = is_last & (known >= since) if since is not None else is_last
    numbers = readings.number.tolist()
    shown = list(map(Shown, known[is_shown].tolist(), readings.number[is_shown].tolist()))
    if since is not None and (not shown or shown[0].known > since):
        before = int(np.searchsorted(known, since, "right"))
        shown = [Shown(since, numbers[before - 1]), *shown] if before else shown
    return Run(
        readings.kpi_id,
        numbers[0] if start is None else start,
        readings.number,
        readings.value,
        (),
        shown,
        dict(zip(numbers, known.tolist(), strict=True)),
        is_present=True,
    )


def _moments(readings: KpiReadings, said: Sequence[Decided], since: int | None) -> list[int]:
    """Give the moments at which something changed, of those before `since` the last one alone."""
    changed = {*readings.known.tolist(), *(each.begins for each in said)}
    changed |= {each.ends for each in said if each.ends != NEVER}
    if since is None:
        return sorted(changed)
    before = [moment for moment in changed if moment < since]
    return [*([max(before)] if before else []), *sorted({since} | changed.difference(before))]


class _Walk:
    """What was known of a KPI, from moment to moment."""

    def __init__(self, readings: KpiReadings, decisions: KpiDecisions, start: int | None) -> None:
        self._readings, self._decisions, self._given_start = readings, decisions, start
        self._read = 0
        self._standing: dict[int, tuple[float, int]] = {}
        self._first_known: dict[int, int] = {}
        self._first = NEVER
        self._counting: dict[int, float] = {}
        self._begun: set[int] = set()
        self._start = self._latest = -1
        self._shown: list[Shown] = []
        self._runs: list[Run] = []
        self._silent: list[Shown] = []

    def go_to(self, moment: int, *, is_shown: bool) -> None:
        """Take in what became known at a moment, and show what follows."""
        rebased, dismissed = self._decisions
        touched = self._take_in(moment)
        touched |= {each.number for each in dismissed if moment >= min(each.begins, each.ends)}
        refused = {
            each.number: each.version
            for each in sorted(dismissed, key=itemgetter(3))
            if each.begins <= moment < each.ends
        }
        counting = {number: self._counted(number, refused) for number in touched}
        changed = {
            number: value
            for number, value in counting.items()
            if value != self._counting.get(number)
        }
        begun = {each.number for each in rebased if each.begins <= moment < each.ends}
        latest = self._latest_of(touched)
        start = self._given_start
        if start is None and latest >= 0:
            start = first_period(self._first, latest)
        earliest = min([*changed, *(begun ^ self._begun)], default=latest + 1)
        goes_on = start == self._start and earliest > self._latest and latest >= self._latest
        if not goes_on:
            self._close()
        for number, counted in changed.items():
            if counted is None:
                del self._counting[number]
            else:
                self._counting[number] = counted
        self._begun, self._latest = begun, latest
        self._start = -1 if start is None else start
        if not is_shown:
            return
        if latest < 0:
            self._silent.append(Shown(moment, None))
        else:
            self._shown.append(Shown(moment, latest, any(at > latest for at in begun)))

    def finished(self) -> tuple[list[Run], list[Shown]]:
        """Give the runs, and when no reading stood."""
        self._close(is_present=True)
        return self._runs, self._silent

    def _take_in(self, moment: int) -> set[int]:
        """Read what became known; give the numbers of its periods."""
        readings, first = self._readings, self._read
        self._read = int(np.searchsorted(readings.known, moment, "right"))
        new = slice(first, self._read)
        columns = readings.number[new], readings.value[new], readings.known[new]
        told = (*columns, readings.version[new])
        touched = set()
        for number, value, known, version in zip(*(each.tolist() for each in told), strict=True):
            touched.add(number)
            self._standing[number] = value, version
            if value == value:
                self._first_known.setdefault(number, known)
                self._first = min(self._first, number)
        return touched

    def _latest_of(self, touched: Collection[int]) -> int:
        """Give the number of the latest period of which a reading stands, -1 for none."""
        value, _ = self._standing.get(self._latest, (0.0, 0))
        known = touched if value == value else self._standing
        standing = [at for at in known if (said := self._standing.get(at)) and said[0] == said[0]]
        return max([self._latest if value == value else -1, *standing])

    def _counted(self, number: int, refused: Mapping[int, int]) -> float | None:
        value, version = self._standing.get(number, (float("nan"), 0))
        is_refused = number in refused and refused[number] >= version
        return None if value != value or is_refused else value

    def _close(self, *, is_present: bool = False) -> None:
        if self._shown:
            numbers = sorted(self._counting)
            run = Run(
                self._readings.kpi_id,
                self._start,
                np.array(numbers, np.int64),
                np.array([self._counting[number] for number in numbers], np.float64),
                sorted(self._begun),
                self._shown,
                self._first_known,
                is_present,
            )
            self._runs.append(run)
        self._shown = []
