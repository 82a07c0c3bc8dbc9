"""`python -m bench.real_key_results FOLDER`: chances and spans of key results on real monthly KPIs.

The folder holds `series.csv` with the columns series, cadence, period (its first day) and value;
the first word of a series' name is its source. Without the folder nothing is measured.
"""

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analytics.forecast.outlooks import Z80, Outlook, outlook
from analytics.forecast.simulation import courses
from analytics.periods import SEASONS
from bench.forecasts import TARGETS, chances_of_targets
from bench.real_series import monthly_of, series_in
from bench.table import Table

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

AHEAD = 4
BEHIND = (60, 52, 36, 24)
"""How many readings a forecast has behind it; a key result's has 52 at most."""
APART = 11
"""How many months lie between two forecasts of a series, so that all months have their turn."""
CHOSEN_ON = ("retail", "employ", "unemployed", "seatbelts")
"""The sources on which the constants of `analytics.forecast.season` were chosen."""


def of_a_key_result(past: Numbers, horizon: int) -> Outlook:
    """Forecast as a key result is forecast that a monthly KPI feeds."""
    found = courses(past, horizon, seasons=SEASONS["monthly"])
    return Outlook(found.mean, found.sd)


METHODS = {"without a season": outlook, "as key results are": of_a_key_result}


def key_results(series: Mapping[str, Numbers]) -> Table:
    """Measure chances of reaching targets 4 months ahead, and how much 80 % spans hold.

    `series` are monthly values by name, NaN is a missing month. Each is forecast from every 11th
    month with so many months behind it and 4 ahead, none of them missing.
    """
    table = Table(
        f"monthly key results: {len(series)} series, {AHEAD} ahead",
        f"targets: last value + {', '.join(f'{q:g}' for q in TARGETS)} × usual change",
        ("forecast", "months behind", "sources", "forecasts", "Brier", "80 % holds"),
    )
    for behind in BEHIND:
        chosen, windows = _windows(series, behind)
        for name, method in METHODS.items():
            missed, holds = _judged(windows, method(windows[:, :behind], AHEAD))
            for half, at in _halves(chosen):
                brier, held = f"{missed[at].mean():.4f}", f"{holds[at].mean():.1%}"
                table.add(name, behind, half, at.sum(), brier, held)
    return table


def _windows(series: Mapping[str, Numbers], behind: int) -> tuple[Flags, Numbers]:
    """Give the months behind and ahead of each forecast, and whether they chose the constants."""
    found = [
        (name.split()[0] in CHOSEN_ON, values[at - behind : at + AHEAD])
        for name, values in series.items()
        for at in range(behind, values.size - AHEAD + 1, APART)
    ]
    chosen = np.array([each for each, _ in found], dtype=np.bool_)
    windows = np.array([months for _, months in found]).reshape(-1, behind + AHEAD)
    known = ~np.isnan(windows).any(axis=1)
    return chosen[known], windows[known]


def _judged(windows: Numbers, ahead: Outlook) -> tuple[Numbers, Flags]:
    """Give each forecast's Brier score over its targets, and whether its 80 % span held."""
    past, end = windows[:, :-AHEAD], windows[:, -1]
    chances, came = chances_of_targets(past, end, ahead)
    held = np.abs(end - ahead.mean[:, -1]) <= Z80 * ahead.sd[:, -1]
    return np.mean((chances - came) ** 2, axis=(0, 1)), held


def _halves(chosen: Flags) -> Iterator[tuple[str, Flags]]:
    """Give the half by source that chose the constants, the other one, and both."""
    halves = {"chose the constants": chosen, "all others": ~chosen, "both": chosen | True}
    return ((name, at) for name, at in halves.items() if at.any())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.real_key_results", description=__doc__)
    parser.add_argument("folder", type=Path)
    path = parser.parse_args().folder / "series.csv"
    print(
        key_results(monthly_of(series_in(path.parent)))
        if path.exists()
        else f"skipped: there is no {path}"
    )


if __name__ == "__main__":
    main()
