"""The facts of a signal: the numbers it was decided by, for the sentence that explains it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.drift.baseline import WINDOWS
from analytics.drift.monitor import DRIFTING, LEARNING, SIGNALS, WATCH, Memory
from analytics.drift.window_tests import RULES, Sight, badness, notable

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Facts:
    """What each signal was decided by, in the KPI's unit: (periods,) or (kpis, periods).

    `mean` is the average of the last `window` readings, `expected` what the `size` readings of the
    baseline let expect of it, `error` the standard error of their difference and `z` the difference
    in standard errors, each reading counted for at most 3 `sigma`, which is the standard deviation
    of one reading, or for more once the latest four all lie far off
    (`analytics.drift.shift_limits.counted_means`). Of the windows tested it is the one worst for
    the KPI, the one best for it where the shift is favourable. Where none has been tested yet these
    are NaN and `window` is 0.

    `adjoining` tells that the window begins where the baseline ends.

    `rule` is what found the KPI drifting or worth a look: a "window", else a single "reading",
    else a "run" of 8 on one side, else the "trend"; empty for every other signal. `last` is how
    many sigmas of its phase the last reading is from `last_expected`, which is what was expected of
    it.

    `slope` is the change per period over the last 52 readings, `slope_z` that in standard
    errors. `onset` is the index of the period in which the drift set in, -1 while no alarm
    stands. `favourable` tells of a shift to the good side as sure as an alarm, and as large
    as what matters.
    """

    signal: NDArray[np.str_]
    expected: Numbers
    mean: Numbers
    error: Numbers
    z: Numbers
    window: Counts
    sigma: Numbers
    size: Counts
    adjoining: Flags
    rule: NDArray[np.str_]
    last: Numbers
    last_expected: Numbers
    slope: Numbers
    slope_z: Numbers
    onset: Counts
    favourable: Flags


def nothing(kpis: int) -> Facts:
    """Return the facts of KPIs without a reading."""
    none, zero = np.full(kpis, np.nan), np.zeros(kpis, dtype=np.int64)
    no = np.zeros(kpis, dtype=np.bool_)
    return Facts(
        signal=np.full(kpis, SIGNALS[LEARNING]),
        expected=none,
        mean=none,
        error=none,
        z=none,
        window=zero,
        sigma=none,
        size=zero,
        adjoining=no,
        rule=RULES[zero],
        last=none,
        last_expected=none,
        slope=none,
        slope_z=none,
        onset=zero - 1,
        favourable=no,
    )


def facts_of(memory: Memory, sight: Sight) -> Facts:
    """Return the facts after a reading of each KPI."""
    tested = sight.tested.any(axis=1)
    bad = badness(sight.share, sight.share, sight.side[:, None])
    telling = np.where(sight.favourable[:, None], -bad, bad)
    chosen = np.where(sight.tested, telling, -np.inf).argmax(axis=1)
    here, window = np.arange(len(chosen)), np.array(WINDOWS)[chosen]

    def decided(numbers: Numbers) -> Numbers:
        return np.where(tested, numbers[here, chosen], np.nan)

    return Facts(
        signal=SIGNALS[memory.signal],
        expected=decided(sight.expected),
        mean=decided(sight.mean),
        error=decided(sight.error),
        z=decided(sight.z),
        window=np.where(tested, window, 0),
        sigma=sight.sigma,
        size=memory.baseline.size,
        adjoining=tested & ~memory.held & (memory.count - memory.end == window),
        rule=_rules(memory, sight),
        last=_in_sigmas(sight.distance[:, -1], sight.last_sigma),
        last_expected=sight.last_expected,
        slope=sight.slope,
        slope_z=sight.slope_z,
        onset=memory.onset,
        favourable=sight.favourable & tested,
    )


def _rules(memory: Memory, sight: Sight) -> NDArray[np.str_]:
    watched = np.where(memory.signal == WATCH, notable(sight, memory.count), 0)
    return RULES[np.where(memory.signal == DRIFTING, 1, watched)]


def _in_sigmas(distance: Numbers, sigma: Numbers) -> Numbers:
    return np.asarray(np.divide(distance, sigma, out=np.full(len(sigma), np.nan), where=sigma > 0))


def mapped(change: Callable[..., Any], *several: Facts) -> Facts:
    """Return facts of which each is what `change` makes of the same fact of several."""
    names = [field.name for field in fields(Facts)]
    return Facts(*(change(*(getattr(facts, name) for facts in several)) for name in names))
