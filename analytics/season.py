"""The season of a baseline: how much each phase of it differs, if the readings show it at all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

FEWEST_SEASONS = 3
MOST_SEASONS = 5

# F beyond 2 has a chance below 5 % where there is no season of 7 to 52 phases.
CRITICAL_F = 2.0


def season_effects(
    values: Numbers, phases: Counts, times: Numbers, known: Flags, seasons: Counts, width: int
) -> tuple[Numbers, Numbers]:
    """Return each phase's effect (kpis, width) and the share of it believed (kpis,), 0..1.

    `values`, the phase of each in its season, `times` and `known` have shape (kpis, n);
    `seasons` is the number of phases, of which `width` is the largest. The effects are those
    of least squares beside one slope; they are believed where F, their mean square over that
    of what is left, exceeds 2, and are then drawn to 0 by 1 / F (James & Stein). 0 elsewhere.

    James & Stein 1961, Estimation with Quadratic Loss, Berkeley Symposium 4(1):361–379.
    """
    shape = (len(values), width)
    cells = phases + width * np.arange(len(values))[:, None]

    def by_phase(numbers: Numbers) -> Numbers:
        counted = np.where(known, numbers, 0.0).ravel()
        sums = np.bincount(cells.ravel(), weights=counted, minlength=shape[0] * width)
        return np.asarray(sums, dtype=np.float64).reshape(shape)

    def around_phase(numbers: Numbers) -> tuple[Numbers, Numbers]:
        means = by_phase(numbers) / np.maximum(count, 1)
        return means, np.where(known, numbers - means.take(cells), 0.0)

    count = by_phase(np.ones_like(values))
    value_means, value_rest = around_phase(values)
    time_means, time_rest = around_phase(times)
    slope = _sums(value_rest * time_rest) / np.maximum(_sums(time_rest**2), 1.0)
    means = np.where(count > 0, value_means - slope[:, None] * time_means, 0.0)
    present = np.maximum((count > 0).sum(axis=1), 1)
    effects = np.where(count > 0, means - (_sums(means) / present)[:, None], 0.0)

    left = _sums((value_rest - slope[:, None] * time_rest) ** 2)
    left /= np.maximum(known.sum(axis=1) - present - 1, 1)
    between = _sums(count * effects**2) / np.maximum(present - 1, 1)
    ratio = np.where(left > 0, between / np.where(left > 0, left, 1.0), np.inf)
    complete = (present == seasons) & (between > 0)
    share = np.where((ratio > CRITICAL_F) & complete, 1 - 1 / np.maximum(ratio, 1.0), 0.0)
    return effects * share[:, None], share


def _sums(numbers: Numbers) -> Numbers:
    """Return the sums of rows, number after number: zeros around them then change no bit."""
    return np.asarray(numbers.cumsum(axis=1)[:, -1])
