"""`python -m bench.real FOLDER`: what signals say of real KPIs, stable ones and dated shifts.

The layout of the folder is that of `bench.real_series`; without it nothing is measured. All
figures come apart for the sources on which constants were chosen and for the others.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from analytics.drift import replay
from analytics.periods import SEASONS
from bench.real_key_results import key_results
from bench.real_series import (
    Shift,
    Window,
    is_chosen_on,
    monthly_of,
    series_in,
    shifts_in,
    side_by_side,
    windows_in,
)
from bench.table import Table

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

SIDES = (("higher", -1.0), ("lower", 1.0))
SOON, LATER, NEVER = 12, 26, 99
LEAST, HUGE = 1.0, 6.0
"""How many standard deviations make a shift that counts, and a huge one."""
BEHIND = (24, 36, 48)
DROPS = (2.0, 3.0, 6.0)
STEPS = (5.0, 10.0)
OF_NO_INTEREST = 0.02
"""The share of its level below which a change is of no interest to anybody."""


def main() -> None:
    """Print all tables, or that there is nothing to measure."""
    parser = argparse.ArgumentParser(prog="python -m bench.real", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    if not (folder / "series.csv").exists():
        print(f"{folder} holds no series.csv: nothing is measured")
        return
    series = series_in(folder)
    windows, shifts = windows_in(folder, series), shifts_in(folder, series)
    for table in (stable(windows), dated(shifts), steps(windows), drops(windows)):
        print(table, flush=True)
    print(key_results(monthly_of(series)))


def stable(windows: Sequence[Window]) -> Table:
    """Count the alarms on either side of windows that stayed stable."""
    table = Table(
        f"real: alarms in {len(windows)} stable windows, either side",
        "drifting at any time after the baseline; with a smallest change of 2 % of the level",
        ("sources", "cadence", "sides", "alarmed", "of those that matter"),
    )
    for half, cadence, chosen in _parts(windows):
        found = [_sides(several, _alarmed) for several in _alike(chosen)]
        small = [_sides(several, _alarmed_that_matter) for several in _alike(chosen)]
        alarmed, matter = (np.concatenate(flags) for flags in (found, small))
        table.add(half, cadence, alarmed.size, f"{alarmed.mean():.1%}", f"{matter.mean():.1%}")
    return table


def dated(shifts: Sequence[Shift]) -> Table:
    """Tell how soon shifts with a known date are found."""
    table = Table(
        "real: dated shifts, at most 60 readings before",
        f"those of {LEAST:g} sd or more before which no alarm stood; never is {NEVER}",
        ("sources", "shifts", "missed in 12", "in 26", "median delay", "6 sd or more", "missed"),
    )
    for half, chosen in _halves(shifts):
        large = [(shift, delay_of(shift)) for shift in chosen if shift.size >= LEAST]
        counted = [(shift, delay) for shift, delay in large if delay is not None]
        if not counted:
            continue
        late = np.array([delay for _, delay in counted])
        huge = np.array([delay for shift, delay in counted if shift.size >= HUGE])
        table.add(
            half,
            late.size,
            f"{(late > SOON).mean():.1%}",
            f"{(late > LATER).mean():.1%}",
            f"{np.median(late):g}",
            huge.size,
            int((huge > SOON).sum()),
        )
    return table


def delay_of(shift: Shift) -> int | None:
    """Return after how many readings a shift was drifting, 99 for never; None if it was before."""
    words = replay(shift.values, better=shift.better, season=SEASONS[shift.cadence])
    if words[shift.before - 1] in ("drifting", "recovering"):
        return None
    found = np.flatnonzero(words[shift.before :] == "drifting")
    return int(found[0]) + 1 if found.size else NEVER


def steps(windows: Sequence[Window]) -> Table:
    """Count the steps found that are added to all readings after the baseline."""
    table = Table(
        f"real: steps in stable windows found within {SOON}",
        "either side, in standard deviations of the baseline without season and trend",
        ("sources", "sides", *(f"{size:g} sd" for size in STEPS)),
    )
    for half, chosen in _halves(windows):
        found = [
            np.concatenate([_sides(several, _alarmed, size) for several in _alike(chosen, SOON)])
            for size in STEPS
        ]
        table.add(half, found[0].size, *(f"{flags.mean():.1%}" for flags in found))
    return table


def drops(windows: Sequence[Window]) -> Table:
    """Count the drops found within a year of monthly windows, by the months behind."""
    monthly = [window for window in windows if window.cadence == "monthly"]
    table = Table(
        f"real: drops in {len(monthly)} monthly stable windows found within {SOON}",
        "either side, in sigmas; and alarms within 12 where nothing was added",
        ("sources", "months behind", "alarmed", *(f"−{size:g}σ" for size in DROPS)),
    )
    for behind in BEHIND:
        for half, chosen in _halves(monthly):
            if not chosen:
                continue
            of_half = list(_alike(chosen, SOON, behind))
            found = [
                np.concatenate([_sides(several, _alarmed, size) for several in of_half])
                for size in (0.0, *DROPS)
            ]
            table.add(half, behind, *(f"{flags.mean():.1%}" for flags in found))
    return table


Found = TypeVar("Found", Window, Shift)
Alike = tuple[str, int, Numbers, Numbers]
Judge = Callable[[Numbers, tuple[str, int], str], Flags]


def _sides(alike: Alike, judge: Judge, step: float = 0.0) -> Flags:
    """Judge windows on either side, with a step to the bad one added after the baseline."""
    cadence, baseline, values, sigma = alike
    found = []
    for better, bad in SIDES:
        moved = values.copy()
        moved[:, baseline:] += bad * step * sigma[:, None]
        found.append(judge(moved, (cadence, baseline), better))
    return np.concatenate(found)


def _alarmed(values: Numbers, of: tuple[str, int], better: str) -> Flags:
    words = replay(values, better=better, season=SEASONS[of[0]])
    return np.asarray((words[:, of[1] :] == "drifting").any(axis=1))


def _alarmed_that_matter(values: Numbers, of: tuple[str, int], better: str) -> Flags:
    least = OF_NO_INTEREST * np.abs(np.nanmean(values[:, : of[1]], axis=1))
    words = replay(values, better=better, season=SEASONS[of[0]], smallest_change=least)
    return np.asarray((words[:, of[1] :] == "drifting").any(axis=1))


def _alike(
    windows: Sequence[Window], ahead: int | None = None, behind: int | None = None
) -> Iterator[Alike]:
    """Give windows of the same cadence and baseline together, with so much of them."""
    for cadence, baseline in sorted({(each.cadence, each.baseline) for each in windows}):
        several = [each for each in windows if (each.cadence, each.baseline) == (cadence, baseline)]
        before = baseline if behind is None else behind
        last = None if ahead is None else baseline + ahead
        values = side_by_side([each.values[baseline - before : last] for each in several])
        yield cadence, before, values, np.array([each.sigma for each in several])


def _parts(windows: Sequence[Window]) -> Iterator[tuple[str, str, list[Window]]]:
    for half, chosen in _halves(windows):
        for cadence in ("monthly", "weekly", "daily", "all"):
            of_cadence = [each for each in chosen if cadence in (each.cadence, "all")]
            if of_cadence:
                yield half, cadence, of_cadence


def _halves(found: Sequence[Found]) -> Iterator[tuple[str, list[Found]]]:
    yield "chosen on", [each for each in found if is_chosen_on(each.series)]
    yield "the others", [each for each in found if not is_chosen_on(each.series)]
    yield "all", list(found)


if __name__ == "__main__":
    main()
