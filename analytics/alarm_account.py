"""What became of drifts that were shown, and which ranges were left without one before."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

WEEKS = {"daily": 1 / 7, "weekdays": 1 / 5, "weekly": 1.0, "monthly": 52 / 12, "quarterly": 13.0}
"""How many weeks a period of a cadence is."""


OUTSIDE_IN_A_ROW = 2
"""So many readings outside, one after the other, are a way out of the range; one may be a spike."""


class Alarm(NamedTuple):
    """A drift of a KPI: the columns from which to which it stood, and whether it stands still.

    `left` is the column at which the KPI left its range meanwhile, -1 where it did not, or was out
    before.
    """

    begin: int
    end: int
    stands: bool
    left: int


class Told(NamedTuple):
    """The drifts of a KPI that were shown, and the columns at which it left its range unwarned."""

    alarms: list[Alarm]
    missed: list[int]


def told_of(values: Numbers, low: float, high: float, signals: str) -> Told:
    """Tell of a KPI what was shown of it, and what was missed.

    Values and the first letters of its signals are (periods,), oldest first, NaN and blank where
    there is none. It leaves its range with the first of two readings in a row outside, as a relapse
    does. It left it unwarned where signals were told by then, and no drift stood the period before.
    """
    left = _leaves(values, low, high)
    alarmed = np.array([letter in "dr" for letter in signals], bool)
    before = np.append(False, alarmed[:-1])
    begins = np.flatnonzero(np.array([letter == "d" for letter in signals], bool) & ~before)
    alarms = [_alarm(int(begin), alarmed, left) for begin in begins]
    missed = [
        int(at)
        for at in np.flatnonzero(left)
        if at > 0 and signals[at - 1] not in " l" and not alarmed[at - 1]
    ]
    return Told(alarms, missed)


def _leaves(values: Numbers, low: float, high: float) -> Flags:
    """Tell in which periods a KPI left its range, which it had been in before."""
    known = np.flatnonzero(~np.isnan(values))
    outside = (values[known] < low) | (values[known] > high)
    found = np.zeros(len(values), bool)
    for at in range(1, len(known) - OUTSIDE_IN_A_ROW + 1):
        if not outside[at - 1] and outside[at : at + OUTSIDE_IN_A_ROW].all():
            found[known[at]] = True
    return found


def _alarm(begin: int, alarmed: Flags, left: Flags) -> Alarm:
    calm = np.flatnonzero(~alarmed[begin:])
    end = begin + int(calm[0]) - 1 if len(calm) else len(alarmed) - 1
    out = np.flatnonzero(left[begin : end + 1])
    return Alarm(begin, end, not len(calm), begin + int(out[0]) if len(out) else -1)
