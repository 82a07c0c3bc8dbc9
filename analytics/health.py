"""Health: where each KPI's value stands in its ideal range, and how far out of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

NEAR_SHARE = 0.1
ROUNDING = 1e-9


def health(
    value: Numbers, low: Numbers, high: Numbers, sigma: Numbers, stale: NDArray[np.bool_]
) -> NDArray[np.str_]:
    """Return each KPI's health: indicator, no data, out of range, near edge or in range.

    All arrays have shape (kpis,) and the KPI's unit; NaN or infinity is a missing value,
    bound or sigma. Without bounds a KPI is an `indicator`; without a value or with a stale
    one it is `no data`. A value on a bound is in the range. `near edge` is within 10 % of
    the range's width of a bound, or with one bound within one sigma of it; without a sigma,
    and in a range of no width, nothing is near. Where low is above high, all is out of range.
    """
    room, margin = _room(value, low, high), _margin(low, high, sigma)
    conditions = [
        ~np.isfinite(low) & ~np.isfinite(high),
        ~np.isfinite(value) | stale,
        room < 0,
        room <= margin,
    ]
    names = ["indicator", "no data", "out of range", "near edge"]
    return np.select(conditions, names, "in range")


@np.errstate(over="ignore")
def severity(value: Numbers, low: Numbers, high: Numbers, sigma: Numbers) -> Numbers:
    """Return how far each value is out of its range, to rank the worst first; 0 inside.

    All arrays have shape (kpis,). The distance is counted in widths of the range, with one
    bound in six sigmas, the width of the natural limits; where that is missing or zero, in
    sizes of the bound, or in the KPI's unit if the bound is 0. 0 without a value or bounds.
    """
    outside = np.nan_to_num(np.maximum(-_room(value, low, high), 0.0), nan=0.0)
    bound = np.fmax(np.abs(_finite(low)), np.abs(_finite(high)))
    units = [_finite(high) - _finite(low), 6 * _finite(sigma), bound]
    return np.asarray(outside / np.select([unit > 0 for unit in units], units, 1.0))


def _finite(numbers: Numbers) -> Numbers:
    return np.where(np.isfinite(numbers), numbers, np.nan)


@np.errstate(over="ignore")
def _room(value: Numbers, low: Numbers, high: Numbers) -> Numbers:
    known = _finite(value)
    return np.asarray(np.fmin(known - _finite(low), _finite(high) - known))


@np.errstate(over="ignore")
def _margin(low: Numbers, high: Numbers, sigma: Numbers) -> Numbers:
    width = _finite(high) - _finite(low)
    share = np.where(width > 0, (NEAR_SHARE + ROUNDING) * width, np.nan)
    return np.where(np.isnan(width), _finite(sigma), share)
