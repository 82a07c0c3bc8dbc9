"""`python -m bench.segments [folder]`: how well change points agree with what people marked.

The folder has the layout of the Turing Change Point Dataset: `annotations.json` and
`datasets/*/*.json`. Without one the series are seeded random ones, marked where they change.

F1 and covering are those of van den Burg & Williams 2020, An Evaluation of Change Point
Detection Algorithms, arXiv:2003.06222, section 4.1: a margin of 5, several annotators.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import ruptures  # type: ignore[import-untyped]
from numpy.typing import NDArray

from analytics.drift.segments import change_points, partition
from analytics.variation import natural_limits
from bench.table import Table
from bench.timing import medians

Numbers = NDArray[np.float64]
Marks = Sequence[Sequence[int]]

MARGIN = 5


class Series(NamedTuple):
    """Readings, and the change points that each annotator marked."""

    name: str
    values: Numbers
    marks: Marks


def f1(marks: Marks, found: Iterable[int], margin: int = MARGIN) -> float:
    """Give the F1 of precision on all marks and of recall by annotator; 0 is always one."""
    detected = {0, *found}
    annotators = [{0, *each} for each in marks]
    together = set[int]().union(*annotators)
    precision = _hits(together, detected, margin) / len(detected)
    recall = np.mean([_hits(each, detected, margin) / len(each) for each in annotators])
    return float(2 * precision * recall / (precision + recall))


def covering(marks: Marks, found: Iterable[int], length: int) -> float:
    """Give how well segments overlap with the annotators' ones, weighted by their lengths."""
    detected = _segments(found, length)
    covered = [
        len(segment) * max(_overlap(segment, other) for other in detected)
        for each in marks
        for segment in _segments(each, length)
    ]
    return sum(covered) / length / len(marks)


def lines(values: Numbers) -> list[int]:
    """Find change points by a line per segment and 3 · ln n, σ from the moving ranges."""
    known = np.flatnonzero(~np.isnan(values))
    sigma = float(natural_limits(values[known]).sigma)
    if known.size < 2 or not sigma > 0:
        return []
    found = partition(values[known] / sigma, penalty=3 * np.log(known.size))
    return [int(index) for index in known[found]]


METHODS: dict[str, Callable[[Numbers], list[int]]] = {
    "none": lambda _: [],
    "a line per segment, 3 ln n": lines,
    "change_points": change_points,
}


def segments(folder: Path | None) -> Table:
    """Measure the agreement with the annotators."""
    series = list(_annotated(folder) if folder else _random())
    table = Table(
        f"segments: {len(series)} annotated series",
        f"margin {MARGIN}, mean over the series",
        ("method", "F1", "covering"),
    )
    for name, method in METHODS.items():
        found = [(each, method(each.values)) for each in series]
        agreement = np.mean([f1(each.marks, points) for each, points in found])
        covered = np.mean(
            [covering(each.marks, points, each.values.size) for each, points in found]
        )
        table.add(name, f"{agreement:.3f}", f"{covered:.3f}")
    return table


def speed(length: int = 500, rounds: int = 3) -> Table:
    """Compare with PELT at the same linear cost, on noise and on steps."""
    random = np.random.default_rng(500)
    noise = random.normal(size=length)
    penalty = 3 * np.log(length)
    steps = noise + 5 * (np.arange(length) // 50 % 2)
    table = Table(
        f"segments: {length} readings, line per segment, 3 ln n",
        "against ruptures.Pelt(model='linear', min_size=5, jump=1)",
        ("series", "ruptures", "ours", "times as fast"),
    )
    for name, values in (("noise", noise), ("ten steps", steps)):
        ways = {"ruptures": pelt, "ours": partition}
        runs = {way: partial(run, values, penalty=penalty) for way, run in ways.items()}
        taken = medians(runs, rounds=rounds, clock=time.process_time)
        shown = (f"{taken[each]:.1f} ms" for each in ("ruptures", "ours"))
        table.add(name, *shown, f"{taken['ruptures'] / taken['ours']:.0f}")
    return table


def pelt(values: Numbers, *, penalty: float, min_segment: int = 5) -> list[int]:
    """Find the same by ruptures: its linear cost regresses on the time and a constant."""
    signal = np.column_stack([values, np.arange(values.size), np.ones(values.size)])
    search = ruptures.Pelt(model="linear", min_size=min_segment, jump=1)
    return [int(end) for end in search.fit(signal).predict(pen=penalty)[:-1]]


def _hits(marks: Iterable[int], detected: set[int], margin: int) -> int:
    """Count the marks that a detection of their own is near."""
    left, hits = set(detected), 0
    for mark in sorted(marks):
        near = [point for point in left if abs(point - mark) <= margin]
        if near:
            left.remove(min(near, key=lambda point: abs(point - mark)))
            hits += 1
    return hits


def _segments(points: Iterable[int], length: int) -> list[range]:
    ends = [*sorted({0, *points}), length]
    return [range(begin, end) for begin, end in pairwise(ends)]


def _overlap(one: range, other: range) -> float:
    both = max(min(one.stop, other.stop) - max(one.start, other.start), 0)
    return both / (len(one) + len(other) - both)


def _annotated(folder: Path) -> Iterator[Series]:
    annotations = json.loads((folder / "annotations.json").read_text())
    for path in sorted(folder.glob("datasets/*/*.json")):
        if path.stem in annotations and (data := json.loads(path.read_text()))["n_dim"] == 1:
            values = np.array(data["series"][0]["raw"], dtype=np.float64)
            yield Series(path.stem, values, list(annotations[path.stem].values()))


def _random() -> Iterator[Series]:
    """Give series of 200 with up to four steps or bends, in independent or related noise."""
    random = np.random.default_rng(2020)
    for number in range(60):
        count = int(random.integers(0, 5))
        points = sorted(int(each) for each in random.choice(np.arange(1, 10), count, False) * 20)
        jumps, bends = random.normal(scale=4, size=5), random.normal(scale=0.15, size=5)
        where = np.searchsorted(points, np.arange(200), side="right")
        noise = random.normal(size=200)
        if number % 2:
            noise[1:] += 0.5 * noise[:-1]
        trend = np.cumsum(bends[where]) if number % 3 == 0 else jumps[where]
        yield Series(f"random {number}", trend + noise, [points])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.segments", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    print(segments(parser.parse_args().folder))
    print(speed())
