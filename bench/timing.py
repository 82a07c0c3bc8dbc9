"""Taking times: every variant in turn, so that what else the machine does meets them alike."""

import time
from collections.abc import Callable, Mapping
from math import inf
from statistics import median

Run = Callable[[], object]


Clock = Callable[[], float]

ENOUGH, FEWEST = 2_000.0, 4
"""Milliseconds after which a variant has run enough, as what takes long scatters less; and runs."""


def milliseconds(run: Run, clock: Clock) -> float:
    """Time one run."""
    began = clock()
    run()
    return (clock() - began) * 1000


def medians(
    variants: Mapping[str, Run],
    *,
    rounds: int,
    warm_up: int = 2,
    before: Run | None = None,
    enough: float = inf,
    clock: Clock = time.perf_counter,
) -> dict[str, float]:
    """Give the median milliseconds of each variant over rounds in which each runs once.

    A variant that has taken `enough` milliseconds is left out of the rest of the rounds. `before`
    is done ahead of each run and is not timed. What waits for nobody is better timed by
    `time.process_time`, which leaves out what others do on the machine.
    """
    taken: dict[str, list[float]] = {name: [] for name in variants}
    for number in range(warm_up + rounds):
        for name, run in variants.items():
            if len(taken[name]) >= FEWEST and sum(taken[name]) > enough:
                continue
            if before is not None:
                before()
            spent = milliseconds(run, clock)
            if number >= warm_up:
                taken[name].append(spent)
    return {name: median(times) for name, times in taken.items()}
