"""Ambition against history: does a target ask for anything, and has anything like it been seen?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from analytics.coach.draft import DraftKeyResult, KpiFacts
from analytics.coach.history import recent
from analytics.coach.remark import About, Kind, Remark, amount, change, shown, typed
from analytics.forecast import chance
from analytics.forecast.possible import is_percent, possible
from analytics.forecast.simulation import courses
from analytics.periods import SEASONS

SURE = 0.9
HARDLY = 0.01
BEYOND = 2.0
"""How many times as far as the KPI ever moved a target is that needs a word on how."""

PERIODS = {
    "daily": "days",
    "weekdays": "days",
    "weekly": "weeks",
    "monthly": "months",
    "quarterly": "quarters",
}


class End(NamedTuple):
    """Where a KPI is by the cycle's end if it goes on like this: a normal mean and sd.

    What would lie beyond `lowest` or `highest` lies there: more is not possible.
    """

    mean: float
    sd: float
    lowest: float = -math.inf
    highest: float = math.inf

    @property
    def expected(self) -> float:
        """Return the median of what it is then."""
        return min(max(self.mean, self.lowest), self.highest)


def ends(kpis: Sequence[KpiFacts]) -> list[End | None]:
    """Return where each KPI is by the cycle's end; None where its history does not tell.

    It goes on as on its own page. All are forecast at once: the readings stand in one table,
    shape (kpis, periods), right-aligned.
    """
    told = [at for at, kpi in enumerate(kpis) if kpi.ahead > 0 and recent(kpi) is not None]
    found: list[End | None] = [None] * len(kpis)
    if not told:
        return found
    longest = max(kpis[at].values.size for at in told)
    table = np.full((len(told), longest), np.nan)
    for row, at in enumerate(told):
        table[row, longest - kpis[at].values.size :] = kpis[at].values
    several = [kpis[at] for at in told]
    seasons = np.array([SEASONS.get(kpi.cadence, 0) for kpi in several])
    ahead = courses(table, max(kpi.ahead for kpi in several), seasons=seasons)
    for row, (at, kpi) in enumerate(zip(told, several, strict=True)):
        mean, sd = (float(numbers[row, kpi.ahead - 1]) for numbers in (ahead.mean, ahead.sd))
        if math.isfinite(mean) and math.isfinite(sd):
            found[at] = End(mean, sd, *_possible(kpi))
    return found


def no_stretch(key_result: DraftKeyResult, end: End | None, about: About) -> Remark | None:
    """Remark on a target that the forecast reaches with 90 % or more anyway."""
    reached = _reached(key_result, end)
    if reached is None or end is None or key_result.kpi is None or not reached >= SURE:
        return None
    unit = key_result.kpi.unit
    chances = "almost certainly" if reached > 0.99 else f"with a chance of {reached * 100:.0f} %"
    reason = (
        f"If it goes on like this it gets there {chances}, to about {amount(end.expected, unit)}. "
        "What would be worth some effort?"
    )
    return Remark(Kind.NO_STRETCH, about, reason)


def out_of_reach(key_result: DraftKeyResult, end: End | None, about: About) -> Remark | None:
    """Remark on a target that the forecast reaches with 1 % or less, beyond all experience.

    Of a steady KPI no forecast expects an improvement, so that alone says little; the target
    is also more than twice as far away, from where the forecast sees it then, as the KPI ever
    moved in that time.
    """
    reached = _reached(key_result, end)
    kpi, target = key_result.kpi, key_result.target
    if reached is None or end is None or kpi is None or target is None or not reached <= HARDLY:
        return None
    farthest = _farthest(kpi)
    if farthest is None or abs(target - end.expected) <= BEYOND * farthest:
        return None
    periods = PERIODS.get(kpi.cadence, "periods")
    span = f"{kpi.ahead} {periods}" if kpi.ahead != 1 else f"1 {periods.removesuffix('s')}"
    # The way is counted from the number that is shown, so that anybody can do it again.
    expected = shown(end.expected)
    reason = (
        f"In {span} it has never moved by more than {change(farthest, kpi.unit)}. From about "
        f"{amount(expected)}, where it would be by then, to {typed(target, kpi.unit)} is "
        f"{change(abs(target - expected), kpi.unit)}: say what will make the difference, "
        "or go a part of the way first."
    )
    return Remark(Kind.OUT_OF_REACH, about, reason)


def _reached(key_result: DraftKeyResult, end: End | None) -> float | None:
    start, target = key_result.start, key_result.target
    if key_result.kind != "metric" or end is None or start is None or target is None:
        return None
    if start == target:
        return None
    better = "higher" if target > start else "lower"
    ends = {"lowest": end.lowest, "highest": end.highest}
    return float(chance(end.mean, end.sd, target, better=better, **ends))


def _possible(kpi: KpiFacts) -> tuple[float, float]:
    low, high = (math.nan if bound is None else bound for bound in (kpi.low, kpi.high))
    ends = possible([kpi.values], low, high, is_percent(kpi.unit))
    return float(ends.lowest[0]), float(ends.highest[0])


def _farthest(kpi: KpiFacts) -> float | None:
    """Return the largest change between two readings as far apart as the cycle's end is ahead."""
    values = np.asarray(kpi.values, dtype=np.float64)
    moves = np.abs(values[kpi.ahead :] - values[: -kpi.ahead])
    moves = moves[np.isfinite(moves)]
    return float(moves.max()) if moves.size else None
