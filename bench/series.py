"""Series to try signals on: what healthy KPIs look like, and how they fall ill."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Shape = tuple[int, int]
Noise = Callable[[np.random.Generator, Shape], Numbers]


def independent(random: np.random.Generator, shape: Shape) -> Numbers:
    """Draw normal readings that know nothing of each other, of mean 0 and sigma 1."""
    return random.normal(size=shape)


def persistent(correlation: float) -> Noise:
    """Draw normal readings of sigma 1, each correlated with the one before."""

    def draw(random: np.random.Generator, shape: Shape) -> Numbers:
        readings = random.normal(size=shape)
        fresh = np.sqrt(1 - correlation**2)
        for period in range(1, shape[1]):
            readings[:, period] *= fresh
            readings[:, period] += correlation * readings[:, period - 1]
        return readings

    return draw


def trend(noise: Noise, slope: float) -> Noise:
    """Add a slope a period."""
    return lambda random, shape: noise(random, shape) + slope * np.arange(shape[1])


def heavy(random: np.random.Generator, shape: Shape) -> Numbers:
    """Draw from Student's t with 4 degrees of freedom."""
    return random.standard_t(4, size=shape)


def many(random: np.random.Generator, shape: Shape) -> Numbers:
    """Draw counts of which more is worse: Poisson with a mean of 4, negated."""
    return -random.poisson(4, size=shape).astype(np.float64)


def few(random: np.random.Generator, shape: Shape) -> Numbers:
    """Draw counts of which fewer is worse: Poisson with a mean of 4."""
    return random.poisson(4, size=shape).astype(np.float64)


def nearly_all(random: np.random.Generator, shape: Shape) -> Numbers:
    """Draw percentages: how many of 400 succeed of which each does with a chance of 99 %."""
    return random.binomial(400, 0.99, size=shape) / 4


def skewed(random: np.random.Generator, shape: Shape) -> Numbers:
    """Draw log-normal readings of shape 0.5, negated: the long tail is the bad one."""
    return -np.exp(0.5 * random.normal(size=shape))


def gappy(random: np.random.Generator, shape: Shape) -> Numbers:
    """Draw independent readings of which one in ten is missing."""
    return np.where(random.random(shape) < 0.1, np.nan, random.normal(size=shape))


def seasonal(size: float) -> Noise:
    """Add a sine of 12 periods and that many sigmas."""

    def draw(random: np.random.Generator, shape: Shape) -> Numbers:
        wave = size * np.sin(2 * np.pi * np.arange(shape[1]) / 12)
        return random.normal(size=shape) + wave

    return draw


def bending(walk: float) -> Noise:
    """Add a slope that walks by so much a period."""

    def draw(random: np.random.Generator, shape: Shape) -> Numbers:
        slopes = (walk * random.normal(size=shape)).cumsum(axis=1)
        return np.asarray(random.normal(size=shape) + slopes.cumsum(axis=1))

    return draw


def walking(size: float, share: float, noise: Noise = independent) -> Noise:
    """Add a season of 12 phases of that many sigmas that walk by a share of it a year."""

    def draw(random: np.random.Generator, shape: Shape) -> Numbers:
        kpis, periods = shape
        effects = size * random.normal(size=(kpis, periods // 12 + 1, 12))
        effects[:, 1:] *= share
        season = effects.cumsum(axis=1).reshape(kpis, -1)[:, :periods]
        return np.asarray(noise(random, shape) + season)

    return draw


def multiplied(spread: float, growth: float, noise: float = 0.15) -> Noise:
    """Draw the product of a level that grows, a log-normal season of 12 phases and noise.

    The level grows by a share a year; the noise is a share of what it would be without.
    """

    def draw(random: np.random.Generator, shape: Shape) -> Numbers:
        kpis, periods = shape
        phases = np.arange(periods) % 12
        season = np.exp(spread * random.normal(size=(kpis, 12)))[:, phases]
        level = np.exp(growth * np.arange(periods) / 12)
        return level * season * (1 + noise * random.normal(size=shape))

    return draw


MULTIPLIED = multiplied(0.8, growth=0.03)


@dataclass(frozen=True, slots=True)
class Healthy:
    """Readings in which nothing changes, and the share that may be called drifting."""

    name: str
    noise: Noise
    aim: float | None = 0.03
    better: str = "higher"
    season: int | None = None
    baseline: int = 30


HEALTHY = (
    Healthy("independent", independent),
    Healthy("correlated 0.3", persistent(0.3)),
    Healthy("correlated 0.6", persistent(0.6)),
    Healthy("good trend 0.1σ", trend(independent, 0.1)),
    Healthy("bad trend 0.1σ", trend(independent, -0.1)),
    Healthy("good trend 0.2σ, correlated 0.3", trend(persistent(0.3), 0.2)),
    Healthy("bad trend 0.2σ, correlated 0.3", trend(persistent(0.3), -0.2)),
    Healthy("bad trend 0.1σ, correlated 0.3", trend(persistent(0.3), -0.1), aim=None),
    Healthy("Student's t, 4 degrees", heavy),
    Healthy("counts of 4, more is worse", many),
    Healthy("counts of 4, fewer is worse", few),
    Healthy("99 % of 400", nearly_all),
    Healthy("season of 12, 0σ", seasonal(0.0), season=12, baseline=48),
    Healthy("season of 12, 1σ", seasonal(1.0), season=12, baseline=48),
    Healthy("season of 12, 3σ", seasonal(3.0), season=12, baseline=48),
    Healthy("season of 12, 1σ, after 36", seasonal(1.0), season=12, baseline=36),
    Healthy(
        "season of 12, 1σ, good trend 0.1σ, after 36",
        trend(seasonal(1.0), 0.1),
        season=12,
        baseline=36,
    ),
    Healthy(
        "season of 12, 1σ, bad trend 0.1σ, after 36",
        trend(seasonal(1.0), -0.1),
        season=12,
        baseline=36,
    ),
    Healthy(
        "season of 12, 1σ, bad trend 0.05σ, after 36",
        trend(seasonal(1.0), -0.05),
        season=12,
        baseline=36,
    ),
    Healthy(
        "season of 12, 0σ, bad trend 0.05σ, after 36",
        trend(seasonal(0.0), -0.05),
        aim=None,
        season=12,
        baseline=36,
    ),
    Healthy(
        "season of 12, 1σ, within, trend 0.1σ, after 36",
        trend(seasonal(1.0), 0.1),
        better="within",
        season=12,
        baseline=36,
    ),
    Healthy("season of 12, 3σ, walks, after 24", walking(3.0, 0.15), season=12, baseline=24),
    Healthy("season of 12, 3σ, walks, after 36", walking(3.0, 0.15), season=12, baseline=36),
    Healthy(
        "season of 12, 1σ, correlated 0.6, after 36",
        walking(1.0, 0.0, persistent(0.6)),
        season=12,
        baseline=36,
    ),
    Healthy(
        "season of 12, 1.5σ, a slope that bends, after 36",
        walking(1.5, 0.0, bending(0.004)),
        season=12,
        baseline=36,
    ),
    Healthy("noise in proportion to a season, after 24", MULTIPLIED, season=12, baseline=24),
    Healthy("noise in proportion to a season, after 36", MULTIPLIED, season=12, baseline=36),
    Healthy(
        "the same, fewer is better, after 36",
        MULTIPLIED,
        better="lower",
        season=12,
        baseline=36,
    ),
    Healthy("10 % missing", gappy),
    Healthy("log-normal, bad tail", skewed, aim=0.05),
    Healthy("within, independent", independent, aim=0.06, better="within"),
    Healthy("within, correlated 0.6", persistent(0.6), aim=0.06, better="within"),
    Healthy("baseline of 12", independent, aim=0.05, baseline=12),
)


@dataclass(frozen=True, slots=True)
class Ill:
    """Readings that get worse after a baseline of 30, and how soon how many should be found."""

    name: str
    noise: Noise
    step: float
    ramp: float
    within: int
    aim: float | None

    def draw(self, random: np.random.Generator, kpis: int, baseline: int) -> Numbers:
        """Draw readings: the step begins, and the ramp rises, with the first after the baseline."""
        readings = self.noise(random, (kpis, baseline + self.within))
        after = np.arange(1, self.within + 1)
        readings[:, baseline:] -= self.step + self.ramp * after
        return readings


ILL = (
    Ill("step of 2σ", independent, 2.0, 0.0, 8, 0.85),
    Ill("step of 1.5σ", independent, 1.5, 0.0, 13, 0.68),
    Ill("step of 1σ", independent, 1.0, 0.0, 26, None),
    Ill("ramp of 0.25σ", independent, 0.0, 0.25, 13, 0.92),
    Ill("ramp of 0.1σ", independent, 0.0, 0.1, 26, 0.83),
    Ill("step of 2σ, correlated 0.6", persistent(0.6), 2.0, 0.0, 13, 0.55),
)
