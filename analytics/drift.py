"""Signals: how each KPI behaves against its own past, as it was shown at the time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.facts import Facts, facts_of, mapped, nothing
from analytics.monitor import advance, blank, forget, reach
from analytics.segments import change_points
from analytics.sight import Recent
from analytics.state import (
    BESIDE_ITSELF,
    SmallestChange,
    State,
    bounded,
    rebase,
    resume,
    smallest_changes,
    some,
    where,
)
from analytics.steady import side_of

__all__ = [
    "Facts",
    "State",
    "change_points",
    "rebase",
    "replay",
    "resume",
    "state_after",
    "told",
    "trace",
]

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]
Words = NDArray[np.str_]

Better = str | Sequence[str]
Season = int | Sequence[int | None] | None
Indices = Sequence[int] | Sequence[Sequence[int] | None] | None


def replay(
    values: ArrayLike,
    *,
    better: Better,
    season: Season = None,
    rebased: Indices = None,
    excluded: Indices = None,
    smallest_change: SmallestChange = None,
) -> Words:
    """Return the signal as it was shown after each period, from the readings up to it alone.

    `values` has shape (periods,) or (kpis, periods); the answer has the same. A missing
    reading (NaN or infinite), an excluded one (`excluded`: indices of dismissed readings) and
    a KPI without any repeat the last signal, at first `learning`. With many KPIs `better`,
    `season` and `smallest_change` are one for all or one for each, `rebased` and `excluded` a
    list for each.

    - `learning`: fewer than 12 readings, since the first or since a person set a new normal
      (`rebased`: the indices of those periods).
    - `drifting`: the mean of the last 8 or 13 readings is further on the bad side of what the
      baseline lets expect than a calibrated number of standard errors (2.4 with a baseline of
      30), and the last two readings are on that side. The baseline and the alarm then stand
      until the KPI is certified steady or rebased. `within`: either side is bad.
    - `recovering`: while an alarm stands, where the last four average within 1 sigma.
    - `watch`: a reading beyond 3 sigmas, 8 in a row, three quarters of an alarm, or a slope,
      on the bad side. A KPI that gets worse along its own trend is never `steady`.
    - `steady`: else.

    The baseline allows for a trend, for readings that follow their predecessors and for being
    short (`analytics.baseline.fit`), for outliers, and for a `season` of that many periods
    once three of them show it; until then a season of up to 13 periods lets nothing be called
    drifting, only watched. Constant readings are steady; among them a change is judged by the
    smallest step that was ever seen. A favourable shift is a fact of `trace`, no signal.

    `smallest_change`, in the KPI's unit, is the shift below which nobody would act: an alarm
    begins only where the mean of the window that decides lies at least so far from what was
    expected of it, else the KPI is at most `watch`, and no smaller shift is favourable. An
    alarm that stands does not end by it. None, NaN or 0 names none; ValueError for others.

    Numbers beyond 1e100 count as that, numbers within 1e-100 of 0 as 0.
    """
    return trace(
        values,
        better=better,
        season=season,
        rebased=rebased,
        excluded=excluded,
        smallest_change=smallest_change,
    ).signal


def trace(
    values: ArrayLike,
    *,
    better: Better,
    season: Season = None,
    rebased: Indices = None,
    excluded: Indices = None,
    smallest_change: SmallestChange = None,
) -> Facts:
    """Return each period's signal with what it was decided by, in the shape of `values`.

    The arguments are those of `replay`.
    """
    rows = np.asarray(values, dtype=np.float64)
    if rows.ndim > 1:
        return _over_periods(_run(rows, better, season, rebased, excluded, smallest_change)[1])
    marks = [rebased or []], [excluded or []]
    facts = _over_periods(_run(rows[None], better, season, *marks, smallest_change)[1])
    return mapped(lambda column: column[0], facts)


def state_after(
    values: ArrayLike,
    *,
    better: Better,
    season: Season = None,
    rebased: Indices = None,
    excluded: Indices = None,
    smallest_change: SmallestChange = None,
) -> State:
    """Return the state after all periods of many KPIs, from which `resume` goes on.

    The arguments are those of `replay` for values of shape (kpis, periods).
    """
    rows = np.asarray(values, dtype=np.float64)
    return _run(rows, better, season, rebased, excluded, smallest_change)[0]


def told(
    values: ArrayLike,
    *,
    better: Better,
    season: Season = None,
    rebased: Indices = None,
    excluded: Indices = None,
    smallest_change: SmallestChange = None,
) -> tuple[State, Words]:
    """Return the state after all periods of many KPIs with the signals shown, as `replay` does."""
    rows = np.asarray(values, dtype=np.float64)
    state, steps = _run(rows, better, season, rebased, excluded, smallest_change)
    return state, np.take_along_axis(_beside(*(step.signal for step in steps.seen)), steps.shown, 1)


class _Steps(NamedTuple):
    """The facts before and after each reading, and which of them each period shows."""

    seen: list[Facts]
    shown: Counts


def _run(
    values: Numbers,
    better: Better,
    season: Season,
    rebased: Any,
    excluded: Any,
    smallest_change: SmallestChange,
) -> tuple[State, _Steps]:
    """Step through the readings of all KPIs side by side: first readings, second readings, …"""
    kpis = len(values)
    kinds = _sides(better, kpis), _seasons(season, kpis), smallest_changes(smallest_change, kpis)
    begun = _marks(rebased, values.shape)
    known = np.isfinite(values) & ~_marks(excluded, values.shape)
    parts: list[Any] = [values, known, begun, *kinds]
    if kpis != 1:
        return _stepped(*parts)
    state, steps = _stepped(*(np.repeat(part, len(BESIDE_ITSELF), axis=0) for part in parts))
    return some(state, [0]), _Steps([some(facts, [0]) for facts in steps.seen], steps.shown[:1])


def _stepped(
    values: Numbers, known: Flags, begun: Flags, side: Counts, phases: Counts, least: Numbers
) -> tuple[State, _Steps]:
    kpis, periods = values.shape
    count = known.cumsum(axis=1)
    width = reach(int(phases.max(initial=0)))
    readings, fresh = _side_by_side(values, known, begun, width)
    read_by = count[:, -1] if periods else np.zeros(kpis, dtype=np.int64)

    memory = blank(kpis, int(phases.max(initial=0)))
    seen = [nothing(kpis)]
    for number in range(fresh.shape[1] - 1):
        if fresh[:, number].any():
            memory = forget(memory, fresh[:, number])
        newest = slice(number + 1, number + 1 + width)
        recent = Recent(readings[0][:, newest], readings[1][:, newest], side, phases, least)
        memory, sight = advance(memory, recent, read_by > number)
        seen.append(facts_of(memory, sight))
    memory = forget(memory, fresh[np.arange(kpis), read_by])
    latest = read_by[:, None] + np.arange(width)
    tails = [np.take_along_axis(part, latest, 1) for part in readings]
    shown = _shown(known, begun)
    last = _last(seen, shown[:, -1]) if periods else seen[0]
    recent = Recent(tails[0], tails[1], side, phases, least)
    return State(np.full(kpis, periods), memory, recent, last), _Steps(seen, shown)


def _last(seen: list[Facts], shown: Counts) -> Facts:
    last = seen[0]
    for number in np.unique(shown):
        last = where(shown == number, seen[number], last)
    return last


def _side_by_side(values: Numbers, known: Flags, begun: Flags, width: int) -> tuple[Numbers, Flags]:
    """Return the readings and their periods without gaps, and which begin a new segment.

    The readings have shape (2, kpis, width + most readings), `width` NaN in front; a segment
    begins with the first reading in or after the period in which it was begun.
    """
    kpis, count = len(values), known.cumsum(axis=1)
    most = int(count[:, -1:].max(initial=0))
    # Laid out period by period, which is how all that follows goes through it.
    padded = np.full((2, width + most, kpis), np.nan).swapaxes(1, 2)
    row, column = np.nonzero(known)
    place = count[row, column] + width - 1
    padded[0][row, place] = bounded(values[known])
    padded[1][row, place] = column
    fresh = np.zeros((kpis, most + 1), dtype=np.bool_)
    row, column = np.nonzero(begun)
    fresh[row, (count - known)[row, column]] = True
    return padded, fresh


def _shown(known: Flags, begun: Flags) -> Counts:
    """Return after how many readings each period's facts are seen; a new normal has none."""
    here = np.arange(known.shape[1])
    last_read = np.maximum.accumulate(np.where(known, here, -1), axis=1)
    last_begun = np.maximum.accumulate(np.where(begun, here, -1), axis=1)
    return np.where(last_begun > last_read, 0, known.cumsum(axis=1))


def _over_periods(steps: _Steps) -> Facts:
    """Lay the facts after each reading out over the periods."""
    return mapped(
        lambda *columns: np.take_along_axis(_beside(*columns), steps.shown, 1), *steps.seen
    )


def _beside(*columns: NDArray[Any]) -> NDArray[Any]:
    return np.stack(columns, axis=1)


def _sides(better: Better, kpis: int) -> Counts:
    words = [better] * kpis if isinstance(better, str) else list(better)
    if len(words) != kpis:
        raise ValueError(f"better has {len(words)} words for {kpis} KPIs: give one for each")
    return np.array([side_of(word) for word in words], dtype=np.int64)


def _seasons(season: Season, kpis: int) -> Counts:
    numbers = [season] * kpis if season is None or isinstance(season, int) else list(season)
    if len(numbers) != kpis:
        raise ValueError(f"season has {len(numbers)} numbers for {kpis} KPIs: give one for each")
    return np.array([number if (number or 0) > 1 else 0 for number in numbers], dtype=np.int64)


def _marks(indices: Sequence[Sequence[int] | None] | None, shape: tuple[int, ...]) -> Flags:
    """Return which periods are named; an index beyond the readings names none."""
    marks = np.zeros(shape, dtype=np.bool_)
    for row, named in zip(marks, indices or [], strict=indices is not None):
        row[[index for index in named or [] if 0 <= index < shape[1]]] = True
    return marks
