"""The possible: between which values a KPI can lie at all, whatever a forecast says."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]

FULL = 100.0


class Possible(NamedTuple):
    """The least and the greatest possible values, each of shape (kpis,), infinite for none."""

    lowest: Numbers
    highest: Numbers

    def clipped(self, values: ArrayLike) -> Numbers:
        """Return values of shape (kpis, n), those beyond the possible at its ends."""
        return np.clip(values, self.lowest[:, None], self.highest[:, None])

    def bounds(self, low: ArrayLike, high: ArrayLike) -> tuple[Numbers, Numbers]:
        """Return the bounds (kpis,) of a range: infinite where no possible value crosses one."""
        above = at_least(-np.asarray(high, dtype=np.float64), -self.highest, -self.lowest)
        return at_least(low, self.lowest, self.highest), -above


def possible(values: ArrayLike, low: ArrayLike, high: ArrayLike, percent: ArrayLike) -> Possible:
    """Return what is possible for KPIs with those readings (kpis, periods) and bounds (kpis,).

    Nothing falls below 0 where no reading and no bound of the range ever was; nothing of a
    `percent` unit (kpis,) rises above 100 where none was. NaN is a missing period or bound.
    """
    seen = np.asarray(values, dtype=np.float64)
    least, most = (
        end(end.reduce(seen, axis=1, initial=np.nan), end(low, high)) for end in (np.fmin, np.fmax)
    )
    lowest = np.where(least < 0, -np.inf, 0.0)
    return Possible(lowest, np.where(np.asarray(percent) & ~(most > FULL), FULL, np.inf))


def is_percent(unit: str) -> bool:
    """Tell whether a unit counts hundredths: `%`, or `% of orders`."""
    return unit.strip().startswith("%")


def at_least(bound: ArrayLike, lowest: ArrayLike, highest: ArrayLike) -> Numbers:
    """Return what a value must reach: -inf where any possible one does, inf where none does."""
    bound = np.asarray(bound, dtype=np.float64)
    return np.where(bound <= lowest, -np.inf, np.where(bound > highest, np.inf, bound))
