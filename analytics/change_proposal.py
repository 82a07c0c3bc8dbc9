"""A smallest change that matters, proposed from a KPI's range or level, with its reason."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analytics.coach.remark import change, typed
from analytics.range_proposal import ENOUGH, at_present

OF_RANGE, OF_LEVEL = 0.1, 0.02
"""The share of the range's width, and of the usual level, that hardly anybody acts on."""

SMALLEST_POWER = -300

WRITTEN = np.array([1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0])
"""What people write a number with, times a power of ten."""


@dataclass(frozen=True, slots=True)
class ChangeProposal:
    """A smallest change in the unit of the readings, and in a sentence what it is taken from."""

    smallest_change: float
    reason: str


def propose_change(
    values: ArrayLike, *, low: float | None, high: float | None, unit: str = ""
) -> ChangeProposal | None:
    """Propose the shift below which hardly anybody would act; None where nothing tells.

    With both bounds of the range it is a tenth of its width, whatever the readings; else 2 % of
    the usual level, the median of the last 52 readings since their level last changed. `values`
    has shape (periods,), oldest first, NaN where one is missing. A level needs 12 readings, and
    has no share where some lie above and some below 0. Rounded to what people would write.
    """
    if low is not None and high is not None and low < high:
        least = _written(OF_RANGE * (high - low))
        return ChangeProposal(least, _of_range(low, high, least, unit))
    readings = at_present(values)
    if readings.size < ENOUGH or readings.min() <= 0 <= readings.max():
        return None
    level = float(np.median(readings))
    least = _written(OF_LEVEL * abs(level))
    said = f"About 2 % of its usual level of {typed(_rounded(level), unit)} is"
    return ChangeProposal(least, f"{said} {_called(least, unit)}.")


def _of_range(low: float, high: float, least: float, unit: str) -> str:
    span = f"{typed(low)} to {typed(high, unit)}"
    return f"A tenth of the range {span} is about {_called(least, unit)}."


def _called(least: float, unit: str) -> str:
    return f"{change(least, unit)}: a smaller shift would be watched, and call nobody"


def _written(exact: float) -> float:
    """Round a number above 0 to the nearest that people would write."""
    power = 10.0 ** max(math.floor(math.log10(exact)), SMALLEST_POWER)
    nearest = WRITTEN[np.abs(WRITTEN - exact / power).argmin()]
    return float(f"{nearest * power:.12g}")


def _rounded(level: float) -> float:
    return float(f"{level:.3g}")
