"""The state of KPIs between readings, and the step to the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.drift.baseline import Baseline
from analytics.drift.monitor import Memory, advance, blank, forget, reach
from analytics.drift.reference import Recent
from analytics.drift.signal_evidence import Facts, facts_of, mapped, nothing

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

SmallestChange = float | Sequence[float | None] | Numbers | None

SMALLEST, LARGEST = 1e-100, 1e100

BESIDE_ITSELF = [0, 0]
"""The rows of a KPI that has no other beside it.

NumPy adds up a row alone in another order than one among others, which shows in the last bits.
"""


@dataclass(frozen=True, slots=True)
class State:
    """All that the next reading's signal depends on: what is remembered and the last readings.

    `period` (kpis,) is the index of each KPI's next period; `facts` are those of the last one.
    `analytics.drift.serialization` turns what is to be kept of it into a row of numbers a KPI.
    """

    period: Counts
    memory: Memory
    recent: Recent
    facts: Facts


def unread(side: Counts, season: Counts, smallest_change: Numbers) -> State:
    """Return the state of KPIs before their first reading, with what is said of each (kpis,)."""
    kpis, longest = len(side), int(season.max(initial=0))
    empty = np.full((2, reach(longest), kpis), np.nan).swapaxes(1, 2)
    recent = Recent(empty[0], empty[1], side, season, smallest_change)
    return State(np.zeros(kpis, dtype=np.int64), blank(kpis, longest), recent, nothing(kpis))


def rebase(state: State, rows: ArrayLike) -> State:
    """Return the state in which a person has set a new normal for some of the KPIs (kpis,)."""
    begun = np.asarray(rows, dtype=np.bool_)
    if not begun.any():
        return state
    facts = where(begun, nothing(len(begun)), state.facts)
    return replace(state, memory=forget(state.memory, begun), facts=facts)


def resume(
    state: State,
    values: ArrayLike,
    *,
    periods: ArrayLike | None = None,
    rebased: ArrayLike | None = None,
) -> State:
    """Return the state after one more reading: `.facts` are its facts, as `trace` gives them.

    `values` has shape (kpis,), NaN for a missing reading; `periods` are the indices of their
    periods, the next ones where none are given: those skipped had no reading. `rebased` tells
    the KPIs for which a person set a new normal from a period skipped or this one on.
    """
    numbers = np.asarray(values, dtype=np.float64)
    here = state.period if periods is None else np.asarray(periods, dtype=np.int64)
    before = replace(state if rebased is None else rebase(state, rebased), period=here)
    if len(numbers) != 1:
        return _next(before, numbers)
    return some(_next(some(before, BESIDE_ITSELF), numbers[BESIDE_ITSELF]), [0])


def some(several: Kept, rows: Sequence[int]) -> Kept:
    """Return what is kept of some KPIs."""
    parts = (getattr(several, field.name) for field in fields(several))
    chosen: list[Any] = [
        some(part, rows) if is_dataclass(part) else part[rows]  # type: ignore[type-var]
        for part in parts
    ]
    return type(several)(*chosen)


Kept = TypeVar("Kept", State, Memory, Baseline, Recent, Facts)


def where(rows: Flags, one: Facts, other: Facts) -> Facts:
    """Return one's facts in the rows named, elsewhere the other's."""
    return mapped(lambda left, right: np.where(rows, left, right), one, other)


def bounded(numbers: Numbers) -> Numbers:
    """Keep squares finite, and those that are not 0 above it."""
    return np.where(np.abs(numbers) < SMALLEST, 0.0, np.clip(numbers, -LARGEST, LARGEST))


def smallest_changes(named: SmallestChange, kpis: int) -> Numbers:
    """Return the shift that matters of each KPI, 0 where None or NaN names none.

    One number is that of all. ValueError where there is not one for each, for a number below 0
    and for one that is not finite.
    """
    numbers = np.asarray(named, dtype=np.float64)
    if numbers.ndim and len(numbers) != kpis:
        raise ValueError(
            f"smallest_change has {len(numbers)} numbers for {kpis} KPIs: give one for each"
        )
    least = np.where(np.isnan(numbers), 0.0, numbers)
    if not ((least >= 0) & np.isfinite(least)).all():
        raise ValueError("smallest_change is below 0 or infinite: give a number above 0, or None")
    return np.broadcast_to(least, kpis).copy()


def _next(state: State, numbers: Numbers) -> State:
    known = np.isfinite(numbers)
    recent = replace(
        state.recent,
        values=_appended(state.recent.values, bounded(numbers), known),
        periods=_appended(state.recent.periods, state.period.astype(np.float64), known),
    )
    memory, sight = advance(state.memory, recent, known)
    facts = where(known, facts_of(memory, sight), state.facts)
    return State(state.period + 1, memory, recent, facts)


def _appended(numbers: Numbers, newest: Numbers, known: Flags) -> Numbers:
    moved = np.concatenate([numbers[:, 1:], newest[:, None]], axis=1)
    # Laid out period by period, as a replay has them: sums then come out the same.
    return np.asfortranarray(np.where(known[:, None], moved, numbers))
