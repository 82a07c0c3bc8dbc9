"""The scale of a gauge: where it begins and ends, and where its needle rests."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analytics.variation import natural_limits

Numbers = NDArray[np.float64]

# The last one is only for ends that fall on it by themselves: 12.5 reads worse than 12.
STEPS = np.array([[1.0], [2.0], [5.0], [2.5]])
ROUNDING = 1e-9


@np.errstate(over="ignore", invalid="ignore", divide="ignore")
def gauge_scale(
    low: Numbers, high: Numbers, values: Numbers, percent: NDArray[np.bool_]
) -> tuple[Numbers, Numbers]:
    """Return the lower and upper ends of each KPI's gauge, arrays of shape (kpis,).

    `low`, `high` and `percent` have shape (kpis,), `values` has shape (kpis, periods) and
    holds the readings shown; NaN is a missing bound or period. With two bounds the scale is
    the range ± one width. With one bound, or a range of no width, it is the readings
    ± 2 sigma (XmR) and the bound, with so much room beyond that bound and readings keep a
    tenth of the scale to either end.

    The ends are then rounded outward to steps of 1, 2, 2.5 or 5 · 10^k. What is never
    negative gets no negative end. A `percent` scale stays in 0–100 whatever its readings
    are: growth rates are no such percentages. These two may leave a bound at the end.

    Lower is below upper whatever comes in: a lone number gets half its size to either side
    (1 for zero), no number at all gives 0–1, or 0–100 in percent.
    """
    low, high, values = (np.where(np.isfinite(each), each, np.nan) for each in (low, high, values))
    lower, upper = _widened(*_span(low, high, values))
    least = np.fmin(np.fmin(low, high), _least(values))
    lower = np.where((least >= 0) | percent, np.maximum(lower, 0.0), lower)
    lower, upper = _nice_ends(lower, upper)
    lower = np.where(percent, np.clip(lower, 0.0, 100.0), lower)
    upper = np.where(percent, np.clip(upper, 0.0, 100.0), upper)
    usable = np.isfinite(lower) & np.isfinite(upper) & (lower < upper)
    return np.where(usable, lower, 0.0), np.where(usable, upper, np.where(percent, 100.0, 1.0))


@np.errstate(over="ignore", invalid="ignore", divide="ignore")
def needle(value: Numbers, lower: Numbers, upper: Numbers) -> tuple[Numbers, NDArray[np.int64]]:
    """Return where each needle rests as a share of the scale, and whether it is off it.

    All arrays have shape (kpis,). The share is 0..1; off is -1 below the scale and +1 above
    it, where the needle rests at the end, else 0. A NaN value, and a scale that is empty or
    NaN, have a share of NaN and an off of 0.
    """
    usable = ~np.isnan(value) & (lower < upper)
    share = np.where(usable, np.clip((value - lower) / (upper - lower), 0.0, 1.0), np.nan)
    off = (value > upper).astype(np.int64) - (value < lower).astype(np.int64)
    return share, np.where(usable, off, 0)


def _span(low: Numbers, high: Numbers, values: Numbers) -> tuple[Numbers, Numbers]:
    width = high - low
    lower, upper = _span_of_readings(np.fmin(low, high), np.fmax(low, high), values)
    two_sided = width > 0
    return np.where(two_sided, low - width, lower), np.where(two_sided, high + width, upper)


def _span_of_readings(bottom: Numbers, top: Numbers, values: Numbers) -> tuple[Numbers, Numbers]:
    least, most = _least(values), -_least(-values)
    spread = 2 * np.asarray(natural_limits(values).sigma)
    lower = np.fmin(bottom, np.fmin(least, least - spread))
    upper = np.fmax(top, np.fmax(most, most + spread))
    # A sixth before rounding is at least a tenth after it.
    room = (upper - lower) / 6
    bottom, top = np.fmin(bottom, least), np.fmax(top, most)
    return np.fmin(lower, bottom - room), np.fmax(upper, top + room)


def _least(values: Numbers) -> Numbers:
    filled = np.where(np.isnan(values), np.inf, values).min(axis=-1, initial=np.inf)
    return np.where(np.isinf(filled), np.nan, filled)


def _widened(lower: Numbers, upper: Numbers) -> tuple[Numbers, Numbers]:
    size = np.maximum(np.abs(lower), np.abs(upper))
    room = np.where(upper - lower > ROUNDING * size, 0.0, np.where(size > 0, size / 2, 1.0))
    return lower - room, upper + room


def _nice_ends(lower: Numbers, upper: Numbers) -> tuple[Numbers, Numbers]:
    """Round the ends outward to steps of 1, 2 or 5 · 10^k, a tenth to a quarter of the span.

    Ends that both fall on a step of a sixteenth of the span or more, 2.5 · 10^k among them,
    stay: the range 10–18 ± one width is 2–26, which 0–30 would only say more roughly.
    """
    fine, coarse = _powers(upper - lower, 1 / 16), _powers(upper - lower, 1 / 10)
    fits = _falls_on(lower, fine) & _falls_on(upper, fine)
    keep = fits.any(axis=0)
    smallest = (STEPS * 10.0**coarse)[:-1].argmin(axis=0)
    best = np.where(keep, fits.argmax(axis=0), smallest)
    power = np.take_along_axis(np.where(keep, fine, coarse), best[None], axis=0)[0]
    step = STEPS[best, 0]
    down = np.floor(lower / (step * 10.0**power) + ROUNDING)
    up = np.ceil(upper / (step * 10.0**power) - ROUNDING)
    return _times(down * step, power), _times(up * step, power)


def _powers(span: Numbers, share: float) -> Numbers:
    return np.asarray(np.ceil(np.log10(span * share / STEPS) - ROUNDING))


def _falls_on(end: Numbers, powers: Numbers) -> NDArray[np.bool_]:
    multiple = end / (STEPS * 10.0**powers)
    return np.asarray(np.abs(multiple - np.rint(multiple)) < ROUNDING)


def _times(multiple: Numbers, power: Numbers) -> Numbers:
    # 3 / 10 is 0.3, while 3 * 0.1 is 0.30000000000000004; adding 0 turns -0.0 into 0.0.
    return np.where(power < 0, multiple / 10.0**-power, multiple * 10.0**power) + 0.0
