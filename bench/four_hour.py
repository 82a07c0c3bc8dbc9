"""What signals say of the four-hour standard: England, three trusts, and how all of them end."""

import argparse
import csv
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analytics.drift import Facts, trace
from analytics.drift.signal_evidence import mapped
from bench.table import Table

Numbers = NDArray[np.float64]

FOLDER = Path(__file__).parents[1] / "tests" / "data" / "ae_four_hour"
KPI = "Seen within four hours"
MONTHS = np.arange("2016-04", "2019-04", dtype="datetime64[M]")
TOLD = ("England", "RJ6", "RBS", "REF")
"""England, a trust that got worse, one that is steady, and one that fell and came back."""

BEGUN = 11
"""The index of the first month that is no longer learning."""


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.four_hour", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--teams", nargs="*", default=TOLD, help="whose months are printed")
    asked = parser.parse_args()
    teams, values = monthly(asked.folder)
    facts = trace(values, better="higher", season=12)
    for team in asked.teams:
        row = teams.index(team)
        print(months(team, values[row], _of(facts, row)), flush=True)
    trusts = [row for row, team in enumerate(teams) if team != "England"]
    print(ends([teams[row] for row in trusts], values[trusts], _of(facts, trusts)))


def monthly(folder: Path) -> tuple[list[str], Numbers]:
    """Return the teams and what share each saw within four hours, (teams, months) in %."""
    with (folder / "readings.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["kpi"] == KPI]
    teams = sorted({row["team"] for row in rows})
    values = np.full((len(teams), len(MONTHS)), np.nan)
    for row in rows:
        month = int((np.datetime64(row["date"], "M") - MONTHS[0]).astype(int))
        values[teams.index(row["team"]), month] = float(row["value"])
    return teams, values


def months(team: str, values: Numbers, facts: Facts) -> Table:
    """Tell each month's signal with its numbers."""
    table = Table(
        f"{team}: {KPI.lower()}, %",
        "mean of the window, what was expected of it, and how many standard errors it is off",
        ("month", "value", "year before", "signal", "since", "window", "mean", "expected", "z"),
    )
    for at in range(BEGUN, len(MONTHS)):
        since = str(MONTHS[facts.onset[at]]) if facts.onset[at] >= 0 else ""
        before = values[at - 12] if at >= 12 else np.nan
        shown = (facts.mean[at], facts.expected[at], facts.z[at])
        table.add(
            MONTHS[at],
            _figure(values[at]),
            _figure(before),
            facts.signal[at],
            since,
            facts.window[at] or "",
            *map(_figure, shown),
        )
    return table


def ends(teams: list[str], values: Numbers, facts: Facts) -> Table:
    """Count the signals of the last month, and name whose they are where an alarm stands."""
    last = facts.signal[:, -1]
    full = np.isfinite(values).all(axis=1)
    alarmed = int((facts.signal == "drifting").any(axis=1).sum())
    table = Table(
        f"{len(teams)} trusts in {MONTHS[-1]}",
        f"{full.sum()} without a gap; {alarmed} were ever drifting",
        ("signal", "trusts", "which"),
    )
    for signal, count in Counter(last.tolist()).most_common():
        named = [team for team, word in zip(teams, last, strict=True) if word == signal]
        table.add(signal, count, " ".join(named) if signal in ("drifting", "recovering") else "")
    return table


def _of(facts: Facts, rows: int | list[int]) -> Facts:
    return mapped(lambda numbers: numbers[rows], facts)


def _figure(number: float) -> str:
    return "" if np.isnan(number) else f"{number:.1f}"


if __name__ == "__main__":
    main()
