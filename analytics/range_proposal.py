"""A range proposed from what a KPI does by itself, with its reason, or why there is none."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.coach.remark import amount
from analytics.drift import change_points
from analytics.forecast.possible import is_percent, possible
from analytics.variation import Limits, natural_limits

ENOUGH = 12
"""From how many readings a range is proposed; before that a KPI is learning."""

RECENT = 52
OUTSIDE = 0.1
"""With more of the readings outside their natural limits than this, the KPI is not steady."""


@dataclass(frozen=True, slots=True)
class RangeProposal:
    """A low, a high or both, in the unit of the readings; neither where nothing can be said."""

    low: float | None
    high: float | None
    reason: str


def propose_range(values: ArrayLike, *, better: str, unit: str = "") -> RangeProposal:
    """Propose a range that a KPI keeps as long as it behaves as it did.

    `values` has shape (periods,), oldest first, NaN where one is missing; `better` is `higher`,
    `lower` or `within`. The bound on the bad side is the natural limit of the last 52 readings,
    or of those since their level last changed, rounded outward to a tenth of what varies. Neither
    bound with fewer than 12 such readings, without variation, where more than a tenth of them
    lie outside the limits, and where the limit is beyond what the KPI can be at all.
    """
    readings, steady = _recent(values), at_present(values)
    if steady.size < ENOUGH:
        return _none(_too_few(readings.size, steady.size))
    limits = natural_limits(steady)
    if not math.isfinite(float(limits.sigma)) or limits.sigma == 0:
        return _none(f"Its last {steady.size} readings do not vary: there is nothing to go by.")
    outside = int(((steady < limits.lower) | (steady > limits.upper)).sum())
    if outside > OUTSIDE * steady.size:
        return _none(
            f"{outside} of its last {steady.size} readings lie outside their natural limits: it is "
            "still moving, and a range taken from them would not hold."
        )
    return _proposed(readings, steady, limits, better, unit)


def at_present(values: ArrayLike) -> NDArray[np.float64]:
    """Return the last 52 readings, of them those since their level last changed.

    `values` has shape (periods,), oldest first, NaN where one is missing.
    """
    readings = _recent(values)
    since = ([0, *change_points(readings)] if readings.size else [0])[-1]
    return readings[since:]


def _proposed(
    readings: NDArray[np.float64],
    steady: NDArray[np.float64],
    limits: Limits,
    better: str,
    unit: str,
) -> RangeProposal:
    step = 10.0 ** math.floor(math.log10(float(limits.sigma)))
    low, high = (
        _rounded(math.floor(float(limits.lower) / step), step),
        _rounded(math.ceil(float(limits.upper) / step), step),
    )
    least, most = _possible(readings, unit)
    below = low if low > least and better != "lower" else None
    above = high if high < most and better != "higher" else None
    said = _limits(readings, steady, max(low, least), min(high, most), unit)
    if below is None and above is None:
        return _none(f"{said} Nothing can go beyond that: a range of your own would tell more.")
    return RangeProposal(below, above, f"{said} {_why(below, above, float(limits.centre), unit)}")


def _limits(
    readings: NDArray[np.float64],
    steady: NDArray[np.float64],
    low: float,
    high: float,
    unit: str,
) -> str:
    changed = " since its level changed" if steady.size < readings.size else ""
    span = f"{amount(low, '', high)} to {amount(high, unit, low)}"
    which = f"{steady.size} readings{changed}" if changed else f"last {steady.size} readings"
    return f"The natural limits of its {which} are {span}."


def _why(low: float | None, high: float | None, centre: float, unit: str) -> str:
    if low is not None and high is not None:
        return "Outside them something has changed."
    if low is not None:
        better = f"its better half begins at {amount(centre, unit)}"
        return f"Below {amount(low, unit)} something has changed; {better}."
    better = f"its better half ends at {amount(centre, unit)}"
    return f"Above {amount(high or 0.0, unit)} something has changed; {better}."


def _recent(values: ArrayLike) -> NDArray[np.float64]:
    readings = np.asarray(values, dtype=np.float64)
    return readings[np.isfinite(readings)][-RECENT:]


def _possible(readings: NDArray[np.float64], unit: str) -> tuple[float, float]:
    """Tell what the KPI can be at least and at most, as far as its readings and unit show."""
    ends = possible(readings[None], math.nan, math.nan, is_percent(unit))
    return float(ends.lowest[0]), float(ends.highest[0])


def _rounded(steps: int, step: float) -> float:
    """Give so many steps as a number that people would write."""
    return float(f"{steps * step:.12g}")


def _too_few(known: int, steady: int) -> str:
    has = f"It has {known} readings" if known != 1 else "It has 1 reading"
    if steady < known:
        has = f"Its level changed {steady} readings ago"
    return f"{has}: from {ENOUGH} on a range can be proposed."


def _none(reason: str) -> RangeProposal:
    return RangeProposal(None, None, reason)
