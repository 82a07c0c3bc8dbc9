"""The monitor: what it remembers of each KPI, and one step from a reading to a signal."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from analytics.drift.baseline import WINDOWS, Baseline, fit
from analytics.drift.confirmation import enough_alone, overwhelming, surely_shifted
from analytics.drift.mixture import not_alone
from analytics.drift.reference import Recent, Reference, cells_of, noise_of
from analytics.drift.season import MOST_SEASONS, REPEATS, Season, by_season, season_of
from analytics.drift.shift_limits import SHORT_SEASON
from analytics.drift.steady import SPAN, steady
from analytics.drift.window_tests import Sight, badness, distances, look, notable, onsets

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

SIGNALS = np.array(["learning", "steady", "watch", "drifting", "recovering"])
LEARNING, STEADY, WATCH, DRIFTING, RECOVERING = range(len(SIGNALS))

# A baseline needs the first 12 readings, takes in those before the last 8, 2 at a time, until
# it holds 30, and stays there until 26 lie beyond it; then it moves on, 4 at a time, and holds
# the last 52.
FEWEST, SETTLED, MOST = 12, 30, 52
SHORTEST = min(WINDOWS)
LAG = 26
GROWTH, STRIDE = 2, 4

SETTLED_SEASONS = 4
FEWEST_SEASONS = 2
"""A season of at most 13 periods must have been there twice before anything is called drifting."""

UNSEEN = 0.5
"""How far off a phase may be of which nothing is known: a variance, in those of a reading."""

CLOSE = 4


def reach(longest_season: int) -> int:
    """Return how many of the last readings a step looks at."""
    return LAG + STRIDE + max(MOST, MOST_SEASONS * longest_season)


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of each KPI between readings: a row each, all shaped (kpis,).

    `signal` is the index in SIGNALS; `count` the readings of the present segment, `end` how
    many of them its baseline ends after, 0 while there is none of its own; `held` tells that
    the baseline is still that of an earlier segment; `locked` that an alarm stands, `onset`
    the period it set in, -1 for none; `step` is the smallest difference between neighbouring
    readings, NaN before there is one; `effects` (kpis, phases) what the season adds, `variance`
    how unsure that is, and `noise` how many times the variance of the usual reading that of a
    phase's readings is; `tested` that there were readings enough to tell.
    """

    signal: NDArray[np.int8]
    count: Counts
    end: Counts
    held: Flags
    locked: Flags
    onset: Counts
    step: Numbers
    tested: Flags
    effects: Numbers
    variance: Numbers
    noise: Numbers
    baseline: Baseline

    def some(self, rows: Counts) -> Memory:
        """Return what is remembered of some KPIs."""
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        baseline = own.pop("baseline").some(rows)
        return Memory(**{name: column[rows] for name, column in own.items()}, baseline=baseline)

    @property
    def reference(self) -> Reference:
        """What the next readings are held against."""
        since = self.count - np.where(self.held, 0, self.end)
        season = self.effects, self.variance, self.noise
        return Reference(self.baseline, self.count, since, self.step, *season)


def blank(kpis: int, phases: int = 0) -> Memory:
    """Return what is remembered of KPIs without a reading."""
    zero, no = np.zeros(kpis, dtype=np.int64), np.zeros(kpis, dtype=np.bool_)
    return Memory(
        signal=np.zeros(kpis, dtype=np.int8),
        count=zero,
        end=zero,
        held=no,
        locked=no,
        onset=zero - 1,
        step=np.full(kpis, np.nan),
        tested=no,
        effects=np.zeros((kpis, phases)),
        variance=np.zeros((kpis, phases)),
        noise=np.ones((kpis, phases)),
        baseline=Baseline.empty(kpis),
    )


def forget(memory: Memory, rows: Flags) -> Memory:
    """Return the memory with a new segment begun in the rows where a person rebased."""
    return replace(
        memory,
        signal=np.where(rows, np.int8(LEARNING), memory.signal),
        count=np.where(rows, 0, memory.count),
        end=np.where(rows, 0, memory.end),
        held=memory.held & ~rows,
        locked=memory.locked & ~rows,
        onset=np.where(rows, -1, memory.onset),
        step=np.where(rows, np.nan, memory.step),
        baseline=memory.baseline.where(~rows, Baseline.empty(len(rows))),
    )


@np.errstate(all="ignore")
def advance(memory: Memory, recent: Recent, known: Flags) -> tuple[Memory, Sight]:
    """Take in the newest reading of the KPIs where it is known; tell what is seen of all."""
    stepped = known & (memory.count > 0)
    memory = replace(
        memory,
        count=memory.count + known,
        step=np.fmin(memory.step, np.where(stepped, last_step(recent), np.nan)),
    )
    memory = replace(memory, tested=memory.tested | (memory.count >= fewest(recent.season)))
    end = due_end(memory, recent.season)
    due = known & ~memory.locked & (end > memory.end)
    if due.any():
        memory = replace(memory, end=np.where(due, end, memory.end), held=memory.held & ~due)
        memory = fitted(memory, recent, np.flatnonzero(due))
    sight = look(recent, memory.reference)
    return judged(memory, recent, sight, known), sight


def last_step(recent: Recent) -> Numbers:
    """Return by how much the newest reading differs from the one before, NaN where it does not."""
    newest, previous = recent.values[:, -1], recent.values[:, -2]
    step = np.abs(newest - previous)
    return np.where(step > 1e-12 * np.abs(newest), step, np.nan)


def fewest(season: Counts) -> Counts:
    """Return from how many readings on anything may be called drifting, beside learning."""
    return np.where(season <= SHORT_SEASON, FEWEST_SEASONS * season, 0)


def due_end(memory: Memory, season: Counts) -> Counts:
    """Return how many readings of the segment the baseline should end after; 0 for too few."""
    count = memory.count
    short = (season > 1) & (season <= SHORT_SEASON)
    settled = np.where(short, np.maximum(SETTLED, SETTLED_SEASONS * season), SETTLED)
    moved = settled + STRIDE * ((count - LAG - settled) // STRIDE)
    grown = FEWEST + GROWTH * ((count - SHORTEST - FEWEST) // GROWTH)
    enough = count >= np.where(memory.held, SETTLED + SHORTEST, FEWEST)
    return np.where(enough, np.maximum(np.clip(grown, FEWEST, settled), moved), 0)


def fitted(memory: Memory, recent: Recent, rows: Counts) -> Memory:
    """Return the memory with the baselines of some rows fitted up to where they now end."""
    phases, rows = memory.effects.shape[1], not_alone(rows)
    values, periods, known = _readings_up_to(memory.end, memory, recent, rows, MOST)
    if not phases:
        return replace(memory, baseline=memory.baseline.replaced(rows, fit(values, periods, known)))
    season = recent.season[rows]
    found, seasons = _season(memory, recent, rows)
    shown = np.flatnonzero(found.share)
    at = shown[:, None], _phases(periods[shown], known[shown], season[shown])
    noise = np.ones(values.shape)
    values[shown] -= found.effects[at]
    noise[shown] = np.sqrt(found.noise[at])
    fresh = fit(values, periods, known, noise).with_season(found.share, seasons, season)
    unseen = np.where(season > 1, UNSEEN * fresh.sigma**2, 0.0)[:, None]
    effects, variance, noises = (
        column.copy() for column in (memory.effects, memory.variance, memory.noise)
    )
    effects[rows], noises[rows] = found.effects, found.noise
    variance[rows] = np.where(np.isnan(found.variance), unseen, found.variance)
    baseline = memory.baseline.replaced(rows, fresh)
    return replace(memory, effects=effects, variance=variance, noise=noises, baseline=baseline)


def _season(memory: Memory, recent: Recent, rows: Counts) -> tuple[Season, Numbers]:
    """Return the season of each KPI, and from how many times round it comes.

    Where a season was hardly there once the effects are 0 and their variance NaN. They come from
    all readings but the latest 8: those of the phases that are looked at are a season old.
    """
    season, phases = recent.season[rows], memory.effects.shape[1]
    before = np.maximum(memory.end, memory.count - SHORTEST)
    size = np.minimum(before[rows], MOST_SEASONS * season)
    shape = len(rows), phases
    found = Season(np.zeros(shape), np.full(shape, np.nan), np.ones(shape), np.zeros(len(rows)))
    told = not_alone(np.flatnonzero((season > 1) & (size >= season + REPEATS)))
    if len(told):
        width = int(size[told].max())
        values, periods, known = _readings_up_to(before, memory, recent, rows[told], width)
        known = known & (np.arange(width)[::-1] < size[told, None])
        table = by_season(values, periods, known, season[told], phases)
        fresh = season_of(table, season[told], values[:, -1])
        for column, part in zip(found, fresh, strict=True):
            column[told] = part
    return found, size / np.maximum(season, 1)


def _phases(periods: Numbers, known: Flags, season: Counts) -> Counts:
    return np.where(known, periods, 0.0).astype(np.int64) % np.maximum(season, 1)[:, None]


def _readings_up_to(
    before: Counts, memory: Memory, recent: Recent, rows: Counts, width: int
) -> tuple[Numbers, Numbers, Flags]:
    """Return values, periods and which are known of the last readings of a segment's first ones.

    `before` is how many of the segment's readings these are.
    """
    kpis, newest = len(recent.values), recent.values.shape[1] - 1
    ends = newest - (memory.count - before)[rows]
    columns = np.maximum(ends[:, None] - np.arange(width)[::-1], 0)
    known = np.arange(width)[::-1] < before[rows, None]
    # Laid out period by period, the readings are taken several times as fast by one index.
    places = rows[:, None] + kpis * columns
    return recent.values.T.ravel().take(places), recent.periods.T.ravel().take(places), known


def judged(memory: Memory, recent: Recent, sight: Sight, known: Flags) -> Memory:
    """Return the memory with the signal after this reading, and the alarm it begins or ends."""
    four = sight.distance[:, -CLOSE:].mean(axis=1)
    close = badness(four, four, sight.side) <= sight.sigma
    ends = known & memory.locked & (memory.count >= SPAN)
    if ends.any():
        ends &= steady(sight.evened[:, -SPAN:], sight.sigma, sight.side)
    stands = memory.locked & ~ends
    adverse = sight.adverse
    begins = known & adverse & memory.tested & ~memory.locked
    begins = _confirmed(begins, memory, recent, sight)
    signal = np.select(
        [memory.count < FEWEST, stands & close, stands | begins],
        [LEARNING, RECOVERING, DRIFTING],
        np.where(adverse | (notable(sight, memory.count) > 0), WATCH, STEADY),
    )
    return replace(
        memory,
        signal=np.where(known, signal, memory.signal).astype(np.int8),
        count=np.where(ends, SPAN, memory.count),
        end=np.where(ends, 0, memory.end),
        held=memory.held | ends,
        locked=stands | begins,
        onset=_onset(memory, recent, stands, begins),
        baseline=memory.baseline.confirmed(
            ends, recent.periods[:, -1], sight.distance[:, -SPAN:].mean(axis=1)
        ),
    )


def _confirmed(begins: Flags, memory: Memory, recent: Recent, sight: Sight) -> Flags:
    """Leave out the alarms that all readings of a segment do not confirm."""
    if not begins.any():
        return begins
    beyond = np.abs(sight.share).max(axis=1)
    begins = begins & (~memory.held | enough_alone(beyond, recent.season))
    plain = memory.held | overwhelming(beyond, recent.season)
    rows = np.flatnonzero(begins & ~plain)
    if not len(rows):
        return begins
    rows = not_alone(rows)
    asked, reference = recent.last(MOST + LAG, rows), memory.reference.some(rows)
    cells = cells_of(asked, reference, MOST + LAG)
    distance = distances(asked, reference, MOST + LAG)
    known = np.arange(MOST + LAG, 0, -1) <= reference.count[:, None]
    noise, sigma = noise_of(reference, cells), sight.sigma[rows]
    sure = begins.copy()
    sure[rows] = surely_shifted(distance, asked, known, reference.baseline, sigma, noise)
    return sure


def _onset(memory: Memory, recent: Recent, stands: Flags, begins: Flags) -> Counts:
    onset = np.where(stands, memory.onset, -1)
    rows, width = np.flatnonzero(begins), LAG + STRIDE
    if len(rows):
        onset[rows] = onsets(recent.last(width, rows), memory.reference.some(rows), width)
    return onset
