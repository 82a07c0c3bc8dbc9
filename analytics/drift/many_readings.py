"""Several readings of few KPIs at once: as far as no alarm begins or ends, none waits for another.

Which readings a baseline holds follows from how many there are, and so do all numbers, until an
alarm locks it. So a stretch of readings is taken in side by side, as if they were those of as many
KPIs, and what lies behind the first alarm that begins or ends is taken in anew.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.drift.monitor import (
    Memory,
    due_end,
    fewest,
    fitted,
    judged,
    last_step,
)
from analytics.drift.reference import Recent
from analytics.drift.window_tests import Sight, look

Counts = NDArray[np.int64]


@np.errstate(all="ignore")
def advance_far(memory: Memory, recent: Recent) -> tuple[Memory, Sight, int]:
    """Take in a stretch of readings; tell what is seen after each, and how many of them hold.

    `recent` has a row for each reading of each KPI: those of all KPIs at their next reading, then
    those at the one after, and so on. All are known. Memory and sight have the same rows; up to
    the first reading with which an alarm begins or ends they hold.
    """
    kpis = len(memory.count)
    steps = len(recent.side) // kpis
    expected = _expected(memory, recent, kpis, steps)
    sight = look(recent, expected.reference)
    found = judged(expected, recent, sight, np.ones(kpis * steps, dtype=np.bool_))
    changes = (found.locked != expected.locked).reshape(steps, kpis).any(axis=1)
    return found, sight, int(changes.argmax()) + 1 if changes.any() else steps


def _expected(memory: Memory, recent: Recent, kpis: int, steps: int) -> Memory:
    """Return what is remembered at each reading while no alarm begins or ends."""
    rows = memory.some(np.tile(np.arange(kpis), steps))
    count = rows.count + np.repeat(np.arange(1, steps + 1), kpis)
    stepped = np.where(count > 1, last_step(recent), np.nan)
    rows = replace(
        rows,
        count=count,
        step=_so_far(np.fmin, memory.step, stepped),
        tested=rows.tested | (count >= fewest(recent.season)),
    )
    ends = np.where(rows.locked, 0, due_end(rows, recent.season))
    end = _so_far(np.maximum, memory.end, ends)
    due = end > np.concatenate([memory.end, end[:-kpis]])
    at = np.where(due, np.arange(kpis * steps), -1)
    latest = np.maximum.accumulate(at.reshape(steps, kpis), axis=0).ravel()
    rows = replace(rows, end=end, held=rows.held & (latest < 0))
    if not due.any():
        return rows
    anew = fitted(rows, recent, np.flatnonzero(due))
    source = np.where(latest < 0, np.arange(kpis * steps), latest)
    return replace(
        rows,
        effects=anew.effects[source],
        variance=anew.variance[source],
        noise=anew.noise[source],
        baseline=anew.baseline.some(source),
    )


def _so_far(best: np.ufunc, before: NDArray[Any], numbers: NDArray[Any]) -> NDArray[Any]:
    """Return the best of the numbers up to each reading, and of what was before."""
    table = np.concatenate([before, numbers]).reshape(-1, len(before))
    return np.asarray(best.accumulate(table, axis=0)[1:].ravel())
