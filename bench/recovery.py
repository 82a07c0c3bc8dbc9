"""How far the certificate of a recovery can be trusted that rests on fewer than 12 readings."""

from __future__ import annotations

import argparse

import numpy as np

from analytics.recovery import left_open, provisional
from bench.signals import FULL, QUICK, SEED, Trials, percent
from bench.table import Table

BASELINE = 30
HOLDS = (4, 6)
ROUNDS = 2
"""A KPI has so many times the periods to hold it to be certified in."""

LEVELS = (
    ("recovered", 0.0, 0.0),
    ("good for half of them, then bad again", 0.0, -2.0),
    ("half recovered", -1.0, -1.0),
    ("never recovered", -2.0, -2.0),
)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.recovery", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few KPIs: that it runs")
    print(certificates(QUICK if parser.parse_args().quick else FULL))


def certificates(trials: Trials) -> Table:
    """Count the KPIs that are certified in the end, by how far they recovered."""
    table = Table(
        "recovery: provisionally certified within twice the periods to hold",
        f"{trials.kpis} KPIs each, after {BASELINE} readings and a fall of 2σ; in range whatever",
        ("after the fall", *(f"held for {periods}" for periods in HOLDS)),
    )
    for name, first, then in LEVELS:
        found = [certified_share(trials, periods, first, then) for periods in HOLDS]
        table.add(name, *(percent(share, trials) for share in found))
    table.add("what is left open, in σ", *(f"{left_open(periods):.2f}" for periods in HOLDS))
    return table


def certified_share(trials: Trials, periods: int, first: float, then: float) -> float:
    """Return the share of KPIs certified on any day, the level changing half way to that."""
    random = np.random.default_rng([SEED, periods])
    baseline = random.normal(size=(trials.kpis, BASELINE))
    centre, sigma = baseline.mean(axis=1), baseline.std(axis=1, ddof=1)
    level = np.where(np.arange(ROUNDS * periods) < periods // 2, first, then)
    values = level + random.normal(size=(trials.kpis, len(level)))
    found = [
        any(
            provisional(
                row[end - periods : end],
                baseline_centre=centre[kpi],
                baseline_sigma=float(sigma[kpi]),
                better="higher",
            )
            for end in range(periods, len(row) + 1)
        )
        for kpi, row in enumerate(values)
    ]
    return float(np.mean(found))


if __name__ == "__main__":
    main()
