"""`python -m bench.quarters [--size N]`: how true the chances of key results are.

Whole quarters of weekly check-ins are simulated, some of them missing (`bench.quarter_kinds`). At
each check-in the chance is asked for that the target is reached at the end. One half chose the
constants of `analytics.forecast.progress_forecast` and those of steps in
`analytics.forecast.arrival`; the other has other parameters, other seeds and kinds that the first
has not.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from analytics.forecast import chance, outlook, span80
from analytics.forecast.arrival import Arrival, arrival_of_steps
from analytics.forecast.progress_forecast import arrivals_of_progress
from bench.quarter_kinds import (
    CHOSEN,
    JUDGED,
    JUDGED_ALONE,
    METRICS,
    TIME,
    WEEKS,
    Draw,
    Half,
    steps,
)
from bench.table import Table

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

SIZE = 500
FEWEST = 4
TENTHS = 10
PARTS = {"all": (1, WEEKS), "first": (1, 1), "2nd, 3rd": (2, 3), "4th on": (FEWEST, WEEKS)}
HALVES: dict[str, tuple[Half, Mapping[str, Draw], int]] = {
    "chosen on": (CHOSEN, METRICS, 2026),
    "judged on": (JUDGED, {**METRICS, **JUDGED_ALONE}, 2027),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked at check-ins under way and what came of it, each of shape (check-ins,).

    `number` counts the check-ins of a key result, `chance` is NaN where nothing was said; `end`
    is the share of the way at the end.
    """

    number: Numbers
    chance: Numbers
    lower: Numbers
    upper: Numbers
    end: Numbers

    @property
    def came(self) -> Numbers:
        """Tell whether the target was reached."""
        return np.asarray(self.end >= 1 - 1e-9, np.float64)

    def only(self, which: Flags) -> "Asked":
        """Give some of the check-ins."""
        number, *others = (getattr(self, each.name)[which] for each in fields(self))
        return Asked(number, *others)


def metrics(half: Half, kinds: Mapping[str, Draw], seed: int, size: int) -> tuple[Asked, Asked]:
    """Ask at the check-ins of metric key results, of so many a kind: as now, and an outlook."""
    asked = [_of_kind(draw, half, [seed, at], size) for at, draw in enumerate(kinds.values())]
    now, before = zip(*asked, strict=True)
    return _joined(now), _joined(before)


def milestones(half: Half, seed: int, size: int) -> Asked:
    """Ask at the check-ins of milestone key results."""
    random = np.random.default_rng([seed, 99])
    rows: list[tuple[float, ...]] = []
    for shares, weeks in steps(random, size, half):
        kept = np.flatnonzero(random.random(WEEKS) < random.uniform(*half.kept)) + 1
        end = float(shares[weeks <= WEEKS].sum())
        for number, week in enumerate(kept[kept < WEEKS], 1):
            if (weeks > week).any():
                found = _of_steps(shares, weeks, int(week))
                rows.append((number, found.chance, found.lower, found.upper, end))
    return Asked(*np.array(rows).T)


def calibration(asked: Mapping[str, Asked]) -> Table:
    """Hold chances against what came, by tenths: the mean chance, the share that came, how many."""
    table = Table(
        "chance by tenths: predicted → came true (check-ins)",
        "tenths with at least 50 check-ins; of all, each should be within 10 points",
        ("check-ins", *(f"{10 * tenth}–{10 * tenth + 10} %" for tenth in range(TENTHS)), "worst"),
    )
    for name, each in asked.items():
        cells, worst = ["–"] * TENTHS, 0.0
        for tenth, (predicted, came, count) in tenths(each).items():
            cells[tenth] = f"{100 * predicted:.0f} → {100 * came:.0f} ({count})"
            worst = max(worst, abs(predicted - came))
        table.add(name, *cells, f"{100 * worst:.1f}")
    return table


def tenths(asked: Asked, *, fewest: int = 50) -> dict[int, tuple[float, float, int]]:
    """Give for each tenth of chances their mean, the share that came true and how many they are."""
    tenth = np.minimum(asked.chance * TENTHS, TENTHS - 1)
    found = ((at, np.floor(tenth) == at) for at in range(TENTHS))
    return {
        at: (float(asked.chance[is_in].mean()), float(asked.came[is_in].mean()), int(is_in.sum()))
        for at, is_in in found
        if is_in.sum() >= fewest
    }


def scores(asked: Mapping[str, Asked]) -> Table:
    """Count how often there is a chance, how good it is and how much its 80 % span holds."""
    table = Table(
        "how good the chances are",
        "Brier beside that of always saying the share that is reached",
        ("check-ins", "asked", "speaks at", "reached", "Brier", "constant", "80 % span holds"),
    )
    for name, each in asked.items():
        spoken = each.only(~np.isnan(each.chance))
        came = spoken.came.mean()
        table.add(
            name,
            each.number.size,
            f"{spoken.number.size / each.number.size:.0%}",
            f"{came:.0%}",
            f"{brier(spoken):.4f}",
            f"{came * (1 - came):.4f}",
            f"{held(spoken):.1%}",
        )
    return table


def brier(asked: Asked) -> float:
    """Give the mean square of chance less outcome."""
    return float(np.mean((asked.chance - asked.came) ** 2))


def held(asked: Asked) -> float:
    """Give the share of ends that lie within their 80 % spans."""
    inside = (asked.end >= asked.lower - 1e-9) & (asked.end <= asked.upper + 1e-9)
    return float(inside.mean())


def quarters(size: int) -> dict[str, Asked]:
    """Simulate both halves, and give what was asked in each and in both by name."""
    found: dict[str, Asked] = {}
    for name, (half, kinds, seed) in HALVES.items():
        now, before = metrics(half, kinds, seed, size)
        found |= {f"{name}: {part}": each for part, each in _parts(now).items()}
        found[f"{name}: 4th on, outlook"] = before.only(before.number >= FEWEST)
        found[f"{name}: steps"] = milestones(half, seed, 3 * size)
    for part in (*PARTS, "steps"):
        found[f"both: {part}"] = _joined([found[f"{name}: {part}"] for name in HALVES])
    return found


def _parts(asked: Asked) -> dict[str, Asked]:
    return {
        part: asked.only((first <= asked.number) & (asked.number <= last))
        for part, (first, last) in PARTS.items()
    }


def _of_kind(draw: Draw, half: Half, seed: list[int], size: int) -> tuple[Asked, Asked]:
    random = np.random.default_rng(seed)
    progress = draw(random, size, half)
    kept = random.random((size, WEEKS)) < random.uniform(*half.kept, (size, 1))
    known = np.where(kept, progress, np.nan)
    weeks = [_in_week(known, progress[:, -1], week) for week in range(1, WEEKS)]
    now, before = zip(*weeks, strict=True)
    return _joined(now), _joined(before)


def _in_week(known: Numbers, end: Numbers, week: int) -> tuple[Asked, Asked]:
    """Ask where there is a check-in in a week and the target is not reached yet."""
    asked = known[:, week - 1] < 1 - 1e-9
    values, end = known[asked, :week], end[asked]
    number = np.asarray((~np.isnan(values)).sum(axis=1), np.float64)
    elapsed = np.broadcast_to(TIME[:week], values.shape)
    found = arrivals_of_progress(elapsed, values, np.ones((len(end), 1)))
    told = [(each.chance, each.lower, each.upper) for each in found if each is not None]
    likely, lower, upper = np.array(told, np.float64).reshape(-1, 3).T
    ahead = outlook(values, WEEKS - week)
    mean, sd = ahead.mean[:, -1], ahead.sd[:, -1]
    before = np.asarray(chance(mean, sd, 1.0, better="higher"))
    return (
        Asked(number, likely, lower, upper, end),
        Asked(number, before, *span80(mean, sd), end),
    )


def _of_steps(shares: Numbers, weeks: Numbers, week: int) -> Arrival:
    done = weeks <= week
    return arrival_of_steps(
        int(done.sum()),
        shares[~done].tolist(),
        gone=float(shares[done].sum()),
        elapsed=week / WEEKS,
        moments=np.ones(1),
    )


def _joined(parts: Sequence[Asked]) -> Asked:
    columns = ([getattr(part, each.name) for part in parts] for each in fields(Asked))
    number, *others = (np.concatenate(column) for column in columns)
    return Asked(number, *others)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.quarters", description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help="key results a kind")
    simulated = quarters(parser.parse_args().size)
    print(scores(simulated), calibration(simulated), sep="\n")
