"""The step to the latest reading: from what was before it to the row that is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from math import isfinite
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from analytics.drift.serialization import packed, unpacked
from analytics.drift.serialization import width as state_width
from analytics.drift.state import State, rebase, resume
from analytics.periods import SEASONS, first_day

NUMBERS = (
    "signal",
    "period",
    "onset",
    "shown_on",
    "favourable",
    "mean",
    "expected",
    "error",
    "z",
    "window",
    "size",
    "adjoining",
    "rule",
    "last",
    "last_expected",
    "sigma",
    "slope",
    "slope_z",
    "history",
)
"""What of a stored signal is shown: the columns of `kpi_signal` but its state."""

SHOWN_PERIODS = 200
"""How many periods back the history of a signal goes."""

OWN = 4
"""How many numbers of a kept state are ours: value, when known first and last, when shown."""

FLOATS = ("mean", "expected", "error", "z", "last", "last_expected", "sigma", "slope", "slope_z")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Latest:
    """KPIs of one cadence as they stood before their latest reading, with that reading.

    `start` is the number of the first period of their arrays, `index` counts the latest
    reading's from there. `value` is NaN where it was dismissed. `first_known` and `last_known`
    are when that period's readings were, in microseconds, which a float holds exactly;
    `shown` the ordinal of the day on which the alarm that stood before was first shown.
    `history` has the signals before; `pending` tells that a new normal begins later.
    """

    cadence: str
    kpi_ids: Sequence[int]
    state: State
    start: Counts
    index: Counts
    value: Numbers
    first_known: Numbers
    last_known: Numbers
    shown: Numbers
    history: Sequence[str]
    pending: Flags


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
        return int(np.frombuffer(self.state, "<f8", OWN + 1)[OWN])


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


def rows_of(latest: Latest, zone: ZoneInfo) -> list[dict[str, Any]]:
    """Give the rows to keep: each KPI's key, its numbers and its state."""
    state = after(latest)
    letters = [str(signal)[0] for signal in state.facts.signal]
    shown = shown_after(latest, state, zone)
    facts = rebase(state, latest.pending).facts
    onset = np.where(facts.onset >= 0, latest.start + facts.onset, -1)
    columns: dict[str, Sequence[Any]] = {
        "kpi_id": latest.kpi_ids,
        "signal": facts.signal.tolist(),
        "period": _days(latest.start + latest.index, latest.cadence),
        "onset": _days(onset, latest.cadence),
        "shown_on": _dates(np.where(latest.pending, np.nan, shown)),
        "favourable": facts.favourable.tolist(),
        "window": facts.window.tolist(),
        "size": facts.size.tolist(),
        "adjoining": facts.adjoining.tolist(),
        "rule": facts.rule.tolist(),
        **{name: _finite(getattr(facts, name)) for name in FLOATS},
        "history": [
            (before + letter)[-SHOWN_PERIODS:]
            for before, letter in zip(latest.history, letters, strict=True)
        ],
        "state": _kept(latest),
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def kept_as(cadence: str, several: Sequence[Kept]) -> Latest:
    """Give KPIs of one cadence as they are kept; of none is a new normal known."""
    numbers = np.frombuffer(b"".join(kept.state for kept in several), "<f8")
    value, first_known, last_known, shown = (rows := numbers.reshape(len(several), -1))[:, :OWN].T
    state = unpacked(
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
        last_known=last_known,
        shown=shown,
        history=[kept.history[:-1] for kept in several],
        pending=np.zeros(len(several), np.bool_),
    )


def is_whole(state: bytes, cadence: str) -> bool:
    """Tell whether a kept state is as long as those of its cadence."""
    return len(state) == 8 * (OWN + state_width(SEASONS[cadence]))


def last_known(state: bytes) -> float:
    """Give when the latest reading of a kept state was known, in microseconds."""
    return float(np.frombuffer(state, "<f8", OWN)[2])


def microseconds(moment: datetime) -> int:
    """Give a moment as a whole number."""
    return (moment - EPOCH) // MICROSECOND


def day_of(known: float, zone: ZoneInfo) -> int:
    """Give the ordinal of the company's day that a moment in microseconds falls in."""
    return (EPOCH + int(known) * MICROSECOND).astimezone(zone).date().toordinal()


def _kept(latest: Latest) -> list[bytes]:
    own = (latest.value, latest.first_known, latest.last_known, latest.shown)
    state = packed(replace(latest.state, period=latest.index))
    return [row.tobytes() for row in np.hstack([np.stack(own, axis=1), state]).astype("<f8")]


def _days(numbers: Counts, cadence: str) -> list[date | None]:
    return [first_day(number, cadence) if number >= 0 else None for number in numbers.tolist()]


def _dates(days: Numbers) -> list[date | None]:
    return [None if day != day else date.fromordinal(int(day)) for day in days.tolist()]


def _finite(numbers: Numbers) -> list[float | None]:
    return [number if isfinite(number) else None for number in numbers.tolist()]
