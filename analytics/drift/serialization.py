"""States as rows of numbers: what is kept of a KPI so that its next reading needs no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.drift.baseline import Baseline
from analytics.drift.monitor import Memory
from analytics.drift.reference import Recent
from analytics.drift.signal_evidence import nothing
from analytics.drift.signals import state_after
from analytics.drift.state import SmallestChange, State, smallest_changes
from analytics.drift.steady import side_of

Numbers = NDArray[np.float64]


def packed(state: State) -> Numbers:
    """Return a state's memory and last readings as numbers (kpis, width), without its facts.

    Whole numbers and flags stay exact; the width depends on the season alone.
    """
    columns = _columns(state)
    return np.hstack([part if part.ndim > 1 else part[:, None] for part in columns])


def unpacked(
    rows: Numbers, *, better: Sequence[str], season: int, smallest_change: SmallestChange = None
) -> State:
    """Return the state that was packed, with the facts of KPIs without a reading.

    `better` has a word for each KPI, `season` is that of all, 0 for none, `smallest_change` is
    that of `replay`. ValueError where the width is not that of the season.
    """
    if rows.shape[1] != width(season):
        raise ValueError(f"a state of season {season} has {width(season)} numbers: replay it anew")
    like = list(_columns(_one(season)))
    parts = np.split(rows, np.cumsum([column.size for column in like])[:-1], axis=1)
    columns = map(_restored, parts, like)
    period = next(columns)
    own = {name: next(columns) for name in _names(Memory) if name != "baseline"}
    baseline = Baseline(*(next(columns) for _ in _names(Baseline)))
    # Laid out period by period, as a replay has them: sums then come out the same.
    values, periods = map(np.asfortranarray, columns)
    side = np.array([side_of(word) for word in better], dtype=np.int64)
    least = smallest_changes(smallest_change, len(rows))
    recent = Recent(values, periods, side, np.full(len(rows), season), least)
    return State(period, Memory(**own, baseline=baseline), recent, nothing(len(rows)))


@cache
def width(season: int) -> int:
    """Return how many numbers a state has with a season of that many periods, 0 for none."""
    return sum(column.size for column in _columns(_one(season)))


@cache
def _one(season: int) -> State:
    return state_after(np.empty((1, 0)), better="higher", season=season)


def _columns(state: State) -> Iterator[NDArray[Any]]:
    memory, baseline = state.memory, state.memory.baseline
    yield state.period
    yield from (getattr(memory, name) for name in _names(Memory) if name != "baseline")
    yield from (getattr(baseline, name) for name in _names(Baseline))
    yield state.recent.values
    yield state.recent.periods


def _names(kind: type[Memory] | type[Baseline]) -> list[str]:
    return [field.name for field in fields(kind)]


def _restored(part: Numbers, like: NDArray[Any]) -> NDArray[Any]:
    shaped = part if like.ndim > 1 else part[:, 0]
    return shaped.astype(like.dtype)
