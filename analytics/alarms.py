"""How many healthy KPIs are called drifting by chance: what a list of drifts must be read with."""

from __future__ import annotations

READINGS = 26
"""Within how many readings a healthy KPI is given the chance."""

FEWEST, MOST = 0.006, 0.028
"""The share of healthy KPIs called drifting to one side within 26 readings, after a baseline of 30.

Simulated by `bench/signals.py`: the least where readings are independent of each other, the most
where each follows the one before. `analytics.sight.LIMITS` are set so that it stays below 0.03.
"""


def expected_by_chance(sides: int) -> tuple[float, float]:
    """Return how many healthy KPIs are called drifting within 26 readings: the fewest, the most.

    `sides` counts the sides they are watched on: one each, two where `within` is better. The
    fewest and the most are averages to expect, by how much readings follow each other.
    ValueError for a negative count.
    """
    if sides < 0:
        raise ValueError(f"{sides} sides are watched: give 0 or more")
    return FEWEST * sides, MOST * sides
