"""From the state before a reading to the rows that are kept: the signal, and the state itself."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from analytics.drift import serialization
from analytics.drift.signal_evidence import Facts, nothing
from analytics.drift.state import State, resume, where
from analytics.periods import SEASONS, first_day
from data.kpis.signals.evidence import packed
from data.kpis.signals.series import instant

RULES = 1
"""The rules by which signals are decided now: one more whenever they change."""

OWN = 3
"""How many numbers of a kept state are ours: value, when it was first known, when shown."""

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Latest:
    """KPIs of one cadence as they stood before their latest reading, with that reading.

    `start` is the number of the first period of their arrays, `index` counts the latest
    reading's from there. `value` is NaN where it was dismissed. `first_known` is when that period
    was first read, in microseconds, which a float holds exactly; `shown` the ordinal of the day on
    which the alarm that stood before was first shown.
    """

    cadence: str
    kpi_ids: Sequence[int]
    state: State
    start: Counts
    index: Counts
    value: Numbers
    first_known: Numbers
    shown: Numbers


class Kept(NamedTuple):
    """A KPI as it is kept: `number` is that of the latest reading's period."""

    kpi_id: int
    better: str
    smallest_change: float | None
    number: int
    history: str
    state: bytes

    @property
    def reach(self) -> int:
        """How many periods the latest reading is from the first."""
        return reach_of(self.state)


def after(latest: Latest) -> State:
    """Give the state after the latest readings."""
    return resume(latest.state, latest.value, periods=latest.index)


def shown_after(latest: Latest, state: State, zone: ZoneInfo) -> Numbers:
    """Give the ordinals of the days on which the alarms that stand were first shown."""
    stood, stands = latest.state.memory.locked, state.memory.locked
    shown = np.where(stood & stands, latest.shown, np.nan)
    for row in np.flatnonzero(stands & ~stood):
        shown[row] = day_of(latest.first_known[row], zone)
    return shown


@dataclass(frozen=True, slots=True)
class ShownSignals:
    """Signals of KPIs of one cadence, a row for each moment from which one is shown.

    `known` are the moments in microseconds, `start` and `number` those of the first period and
    the latest reading's, `facts` after it. `shown` are the ordinals of the days on which the
    alarms that stand were first shown; `pending` tells that a new normal begins later.
    """

    cadence: str
    kpi_ids: Sequence[int]
    known: Sequence[int]
    start: Counts
    number: Counts
    facts: Facts
    shown: Numbers
    history: Sequence[str]
    pending: Flags


class SignalRow(NamedTuple):
    """A signal as it is kept: `known` is the moment in microseconds.

    No `evidence` says that no reading stands any more.
    """

    kpi_id: int
    known: int
    rules: int
    evidence: bytes | None
    history: str


def signal_rows(signals: ShownSignals) -> list[SignalRow]:
    """Give the rows to keep of signals."""
    facts = where(signals.pending, nothing(len(signals.pending)), signals.facts)
    onset = np.where(facts.onset >= 0, signals.start + facts.onset, -1)
    shown = np.where(signals.pending, np.nan, signals.shown)
    evidence = packed(facts, signals.number, onset, shown, signals.cadence)
    told = zip(signals.kpi_ids, signals.known, evidence, signals.history, strict=True)
    return [
        SignalRow(kpi_id, known, RULES, numbers, history)
        for kpi_id, known, numbers, history in told
    ]


def silence(kpi_id: int, known: int) -> SignalRow:
    """Give the row to keep of a KPI of which no reading stands any more."""
    return SignalRow(kpi_id, known, RULES, None, "")


def checkpoint_rows(latest: Latest) -> list[dict[str, Any]]:
    """Give the rows to keep of what stood before the latest readings."""
    own = (latest.value, latest.first_known, latest.shown)
    state = serialization.packed(replace(latest.state, period=latest.index))
    numbers = np.hstack([np.stack(own, axis=1), state]).astype("<f8")
    ends = (latest.start + latest.index).tolist()
    return [
        {
            "kpi_id": kpi_id,
            "period": first_day(end, latest.cadence),
            "state": zlib.compress(row.tobytes()),
        }
        for kpi_id, end, row in zip(latest.kpi_ids, ends, numbers, strict=True)
    ]


def kept_as(cadence: str, several: Sequence[Kept]) -> Latest:
    """Give KPIs of one cadence as they are kept."""
    numbers = np.frombuffer(b"".join(kept.state for kept in several), "<f8")
    value, first_known, shown = (rows := numbers.reshape(len(several), -1))[:, :OWN].T
    state = serialization.unpacked(
        rows[:, OWN:],
        better=[kept.better for kept in several],
        season=SEASONS[cadence],
        smallest_change=[kept.smallest_change for kept in several],
    )
    return Latest(
        cadence=cadence,
        kpi_ids=[kept.kpi_id for kept in several],
        state=state,
        start=np.array([kept.number for kept in several]) - state.period,
        index=state.period,
        value=value,
        first_known=first_known,
        shown=shown,
    )


def state_of(stored: bytes) -> bytes:
    """Give the state that is kept in a row."""
    return zlib.decompress(stored)


def is_whole(state: bytes, cadence: str) -> bool:
    """Tell whether a kept state is as long as those of its cadence."""
    return len(state) == 8 * (OWN + serialization.width(SEASONS[cadence]))


def reach_of(state: bytes) -> int:
    """Give how many periods a kept state is from the first."""
    return int(np.frombuffer(state, "<f8", OWN + 1)[OWN])


def day_of(known: float, zone: ZoneInfo) -> int:
    """Give the ordinal of the company's day that a moment in microseconds falls in."""
    return instant(known).astimezone(zone).date().toordinal()
