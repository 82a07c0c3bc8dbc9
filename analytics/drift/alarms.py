"""How many healthy KPIs are called drifting by chance: what a list of drifts must be read with."""

from __future__ import annotations

READINGS = 26
"""Within how many readings a healthy KPI is given the chance."""

FEWEST, MOST = 0.009, 0.03
"""The share of healthy KPIs called drifting to one side within 26 readings, after a baseline of 30.

Simulated by `bench/signals.py`: the least where readings are independent of each other, the most
where each is correlated with the one before by 0.6.
"""

REAL = 0.04, 0.05
"""About the same share of real KPIs that stayed stable, to either side counted once each.

Measured by `bench/real.py` on public series, 4.2 % of 474 sides: 2.9 % on the sources on which
limits were chosen, 9 of 100 on the others. What is real bends more than what is simulated.
"""


def expected_by_chance(sides: int) -> tuple[float, float]:
    """Return how many healthy KPIs are called drifting within 26 readings: the fewest, the most.

    As simulated. `sides` counts the sides they are watched on: one each, two where `within` is
    better. The fewest and the most are averages to expect, by how much readings follow each
    other. ValueError for a negative count.
    """
    return _of_sides(sides, (FEWEST, MOST))


def expected_of_real(sides: int) -> tuple[float, float]:
    """Return the same of real KPIs; the argument is that of `expected_by_chance`."""
    return _of_sides(sides, REAL)


def _of_sides(sides: int, share: tuple[float, float]) -> tuple[float, float]:
    if sides < 0:
        raise ValueError(f"{sides} sides are watched: give 0 or more")
    return share[0] * sides, share[1] * sides
