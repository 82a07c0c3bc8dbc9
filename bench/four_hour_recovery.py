"""The four-hour standard, rerouted: what became of each trust that drifted, month by month.

From April 2016 on each trust is rerouted at its first drift, of which nobody has decided before.
It is certified as soon as it held for six months, confirmed the same month, and watched for six
months more. Once with the standard of 95 % as its range, and once with the range that Milepost
proposes from what the trust did before the drift set in: most were under the standard all along.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analytics.drift import Facts, trace
from analytics.range_proposal import propose_range
from analytics.recovery import HOLD_PERIODS, Since, certificate, provisional, since
from bench.four_hour import FOLDER, MONTHS, monthly
from bench.table import Table

Numbers = NDArray[np.float64]

PERIODS = HOLD_PERIODS["monthly"]
STANDARD = 95.0
NEVER = -1


class Course(NamedTuple):
    """The months in which a recovery was opened, certified and relapsed; -1 for never."""

    opened: int
    certified: int
    relapsed: int


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.four_hour_recovery", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    print(recoveries(parser.parse_args().folder))


def recoveries(folder: Path) -> Table:
    """Count the recoveries that were opened, certified and relapsed, by the range to hold."""
    teams, values = monthly(folder)
    facts = trace(values, better="higher", season=12)
    trusts = [row for row, team in enumerate(teams) if team != "England"]
    table = Table(
        f"{len(trusts)} trusts from {MONTHS[0]} to {MONTHS[-1]}, rerouted at their first drift",
        f"held for {PERIODS} months in range without a drift, confirmed at once, watched as long",
        ("range", "opened", "months left", "certified", "relapsed", "on probation", "through"),
    )
    for name, bounds in (
        (f"from {STANDARD:g} %", dict.fromkeys(trusts, STANDARD)),
        ("from what it did before", {row: _usual(values[row], facts, row) for row in trusts}),
    ):
        found = [course(values[row], facts, row, bounds[row]) for row in trusts]
        table.add(name, *_counted([each for each in found if each is not None]))
    return table


def _counted(courses: list[Course]) -> Iterator[object]:
    ends = Counter(_end(each) for each in courses)
    left = [len(MONTHS) - 1 - each.opened for each in courses]
    yield len(courses)
    yield f"{min(left)}–{max(left)}" if left else "–"
    yield sum(each.certified != NEVER for each in courses)
    yield from (ends[end] for end in ("relapsed", "on probation", "through"))


def _end(found: Course) -> str:
    if found.certified == NEVER:
        return "under way"
    if found.relapsed != NEVER:
        return "relapsed"
    return "through" if len(MONTHS) - 1 - found.certified >= PERIODS else "on probation"


def course(values: Numbers, facts: Facts, row: int, low: float) -> Course | None:
    """Tell of a trust month by month what became of its recovery; None where it never drifted."""
    drifting = facts.signal[row] == "drifting"
    if not drifting.any():
        return None
    opened = int(drifting.argmax())
    months = range(opened, len(values))
    certified = next(
        (at for at in months if _is_certified(values, facts, row, low, at, opened)), -1
    )
    if certified == NEVER:
        return Course(opened, NEVER, NEVER)
    ended = min(certified + PERIODS + 1, len(values))
    told = _since(values[:ended], drifting[:ended], low, certified + 1)
    return Course(opened, certified, int(told.relapse[0]))


def _is_certified(
    values: Numbers, facts: Facts, row: int, low: float, at: int, opened: int
) -> bool:
    """Tell whether a trust is certified in a month, by what was known then."""
    signals, read = facts.signal[row, : at + 1], values[: at + 1]
    held = int(_since(read, signals == "drifting", low, opened).held[0])
    # As for a KPI on screen: what was expected of the window is that of its middle.
    back = np.arange(PERIODS - 1, -1, -1) - (max(int(facts.window[row, at]), 1) - 1) / 2
    passes = provisional(
        read[-PERIODS:],
        baseline_centre=facts.expected[row, at] - facts.slope[row, at] * back,
        baseline_sigma=float(facts.sigma[row, at]),
        better="higher",
    )
    told = certificate(
        held=held,
        periods=PERIODS,
        alarmed=True,
        stands=bool(signals[-1] in ("drifting", "recovering")),
        passes=passes,
    )
    return told != "none"


def _since(values: Numbers, drifting: NDArray[np.bool_], low: float, begin: int) -> Since:
    nothing = np.zeros((1, len(values)), bool)
    bounds = np.array([low]), np.array([np.nan])
    return since(values[None], *bounds, drifting[None], nothing, np.array([begin]))


def _usual(values: Numbers, facts: Facts, row: int) -> float:
    """Propose the bound of a trust from what it did before its first drift set in."""
    drifting = facts.signal[row] == "drifting"
    if not drifting.any():
        return STANDARD
    before = int(facts.onset[row, drifting.argmax()])
    proposed = propose_range(values[:before], better="higher", unit="%").low
    return STANDARD if proposed is None else proposed


if __name__ == "__main__":
    main()
