"""Real KPIs with what is known of them: windows that stayed stable, and shifts with a date.

The folder holds `series.csv` (series, cadence, period, value), `stable_windows.csv` (series,
cadence, first, baseline, ahead) and `shifts.csv` (series, cadence, date, bad_direction, cause,
kind). The first word of a series' name is its source.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analytics.periods import SEASONS, ordinal

Numbers = NDArray[np.float64]
Series = Mapping[tuple[str, str], tuple[int, Numbers]]

CHOSEN_ON = ("PBS", "walmart", "unemployed", "seatbelts")
"""The sources on which constants were chosen; the others tell how good these are."""

HISTORY, AFTER = 60, 99
YEAR = 12


@dataclass(frozen=True, slots=True)
class Window:
    """Readings of which `baseline` lie before those that stayed stable."""

    series: str
    cadence: str
    baseline: int
    values: Numbers

    @property
    def sigma(self) -> float:
        """The standard deviation of the baseline without its season and trend."""
        season = SEASONS[self.cadence]
        seen_twice = self.baseline >= 2 * season
        return deviation(self.values[: self.baseline], season if seen_twice else 1)


@dataclass(frozen=True, slots=True)
class Shift:
    """Readings of which `before` lie before something that happened; `size` in their sd."""

    series: str
    cadence: str
    cause: str
    better: str
    before: int
    values: Numbers
    size: float


def is_chosen_on(series: str) -> bool:
    """Tell whether a series is of a source on which constants were chosen."""
    return series.split()[0] in CHOSEN_ON


def series_in(folder: Path) -> Series:
    """Read all series: the number of the first period and the values, NaN where one is missing."""
    found: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    for row in _rows(folder / "series.csv"):
        number = ordinal(date.fromisoformat(row["period"]), row["cadence"])
        found[row["series"], row["cadence"]][number] = float(row["value"] or "nan")
    return {key: _gapped(values) for key, values in found.items()}


def monthly_of(series: Series) -> dict[str, Numbers]:
    """Return the values of the monthly ones by name."""
    return {name: values for (name, cadence), (_, values) in series.items() if cadence == "monthly"}


def windows_in(folder: Path, series: Series) -> list[Window]:
    """Read the windows that hindsight calls stable."""
    return [
        Window(
            row["series"],
            row["cadence"],
            baseline := int(row["baseline"]),
            values[at : at + baseline + int(row["ahead"])],
        )
        for row, values, at in _placed(folder / "stable_windows.csv", series, "first")
    ]


def shifts_in(folder: Path, series: Series) -> list[Shift]:
    """Read what happened, with the 60 periods before and up to 99 after."""
    return [
        _shift(row, values[max(at - HISTORY, 0) : at + AFTER], min(at, HISTORY))
        for row, values, at in _placed(folder / "shifts.csv", series, "date")
    ]


def side_by_side(rows: Sequence[Numbers]) -> Numbers:
    """Lay rows out as one array, NaN where one ends before the longest."""
    table = np.full((len(rows), max(map(len, rows))), np.nan)
    for line, row in zip(table, rows, strict=True):
        line[: len(row)] = row
    return table


def deviation(values: Numbers, season: int) -> float:
    """Return the standard deviation of readings without their season and trend."""
    known = np.isfinite(values)
    phases = np.arange(values.size) % season
    design = np.column_stack([*(phases == phase for phase in range(season)), range(values.size)])
    design = design[known].astype(np.float64)
    fitted, *_ = np.linalg.lstsq(design, values[known], rcond=None)
    left = values[known] - design @ fitted
    return float(np.sqrt((left**2).sum() / (known.sum() - np.linalg.matrix_rank(design))))


def _shift(row: Mapping[str, str], values: Numbers, before: int) -> Shift:
    bad = -1.0 if row["bad_direction"] == "down" else 1.0
    phases = np.arange(values.size) % (YEAR if row["cadence"] == "monthly" else 1)
    history = values[:before]
    means = np.array(
        [np.nanmean(history[phases[:before] == at]) for at in range(int(phases.max()) + 1)]
    )
    apart = values - means[phases]
    size = bad * float(
        np.nanmean(apart[before : before + YEAR]) / np.nanstd(apart[:before], ddof=1)
    )
    better = "higher" if bad < 0 else "lower"
    return Shift(row["series"], row["cadence"], row["cause"], better, before, values, size)


def _placed(
    path: Path, series: Series, column: str
) -> Iterator[tuple[dict[str, str], Numbers, int]]:
    for row in _rows(path):
        first, values = series[row["series"], row["cadence"]]
        yield row, values, ordinal(date.fromisoformat(row[column]), row["cadence"]) - first


def _gapped(values: Mapping[int, float]) -> tuple[int, Numbers]:
    first = min(values)
    table = np.full(max(values) - first + 1, np.nan)
    for number, value in values.items():
        table[number - first] = value
    return first, table


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
