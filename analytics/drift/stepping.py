"""Stepping through the readings of many KPIs side by side: first readings, second readings, …"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from analytics.drift.many_readings import advance_far
from analytics.drift.monitor import Memory, advance, forget
from analytics.drift.reference import Recent
from analytics.drift.signal_evidence import Facts, facts_of, mapped, nothing
from analytics.drift.state import BESIDE_ITSELF, State, bounded, some, where
from analytics.drift.window_tests import Sight

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

FEW = 8
"""So many KPIs at most take in several readings at once: of more, an alarm soon begins or ends."""

FAR = 64
"""So many rows at most are taken in at once."""


@dataclass(frozen=True, slots=True)
class Readings:
    """Readings without gaps, and what is said of the KPIs (kpis,).

    `values` and `periods` have shape (kpis, width + most readings), in front the `width` read
    before; `fresh` (kpis, 1 + most) tells which reading begins a new segment; `count` (kpis,) is
    how many readings there are, and `shown` (kpis, periods) which signal each period has: 0 for a
    new normal, 1 for the signal before, then those after each of them.
    """

    values: Numbers
    periods: Numbers
    fresh: Flags
    count: Counts
    shown: Counts
    side: Counts
    season: Counts
    smallest_change: Numbers
    width: int

    def recent(self, number: int) -> Recent:
        """Return the last readings of each KPI once it has one more than that many."""
        newest = slice(number + 1, number + 1 + self.width)
        values, periods = self.values[:, newest], self.periods[:, newest]
        return Recent(values, periods, self.side, self.season, self.smallest_change)

    def recents(self, number: int, steps: int) -> Recent:
        """Return these for so many readings, those of all KPIs at the first one, and so on."""
        newest = slice(number + 1, number + steps + self.width)
        values, periods = (
            # Laid out period by period, as those of single readings are.
            sliding_window_view(part[:, newest], self.width, axis=1)
            .transpose(2, 1, 0)
            .reshape(self.width, -1)
            .T
            for part in (self.values, self.periods)
        )
        side, season = np.tile(self.side, steps), np.tile(self.season, steps)
        return Recent(values, periods, side, season, np.tile(self.smallest_change, steps))

    def latest(self) -> Recent:
        """Return the last readings of each KPI once all are taken in."""
        places = self.count[:, None] + np.arange(self.width)
        tails = [np.take_along_axis(part, places, 1) for part in (self.values, self.periods)]
        return Recent(tails[0], tails[1], self.side, self.season, self.smallest_change)

    def steps_from(self, number: int) -> int:
        """Return how many readings of all KPIs may be taken in at once after that many."""
        kpis, most = len(self.count), int(self.count.min())
        if kpis > FEW or number >= most:
            return 1
        begun = np.flatnonzero(self.fresh[:, number + 1 : most].any(axis=0))
        until = number + 1 + int(begun[0]) if len(begun) else most
        return max(min(until - number, FAR // kpis), 1)


@dataclass(frozen=True, slots=True)
class Steps:
    """The state after all readings, and the signals (kpis, 2 + readings) as they come.

    The first is that of a new normal, the second that before, then come those after each reading.
    `shown` (kpis, periods) is which of them each period has; `seen` are the facts of all where
    they were asked for.
    """

    state: State
    signals: NDArray[np.int8]
    shown: Counts
    seen: list[Facts]


def side_by_side(before: State, values: Numbers, known: Flags, begun: Flags) -> Readings:
    """Lay out the readings (kpis, periods) that are known, and where new normals begin.

    They come after those of a state. A segment begins with the first reading in or after the
    period in which it was begun.
    """
    kpis, count = len(values), known.cumsum(axis=1)
    read_by = count[:, -1] if values.shape[1] else np.zeros(kpis, dtype=np.int64)
    recent = before.recent
    most, width = int(read_by.max(initial=0)), recent.values.shape[1]
    # Laid out period by period, which is how all that follows goes through it.
    padded = np.full((2, width + most, kpis), np.nan).swapaxes(1, 2)
    padded[:, :, :width] = recent.values, recent.periods
    row, column = np.nonzero(known)
    place = count[row, column] + width - 1
    padded[0][row, place] = bounded(values[known])
    padded[1][row, place] = before.period[row] + column
    fresh = np.zeros((kpis, most + 1), dtype=np.bool_)
    row, column = np.nonzero(begun)
    fresh[row, (count - known)[row, column]] = True
    said = recent.side, recent.season, recent.smallest_change
    return Readings(padded[0], padded[1], fresh, read_by, _shown(known, begun), *said, width)


def stepped(before: State, readings: Readings, *, every: bool = False) -> Steps:
    """Step through all readings, with the facts of every step or those of the last one alone."""
    if len(readings.count) != 1:
        return _stepped(before, readings, every)
    # A KPI alone would be added up in another order than one among others.
    found = _stepped(some(before, BESIDE_ITSELF), _beside_itself(readings), every)
    return Steps(
        some(found.state, [0]),
        found.signals[:1],
        found.shown[:1],
        [some(facts, [0]) for facts in found.seen],
    )


def _stepped(before: State, readings: Readings, every: bool) -> Steps:
    kpis, most = len(readings.count), readings.fresh.shape[1] - 1
    memory = before.memory
    told = _Told(before, readings, every)
    number = 0
    while number < most:
        if readings.fresh[:, number].any():
            memory = forget(memory, readings.fresh[:, number])
        steps = readings.steps_from(number)
        if steps > 1:
            rows, sight, steps = advance_far(memory, readings.recents(number, steps))
            told.hear(number, steps, rows, sight)
            memory = rows.some(np.arange(kpis) + (steps - 1) * kpis)
        else:
            memory, sight = advance(memory, readings.recent(number), readings.count > number)
            told.hear(number, 1, memory, sight)
        number += steps
    memory = forget(memory, readings.fresh[np.arange(kpis), readings.count])
    periods = before.period + readings.shown.shape[1]
    state = State(periods, memory, readings.latest(), told.last)
    return Steps(state, told.signals.T, readings.shown, told.seen)


class _Told:
    """What is told of the steps: each one's signals, and the facts that are asked for."""

    def __init__(self, before: State, readings: Readings, every: bool) -> None:
        kpis, shown = len(readings.count), readings.shown
        self.signals = np.zeros((1 + readings.fresh.shape[1], kpis), dtype=np.int8)
        self.signals[1] = before.memory.signal
        self._every = every
        self._last_shown = shown[:, -1] if shown.shape[1] else np.ones(kpis, dtype=np.int64)
        self.last = where(self._last_shown == 1, before.facts, nothing(kpis))
        self.seen = [nothing(kpis), before.facts] if every else []

    def hear(self, number: int, steps: int, memory: Memory, sight: Sight) -> None:
        """Take the first steps of what is remembered and seen, a row per step and KPI."""
        kpis = self.signals.shape[1]
        self.signals[number + 2 : number + 2 + steps] = memory.signal[: steps * kpis].reshape(
            steps, kpis
        )
        asked = [
            self._every or (self._last_shown == at).any() for at in self._numbers(number, steps)
        ]
        if not any(asked):
            return
        facts = facts_of(memory, sight)
        for step, at in enumerate(self._numbers(number, steps)):
            here = slice(step * kpis, (step + 1) * kpis)
            now = mapped(lambda column, here=here: column[here], facts)
            self.last = where(self._last_shown == at, now, self.last)
            if self._every:
                self.seen.append(now)

    @staticmethod
    def _numbers(number: int, steps: int) -> range:
        return range(number + 2, number + 2 + steps)


def _beside_itself(readings: Readings) -> Readings:
    twice = {
        name: np.asfortranarray(getattr(readings, name)[BESIDE_ITSELF])
        for name in Readings.__slots__
        if name != "width"
    }
    return Readings(**twice, width=readings.width)


def _shown(known: Flags, begun: Flags) -> Counts:
    """Return which of the signals each period has, a new normal the first."""
    here = np.arange(known.shape[1])
    last_read = np.maximum.accumulate(np.where(known, here, -1), axis=1)
    last_begun = np.maximum.accumulate(np.where(begun, here, -1), axis=1)
    return np.where(last_begun > last_read, 0, 1 + known.cumsum(axis=1))
