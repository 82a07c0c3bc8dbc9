"""Whether a target that was reached lasts, or was a spike: told from the readings since."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analytics.drift.steady import FOUR, SPAN, certified, side_of
from analytics.recovery import provisional
from analytics.variation import natural_limits

Numbers = NDArray[np.float64]

Lasting = Literal["reached", "sustained", "spike", "lost"]
"""A target was `reached`, and is then `sustained` once the KPI is steady at it. It was a `spike`
where the KPI fell back before it was, `lost` where it fell back after."""


def lasting(
    values: Numbers, *, target: float, better: str, by: int, periods: int
) -> Lasting | None:
    """Tell whether a KPI stays at a target that it reached by a column; None where it did not.

    `values` (periods,) begin when the target was set, oldest first, NaN for none; `better` is
    `higher` or `lower`, `periods` are as many as a recovery is held for. It is steady at the target
    once that many readings since it was reached pass the certificate, held against the target
    itself. It fell back where the last four of them average more than 1 sigma short of it, as one
    that is back within 1 sigma is `recovering`.
    """
    side = side_of(better)
    ahead = side * (values - target)
    arrived = np.flatnonzero(ahead[: by + 1] >= 0)
    if not len(arrived):
        return None
    known = values[arrived[0] :]
    known = known[~np.isnan(known)]
    sigma = float(natural_limits(values).sigma)
    if np.isnan(sigma):
        return "reached"
    sustained = any(
        _is_steady(known[end - periods : end], target, sigma, better)
        for end in range(periods, len(known) + 1)
    )
    last = known[-min(FOUR, periods) :]
    fell_back = len(last) >= FOUR and side * (last.mean() - target) < -sigma
    if fell_back:
        return "lost" if sustained else "spike"
    return "sustained" if sustained else "reached"


def _is_steady(window: Numbers, target: float, sigma: float, better: str) -> bool:
    passes = provisional(window, baseline_centre=target, baseline_sigma=sigma, better=better)
    if len(window) < SPAN:
        return passes
    return certified(window, baseline_centre=target, baseline_sigma=sigma, better=better)
