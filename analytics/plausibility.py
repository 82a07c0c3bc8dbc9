"""Values that were probably not meant: a slip of the keyboard, or a wrong unit."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.variation import natural_limits

TIMES = 100.0
"""How many times larger or smaller than anything before is a wrong unit rather than news."""

SIGMAS = 9.0
"""How far from the centre is far beyond the natural limits, which lie at 3."""

ENOUGH = 6
"""From how many values on their spread can be judged."""


def implausibility(value: float, known: ArrayLike, *, unit: str = "") -> str | None:
    """Return why a value is unlikely after the known ones, None where it may well be meant.

    `known` are earlier values in the same unit, oldest first, NaN where one is missing.
    `share`: a percent given as its hundredth (0.091 for 9.1 %). `scale`: a hundred times
    beyond or below anything known, as a thousandfold slip is. `far`: more than 9 sigma from
    the centre and more than half the largest known size away, from 6 known values on.
    What lies among the known values is never doubted; without any nothing is.
    """
    values = np.asarray(known, np.float64).ravel()
    values = values[np.isfinite(values)]
    if not values.size or values.min() <= value <= values.max():
        return None
    sizes = np.abs(values)
    largest, smallest = float(sizes.max()), float(sizes.min())
    if unit == "%" and _is_share(abs(value), smallest, largest):
        return "share"
    if largest and (abs(value) > TIMES * largest or 0 < abs(value) * TIMES < smallest):
        return "scale"
    return "far" if _is_far(value, values, largest) else None


def _is_share(size: float, smallest: float, largest: float) -> bool:
    """Tell whether a hundred times a value is what was to be expected, and itself is not."""
    return 0 < size <= 1 and size < smallest / 10 and smallest / 2 <= size * 100 <= largest * 2


def _is_far(value: float, values: NDArray[np.float64], size: float) -> bool:
    if values.size < ENOUGH:
        return False
    limits = natural_limits(values)
    away = abs(value - float(limits.centre))
    return math.isfinite(away) and away > SIGMAS * float(limits.sigma) and away > size / 2
