"""Key results as quarters go: how far each is at the end of every week, by kind."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Range = tuple[float, float]

WEEKS = 13
TIME = np.arange(1, WEEKS + 1) / WEEKS


@dataclass(frozen=True, slots=True)
class Half:
    """The parameters of one half of the quarters, each drawn evenly from its range.

    `ends` are (weight, mean, sd) of the share of the way that is done at the end: committed,
    ambitious, easy and abandoned key results. `noise` is the sd of what a whole quarter adds by
    accident, `wander` that of a level around its course, both in shares of the way; `persistence`
    how much of that a week passes on, `kept` the share of weeks with a check-in.
    """

    ends: tuple[tuple[float, float, float], ...]
    noise: Range
    wander: Range
    persistence: Range
    begins: Range
    bend: Range
    jumps: Range
    counts: Range
    steps: Range
    kept: Range


CHOSEN = Half(
    ends=((0.35, 1.0, 0.2), (0.35, 0.65, 0.3), (0.15, 1.35, 0.3), (0.15, 0.1, 0.12)),
    noise=(0.03, 0.25),
    wander=(0.05, 0.25),
    persistence=(0.2, 0.7),
    begins=(0.2, 0.6),
    bend=(0.35, 0.65),
    jumps=(1, 3),
    counts=(5, 60),
    steps=(3, 8),
    kept=(0.3, 1.0),
)
JUDGED = Half(
    ends=((0.25, 0.95, 0.25), (0.4, 0.55, 0.35), (0.25, 1.5, 0.4), (0.1, 0.05, 0.1)),
    noise=(0.02, 0.35),
    wander=(0.03, 0.35),
    persistence=(0.0, 0.85),
    begins=(0.1, 0.8),
    bend=(0.25, 0.8),
    jumps=(1, 5),
    counts=(3, 200),
    steps=(2, 12),
    kept=(0.15, 0.9),
)

Draw = Callable[[np.random.Generator, int, Half], Numbers]


def steady(random: np.random.Generator, count: int, half: Half) -> Numbers:
    """Go on evenly, with accidents on the way."""
    return _ends(random, count, half) * TIME + _accidents(random, count, half)


def late(random: np.random.Generator, count: int, half: Half) -> Numbers:
    """Do nothing for weeks, then go evenly to the end."""
    begins = _even(random, count, half.begins)
    course = np.clip(TIME - begins, 0, None) / (1 - begins)
    return _ends(random, count, half) * course + _accidents(random, count, half) * (course > 0)


def slow_quick_slow(random: np.random.Generator, count: int, half: Half) -> Numbers:
    """Follow an S: a logistic curve."""
    return _ends(random, count, half) * _logistic(random, count, half) + 0.5 * _accidents(
        random, count, half
    )


def quick_first(random: np.random.Generator, count: int, half: Half) -> Numbers:
    """Do what is easy first: the square root of time."""
    return _ends(random, count, half) * np.sqrt(TIME) + _accidents(random, count, half)


def stalled(random: np.random.Generator, count: int, half: Half) -> Numbers:
    """Go evenly, and stand still from some week on."""
    stops = _even(random, count, half.bend)
    return _ends(random, count, half) * np.minimum(TIME, stops)


def turned_back(random: np.random.Generator, count: int, half: Half) -> Numbers:
    """Lose again some of what was won by a peak."""
    peak, lost = _even(random, count, half.bend), _even(random, count, (0.1, 0.9))
    course = np.minimum(TIME / peak, 1) - lost * np.clip(TIME - peak, 0, None) / (1 - peak)
    return _ends(random, count, half) * course + 0.5 * _accidents(random, count, half)


def level(random: np.random.Generator, count: int, half: Half) -> Numbers:
    """Wander around a level that moves, as a percentage does that is to go from 62 to 70."""
    steep = random.random((count, 1)) < 0.5
    course = np.where(steep, _logistic(random, count, half), TIME)
    return _ends(random, count, half) * course + _wander(random, count, half)


def unmoved(random: np.random.Generator, count: int, half: Half) -> Numbers:
    """Wander around the level of the start: nothing that was tried has moved it."""
    return _wander(random, count, half)


def growing_count(random: np.random.Generator, count: int, half: Half) -> Numbers:
    """Count what comes in bursts, towards a whole number; such a count never falls."""
    target = np.rint(np.exp(_even(random, count, tuple(np.log(half.counts)))))
    bend = np.exp(random.uniform(-0.4, 0.6, (count, 1)))
    course = np.diff(TIME**bend, prepend=0.0)
    rate = np.clip(_ends(random, count, half), 0, None) * target * course
    bursts = random.gamma(2.0, 0.5, (count, WEEKS))
    return random.poisson(rate * bursts).cumsum(axis=1) / target


def deliveries(random: np.random.Generator, count: int, half: Half) -> Numbers:
    """Jump a few times: what is delivered counts at once, and is mostly promised too early."""
    most = int(half.jumps[1])
    number = random.integers(int(half.jumps[0]), most + 1, (count, 1))
    size = np.where(np.arange(most) < number, random.gamma(3.0, 1.0, (count, most)), 0.0)
    size /= size.sum(axis=1, keepdims=True)
    pace = np.clip(_ends(random, count, half), 0.02, None)
    delivered = (1.2 * random.beta(2.0, 1.3, (count, most)) / pace)[:, :, None] <= TIME
    return np.asarray((size[:, :, None] * delivered).sum(axis=1))


def rush(random: np.random.Generator, count: int, half: Half) -> Numbers:
    """Do a good part in the last two weeks, when the end is in sight."""
    saved = _even(random, count, (0.2, 0.7))
    course = (1 - saved) * TIME + saved * (np.clip(TIME - 11 / 13, 0, None) / (2 / 13)) ** 2
    return _ends(random, count, half) * course + 0.5 * _accidents(random, count, half)


def steps(random: np.random.Generator, count: int, half: Half) -> list[tuple[Numbers, Numbers]]:
    """Draw (shares, week done; infinite where never) of the steps of milestone key results."""
    return [_steps(random, end[0], half) for end in _ends(random, count, half)]


METRICS: dict[str, Draw] = {
    "steady": steady,
    "late starter": late,
    "S-curve": slow_quick_slow,
    "quick first": quick_first,
    "stalled": stalled,
    "level that wanders": level,
    "count that grows": growing_count,
    "few jumps": deliveries,
}
JUDGED_ALONE: dict[str, Draw] = {
    "turned back": turned_back,
    "level unmoved": unmoved,
    "rush at the end": rush,
}
"""Kinds that no constant has seen."""


def _steps(random: np.random.Generator, end: float, half: Half) -> tuple[Numbers, Numbers]:
    number = int(random.integers(int(half.steps[0]), int(half.steps[1]) + 1))
    shares = random.dirichlet(np.full(number, 4.0))
    bend = np.exp(random.uniform(-0.3, 0.7))
    gaps = random.gamma(2.0, 0.5, number).cumsum() / number
    return shares, np.asarray(np.ceil((gaps / max(end, 0.02)) ** (1 / bend) * WEEKS))


def _ends(random: np.random.Generator, count: int, half: Half) -> Numbers:
    weights, means, sds = (np.array(each) for each in zip(*half.ends, strict=True))
    which = random.choice(len(weights), size=(count, 1), p=weights)
    return random.normal(means[which], sds[which])


def _even(random: np.random.Generator, count: int, ends: Range) -> Numbers:
    return random.uniform(*ends, (count, 1))


def _accidents(random: np.random.Generator, count: int, half: Half) -> Numbers:
    size = _even(random, count, half.noise) / np.sqrt(WEEKS)
    return np.asarray(size * random.standard_t(4, (count, WEEKS)).cumsum(axis=1))


def _wander(random: np.random.Generator, count: int, half: Half) -> Numbers:
    size, kept = _even(random, count, half.wander), _even(random, count, half.persistence)
    shocks = random.normal(size=(count, WEEKS)) * size
    for week in range(1, WEEKS):
        shocks[:, week] = (
            kept[:, 0] * shocks[:, week - 1] + np.sqrt(1 - kept[:, 0] ** 2) * shocks[:, week]
        )
    return shocks


def _logistic(random: np.random.Generator, count: int, half: Half) -> Numbers:
    middle, steep = _even(random, count, half.bend), _even(random, count, (6, 14))
    low, high = (1 / (1 + np.exp(-steep * (at - middle))) for at in (0.0, 1.0))
    return np.asarray((1 / (1 + np.exp(-steep * (TIME - middle))) - low) / (high - low))
