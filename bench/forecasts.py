"""`python -m bench.forecasts [folder]`: how good the outlook's chances and spans are.

The folder holds series in the M4's layout, a row each: `*-train.csv`, and for those that
go on `*-test.csv`. Without one the series are seeded random ones.
"""

import argparse
import csv
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analytics.forecast.outlooks import Z80, Outlook, chance, outlook
from analytics.forecast.smoothing import damped_holt, random_walk, theta
from bench.table import Table, ms
from bench.timing import medians

Numbers = NDArray[np.float64]
Method = Callable[[Numbers, int], Outlook]

PAST, AHEAD = 60, 13
TARGETS = (-1.0, -0.5, 0.0, 0.5, 1.0)
SURE = 0.9


def straight_line(past: Numbers, horizon: int) -> Outlook:
    """Prolong the least-squares line, with the spread of its residuals."""
    time = np.arange(past.shape[1])
    slope, level = np.polyfit(time, past.T, 1)
    residuals = past - level[:, None] - slope[:, None] * time
    steps = past.shape[1] + np.arange(horizon)
    sd = np.repeat(residuals.std(axis=1, ddof=2)[:, None], horizon, axis=1)
    return Outlook(level[:, None] + slope[:, None] * steps, sd)


def plain_combination(past: Numbers, horizon: int) -> Outlook:
    """Combine Theta, damped Holt and random walk with drift with equal weights."""
    models = [model(past, horizon) for model in (theta, damped_holt, random_walk)]
    mean = np.mean([model.mean for model in models], axis=0)
    spread = [model.variance + (model.mean - mean) ** 2 for model in models]
    return Outlook(mean, np.sqrt(np.mean(spread, axis=0)))


METHODS: dict[str, Method] = {
    "straight line": straight_line,
    "equal-weight combination": plain_combination,
    "outlook": outlook,
}


def forecasts(folder: Path | None) -> Table:
    """Measure chances of reaching targets 13 steps ahead, and how much 80 % spans hold."""
    series = list(_rows(folder)) if folder else list(_random(300))
    windows = np.array([row[-PAST - AHEAD :] for row in series if row.size >= PAST + AHEAD])
    past, future = windows[:, :PAST], windows[:, PAST:]
    table = Table(
        f"forecasts: {len(past)} series of {PAST} readings, {AHEAD} ahead",
        f"targets: last value + {', '.join(f'{q:g}' for q in TARGETS)} × usual change",
        ("method", "Brier", "80 % holds at 13", "at 1–13", "above 90 % true", "of", "time"),
    )
    taken = medians({name: partial(way, past, AHEAD) for name, way in METHODS.items()}, rounds=3)
    for name, method in METHODS.items():
        ahead = method(past, AHEAD)
        inside = np.abs(future - ahead.mean) <= Z80 * ahead.sd
        chances, came = chances_of_targets(past, future[:, -1], ahead)
        confirmed = came[chances > SURE]
        table.add(
            name,
            f"{np.mean((chances - came) ** 2):.4f}",
            f"{inside[:, -1].mean():.1%}",
            f"{inside.mean():.1%}",
            f"{confirmed.mean():.1%}" if confirmed.size else "–",
            confirmed.size,
            ms(taken[name]),
        )
    return table


def chances_of_targets(past: Numbers, end: Numbers, ahead: Outlook) -> tuple[Numbers, Numbers]:
    """Give the chances of reaching each target, either way, and whether it was reached.

    `past` has shape (series, periods), `end` (series,) is what came at the outlook's last step.
    Both results have shape (2, targets, series).
    """
    steps = ahead.mean.shape[1]
    usual = np.sqrt(np.mean((past[:, steps:] - past[:, :-steps]) ** 2, axis=1))
    targets = past[:, -1] + np.array(TARGETS)[:, None] * usual
    mean, sd = ahead.mean[:, -1], ahead.sd[:, -1]
    higher = np.asarray(chance(mean, sd, targets, better="higher"))
    lower = np.asarray(chance(mean, sd, targets, better="lower"))
    return np.array([higher, lower]), np.array([end >= targets, end <= targets], dtype=np.float64)


def _rows(folder: Path) -> Iterator[Numbers]:
    for train in sorted(folder.glob("*-train.csv")):
        test = train.with_name(train.name.replace("-train", "-test"))
        later = dict(_read(test)) if test.exists() else {}
        for name, values in _read(train):
            yield np.array(values + later.get(name, []))


def _read(path: Path) -> Iterator[tuple[str, list[float]]]:
    with path.open(newline="") as file:
        _, *rows = csv.reader(file)
    for name, *cells in rows:
        yield name, [float(cell) for cell in cells if cell not in ("", "NA")]


def _random(count: int) -> Iterator[Numbers]:
    """Give in turn walks with drift, trends that bend, and levels to which readings return."""
    random = np.random.default_rng(2020)
    for number in range(count):
        shocks = random.standard_t(5, size=PAST + AHEAD)
        if number % 3 == 0:
            yield 100 + np.cumsum(shocks + 0.2 * random.normal())
        elif number % 3 == 1:
            yield 100 + np.cumsum(np.cumsum(shocks) * 0.1) + random.normal(size=shocks.size)
        else:
            decay = random.uniform(0, 0.8) ** np.arange(shocks.size)
            yield 100 + np.convolve(shocks, decay)[: shocks.size]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.forecasts", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    print(forecasts(parser.parse_args().folder))
