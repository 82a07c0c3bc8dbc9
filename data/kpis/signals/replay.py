"""Signals computed from readings: one pass over each run, from its start or a checkpoint."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from analytics.drift import state_after, trace_from
from analytics.drift.letters import SHOWN_PERIODS, written
from analytics.drift.serialization import packed, unpacked
from analytics.drift.signal_evidence import Facts, mapped
from analytics.drift.state import State
from analytics.periods import SEASONS, first_day
from data.kpis.signals.alarm_days import AlarmDays
from data.kpis.signals.runs import Run
from data.kpis.signals.signal_row import (
    OWN,
    Latest,
    ShownSignals,
    SignalRow,
    after,
    checkpoint_rows,
    reach_of,
    signal_rows,
)
from models import EARLIEST_DAY

EVERY = 64
"""So many periods lie between checkpoints."""

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]
Letters = NDArray[np.bytes_]


class Terms(NamedTuple):
    """What the signals of a KPI depend on beside its readings."""

    cadence: str
    better: str
    smallest_change: float | None


class Checkpoint(NamedTuple):
    """Where a KPI's signals go on from: before the reading of a period, with the letters so far."""

    number: int
    state: bytes
    letters: str

    @property
    def start(self) -> int:
        """Give the number of the period from which the KPI's signals go."""
        return self.number - reach_of(self.state)


class Replayed(NamedTuple):
    """The rows to keep of signals, and of checkpoints in the place of all that have passed.

    `passed` is the day from which on they have, of each KPI.
    """

    signals: list[SignalRow]
    checkpoints: list[dict[str, Any]]
    passed: dict[int, date]


def passed_from(number: int, state: bytes, last: int, cadence: str) -> date:
    """Give from which day on checkpoints have passed where signals went on from one to a period.

    It passes itself unless it is one of those that are kept every so many periods.
    """
    stays = reach_of(state) % EVERY == 0 and number < last
    return first_day(number + stays, cadence)


def replayed(
    runs: Iterable[Run],
    terms: Mapping[int, Terms],
    checkpoints: Mapping[int, Checkpoint],
    zone: ZoneInfo,
) -> Iterator[Replayed]:
    """Replay runs, those of a cadence and about as many periods together."""
    alike: dict[tuple[str, int], list[Run]] = defaultdict(list)
    for run in runs:
        checkpoint = checkpoints.get(run.kpi_id)
        span = run.last - (checkpoint.number if checkpoint else run.start)
        alike[terms[run.kpi_id].cadence, max(span // EVERY, 1).bit_length()].append(run)
    for (cadence, _), several in alike.items():
        yield _Pass(cadence, several, terms, checkpoints, zone).replayed()


class _Pass:
    """One pass over the readings of several runs of a cadence, side by side.

    Columns are periods, from one on at which there may be a checkpoint: `origin` is its number.
    Those before `offset` are behind the checkpoint that a run goes on from.
    """

    def __init__(
        self,
        cadence: str,
        runs: Sequence[Run],
        terms: Mapping[int, Terms],
        checkpoints: Mapping[int, Checkpoint],
        zone: ZoneInfo,
    ) -> None:
        self.cadence, self.runs, self.zone = cadence, runs, zone
        self.terms = [terms[run.kpi_id] for run in runs]
        self.checkpoints = [checkpoints.get(run.kpi_id) for run in runs]
        ahead = [
            0 if one is None else one.number - run.start
            for run, one in zip(runs, self.checkpoints, strict=True)
        ]
        self.offset = np.array(ahead) % EVERY
        self.start = np.array([run.start for run in runs])
        self.origin = self.start + np.array(ahead) - self.offset
        self.last = np.array([run.last for run in runs]) - self.origin
        self.rows = np.arange(len(runs))
        self.values = self._values()
        self.letters: Letters = np.full(self.values.shape, b"l", "S1")
        shown = [(row, each.number or 0) for row, run in enumerate(runs) for each in run.shown]
        self.row = np.array([row for row, _ in shown])
        self.column = np.array([number for _, number in shown]) - self.origin[self.row]
        self._piece = np.where(self.column == self.last[self.row], -1, self.column // EVERY)

    def replayed(self) -> Replayed:
        """Step through all columns; keep what is shown, and the state every so many periods."""
        value = self.values[self.rows, self.last]
        # The state that is kept last is that before the latest reading.
        self.values[self.rows, self.last] = np.nan
        state = before = self._state()
        states: list[State] = []
        seen: list[Facts] = []
        for first in range(0, self.values.shape[1], EVERY):
            states.append(state)
            piece = slice(first, first + EVERY)
            numbers = self.values[:, piece]
            state, signals, facts = trace_from(state, numbers, rebased=self._rebased(first))
            self.letters[:, piece] = signals.astype("S1")
            seen.append(self._picked(facts, first))
        latest = after(self._latest(state, self.last, value)).facts
        self.letters[self.rows, self.last] = latest.signal.astype("S1")
        alarms = self._alarms(before)
        kept = self._latest(state, self.last, value, alarms.shown(self.rows, self.last - 1))
        present = np.array([run.is_present for run in self.runs])
        checkpoints = [*_only(checkpoint_rows(kept), present)]
        for number, state in enumerate(states):
            column = np.full(len(self.runs), number * EVERY)
            stood = self._latest(state, column, shown=alarms.shown(self.rows, column - 1))
            is_ahead = (column > self.offset) & (column < self.last)
            checkpoints += _only(checkpoint_rows(stood), present & is_ahead)
        passed = {
            run.kpi_id: passed_from(one.number, one.state, run.last, self.cadence)
            if one
            else EARLIEST_DAY
            for run, one in zip(self.runs, self.checkpoints, strict=True)
        }
        return Replayed(signal_rows(self._signals(seen, latest, alarms)), checkpoints, passed)

    def _values(self) -> Numbers:
        values = np.full((len(self.runs), int(self.last.max()) + 1), np.nan)
        for row, run in enumerate(self.runs):
            columns = run.numbers - self.origin[row]
            inside = (columns >= self.offset[row]) & (columns <= self.last[row])
            values[row, columns[inside]] = run.values[inside]
        return values

    def _state(self) -> State:
        season = SEASONS[self.cadence]
        blank = packed(state_after(np.empty((1, 0)), better="higher", season=season))[0]
        rows = [
            blank if one is None else np.frombuffer(one.state, "<f8")[OWN:]
            for one in self.checkpoints
        ]
        state = unpacked(
            np.stack(rows),
            better=[each.better for each in self.terms],
            season=season,
            smallest_change=[each.smallest_change for each in self.terms],
        )
        return replace(state, period=self.origin - self.start)

    def _rebased(self, first: int) -> list[list[int]]:
        """Give the columns in a piece at which new normals begin; later ones are pending."""
        return [
            [
                at - first
                for number in run.begun
                if first <= (at := number - origin) < first + EVERY and offset <= at <= last
            ]
            for run, origin, offset, last in zip(
                self.runs,
                self.origin.tolist(),
                self.offset.tolist(),
                self.last.tolist(),
                strict=True,
            )
        ]

    def _latest(
        self,
        state: State,
        column: Counts,
        value: Numbers | None = None,
        shown: Numbers | None = None,
    ) -> Latest:
        none = np.full(len(self.runs), np.nan)
        first_known = [
            run.first_known.get(number, np.nan)
            for run, number in zip(self.runs, (self.origin + column).tolist(), strict=True)
        ]
        return Latest(
            cadence=self.cadence,
            kpi_ids=[run.kpi_id for run in self.runs],
            state=state,
            start=self.start,
            index=self.origin - self.start + column,
            value=none if value is None else value,
            first_known=np.array(first_known, np.float64),
            shown=none if shown is None else shown,
        )

    def _alarms(self, before: State) -> AlarmDays:
        stood = [
            np.frombuffer(one.state, "<f8")[OWN - 1] if one is not None and locked else np.nan
            for one, locked in zip(self.checkpoints, before.memory.locked.tolist(), strict=True)
        ]
        first_known = [run.first_known for run in self.runs]
        return AlarmDays(self.letters, self.offset, self.origin, stood, first_known, self.zone)

    def _picked(self, facts: Facts, first: int) -> Facts:
        """Give the facts in a piece of what is shown, but for those of the last columns."""
        here = np.flatnonzero(self._piece == first // EVERY)
        row, column = self.row[here], self.column[here] - first
        return mapped(lambda numbers: numbers[row, column], facts)

    def _signals(self, seen: Sequence[Facts], latest: Facts, alarms: AlarmDays) -> ShownSignals:
        last = np.flatnonzero(self._piece < 0)
        pieces = [np.flatnonzero(self._piece == piece) for piece in range(len(seen))]
        order = np.argsort(np.concatenate([*pieces, last]))
        rows = self.row[last]
        ends = mapped(lambda numbers: numbers[rows], latest)
        facts = mapped(lambda *parts: np.concatenate(parts)[order], *seen, ends)
        shown = [each for run in self.runs for each in run.shown]
        return ShownSignals(
            cadence=self.cadence,
            kpi_ids=[self.runs[row].kpi_id for row in self.row],
            known=[each.known for each in shown],
            start=self.start[self.row],
            number=self.origin[self.row] + self.column,
            facts=facts,
            shown=alarms.shown(self.row, self.column),
            history=self._history(),
            pending=np.array([each.pending for each in shown]),
        )

    def _history(self) -> list[str]:
        found: list[str] = []
        for row, run in enumerate(self.runs):
            checkpoint, offset = self.checkpoints[row], int(self.offset[row])
            passed = checkpoint.letters[-SHOWN_PERIODS:] if checkpoint else ""
            letters = passed + self.letters[row, offset : self.last[row] + 1].tobytes().decode()
            behind = int(self.origin[row]) + offset - len(passed) - 1
            found += written(letters, [(each.number or 0) - behind for each in run.shown])
        return found


def _only(rows: Sequence[dict[str, Any]], wanted: NDArray[np.bool_]) -> list[dict[str, Any]]:
    return [row for row, is_wanted in zip(rows, wanted, strict=True) if is_wanted]
