"""Signals: how each KPI behaves against its own past, as it was shown at the time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.drift.monitor import SIGNALS
from analytics.drift.signal_evidence import Facts, mapped
from analytics.drift.state import SmallestChange, State, smallest_changes, unread
from analytics.drift.steady import side_of
from analytics.drift.stepping import Steps, side_by_side, stepped

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]
Words = NDArray[np.str_]

Better = str | Sequence[str]
Season = int | Sequence[int | None] | None
AT_ONCE = 2_000

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
    - `drifting`: the mean of the last 8 or 12 readings is further on the bad side of what the
      baseline lets expect than a calibrated number of standard errors (2.3 with a baseline of
      30, `analytics.drift.shift_limits`), the last two readings are on that side, and all readings
      confirm it beside a slope that was there all along (`analytics.drift.confirmation`). The
      baseline and the alarm then stand until the KPI is certified steady or rebased. `within`:
      either side is bad.
    - `recovering`: while an alarm stands, where the last four average within 1 sigma.
    - `watch`: a reading beyond 3 sigmas, 8 in a row, three quarters of an alarm, or a slope,
      on the bad side. A KPI that gets worse along its own trend is never `steady`.
    - `steady`: else.

    A reading counts for at most 3 sigmas in a mean, until the latest four all lie far off on
    one side. The baseline allows for a trend, for readings that follow their predecessors and
    for being short (`analytics.drift.mixture`), for readings far from all others and for one step
    inside it, and for a `season` of that many periods as far as its second year shows it, with
    noise that may grow with a phase's mean (`analytics.drift.season`); a season of up to 13 periods
    must have been there twice before anything is called drifting. Constant readings are steady;
    among them a change is judged by the smallest step that was ever seen. A favourable shift is a
    fact of `trace`, no signal.

    `smallest_change`, in the KPI's unit, is the shift below which nobody would act: an alarm
    begins only where the mean of the window that decides lies at least so far from what was
    expected of it, else the KPI is at most `watch`, and no smaller shift is favourable. An
    alarm that stands does not end by it. None, NaN or 0 names none; ValueError for others.

    Numbers beyond 1e100 count as that, numbers within 1e-100 of 0 as 0.
    """
    several = _Several(values, better, season, rebased, excluded, smallest_change)
    words = np.empty(several.values.shape, dtype=SIGNALS.dtype)
    for some_rows in several.blocks():
        words[some_rows] = _words(several.stepped(some_rows))
    return words if np.ndim(values) > 1 else words[0]


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
    several = _Several(values, better, season, rebased, excluded, smallest_change)
    facts = _facts(several.stepped(every=True))
    return facts if np.ndim(values) > 1 else mapped(lambda column: column[0], facts)


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
    several = _Several(values, better, season, rebased, excluded, smallest_change)
    return several.stepped().state


def trace_from(
    state: State, values: ArrayLike, *, rebased: Sequence[Sequence[int]]
) -> tuple[State, Words, Facts]:
    """Go on from a state by many periods: the state after them, each one's signal and its facts.

    `values` has shape (kpis, periods), NaN for a missing reading, `rebased` a list of indices for
    each KPI. Signals are those of `replay`, facts those of `trace` from each KPI's first reading
    among these on.
    """
    numbers = np.asarray(values, dtype=np.float64)
    begun = _marks(rebased, numbers.shape)
    steps = stepped(state, side_by_side(state, numbers, np.isfinite(numbers), begun), every=True)
    return steps.state, _words(steps), _facts(steps)


def _words(steps: Steps) -> Words:
    return np.asarray(SIGNALS[np.take_along_axis(steps.signals, steps.shown, 1)])


def _facts(steps: Steps) -> Facts:
    return mapped(
        lambda *columns: np.take_along_axis(np.stack(columns, axis=1), steps.shown, 1), *steps.seen
    )


class _Several:
    """Many KPIs with what is said of each, and some of them at a time."""

    def __init__(
        self,
        values: ArrayLike,
        better: Better,
        season: Season,
        rebased: Any,
        excluded: Any,
        smallest_change: SmallestChange,
    ) -> None:
        rows = np.asarray(values, dtype=np.float64)
        if rows.ndim == 1:
            rows, rebased, excluded = rows[None], [rebased or []], [excluded or []]
        kpis = len(rows)
        self.values = rows
        self.side, self.season = _sides(better, kpis), _seasons(season, kpis)
        self.smallest_change = smallest_changes(smallest_change, kpis)
        self.marks = [_named(indices, kpis) for indices in (rebased, excluded)]

    def blocks(self) -> Iterator[slice]:
        """Give the rows of so many KPIs at a time that what is kept of them stays small."""
        for start in range(0, len(self.values), AT_ONCE):
            yield slice(start, start + AT_ONCE)

    def stepped(self, rows: slice = slice(None), *, every: bool = False) -> Steps:
        """Step through the readings of some KPIs side by side."""
        values = self.values[rows]
        begun, excluded = (_marks(marks[rows], values.shape) for marks in self.marks)
        known = np.isfinite(values) & ~excluded
        before = unread(self.side[rows], self.season[rows], self.smallest_change[rows])
        return stepped(before, side_by_side(before, values, known, begun), every=every)


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


def _named(
    indices: Sequence[Sequence[int] | None] | None, kpis: int
) -> Sequence[Sequence[int] | None]:
    named = [None] * kpis if indices is None else list(indices)
    if len(named) != kpis:
        raise ValueError(f"there are {len(named)} lists of indices for {kpis} KPIs: give one each")
    return named


def _marks(indices: Sequence[Sequence[int] | None], shape: tuple[int, ...]) -> Flags:
    """Return which periods are named; an index beyond the readings names none."""
    marks = np.zeros(shape, dtype=np.bool_)
    for row, named in zip(marks, indices, strict=True):
        row[[index for index in named or [] if 0 <= index < shape[1]]] = True
    return marks
