"""How well chances that were said fit what happened: the Brier score and the reliability plot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

FEWEST = 20
"""From fewer cases nothing is told: luck alone would decide it."""

EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Chances are told together that lie between two of these."""


class Reliability(NamedTuple):
    """Chances that were said alike: their mean, which share came true, and how many they are."""

    said: float
    came_true: float
    cases: int


def brier(said: ArrayLike, happened: ArrayLike) -> float:
    """Return the mean squared distance of chances, 0..1, from what happened, 0 or 1; NaN of none.

    0 is perfect, 0.25 is what always saying 0.5 gets. Brier 1950, Verification of forecasts
    expressed in terms of probability, Monthly Weather Review 78(1):1–3, counts both outcomes, and
    so twice as much.
    """
    chances = np.asarray(said, np.float64)
    if not chances.size:
        return float("nan")
    return float(np.mean((chances - np.asarray(happened, np.float64)) ** 2))


def reliability(
    said: ArrayLike, happened: ArrayLike, edges: Sequence[float] = EDGES
) -> list[Reliability]:
    """Return how often chances came true, those together that lie between two edges, low to high.

    A chance on an edge is told with those above it, one of 1 with the highest.
    """
    chances, outcomes = np.asarray(said, np.float64), np.asarray(happened, np.float64)
    place = np.clip(np.searchsorted(edges, chances, side="right") - 1, 0, len(edges) - 2)
    return [
        Reliability(float(chances[here].mean()), float(outcomes[here].mean()), int(np.sum(here)))
        for at in range(len(edges) - 1)
        if (here := place == at).any()
    ]
