"""Taking times: every variant in turn, so that what else the machine does meets them alike."""

import time
from collections.abc import Callable, Mapping
from statistics import median

Run = Callable[[], object]


def milliseconds(run: Run) -> float:
    """Time one run."""
    began = time.perf_counter()
    run()
    return (time.perf_counter() - began) * 1000


def medians(variants: Mapping[str, Run], *, rounds: int, warm_up: int = 2) -> dict[str, float]:
    """Give the median milliseconds of each variant over rounds in which each runs once."""
    taken: dict[str, list[float]] = {name: [] for name in variants}
    for number in range(warm_up + rounds):
        for name, run in variants.items():
            spent = milliseconds(run)
            if number >= warm_up:
                taken[name].append(spent)
    return {name: median(times) for name, times in taken.items()}
